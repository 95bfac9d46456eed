"""The server is killed in the middle of writing, again and again."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from app.database import engine
from tests.reliability.documents import Sent, ids
from tests.reliability.exchange import Connection
from tests.server import reportedly_serve, wait_until

_WRITERS = 3


class Crashes(NamedTuple):
    """What became of the reports whose server was killed so often."""

    kills: int
    sent: int
    acknowledged: int
    deleted: int
    held: int
    problems: list[str]

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.sent} reports sent, {self.acknowledged} acknowledged,"
            f" {self.deleted} deletions acknowledged, {self.held} held;"
            f" {len(self.problems)} problems {self.problems[:5] or ''}"
        )


def crash(url: str, token: str, sent: Sent, kills: int, folder: Path) -> Crashes:
    """Kill the server with SIGKILL while several clients write; look at the database each time."""
    chance = random.Random(kills)
    problems: list[str] = []
    for number in range(kills):
        settings = {"database_url": url, "log_level": "warning"}
        with reportedly_serve(folder / f"log {number}", "--no-seed", **settings) as (
            client,
            process,
        ):
            before = len(sent.acknowledged)
            writers = [
                threading.Thread(target=_write, args=(client.base_url.port, token, sent, number))
                for _ in range(_WRITERS)
            ]
            for writer in writers:
                writer.start()
            wait_until(lambda: len(sent.acknowledged) > before, "nothing is written")  # noqa: B023
            threading.Event().wait(chance.random())
            process.kill()
            process.wait()
            for writer in writers:
                writer.join()
        problems += [*_broken(url), *sent.differences(url)]
        engine(url).dispose()
    return Crashes(
        kills, len(sent.documents), len(sent.acknowledged | sent.deleted), len(sent.deleted),
        len(ids(url)), problems,
    )  # fmt: skip


def _write(port: int, token: str, sent: Sent, seed: int) -> None:
    """Post reports, and delete some, until the server is gone."""
    chance = random.Random(seed)
    key = {"Authorization": f"Bearer {token}"}
    with Connection(port) as connection, suppress(OSError):
        while True:
            id_, record = sent.next()
            kind = {"Content-Type": "application/json"}
            if connection.send("POST", "/reports", record, key | kind).status != 201:
                continue
            if chance.random() < 0.8:
                sent.acknowledged.add(id_)
            elif connection.send("DELETE", f"/reports/{id_}", b"", key).status == 204:
                sent.deleted.add(id_)


def _broken(url: str) -> list[str]:
    """What SQLite finds wrong in the file."""
    if not url.startswith("sqlite:///"):
        return []
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        found += connection.execute("PRAGMA foreign_key_check").fetchall()
        return [str(row) for row in found if row != ("ok",)]
