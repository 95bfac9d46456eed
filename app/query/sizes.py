"""How many rows the database holds."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from sqlalchemy import func, select
from sqlmodel import Session

from app.database import reading
from app.query.tables import actor, claim, event, report, revision, source

_COUNTED = (report, actor, source, claim, event)

_SHARE = 10
"""Counting may take a tenth of the time: databases count three million rows one by one."""


def count_rows(session: Session) -> dict[str, int]:
    """Table → number of rows, counted now."""
    return {
        table.name: session.connection()
        .execute(select(func.count()).select_from(table))
        .scalar_one()
        for table in _COUNTED
    }


class Sizes:
    """The number of rows of each table, counted again where something has changed since.

    Of a database that is slow to count, the numbers are those of the last time, until ten times as
    long has passed as counting took.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._rows: dict[str, int] = {}
        self._revision: int | None = None
        self._again = 0.0
        self._lock = Lock()  # two who ask at once count once

    def rows(self) -> dict[str, int]:
        """Table → number of rows. Raises SQLAlchemyError where the database is away."""
        with self._lock, reading(self.url) as session:
            began = monotonic()
            latest = session.connection().execute(select(func.max(revision.c.number))).scalar()
            if not self._rows or (latest != self._revision and began >= self._again):
                self._rows = count_rows(session)
                self._revision = latest
                self._again = monotonic() + _SHARE * (monotonic() - began)
            return self._rows
