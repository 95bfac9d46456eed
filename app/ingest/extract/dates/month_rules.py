"""Reading parts of a month: its weeks, weekends, weekdays, and the week of a day."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.ingest.extract.dates.calendar_rules import calendar_day, month
from app.ingest.extract.dates.readings import (
    Anchor,
    Match,
    Reading,
    month_of,
    ordinal_of,
    published,
    weekday_of,
)
from app.ingest.extract.dates.values import Period, Unit, containing, day_of, nth_weekday


def week_of(match: Match, anchor: Anchor) -> Reading:
    """ "the week of March 6", "the weekend of Nov. 8"."""
    day = calendar_day(None, month_of(match), ordinal_of(match["day"]), anchor)
    unit = cast(Unit, match["unit"].lower())
    return published(containing(day.period.start, unit)) if day.period else Reading()


def day_of_month(match: Match, anchor: Anchor) -> Reading:
    """ "The last day of May", "the first Monday in September"."""
    whole, number = month(match, anchor), _number(match)
    if not whole.period:
        return Reading()
    if "weekday" in match.groupdict():
        day = nth_weekday(whole.period, weekday_of(match), number)
    elif number > 0:
        day = day_of(whole.period.start.year, whole.period.start.month, number)
    else:
        day = Period(whole.period.last, "day")
    return Reading(day.edtf, whole.basis, day) if day else Reading()


def week_of_month(match: Match, anchor: Anchor) -> Reading:
    """ "The first week of November": the 1st to the 7th; "the last weekend of May"."""
    whole, number = month(match, anchor), _number(match)
    if not whole.period:
        return Reading()
    if match["unit"].lower() == "weekend":
        saturday = nth_weekday(whole.period, 5, number)
        period = Period(saturday.start, "weekend") if saturday else None
        return Reading(period.edtf, whole.basis, period) if period else Reading()
    last = whole.period.last
    start = whole.period.start + dt.timedelta(7 * (number - 1))
    if number < 0:
        start = last - dt.timedelta(6)
    if start > last:
        return Reading()
    return Reading(f"{start}/{min(start + dt.timedelta(6), last)}", whole.basis)


def _number(match: Match) -> int:
    """The number of "first", "second" …; -1 for "last"."""
    ordinal = match.groupdict().get("ordinal")
    return ordinal_of(ordinal) if ordinal else -1
