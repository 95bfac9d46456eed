"""The database: engine, SQLite pragmas, reading and writing sessions, migrations.

The SQLite driver's own transactions begin late and lose updates under concurrent writers, so the
driver is put into autocommit and each session begins explicitly: `BEGIN` to read, `BEGIN
IMMEDIATE` to write (sqlite.org/lang_transaction.html). On PostgreSQL an advisory lock does what
`IMMEDIATE` does: one report is written at a time, because rows that reports share are derived
from all of them.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    PoolProxiedConnection,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.errors import TooSlow

PATIENCE = 120
"""Seconds to wait for another writer: on two busy cores the longest report takes 30 to store."""

_PRAGMAS = (
    f"busy_timeout={PATIENCE * 1000}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
)

_CONNECTIONS = 44
"""At once: one for each of the server's forty threads and four exports, so that none waits for
another one's query."""

_STEPS = 10_000
"""Steps of SQLite's machine between looks at the clock: half a millisecond or so."""

_WRITERS_LOCK = 0x7265706F7274
"""Key of the PostgreSQL advisory lock of writers; any number that no other program uses."""

_MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


@cache
def engine(url: str) -> Engine:
    """The process's engine for this URL, made once."""
    sqlite = make_url(url).get_backend_name() == "sqlite"
    made = create_engine(
        url,
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
        max_overflow=_CONNECTIONS - 5,  # five are kept
        connect_args={"factory": _SqliteConnection} if sqlite else {},
    )
    if sqlite:
        event.listen(made, "connect", _configure_sqlite)
        event.listen(made, "begin", _begin_sqlite)
    return made


def _to_json(value: object) -> str:
    return orjson.dumps(value, default=tuple).decode()  # for spans, which are named tuples


class _SqliteConnection(sqlite3.Connection):
    """A connection whose statements end at `deadline`, by the monotonic clock."""

    deadline = math.inf

    def is_over(self) -> bool:
        """Whether SQLite is to give up what it is doing."""
        return time.monotonic() > self.deadline


def _configure_sqlite(connection: _SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    connection.set_progress_handler(connection.is_over, _STEPS)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(url: str, seconds: float | None = None) -> Iterator[Session]:
    """A session on one consistent state of the database, for reading only.

    Raises TooSlow where `seconds` are given and do not suffice: on SQLite for all of the block's
    statements, on PostgreSQL for one of them.
    """
    bound = engine(url)
    if bound.dialect.name == "postgresql":
        bound = bound.execution_options(isolation_level="REPEATABLE READ")
    with Session(bound) as session:
        if seconds is None:
            yield session
            return
        with _within(seconds, driver(session)):
            yield session


class Driver(NamedTuple):
    """The driver's own connection, for statements that are compiled beforehand."""

    connection: Any
    dialect: Dialect


def driver(session: Session) -> Driver:
    """The driver below a session, in the same transaction."""
    connection = session.connection()
    return Driver(connection.connection.driver_connection, connection.dialect)


def own_driver(url: str) -> Driver:
    """A connection to SQLite outside of the pool, which waits for no lock.

    Whoever asks for it closes it. Raises OperationalError.
    """
    pooled = _connected(engine(url))
    connection: Any = pooled.driver_connection
    pooled.detach()
    connection.execute("PRAGMA busy_timeout=0")
    return Driver(connection, engine(url).dialect)


def _connected(bound: Engine) -> PoolProxiedConnection:
    try:
        return bound.raw_connection()
    except sqlite3.Error as error:
        raise OperationalError("", None, error) from error


@contextmanager
def _within(seconds: float | None, driver: Driver) -> Iterator[None]:
    """Statements of the block that take longer raise TooSlow."""
    if seconds is None:
        yield
        return
    if driver.dialect.name == "postgresql":
        driver.connection.execute(f"SET LOCAL statement_timeout = {math.ceil(seconds * 1000)}")
    else:
        driver.connection.deadline = time.monotonic() + seconds
    try:
        yield
    except OperationalError as error:
        if not _was_stopped(error.orig):
            raise
        raise TooSlow(f"this takes more than {seconds:g} s; ask for less at once") from error
    finally:
        driver.connection.deadline = math.inf


def _was_stopped(error: Any) -> bool:
    """By SQLITE_INTERRUPT, or by PostgreSQL's query_canceled (57014)."""
    return (
        getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
        or getattr(error, "sqlstate", None) == "57014"
    )


@contextmanager
def writing(url: str) -> Iterator[Session]:
    """A session that commits at the end of the block, or rolls back if the block raises.

    One at a time: another writer waits until this one has ended.
    """
    with Session(engine(url).execution_options(writes=True)) as session, session.begin():
        lock_out_writers(session.connection())
        yield session


def lock_out_writers(connection: Connection) -> None:
    """Wait for other writers, then keep them waiting to the end of the transaction.

    Nothing to do on SQLite, where `BEGIN IMMEDIATE` has done it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS_LOCK})


class MigrationError(Exception):
    """The tables cannot be brought to this version; the message says why."""


@cache
def newest_revision() -> str:
    """The version of the tables that this code expects: files of migrations begin with theirs."""
    return max(path.stem.partition("_")[0] for path in _MIGRATIONS.glob("versions/*.py"))


def revision_of(connection: Connection) -> str | None:
    """The version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(url: str) -> None:
    """Bring the tables to the newest version, whatever the current folder is.

    Raises sqlalchemy.exc.OperationalError when the database cannot be reached, MigrationError
    when a newer version of Reportedly has migrated it.
    """
    with reading(url) as session:
        if revision_of(session.connection()) == newest_revision():
            return
    from alembic import command  # noqa: PLC0415 -- slow, and seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"url": url})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise MigrationError(f"made by another version of Reportedly: {error}") from error
