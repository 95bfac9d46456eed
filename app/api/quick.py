"""Pages and rows that the event loop reads itself.

Handing a query to a thread costs more than most pages do: SQLite lets go of the interpreter's lock
for each row, and while another thread is at work each row waits to get it back. So a query is tried
on the loop first, for a time that nobody notices; what takes longer is begun anew in a thread.

Nothing is tried that can wait without looking at the clock. The connection waits for no other, and
words are not searched for: FTS5 goes through its index in one step of SQLite's machine.
"""

from __future__ import annotations

import math
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError

from app.database import Driver, own_driver
from app.query.collection import Collection
from app.query.page import Page, Slice, page
from app.query.read import row

Found = TypeVar("Found")

SECONDS = 0.005
"""A page of 50 takes a tenth of a millisecond, from a cold disk some milliseconds."""

_STEPS = 200
"""Of SQLite's machine between looks at the clock: ten rows or so, lest a slow disk go unnoticed."""

_MAPPED = 1 << 40
"""Bytes of the file that SQLite may read where it lies in the system's memory, without a copy: as
many as it is built to, by default two gigabytes (sqlite.org/mmap.html). Such pages are counted as
the process's, but belong to the system, which takes them back when it needs to."""

_KEPT = 32_000
"""Kibibytes of the file beyond that are kept once read: the upper levels of all indexes of twelve
gigabytes, so that a row is one read from the system and not two."""

_STATEMENTS_ARE_LOST = sys.version_info < (3, 12)
"""Whether Python takes a statement that was given up to be in use for ever, and compiles it anew
each time after, which takes a fifth of a page's time. A new connection is made in 1.5 ms."""


class QuickReader:
    """Reads on a connection of its own, for the thread of the event loop only."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._driver: Driver | None = None

    def page(
        self, collection: Collection, values: Mapping[str, Sequence[Any]], wanted: Slice
    ) -> Page | None:
        """The page; None where it is not there in time, or the database does not answer.

        Raises InvalidParameters like `app.query.page.page`.
        """
        if "q" in values:
            return None
        return self._tried(lambda driver: page(driver, collection, values, wanted))

    def row(self, collection: Collection, public_id: str) -> Sequence[Any] | None:
        """The row with this id, like `app.query.read.row`; None also where it is not there in
        time, or the database does not answer.
        """
        return self._tried(lambda driver: row(driver, collection, public_id))

    def _tried(self, reads: Callable[[Driver], Found]) -> Found | None:
        try:
            driver = self._driver = self._driver or _opened(self.url)
            with _Transaction(driver.connection):
                return reads(driver)
        except (sqlite3.Error, OperationalError):
            if _STATEMENTS_ARE_LOST:
                self.close()
            return None

    def close(self) -> None:
        """Let go of the file."""
        if self._driver is not None:
            self._driver.connection.close()
            self._driver = None


class _Transaction:
    """A state of the database, and an end to what is read from it."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __enter__(self) -> None:
        self.connection.execute("BEGIN")
        self.connection.deadline = monotonic() + SECONDS

    def __exit__(self, *_: object) -> None:
        self.connection.deadline = math.inf
        self.connection.rollback()


def _opened(url: str) -> Driver:
    driver = own_driver(url)
    driver.connection.set_progress_handler(driver.connection.is_over, _STEPS)
    driver.connection.execute(f"PRAGMA mmap_size={_MAPPED}")
    driver.connection.execute(f"PRAGMA cache_size=-{_KEPT}")
    return driver
