"""Which state of the data is served: the revision that answers are kept for."""

from __future__ import annotations

import asyncio
import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from app.database import own_driver


class SqliteRevision:
    """A number that grows with the commits to a SQLite file, whichever process makes them.

    It is `PRAGMA data_version` (sqlite.org/pragma.html) on a connection that does nothing else: two
    equal readings mean that no other connection has committed in between. A reading takes 1.5 µs
    and is good for one turn of the event loop: what arrives after a commit is handled in a later
    turn, and whatever is handled in this turn had arrived, and so begun, before the reading.

    For the thread of the event loop only.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: sqlite3.Connection | None = None
        self._of_this_turn: int | None = None

    def current(self) -> int | None:
        """The revision; None when the database cannot tell, as while it is away or locked."""
        if self._of_this_turn is None:
            self._of_this_turn = self._read()
            asyncio.get_running_loop().call_soon(self._forget)
        return self._of_this_turn

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _forget(self) -> None:
        self._of_this_turn = None

    def _read(self) -> int | None:
        try:
            if self._connection is None:
                self._connection = own_driver(self.url).connection
            revision: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except (sqlite3.Error, SQLAlchemyError):
            return None
        return revision
