"""schemathesis asks the running service all that its OpenAPI document allows, and much that not.

All checks: the answers are what the document says, what it allows is accepted, all else refused
with a documented status, methods and keys included. `python -m tests.api.test_schemathesis` asks
at length.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from app import keys
from app.keys import Scope
from tests.server import reportedly_serve

COMMAND = [sys.executable, "-m", "schemathesis.cli", "run", "--no-color"]
ROOT = Path(__file__).parents[2]


def ask(folder: Path, *options: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """What schemathesis found, and what the server wrote into its log."""
    log, url = folder / "log", f"sqlite:///{folder / 'reportedly.db'}"
    settings = {"database_url": url, "seeds": ROOT / "seeds", "log_level": "warning"}
    with reportedly_serve(log, **settings) as (client, _):
        token = keys.create(url, "schemathesis", list(Scope))
        document = f"{client.base_url}/openapi.json"
        found = subprocess.run(
            [*COMMAND, document, "--header", f"Authorization: Bearer {token}", *options],
            cwd=folder,  # where it keeps what it finds
            env=os.environ
            | {"SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks", "PYTHONPATH": str(ROOT)},
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return found, log.read_text()


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    found, log = ask(tmp_path, "--max-examples", "5", "--seed", "1", "--no-shrink")

    assert found.returncode == 0, found.stdout
    assert "Traceback" not in log


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        at_length, written = ask(Path(name), "--max-time", sys.argv[1], "--continue-on-failure")
    print(at_length.stdout, written)
    sys.exit(at_length.returncode)
