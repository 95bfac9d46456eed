"""The database: engine, SQLite pragmas, reading and writing sessions.

The SQLite driver's own transactions begin late and lose updates under concurrent writers, so the
driver is put into autocommit and each session begins explicitly: `BEGIN` to read, `BEGIN
IMMEDIATE` to write (sqlite.org/lang_transaction.html).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=5000",
    "foreign_keys=ON",
)


@cache
def engine(url: str) -> Engine:
    """The process's engine for this URL, made once."""
    made = create_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _configure_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    return made


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(url: str) -> Iterator[Session]:
    """A session on one consistent state of the database, for reading only."""
    with Session(engine(url)) as session:
        yield session


@contextmanager
def writing(url: str) -> Iterator[Session]:
    """A session that commits at the end of the block, or rolls back if the block raises."""
    with Session(engine(url).execution_options(writes=True)) as session, session.begin():
        yield session
