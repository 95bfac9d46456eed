"""Keyset pages: each one is a walk along an index from where the page before has ended.

Rows are ordered by the sort's column and by `pk` where values are equal; rows without a value
come last. So each row is visited once however many are added meanwhile, and page 1,000 costs
what page 1 does. Rows with and without a value are two statements, because no index has NULL last
in both directions on both databases; the second one runs only where the first leaves room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Row, Select, Table, literal, select, tuple_
from sqlmodel import Session

from app.query import cursor as cursors
from app.query.cursor import Position
from app.query.filters import Filter, where


@dataclass(frozen=True)
class Collection:
    """What can be listed: `columns` are read for each row; `sorts` are ascending, and each one
    exists as "-name" too, descending. `only` holds for all rows that are listed.
    """

    name: str
    table: Table
    columns: tuple[ColumnElement[Any], ...]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, Column[Any]]
    only: tuple[ColumnElement[bool], ...] = ()
    key: Column[Any] | None = None

    @property
    def pk(self) -> Column[Any]:
        """What tells rows of the same sort value apart, and is the order of loading."""
        return self.table.c.pk if self.key is None else self.key


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
    rows: list[Any] = []
    for statement in walks(collection, values, sort, cursor):
        rows += session.connection().execute(statement.limit(limit + 1 - len(rows)))
        if len(rows) > limit:
            break
    if len(rows) <= limit:
        return Page(rows, None)
    value = None if _column(collection, sort) is collection.pk else rows[limit - 1][1]
    following = Position(value, rows[limit - 1][0])
    return Page(rows[:limit], cursors.encode(collection.name, sort, following))


def walks(
    collection: Collection, values: Mapping[str, Sequence[Any]], sort: str, cursor: str | None
) -> Iterator[Select[Any]]:
    """All rows after the cursor, in order: those with a value, then those without.

    Raises InvalidParameters, as `page` does.
    """
    pk, column = collection.pk, _column(collection, sort)
    last = None
    if cursor is not None:
        last = cursors.decode(cursor, collection.name, sort, column.type.python_type)
    rows = select(pk, column.label("sort"), *collection.columns)
    rows = rows.where(*collection.only, *where(collection.filters, values))
    descending = sort.startswith("-")
    pk_only = None if last is None else (last.pk,)
    if column is pk:
        yield _walk(rows, (pk,), pk_only, descending=descending)
        return
    if last is None or last.value is not None:
        valued = rows.where(column.is_not(None)) if column.nullable else rows
        yield _walk(valued, (column, pk), last, descending=descending)
        pk_only = None
    if column.nullable:
        yield _walk(rows.where(column.is_(None)), (pk,), pk_only, descending=descending)


def _walk(
    rows: Select[Any],
    keys: tuple[Column[Any], ...],
    last: tuple[Any, ...] | None,
    *,
    descending: bool,
) -> Select[Any]:
    """Rows in the order of the keys, from after the row that has these `last`."""
    if last is not None:
        here = tuple_(*keys)
        there = tuple_(*(literal(value, key.type) for key, value in zip(keys, last, strict=True)))
        rows = rows.where(here < there if descending else here > there)
    return rows.order_by(*(key.desc() if descending else key.asc() for key in keys))


def _column(collection: Collection, sort: str) -> Column[Any]:
    return collection.sorts[sort.removeprefix("-")]
