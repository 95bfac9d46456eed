"""Those who write and read: each is the work of a thread, until somebody says that it is over."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.reliability.documents import Sent
from tests.reliability.exchange import Connection

if TYPE_CHECKING:
    from tests.reliability.crowd import Crowd

_LISTS = (
    "/claims?limit=100",
    "/claims?attributed=true&sort=-said_on",
    "/claims?count=exact&q=the",
    "/events?q=said*",
    "/actors?q=a",
    "/sources?sort=-name",
    "/reports?sort=-published_on&facet=publisher&limit=500",
    "/readyz",
)


def write(seen: Crowd, server: tuple[int, str], sent: Sent, over: threading.Event) -> None:
    """Post, one by one and in batches, and delete."""
    port, token = server
    key = {"Authorization": f"Bearer {token}"}
    one, several = (key | {"Content-Type": f"application/{kind}"} for kind in ("json", "x-ndjson"))
    with Connection(port) as connection:
        while not over.is_set():
            lot = random.random()
            records = [sent.next() for _ in range(3 if lot < 0.1 else 1)]
            content = b"\n".join(record for _, record in records)
            headers = one if len(records) == 1 else several
            answer = connection.send("POST", "/reports", content, headers)
            if seen.note("POST", "/reports", answer).status == 200:
                told = map(json.loads, answer.content.splitlines())
                sent.acknowledged |= {line["id"] for line in told if line["status"] == 201}
            elif answer.status == 201:
                (id_, _), path = records[0], answer.headers["location"]
                if lot < 0.7:
                    sent.acknowledged.add(id_)
                elif (
                    seen.note("DELETE", path, connection.send("DELETE", path, b"", key)).status
                    == 204
                ):
                    sent.deleted.add(id_)


def ingest(seen: Crowd, url: str, sent: Sent, over: threading.Event, file: Path) -> None:
    """Load files by the command line, a few reports each."""
    while not over.is_set():
        several = [sent.next() for _ in range(5)]
        file.write_bytes(b"\n".join(record for _, record in several))
        ran = subprocess.run(
            [sys.executable, "-m", "app.cli", "ingest", str(file)],
            env=os.environ | {"REPORTEDLY_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            seen.problems.append(f"ingest: {ran.stderr[-500:]}")
        else:
            sent.acknowledged |= {id_ for id_, _ in several}
            seen.ingested += len(several)


def read(seen: Crowd, port: int, over: threading.Event) -> None:
    """Ask for lists."""
    with Connection(port) as connection:
        while not over.is_set():
            path = random.choice(_LISTS)
            seen.note("GET", path, connection.get(path))


def follow(seen: Crowd, port: int, over: threading.Event) -> None:
    """Hold what the server does, by the feed of changes; to its end once it is over."""
    cursor, last = "", False
    with Connection(port) as connection:
        while not last:
            last, more = over.is_set(), True
            while more:
                answer = connection.get(f"/changes?limit=500{cursor}")
                page = seen.note("GET", "/changes", answer).json()
                for change in page["items"]:
                    key = change["collection"], change["id"]
                    if change["removed"]:
                        seen.held.pop(key, None)
                    else:
                        seen.held[key] = change["item"]
                cursor, more = f"&cursor={page['next']}", page["more"]


def all_rows(port: int) -> dict[tuple[str, str], Any]:
    """What the server holds, page by page, by collection and id."""
    found: dict[tuple[str, str], Any] = {}
    with Connection(port) as connection:
        for collection in ("sources", "actors", "reports", "claims", "events"):
            following = ""
            while following is not None:
                cursor = f"&cursor={following}" if following else ""
                page = connection.get(f"/{collection}?limit=500{cursor}").json()
                found |= {(collection, item["id"]): item for item in page["items"]}
                following = page["next"]
    return found
