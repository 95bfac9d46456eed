"""The statements of a page: walks along an index, from after a row, up to a limit.

Without a lead a walk goes along the index of the sort. With one it goes along an index that starts
with the value of a filter and goes on with the sort, so that it never sees rows of other values.
All other filters are checked row by row. Each shape of statement is made once
(`app.query.prepared`).
"""

from __future__ import annotations

from collections.abc import Iterator
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
)

from app.query import predicates
from app.query.collection import Collection
from app.query.predicates import Clause, Lead, Unindexed, check
from app.query.prepared import Prepared, prepared
from app.query.stretches import Kind, in_order, keys, within, within_numbers

PLENTY = 1000
"""Rows of a value up to which they are counted."""

CHECKABLE = 10_000
"""The same where words or days are the other choice: to check so many rows takes some 20 ms."""


class Walk(NamedTuple):
    """The shape of a walk; `checked` are the filters besides the lead's, with their numbers of
    values.

    It goes through a stretch of such a kind, from the first row or from `after` one.
    """

    collection: Collection
    sort: str
    kind: Kind
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
    ordered = keys(collection, walk.sort, walk.kind, found.c.sort, found.c.pk)
    return prepared(statement.order_by(*ordered), dialect)


@lru_cache(maxsize=1000)
def positions(walk: Walk, dialect: Dialect) -> Prepared:
    """Reads `(pk, sort value)` only, with the parameters of `rows`, where there is a lead.

    If its rows are numbered by start, those with a number from `first` to `last`.
    """
    return prepared(_positions(walk), dialect)


@lru_cache(maxsize=100)
def whole(collection: Collection, number: int, dialect: Dialect) -> Prepared:
    """Reads `(pk, *columns)` of a number of rows, whose pks are `pk_0` and so on."""
    pks = [bindparam(f"pk_{n}", type_=Integer()) for n in range(number)]
    statement = select(collection.pk, *collection.columns)
    return prepared(statement.where(collection.pk.in_(pks)), dialect)


@lru_cache(maxsize=100)
def counted(lead: Lead, dialect: Dialect) -> Prepared:
    """Counts the rows of a lead's `value`, up to `most`."""
    one: ColumnElement[int] = literal_column("1")
    first = select(one).select_from(lead.table).where(lead.has(_value(lead)))
    first = first.limit(bindparam("most", type_=Integer()))
    return prepared(select(func.count()).select_from(first.subquery("first")), dialect)


@lru_cache(maxsize=100)
def keyed(target: Table, number: int, dialect: Dialect) -> Prepared:
    """Reads the pks of the rows with these ids, `id_0` and so on."""
    ids = [bindparam(f"id_{n}", type_=String()) for n in range(number)]
    return prepared(predicates.keys(target, ids), dialect)


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
    collection = walk.collection
    statement = statement.where(*collection.only)
    if walk.lead is not None:
        statement = statement.where(*found(walk.lead))
    statement = statement.where(*checks(walk))
    if walk.lead is None or walk.lead.number is None:
        stretch = within(collection, walk.sort, walk.kind, order, pk, walk.after)
        ordered = keys(collection, walk.sort, walk.kind, order, pk)
    else:
        place = walk.lead.number
        stretch = within_numbers(place, walk.sort, walk.kind, walk.after)
        ordered = in_order(place, descending=walk.sort.startswith("-"))
    statement = statement.where(*stretch)
    return statement.order_by(*ordered).limit(bindparam("limit", type_=Integer()))


def checks(walk: Walk) -> Iterator[Clause]:
    """What is checked of each row."""
    for name, number in walk.checked:
        names = [f"{name}_{n}" for n in range(number)]
        yield check(walk.collection.filters[name], names)


def found(lead: Lead) -> Iterator[Clause]:
    """The rows of a lead's `value`; by start, those with a number from `first` to `last`."""
    yield lead.has(_value(lead))
    if lead.start is not None:
        first, last = (bindparam(name, type_=Integer()) for name in ("first", "last"))
        yield lead.start.between(first, last)


def _value(lead: Lead) -> ColumnElement[Any]:
    return bindparam("value", type_=lead.type)
