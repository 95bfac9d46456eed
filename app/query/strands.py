"""The statements that walk through stays, on SQLite.

Each part has an index of its own, of an expression that is NULL for other rows
(`migrations/versions/0009`). SQLite finds it by this expression and can take no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Dialect,
    Float,
    Integer,
    Select,
    String,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    select,
)

from app.query.cells import Indexed, stepped, values
from app.query.dates import Days
from app.query.prepared import Prepared, prepared
from app.query.stays import By, Part, Stay, by_month, pieces
from app.query.stretches import Kind, Stretch, keys, within
from app.query.walks import Walk, checks

_MOST_NIGHTS = (dt.date.max - dt.date.min).days


class Strand(NamedTuple):
    """The shape of a walk through a piece of a stay; with a lead through its rows of these days."""

    walk: Walk
    days: Days
    part: Part
    by: By


def through(
    stay: Stay, walk: Walk, stretch: Stretch
) -> Iterator[tuple[Strand, dict[str, dt.date | float]]]:
    """The strands of a stay in a stretch, each with its bounds."""
    order, descending = walk.collection.sorted_by(walk.sort), walk.sort.startswith("-")
    found = pieces(stay, order, stretch, descending=descending)
    if walk.lead is None:
        found = [part for piece in found for part in by_month(piece)]
    for by, first, last in found:
        bounds: dict[str, dt.date | float] = {"first": first, "last": last, "nights": stay.nights}
        yield Strand(walk, stay.days, stay.part, by), bounds


@lru_cache(maxsize=4000)
def positions(strand: Strand, dialect: Dialect) -> Prepared:
    """Reads `(pk, sort value)`, with the parameters of `walks.rows`.

    Others are the `first` and the `last` day of the piece, and the `nights` of LASTING rows.
    """
    statement = _by_date(strand) if strand.by is By.DATE else _by_cells(strand)
    return prepared(statement.limit(bindparam("limit", type_=Integer())), dialect)


@lru_cache(maxsize=100)
def lengths(days: Days, dialect: Dialect) -> Prepared:
    """Reads how many nights rows last that last more than a day, each number once."""
    nights = _nights(days)
    rows = Indexed(days.earliest.table, days.earliest.table.c.pk, nights, nights.is_not(None))
    found = values(rows, literal_column("1"), literal_column(str(_MOST_NIGHTS)))
    return prepared(select(found.c.value).where(found.c.value.is_not(None)), dialect)


def _by_date(strand: Strand) -> Select[Any]:
    walk, rows = strand.walk, _indexed(strand)
    statement = rows.select(rows.row.label("pk"), rows.key.label("sort"))
    if walk.checked and rows.table is not walk.collection.table:
        statement = statement.join(walk.collection.table, walk.collection.pk == rows.row)
    if walk.lead is not None and walk.lead.repeats:
        statement = statement.distinct()
    if walk.kind is Kind.SAME:
        statement = statement.where(
            *within(walk.collection, walk.sort, walk.kind, rows.key, rows.row, walk.after)
        )
    else:
        statement = statement.where(rows.key >= _day("first"), rows.key <= _day("last"))
    statement = statement.where(*checks(walk))
    return statement.order_by(*keys(walk.collection, walk.sort, walk.kind, rows.key, rows.row))


def _by_cells(strand: Strand) -> Select[Any]:
    """The steps come in order, and SQLite makes no more of them than the limit asks for."""
    walk, rows = strand.walk, _indexed(strand)
    collection = walk.collection
    first, last = _day("first"), _day("last")
    if strand.by is By.MONTH:
        first, last = _month(first), _month(last)
    column = collection.sorted_by(walk.sort)
    order = rows.row if column is collection.pk else column
    goes_on = rows.order is not None and walk.kind is Kind.BEYOND
    kinds = (Kind.SAME, Kind.BEYOND) if goes_on else (walk.kind,)
    begin = [within(collection, walk.sort, kind, order, rows.row, walk.after) for kind in kinds]
    cells = values(rows, first, last)
    steps = stepped(rows, cells, begin, descending=walk.sort.startswith("-"))
    pk: ColumnElement[Any] = steps.c.pk
    sort = pk if column is collection.pk else steps.c.sort
    statement = select(pk, sort.label("sort")).where(pk.is_not(None))
    if walk.checked:  # not in a join, for which SQLite would make all steps beforehand
        matching = select(collection.pk).where(collection.pk == pk, *checks(walk))
        statement = statement.where(exists(matching.correlate(steps)))
    return statement


def _indexed(strand: Strand) -> Indexed:
    """The rows of which a strand reads those with keys of some days."""
    walk, days, part, by = strand
    earliest, latest, table = days.earliest, days.latest, days.earliest.table
    if walk.lead is not None:
        has = walk.lead.has(bindparam("value", type_=walk.lead.type))
        return Indexed(walk.lead.table, walk.lead.row, walk.lead.table.c[earliest.name], has)
    key: ColumnElement[Any] = earliest
    if part is Part.SINCE:
        key = case((latest.is_(None), earliest))
    elif part is Part.UNTIL:
        key = case((earliest.is_(None), latest))
    if by is By.MONTH:
        key = _month(key)
    if part is Part.LASTING:
        lasting = _nights(days) == bindparam("nights", type_=Float())
        return Indexed(table, table.c.pk, key, lasting)
    column = walk.collection.sorted_by(walk.sort)
    if column in {earliest, table.c.pk}:
        return Indexed(table, table.c.pk, key, key.is_not(None))
    month: ColumnElement[Any] = literal_column("'%Y-%m'")
    key = func.strftime(month, earliest) if by is By.MONTH else func.date(earliest)
    return Indexed(table, table.c.pk, key, key.is_not(None), column)


def _day(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=Date())


def _month(day: ColumnElement[Any]) -> ColumnElement[Any]:
    """As "2024-05": the first seven characters of a date, as SQLite keeps it."""
    return func.substr(day, literal_column("1"), literal_column("7"), type_=String())


def _nights(days: Days) -> ColumnElement[float]:
    """How many nights a row lasts that lasts more than a day."""
    nights = func.julianday(days.latest) - func.julianday(days.earliest)
    return case((days.latest > days.earliest, nights))
