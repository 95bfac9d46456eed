"""Pages in the order of names or titles, where rows are numbered by their starts.

Numbers are read until there are enough; then the rows of all these groups are read and sorted. Of
a group in which very many are found, the first ones are soon met along the index of the sort.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, bindparam, select

from app.database import Driver
from app.query import walks
from app.query.by_start import ALL, Numbers, group_of, group_of_number, numbers_of, texts_of
from app.query.collection import Collection
from app.query.cursor import Position
from app.query.predicates import Lead, Unindexed
from app.query.prepared import Prepared, prepared
from app.query.stretches import Kind, Stretch, in_order, keys, within
from app.query.walks import Walk, checks, found
from app.query.ways import Way, walk_along

_CROWD = 100
"""More rows of a group than a page needs that take about as long to sort as the page to be met."""

_FURTHER = 2
"""Times as many numbers are read next, if of those read some rows do not match."""

Texts = tuple[str | None, str | None]
"""The lowest and the highest; None where not that but the row before decides where to begin."""

Find = Callable[[Numbers, int], Sequence[int]]
"""Finds the numbers among some, in the order of the sort, up to a limit."""


def places(  # noqa: PLR0913, PLR0917
    driver: Driver, collection: Collection, sort: str, way: Way, stretch: Stretch, limit: int
) -> set[tuple[Any, ...]]:
    """The first `(pk, sort value)` along a way in a stretch, and maybe others of the stretch."""
    walk, bound = walk_along(way, collection, sort, stretch)
    dialect, descending = driver.dialect, sort.startswith("-")

    def find(among: Numbers, most: int) -> list[int]:
        limited = bound | among._asdict() | {"limit": most}
        return [number for (number,) in _numbers(walk, dialect).rows(driver, limited)]

    first: set[tuple[Any, ...]] = set()
    for among, texts in _parts(stretch, find, limit, descending=descending):
        limited = bound | among._asdict() | {"limit": limit}
        if texts is None:
            first.update(walks.positions(walk, dialect).rows(driver, limited))
        else:
            low, high = texts
            crowded = _crowded(walk, low is not None, high is not None, dialect)
            first.update(crowded.rows(driver, limited | {"low": low, "high": high}))
        if len(first) >= limit:
            break
    return first


def _parts(
    stretch: Stretch, find: Find, limit: int, *, descending: bool
) -> Iterator[tuple[Numbers, Texts | None]]:
    """The numbers of the rows of a stretch, one part after the other.

    With those of a crowded group come texts between which its rows are.
    """
    kind, last = stretch
    left = ALL
    if last is not None:
        numbers = numbers_of(group_of(str(last.value)))
        if kind is Kind.SAME:
            yield numbers, (None, None)
            return
        left = Numbers(ALL.first, numbers.last) if descending else Numbers(numbers.first, ALL.last)
    while left.first <= left.last:
        some = find(left, limit + _CROWD)
        if len(some) < limit:
            yield left, None
            return
        group = group_of_number(some[limit - 1])
        is_crowded = len(some) == limit + _CROWD and group_of_number(some[-1]) == group
        numbers = numbers_of(group)
        before, after = Numbers(left.first, numbers.first - 1), Numbers(numbers.last + 1, left.last)
        if descending:
            before, after = after, before
        if is_crowded:
            if before.first <= before.last:
                yield before, None
            yield numbers, _texts(group, last, descending=descending)
        else:
            yield Numbers(min(before.first, numbers.first), max(before.last, numbers.last)), None
        left, limit = after, limit * _FURTHER


def _texts(group: int, last: Position | None, *, descending: bool) -> Texts:
    """Between which those of a group are, of them those that stand after the last row."""
    low, high = texts_of(group)
    if last is None:
        return low, high
    value = str(last.value)
    if descending:
        return low, None if value <= high else high
    return None if value >= low else low, high


@lru_cache(maxsize=1000)
def _numbers(walk: Walk, dialect: Dialect) -> Prepared:
    """Reads the numbers of a lead's `value` from `first` to `last`, in order, up to `limit`."""
    lead, start = _lead(walk)
    ordered = in_order(start, descending=walk.sort.startswith("-"))
    statement = select(start).where(*found(lead)).order_by(*ordered)
    return prepared(statement.limit(bindparam("limit", type_=Integer())), dialect)


@lru_cache(maxsize=1000)
def _crowded(walk: Walk, low: bool, high: bool, dialect: Dialect) -> Prepared:
    """Reads the same as `walks.positions` along the index of the sort, from text `low` to `high`.

    Names are looked at one by one, words are looked up at once for all rows. There is one bound on
    each side at most: SQLite goes by one, and looks at all rows for another one.
    """
    collection, (lead, _) = walk.collection, _lead(walk)
    column, pk = collection.sorted_by(walk.sort), collection.pk
    statement = select(pk, column.label("sort")).where(*collection.only, *checks(walk))
    if not lead.is_rough:
        those = select(lead.row).where(*found(lead))
        statement = statement.where(Unindexed(pk).in_(those))
    if not (low and high):
        stretch = within(collection, walk.sort, walk.kind, column, pk, walk.after)
        statement = statement.where(*stretch)
    if low:
        statement = statement.where(column >= bindparam("low", type_=column.type))
    if high:
        statement = statement.where(column <= bindparam("high", type_=column.type))
    ordered = keys(collection, walk.sort, walk.kind, column, pk)
    return prepared(
        statement.order_by(*ordered).limit(bindparam("limit", type_=Integer())), dialect
    )


def _lead(walk: Walk) -> tuple[Lead, ColumnElement[int]]:
    """The lead of rows that are numbered by start, and their number."""
    if walk.lead is None or walk.lead.start is None:
        raise ValueError("rows without numbers")
    return walk.lead, walk.lead.start
