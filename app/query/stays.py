"""Where the rows that date filters find stand in SQLite's indexes.

They are in four parts: rows that have begun within a window; of those that began before it the
ones without an end, and the ones that last into it; and rows of which only the end is known. Those
that last so many nights reach a day if they began so many nights before it at most: so each part
stands between two days of an index, however long its rows last.

By date rows are read as they stand there; in another order they stand so day by day, or month by
month (`app.query.cells`).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from sqlalchemy import Column

from app.query.dates import Days, Window
from app.query.stretches import Kind, Stretch

_DAY = dt.timedelta(days=1)
_FEW = 62
"""Days up to which the months between them are not worth a walk of their own."""


class Part(Enum):
    """A part of the rows that match windows."""

    BEGUN = auto()
    SINCE = auto()
    LASTING = auto()
    UNTIL = auto()


class Stay(NamedTuple):
    """Rows of a part whose earliest day, of UNTIL the latest, is one from `first` to `last`.

    LASTING ones last so many `nights`.
    """

    days: Days
    part: Part
    first: dt.date
    last: dt.date
    nights: float = 0


class By(Enum):
    """The order in which the rows of a stay stand: that of dates, or of `pk` within cells."""

    DATE = auto()
    DAY = auto()
    MONTH = auto()


class Piece(NamedTuple):
    """What of a stay is read by one walk."""

    by: By
    first: dt.date
    last: dt.date


def stays(days: Days, windows: Sequence[Window], lengths: Sequence[float]) -> list[Stay]:
    """Where the rows that match one of the windows stand; a row may stand in several of these.

    `lengths` are the different numbers of nights that rows last.
    """
    found = [Stay(days, Part.BEGUN, *window) for window in windows if window.first <= window.last]
    if days.are_one:
        return found
    found.append(Stay(days, Part.UNTIL, min(window.first for window in windows), dt.date.max))
    before = [(first, min(last, first - _DAY)) for first, last in windows if first > dt.date.min]
    if before:
        found.append(Stay(days, Part.SINCE, dt.date.min, max(last for _, last in before)))
    for nights in lengths:
        for reached, last in before:
            since_the_first = (reached - dt.date.min).days
            first = reached - dt.timedelta(days=min(nights, since_the_first))
            found += [Stay(days, Part.LASTING, first, last, nights)] if first <= last else []
    return found


def pieces(stay: Stay, order: Column[Any], stretch: Stretch, *, descending: bool) -> list[Piece]:
    """What of a stay lies in a stretch of rows that are ordered by this column.

    In cells those with the value of the last row go before those beyond it, in one walk.
    """
    days, part, first, last, _ = stay
    if order is not days.earliest:
        return [] if stretch.kind is Kind.SAME else [Piece(By.DAY, first, last)]
    if (part is Part.UNTIL) is not (stretch.kind is Kind.UNVALUED):
        return []
    if part is Part.UNTIL:
        return [Piece(By.DAY, first, last)]
    low, high = first.toordinal(), last.toordinal()
    value: Any = stretch.last and stretch.last.value
    if stretch.kind is Kind.SAME:
        low, high = max(low, value.toordinal()), min(high, value.toordinal())
    elif stretch.kind is Kind.BEYOND and descending:
        high = min(high, value.toordinal() - 1)
    elif stretch.kind is Kind.BEYOND:
        low = max(low, value.toordinal() + 1)
    if low > high:
        return []
    return [Piece(By.DATE, dt.date.fromordinal(low), dt.date.fromordinal(high))]


def by_month(piece: Piece) -> list[Piece]:
    """The same days: the whole months among them, and what is before and after those."""
    by, first, last = piece
    if by is not By.DAY or (last - first).days < _FEW:
        return [piece]
    begin = first if first.day == 1 else first.replace(day=_length(first)) + _DAY
    end = last if last.day == _length(last) else last.replace(day=1) - _DAY
    found = [Piece(By.MONTH, begin, end)]
    if first < begin:
        found.append(Piece(By.DAY, first, begin - _DAY))
    if end < last:
        found.append(Piece(By.DAY, end + _DAY, last))
    return found


def _length(day: dt.date) -> int:
    """Days of its month."""
    return monthrange(day.year, day.month)[1]
