"""The statements of a page: walks along an index, from after a row, up to a limit.

Without a lead a walk goes along the index of the sort. With one it goes along an index that starts
with the value of a filter and goes on with the sort, so that it never sees rows of other values.
All other filters are checked row by row. Each shape of statement is made once
(`app.query.prepared`).

Rows with and without a value of the sort are two walks (`stretches`), because no index has NULL
last in both directions on both databases.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)

from app.query import cursor as cursors
from app.query.collection import Collection
from app.query.cursor import Position
from app.query.predicates import Lead, Unindexed, check, keys
from app.query.prepared import Prepared, prepared

PLENTY = 1000
"""Rows of a value up to which they are counted."""


class Stretch(NamedTuple):
    """The rows that have a value of the sort, or those that have none, from after the last one."""

    valued: bool
    last: Position | None


def stretches(collection: Collection, sort: str, cursor: str | None) -> list[Stretch]:
    """All rows after the cursor, in order.

    Raises InvalidParameters for a cursor that does not belong to this collection and sort.
    """
    column, last = collection.sorted_by(sort), None
    if cursor is not None:
        last = cursors.decode(cursor, collection.name, sort, column.type.python_type)
    if not column.nullable:
        return [Stretch(valued=True, last=last)]
    if last is not None and last.value is None:
        return [Stretch(valued=False, last=last)]
    return [Stretch(valued=True, last=last), Stretch(valued=False, last=None)]


class Walk(NamedTuple):
    """The shape of a walk; `checked` are the filters besides the lead's, with their numbers of
    values.

    It goes through the rows that have a value of the sort (`valued`) or through the others.
    """

    collection: Collection
    sort: str
    valued: bool
    after: bool
    checked: tuple[tuple[str, int], ...]
    lead: Lead | None


@lru_cache(maxsize=1000)
def rows(walk: Walk, dialect: Dialect) -> Prepared:
    """Reads `(pk, sort value, *columns)`.

    Its parameters are `limit`, the lead's `value`, those of each value to check, which is named
    `<filter>_<number>`, and `after_value` and `after_pk` of the row after which it starts.
    """
    collection, lead = walk.collection, walk.lead
    if lead is None or lead.table is collection.table:
        column = collection.sorted_by(walk.sort)
        columns = (collection.pk, column.label("sort"), *collection.columns)
        return prepared(_walk(walk, select(*columns), column, collection.pk), dialect)
    found = _positions(walk).subquery("found")
    statement = select(found.c.pk, found.c.sort, *collection.columns).join_from(
        found, collection.table, collection.pk == found.c.pk
    )
    return prepared(statement.order_by(*_order(walk, found.c.sort, found.c.pk)), dialect)


@lru_cache(maxsize=1000)
def positions(walk: Walk, dialect: Dialect) -> Prepared:
    """Reads `(pk, sort value)` only, with the parameters of `rows`, where there is a lead."""
    return prepared(_positions(walk), dialect)


@lru_cache(maxsize=100)
def whole(collection: Collection, number: int, dialect: Dialect) -> Prepared:
    """Reads `(pk, *columns)` of a number of rows, whose pks are `pk_0` and so on."""
    pks = [bindparam(f"pk_{n}", type_=Integer()) for n in range(number)]
    statement = select(collection.pk, *collection.columns)
    return prepared(statement.where(collection.pk.in_(pks)), dialect)


@lru_cache(maxsize=100)
def counted(lead: Lead, dialect: Dialect) -> Prepared:
    """Counts the rows of a lead's `value`, up to PLENTY."""
    one: ColumnElement[int] = literal_column("1")
    first = select(one).select_from(lead.table).where(lead.has(_value(lead))).limit(PLENTY)
    return prepared(select(func.count()).select_from(first.subquery("first")), dialect)


@lru_cache(maxsize=100)
def keyed(target: Table, number: int, dialect: Dialect) -> Prepared:
    """Reads the pks of the rows with these ids, `id_0` and so on."""
    ids = [bindparam(f"id_{n}", type_=String()) for n in range(number)]
    return prepared(keys(target, ids), dialect)


def _positions(walk: Walk) -> Select[Any]:
    collection, lead = walk.collection, walk.lead
    if lead is None:
        raise ValueError("the rows of no value")
    column = collection.sorted_by(walk.sort)
    order = lead.order(column)
    sorts = order is None  # then it may not use the index of the sort, which is far longer
    if order is None:
        order = Unindexed(column)
    statement = select(lead.row.label("pk"), order.label("sort"))
    if lead.table is not collection.table and (walk.checked or sorts):
        statement = statement.join_from(lead.table, collection.table, collection.pk == lead.row)
    if lead.repeats:
        statement = statement.distinct()
    return _walk(walk, statement, order, lead.row)


def _walk(
    walk: Walk, statement: Select[Any], order: ColumnElement[Any], pk: ColumnElement[int]
) -> Select[Any]:
    """The rows of `statement` that match, in order."""
    collection, descending = walk.collection, walk.sort.startswith("-")
    statement = statement.where(*collection.only)
    if walk.lead is not None:
        statement = statement.where(walk.lead.has(_value(walk.lead)))
    for name, number in walk.checked:
        names = [f"{name}_{n}" for n in range(number)]
        statement = statement.where(check(collection.filters[name], names))
    last_pk: ColumnElement[int] = bindparam("after_pk", type_=Integer())
    here: ColumnElement[Any] = pk
    there: ColumnElement[Any] = last_pk
    column = collection.sorted_by(walk.sort)
    if column is not collection.pk and walk.valued:
        here = tuple_(order, pk)
        there = tuple_(bindparam("after_value", type_=column.type), last_pk)
    if column.nullable:
        statement = statement.where(order.is_not(None) if walk.valued else order.is_(None))
    if walk.after:
        statement = statement.where(here < there if descending else here > there)
    ordered = _order(walk, order, pk)
    return statement.order_by(*ordered).limit(bindparam("limit", type_=Integer()))


def _order(
    walk: Walk, order: ColumnElement[Any], pk: ColumnElement[int]
) -> list[ColumnElement[Any]]:
    column = walk.collection.sorted_by(walk.sort)
    keyed = (order, pk) if walk.valued and column is not walk.collection.pk else (pk,)
    return [key.desc() if walk.sort.startswith("-") else key.asc() for key in keyed]


def _value(lead: Lead) -> ColumnElement[Any]:
    return bindparam("value", type_=lead.type)
