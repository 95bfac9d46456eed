"""Keyset pages: each one is a walk along an index from where the page before has ended.

Rows are ordered by the sort's column and by `pk` where values are equal; rows without a value
come last. So each row is visited once however many are added meanwhile, and page 1,000 costs
what page 1 does. Where several ways lead to rows (`app.query.ways`), each one is a walk of its
own, and what they find is merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Dialect

from app.database import Driver
from app.query import cursor as cursors
from app.query import groups, strands, walks
from app.query.collection import Collection
from app.query.cursor import Position
from app.query.leading import Given
from app.query.prepared import Prepared, Rows, prepared
from app.query.relevance import RELEVANCE, ranked
from app.query.stays import Stay
from app.query.stretches import Kind, Stretch, stretches
from app.query.walks import Walk
from app.query.ways import Way, led, walk_along


class Slice(NamedTuple):
    """Which rows of a collection: at most `limit`, in the order of `sort`, after `cursor`."""

    sort: str
    limit: int
    cursor: str | None = None


@dataclass(frozen=True)
class Page:
    """Rows in order, each `(pk, sort value, *columns)`; `next` is the cursor of what follows."""

    rows: Rows
    next: str | None


def page(driver: Driver, collection: Collection, values: Given, wanted: Slice) -> Page:
    """One page of the rows that match `values` (parameter → values, see `app.query.filters`).

    Raises InvalidParameters for a cursor that does not belong to this collection and sort.
    """
    sort, limit, cursor = wanted
    if sort == RELEVANCE:
        return _most_relevant(driver, collection, values, wanted)
    parts = stretches(collection, sort, cursor)
    ways = led(driver, collection, sort, values)
    rows: Rows = []
    for stretch in parts:
        rows += _read(driver, collection, sort, ways, stretch, limit + 1 - len(rows))
        if len(rows) > limit:
            break
    if len(rows) <= limit:
        return Page(rows, None)
    pk, value = rows[limit - 1][:2]
    following = Position(None if collection.sorted_by(sort) is collection.pk else value, pk)
    return Page(rows[:limit], cursors.encode(collection.name, sort, following))


def _read(  # noqa: PLR0913, PLR0917
    driver: Driver,
    collection: Collection,
    sort: str,
    ways: Sequence[Way],
    stretch: Stretch,
    limit: int,
) -> Rows:
    """The next rows of a stretch."""
    if len(ways) == 1 and ways[0].stay is None and not ways[0].is_by_start:
        walk, bound = walk_along(ways[0], collection, sort, stretch)
        return walks.rows(walk, driver.dialect).rows(driver, bound | {"limit": limit})
    places: set[tuple[Any, ...]] = set()
    for way in ways:
        if way.is_by_start:
            places |= groups.places(driver, collection, sort, way, stretch, limit)
            continue
        walk, bound = walk_along(way, collection, sort, stretch)
        bound["limit"] = limit
        for statement, days in _statements(walk, way.stay, stretch, driver.dialect):
            places.update(statement.rows(driver, bound | days))
    by_pk = stretch.kind is Kind.UNVALUED
    key = (lambda place: place[0]) if by_pk else (lambda place: place[::-1])
    first = sorted(places, key=key, reverse=sort.startswith("-"))[:limit]
    return whole(driver, collection, first)


def _statements(
    walk: Walk, stay: Stay | None, stretch: Stretch, dialect: Dialect
) -> Iterator[tuple[Prepared, dict[str, Any]]]:
    """What reads the places along a way, and what is bound for that."""
    if stay is None:
        yield walks.positions(walk, dialect), {}
        return
    for strand, days in strands.through(stay, walk, stretch):
        yield strands.positions(strand, dialect), days


def _most_relevant(driver: Driver, collection: Collection, values: Given, wanted: Slice) -> Page:
    sort, limit, cursor = wanted
    statement = ranked(collection, values, cursor, driver.dialect).limit(limit + 1)
    places = prepared(statement, driver.dialect).rows(driver, {})
    rows = whole(driver, collection, places[:limit])
    if len(places) <= limit:
        return Page(rows, None)
    pk, rank = places[limit - 1]
    return Page(rows, cursors.encode(collection.name, sort, Position(rank, pk)))


def whole(driver: Driver, collection: Collection, places: Sequence[Sequence[Any]]) -> Rows:
    """The rows at these places, `(pk, sort value)`, in this order.

    Their number is rounded up, so that there are few statements.
    """
    if not places:
        return []
    pks = [pk for pk, _ in places]
    number = 1 << (len(pks) - 1).bit_length()
    bound = {f"pk_{n}": pks[min(n, len(pks) - 1)] for n in range(number)}
    columns = {
        row[0]: row[1:]
        for row in walks.whole(collection, number, driver.dialect).rows(driver, bound)
    }
    return [(*place, *columns[place[0]]) for place in places]
