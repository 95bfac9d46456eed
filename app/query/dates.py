"""Filters by dates: what they mean, and what several of one query mean together.

Rows cover intervals, from an earliest to a latest day (`app.query.filters`). Where their rows
stand in indexes is in `app.query.stays`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Date, Dialect, TypeDecorator, and_, or_
from sqlalchemy.types import TypeEngine

from app.intervals import days
from app.query.predicates import Clause, Filter, Unindexed


@dataclass(frozen=True, eq=False)
class Days:
    """The days that rows cover; indexes of them have a name (`migrations/versions/0009`)."""

    name: str
    earliest: Column[Any]
    latest: Column[Any]

    @property
    def are_one(self) -> bool:
        """Whether a row has one day only."""
        return self.latest is self.earliest


class Window(NamedTuple):
    """For rows that reach `first` and have begun on `last`, which may be an earlier day."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, eq=False, kw_only=True)
class DateFilter(Filter):
    """Rows that `reach` the first day of a value, that have begun on its last day, or both."""

    days: Days
    reach: bool
    begin: bool

    def windows(self, values: Iterable[str]) -> list[Window]:
        """A row matches one of the values if it matches one of these, and the reverse."""
        found = [Window(*_whole(value)) for value in values]
        if not self.begin:
            return [Window(min(window.first for window in found), dt.date.max)]
        if not self.reach:
            return [Window(dt.date.min, max(window.last for window in found))]
        return found


def windows(filters: Iterable[tuple[DateFilter, Sequence[str]]]) -> list[Window]:
    """The same for the values of several filters, each of which has to match."""
    return _joined(
        Window(max(window.first for window in several), min(window.last for window in several))
        for several in product(*(predicate.windows(values) for predicate, values in filters))
    )


def _joined(windows: Iterable[Window]) -> list[Window]:
    """Windows that overlap or follow each other are one."""
    found: list[Window] = []
    for window in sorted(set(windows)):
        first, last = window
        if found and found[-1].last.toordinal() >= first.toordinal() - 1 and first <= last:
            found[-1] = Window(found[-1].first, max(found[-1].last, last))
        else:
            found.append(window)
    return found


def on_or_after(days: Days) -> DateFilter:
    """The row's latest day is on or after the first day of a value, or open."""
    return _dated(_reaches, days, (_FirstDay(),), begin=False)


def on_or_before(days: Days) -> DateFilter:
    """The row's earliest day is on or before the last day of a value, or open."""
    return _dated(_begins, days, (_LastDay(),), reach=False)


def overlapping(days: Days) -> DateFilter:
    """The row and a value have a day in common, or may have."""

    def overlaps(start: ColumnElement[Any], end: ColumnElement[Any], days: Any) -> Clause:
        first, last = days
        return and_(_reaches(start, end, first), _begins(start, end, last))

    return _dated(overlaps, days, (_FirstDay(), _LastDay()))


def _reaches(start: ColumnElement[Any], end: ColumnElement[Any], day: Any) -> Clause:
    return or_(end >= day, and_(end.is_(None), start.is_not(None)))


def _begins(start: ColumnElement[Any], end: ColumnElement[Any], day: Any) -> Clause:
    return or_(start <= day, and_(start.is_(None), end.is_not(None)))


def _dated(
    holds: Callable[[ColumnElement[Any], ColumnElement[Any], Any], Clause],
    days: Days,
    types: tuple[TypeEngine[Any], ...],
    *,
    reach: bool = True,
    begin: bool = True,
) -> DateFilter:
    unindexed = Unindexed(days.earliest), Unindexed(days.latest)
    return DateFilter(
        lambda values: or_(*(holds(days.earliest, days.latest, value) for value in values)),
        lambda values: or_(*(holds(*unindexed, value) for value in values)),
        types,
        days=days,
        reach=reach,
        begin=begin,
    )


def _whole(value: str) -> tuple[dt.date, dt.date]:
    """The days of a date in EDTF, from the first of all to the last of all where it is open."""
    first, last = days(value)
    return first or dt.date.min, last or dt.date.max


class _FirstDay(TypeDecorator[Any]):
    """The first day of a date in EDTF."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return _whole(value)[0]


class _LastDay(TypeDecorator[Any]):
    """The last day of a date in EDTF."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return _whole(value)[1]
