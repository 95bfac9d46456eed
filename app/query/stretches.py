"""In which parts all rows after one are read, so that each part is one stretch of an index.

With a row's value of the sort stand others, in the order of `pk`; then those with values beyond;
then those without a value. The first two could be one comparison of pairs, but where `pk` is
the number of the row, SQLite looks up only the value and then reads its rows from the first on.
Values and NULL are apart because no index has NULL last in both directions on both databases.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, bindparam

from app.query import cursor as cursors
from app.query.by_day import DAY, first_of
from app.query.collection import Collection
from app.query.cursor import Position


class Kind(Enum):
    """Which rows, by their value of the sort."""

    VALUED = auto()
    SAME = auto()
    BEYOND = auto()
    UNVALUED = auto()


class Stretch(NamedTuple):
    """Rows of a kind; `last` is the row after which they stand, None where they are all."""

    kind: Kind
    last: Position | None = None


def stretches(collection: Collection, sort: str, cursor: str | None) -> list[Stretch]:
    """All rows after the cursor, in order.

    Raises InvalidParameters for a cursor that does not belong to this collection and sort.
    """
    column, last = collection.sorted_by(sort), None
    if cursor is not None:
        last = cursors.decode(cursor, collection.name, sort, column.type.python_type)
    if last is None:
        found = [Stretch(Kind.VALUED)]
    elif column is collection.pk:
        found = [Stretch(Kind.BEYOND, Position(last.pk, last.pk))]
    elif last.value is None and column.nullable:
        return [Stretch(Kind.UNVALUED, last)]
    else:
        found = [Stretch(Kind.SAME, last), Stretch(Kind.BEYOND, last)]
    return [*found, Stretch(Kind.UNVALUED)] if column.nullable else found


def within(  # noqa: PLR0913, PLR0917
    collection: Collection,
    sort: str,
    kind: Kind,
    order: ColumnElement[Any],
    pk: ColumnElement[int],
    after: bool,
) -> list[ColumnElement[bool]]:
    """The rows of a stretch; `order` has their values of the sort.

    `after_value` and `after_pk` are those of the row after which they stand.
    """
    column, descending = collection.sorted_by(sort), sort.startswith("-")
    value: ColumnElement[Any] = bindparam("after_value", type_=column.type)
    last: ColumnElement[int] = bindparam("after_pk", type_=Integer())
    later = beyond(pk, last, descending=descending)
    if kind is Kind.SAME:
        return [order == value, later]
    if kind is Kind.BEYOND:
        return [beyond(order, value, descending=descending)]
    if kind is Kind.UNVALUED:
        return [order.is_(None), later] if after else [order.is_(None)]
    return [order.is_not(None)] if column.nullable else []


def within_numbers(
    number: ColumnElement[int], sort: str, kind: Kind, after: bool
) -> list[ColumnElement[bool]]:
    """The rows of a stretch where they are numbered by day (`app.query.by_day`).

    One bound on each side at most: FTS5 goes by one, and looks at all rows for another one.
    """
    descending = sort.startswith("-")
    pk: ColumnElement[int] = bindparam("after_pk", type_=Integer())
    first = first_of(bindparam("after_value", type_=Date()))
    if kind is Kind.SAME:
        if descending:
            return [number > first, number < first + pk]
        return [number > first + pk, number < first + DAY]
    if kind is Kind.BEYOND:
        return [number > 0, number < first] if descending else [number > first + DAY]
    if kind is Kind.VALUED:
        return [number > 0]
    last = pk - DAY
    if not after:
        return [number < 0]
    return [number < last] if descending else [number > last, number < 0]


def keys(
    collection: Collection, sort: str, kind: Kind, order: ColumnElement[Any], pk: ColumnElement[int]
) -> list[ColumnElement[Any]]:
    """What the rows of a stretch are ordered by."""
    is_one_value = kind in {Kind.SAME, Kind.UNVALUED} or collection.sorted_by(sort) is collection.pk
    ordered = (pk,) if is_one_value else (order, pk)
    return in_order(*ordered, descending=sort.startswith("-"))


def beyond(
    value: ColumnElement[Any], last: ColumnElement[Any], *, descending: bool
) -> ColumnElement[bool]:
    """What comes after `last` in the order of these values."""
    return value < last if descending else value > last


def in_order(*keys: ColumnElement[Any], descending: bool) -> list[ColumnElement[Any]]:
    """To order by these, all in one direction."""
    return [key.desc() if descending else key.asc() for key in keys]
