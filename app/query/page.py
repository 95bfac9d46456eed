"""Keyset pages: one statement a page, whatever the page.

Rows are ordered by the sort's column, rows without a value last, and by `pk` where values are
equal; a page starts after the last row of the one before. So each row is visited once however
many are added meanwhile, and page 1,000 costs what page 1 does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, or_, select
from sqlmodel import Session

from app.query import cursor as cursors
from app.query.cursor import Position
from app.query.filters import Filter, where


@dataclass(frozen=True)
class Collection:
    """What can be listed: `columns` are read for each row; `sorts` are ascending, and each one
    exists as "-name" too, descending.
    """

    name: str
    table: Table
    columns: tuple[ColumnElement[Any], ...]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, Column[Any]]


class Slice(NamedTuple):
    """Which rows of a collection: at most `limit`, in the order of `sort`, after `cursor`."""

    sort: str
    limit: int
    cursor: str | None = None


@dataclass(frozen=True)
class Page:
    """Rows in order, each `(pk, sort value, *columns)`; `next` is the cursor of what follows."""

    rows: Sequence[Row[Any]]
    next: str | None


def page(
    session: Session,
    collection: Collection,
    values: Mapping[str, Sequence[Any]],
    wanted: Slice,
) -> Page:
    """One page of the rows that match `values` (parameter → values, see `app.query.filters`).

    Raises InvalidParameters for a cursor that does not belong to this collection and sort.
    """
    sort, limit, cursor = wanted
    statement = _statement(collection, values, sort, cursor).limit(limit + 1)
    rows = session.connection().execute(statement).fetchall()
    if len(rows) <= limit:
        return Page(rows, None)
    last = rows[limit - 1]
    value = None if _column(collection, sort) is collection.table.c.pk else last[1]
    return Page(rows[:limit], cursors.encode(collection.name, sort, Position(value, last[0])))


def _statement(
    collection: Collection, values: Mapping[str, Sequence[Any]], sort: str, cursor: str | None
) -> Select[Any]:
    pk, column = collection.table.c.pk, _column(collection, sort)
    statement = select(pk, column.label("sort"), *collection.columns)
    statement = statement.where(*where(collection.filters, values))
    if cursor is not None:
        kind = column.type.python_type
        position = cursors.decode(cursor, collection.name, sort, kind)
        statement = statement.where(_after(collection, sort, position))
    return statement.order_by(*_order(collection, sort))


def _column(collection: Collection, sort: str) -> Column[Any]:
    return collection.sorts[sort.removeprefix("-")]


def _order(collection: Collection, sort: str) -> list[ColumnElement[Any]]:
    pk, column = collection.table.c.pk, _column(collection, sort)
    keys: list[ColumnElement[Any]] = [pk] if column is pk else [column, pk]
    ordered: list[ColumnElement[Any]] = [
        key.desc() if sort.startswith("-") else key.asc() for key in keys
    ]
    return [column.is_(None), *ordered] if column.nullable else ordered


def _after(collection: Collection, sort: str, position: Position) -> ColumnElement[bool]:
    """The row comes after this position."""
    pk, column = collection.table.c.pk, _column(collection, sort)
    descending = sort.startswith("-")
    later = pk < position.pk if descending else pk > position.pk
    if column is pk:
        return later
    if position.value is None:
        return and_(column.is_(None), later)
    further = column < position.value if descending else column > position.value
    after = or_(further, and_(column == position.value, later))
    return or_(after, column.is_(None)) if column.nullable else after
