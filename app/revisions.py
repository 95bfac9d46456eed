"""Which write changed what last: what a follower of `GET /changes` is told.

Each transaction that changes something takes the next revision. A report, claim, event, actor or
source has the `revision` that last changed what clients receive of it; what is removed leaves a
tombstone with the revision that removed it. Listed in the order of (revision, place within it),
this is a feed in which a follower never misses anything, however many write meanwhile:

1. A revision is taken by a writer that keeps others waiting until it has committed
   (`app.database.writing`). So revisions are committed in their order, each at once, and a
   reader who sees one of them sees all before it.
2. What changes goes to the running revision, beyond all that any reader has seen. So nothing
   ever comes in at or before a place that a reader has seen: rows only leave there.
3. Hence what a follower has not been told yet is always after its place, and when nothing is,
   it holds exactly what the database did at that moment.

A writer that forgot the lock would fail at the primary key of `revision`, not break the order.

A column in each table rather than one table of all changes: loading writes each row anyway, so a
revision costs one more integer and an entry at the end of an index, where a table of changes
costs another row and a lookup by id for each.
"""

from __future__ import annotations

import secrets

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)

_tables = SQLModel.metadata.tables
_revision, _tombstone = _tables["revision"], _tables["tombstone"]

FOLLOWED = ("source", "actor", "report", "claim", "event")
"""The tables whose rows are listed: those that have a revision. Other tables are passed over."""


def revision(connection: Connection) -> int:
    """The revision of the running transaction, taken when first asked for."""
    number = _taken(connection)
    if number is None:
        number = _take(connection)
        connection.info["revision"] = (connection.get_transaction(), number)
    return number


def _taken(connection: Connection) -> int | None:
    transaction, number = connection.info.get("revision", (None, None))
    running = connection.get_transaction()
    return number if running is not None and transaction is running else None


def _take(connection: Connection) -> int:
    """The token tells this revision from one of the same number after a backup was restored."""
    number: int = connection.execute(_TAKE, {"random": secrets.token_hex(8)}).scalar_one()
    return number


def removed(connection: Connection, name: str, rows: ColumnElement[bool]) -> None:
    """Rows of a table are about to be deleted or merged into others: they leave tombstones."""
    if name not in FOLLOWED:
        return
    table, collection = _tables[name], f"{name}s"
    chosen = and_(rows, *listed(table))
    ids = select(table.c.id).where(chosen)
    old = and_(_tombstone.c.collection == collection, _tombstone.c.id.in_(ids))
    connection.execute(delete(_tombstone).where(old))
    new = select(literal(collection), table.c.id, literal(revision(connection))).where(chosen)
    connection.execute(insert(_tombstone).from_select(["collection", "id", "revision"], new))


def returned(connection: Connection) -> None:
    """At the end of a transaction: what was removed, in it or before, and is there again."""
    number = _taken(connection)
    if number is not None:
        connection.execute(_RETURN, {"running": number})


def listed(table: Table) -> list[ColumnElement[bool]]:
    """What holds for the rows of a table that clients see: they are merged into no other."""
    return [table.c.into_pk.is_(None)] if "into_pk" in table.c else []


def _returned(name: str) -> Select[tuple[int]]:
    """The tombstones of rows that have changed and are listed.

    Written so that SQLite has no choice but to begin with the few rows that have changed: a join
    could begin with all tombstones, and statistics make it believe that every revision is as long
    as the average one.
    """
    table, running = _tables[name], bindparam("running", type_=Integer)
    same = and_(_tombstone.c.collection == f"{name}s", _tombstone.c.id == table.c.id)
    tombstone = select(_tombstone.c.pk).where(same).scalar_subquery()
    return select(tombstone).where(table.c.revision.between(running, running), *listed(table))


# Each transaction runs these two, so they are made once: making them takes longer than running.
_NEXT = select(func.max(_revision.c.number) + 1, bindparam("random", type_=String))
_TAKE = insert(_revision).from_select(["number", "token"], _NEXT).returning(_revision.c.number)
_RETURN = delete(_tombstone).where(_tombstone.c.pk.in_(union_all(*map(_returned, FOLLOWED))))
