"""Stretches of the calendar: how they follow each other and how EDTF writes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

Unit = Literal["day", "weekend", "week", "month", "quarter", "season", "year", "decade", "century"]

_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
_LENGTHS = {unit: length for length, unit in enumerate(get_args(Unit))}
_DAYS = {"day": 1, "weekend": 7, "week": 7}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month … by its first day.

    Weeks run from Monday to Sunday (ISO 8601-1), weekends are Saturday and Sunday, seasons the
    meteorological ones of the northern hemisphere, a decade starts with its year 0.
    """

    start: dt.date
    unit: Unit

    def is_longer_than(self, unit: Unit) -> bool:
        """Whether one such unit is only a part of it: a year is longer than a day."""
        return _LENGTHS[self.unit] > _LENGTHS[unit]

    @property
    def last(self) -> dt.date:
        """Its last day."""
        following = self.shifted(1)
        if self.unit == "weekend" or following is None:
            return dt.date.fromordinal(min(self.start.toordinal() + 1, dt.date.max.toordinal()))
        return following.start - dt.timedelta(1)

    @property
    def edtf(self) -> str:  # noqa: PLR0911 - one line a unit
        """ISO 8601-2, which has codes for seasons and quarters; weeks are intervals of days."""
        year, month = f"{self.start.year:04}", self.start.month
        match self.unit:
            case "day":
                return self.start.isoformat()
            case "week" | "weekend":
                length = 6 if self.unit == "week" else 1
                last = min(self.start.toordinal() + length, dt.date.max.toordinal())
                return f"{self.start}/{dt.date.fromordinal(last)}"
            case "month":
                return f"{year}-{month:02}"
            case "quarter":
                return f"{year}-{32 + (month + 2) // 3}"
            case "season":
                return f"{year}-{20 + month // 3}"
            case "year":
                return year
            case "decade":
                return f"{year[:3]}X"
            case "century":
                return f"{year[:2]}XX"

    def shifted(self, steps: int) -> Period | None:
        """The period so many of its own lengths later; None outside the years 1 to 9999."""
        try:
            if self.unit in _DAYS:
                return Period(self.start + dt.timedelta(_DAYS[self.unit] * steps), self.unit)
            months = self.start.year * 12 + self.start.month - 1 + _MONTHS[self.unit] * steps
            return Period(dt.date(months // 12, months % 12 + 1, 1), self.unit)
        except (OverflowError, ValueError):
            return None

    def years_later(self, years: int) -> Period | None:
        """The same part of another year; a leap day has none in most years."""
        try:
            moved = self.start.replace(year=self.start.year + years)
        except ValueError:
            return None
        return containing(moved, self.unit)


def containing(day: dt.date, unit: Unit) -> Period | None:
    """The week, month … that `day` lies in; of a weekend, the one that ends its week."""
    try:
        start = _start(day, unit)
    except (OverflowError, ValueError):
        return None
    return Period(start, unit)


def _start(day: dt.date, unit: Unit) -> dt.date:  # noqa: PLR0911 - one line a unit
    match unit:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(day.weekday())
        case "weekend":
            return day - dt.timedelta(day.weekday()) + dt.timedelta(5)
        case "season":
            year, month = (day.year - 1, 12) if day.month < 3 else (day.year, day.month // 3 * 3)
            return dt.date(year, month, 1)
        case "quarter":
            return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "month":
            return day.replace(day=1)
        case "year":
            return dt.date(day.year, 1, 1)
        case "decade":
            return dt.date(day.year // 10 * 10, 1, 1)
        case "century":
            return dt.date(day.year // 100 * 100, 1, 1)


def day_of(year: int, month: int, day: int) -> Period | None:
    """One day; None when there is no such day."""
    try:
        return Period(dt.date(year, month, day), "day")
    except (OverflowError, ValueError):
        return None


def part_of(year: int, unit: Unit, number: int) -> Period | None:
    """Month 1 to 12, quarter 1 to 4 or season 1 (spring) to 4 of a year; None when out of range."""
    month = {"month": number, "quarter": number * 3 - 2, "season": number * 3, "year": 1}[unit]
    try:
        return Period(dt.date(year, month, 1), unit)
    except (OverflowError, ValueError):
        return None


def nth_weekday(month: Period, weekday: int, number: int) -> Period | None:
    """The first, second … or (-1) last Monday (0) to Sunday (6) of a month; None if it has none."""
    base = month.start if number > 0 else month.last
    if number > 0:
        to_weekday = (weekday - base.weekday()) % 7 + 7 * (number - 1)
    else:
        to_weekday = -((base.weekday() - weekday) % 7)
    day = Period(base, "day").shifted(to_weekday)
    return day if day and day.start.month == month.start.month else None


def easter(year: int) -> dt.date:
    """Easter Sunday of the Western churches, 1583 to 4099 (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lunar = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * lunar) // 433
    month, day = divmod(h + lunar - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
