"""Reading dates that count from publication or from the date mentioned last."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from app.ingest.extract.dates.patterns import calendar_words
from app.ingest.extract.dates.readings import (
    ANCHORED,
    BEHIND,
    Anchor,
    Match,
    Reading,
    from_text,
    published,
    relative_period,
    steps_of,
    weekday_of,
    which_of,
)
from app.ingest.extract.dates.values import Period, Unit


def weekday(match: Match, anchor: Anchor) -> Reading:
    """The latest such day up to publication; the next one where the words look ahead."""
    which = which_of(match) if match.groupdict().get("which") else ""
    base, basis = anchor.published_on, "published_on"
    if not which and _ends_range(match):
        which = "that"
    if which in ANCHORED and anchor.mentioned and anchor.mentioned.unit == "day":
        base, basis = anchor.mentioned.start, "text"
    if base is None:
        return Reading()
    offset = (weekday_of(match) - base.weekday()) % 7
    if which in BEHIND:
        offset = offset - 7
    elif which == "that" and basis == "text":
        pass
    elif steps_of(which) > 0:
        offset = offset or 7
    elif offset and which != "this" and anchor.direction <= 0:
        offset -= 7
    day = Period(base, "day").shifted(offset)
    return Reading(day.edtf, basis, day) if day else Reading()


def _ends_range(match: Match) -> bool:
    """Whether a weekday follows another one that it ends a range with: "Monday to Friday"."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    return _range_before_weekday().search(before) is not None


@cache
def _range_before_weekday() -> re.Pattern[str]:
    weekdays = "|".join(calendar_words("weekday"))
    return re.compile(
        rf"\b(?:(?:{weekdays})(?: \w+)? ?(?:to|through|until|till|-|–)"
        rf"|between (?:{weekdays})(?: \w+)? and) ?$",
        re.IGNORECASE,
    )


def weekday_of_week(match: Match, anchor: Anchor) -> Reading:
    """ "Tuesday of last week"."""
    week = relative_period(which_of(match), "week", anchor)
    if not week.period:
        return Reading()
    day = Period(week.period.start, "day").shifted(weekday_of(match))
    return Reading(day.edtf, week.basis, day) if day else Reading()


_DAYS_FROM_MENTIONED = {
    "that": 0,
    "that same": 0,
    "same": 0,
    "next": 1,
    "following": 1,
    "previous": -1,
}
_DAYS_AWAY = {"yesterday": -1, "tomorrow": 1, "last": -1, "overnight": 0}


def day(match: Match, anchor: Anchor) -> Reading | None:
    """ "today", "yesterday evening", "last night", "this morning", "the next morning"."""
    name = re.sub(r"\s+", " ", match["name"].lower())
    if name in _DAYS_FROM_MENTIONED:
        mentioned = _mentioned_day(anchor)
        return from_text(mentioned.shifted(_DAYS_FROM_MENTIONED[name]) if mentioned else None)
    if anchor.published_on is None:
        return Reading()
    return published(Period(anchor.published_on, "day").shifted(_DAYS_AWAY.get(name, 0)))


def day_after(match: Match, anchor: Anchor) -> Reading:
    """ "The day before yesterday", "day after tomorrow"."""
    if anchor.published_on is None:
        return Reading()
    steps = -2 if match["name"].lower().startswith("before") else 2
    return published(Period(anchor.published_on, "day").shifted(steps))


def clock(_match: Match, anchor: Anchor) -> Reading:
    """A time of day: on the day mentioned last, else on that of publication."""
    if mentioned := _mentioned_day(anchor):
        return from_text(mentioned)
    return published(Period(anchor.published_on, "day")) if anchor.published_on else Reading()


def _mentioned_day(anchor: Anchor) -> Period | None:
    return anchor.mentioned if anchor.mentioned and anchor.mentioned.unit == "day" else None


def relative(match: Match, anchor: Anchor) -> Reading | None:
    """ "last week", "the following day", "this quarter", "the weekend", "earlier in the year"."""
    groups = match.groupdict()
    which = which_of(match) if groups.get("which") else "the"
    unit = cast(Unit, (groups.get("unit") or which).lower())
    if unit == "day" and which not in (*ANCHORED, "next", "the"):
        return None
    if which in ("full", "fiscal", "financial", unit):
        which = "the"
    return relative_period(which, unit, anchor)


def year_end(_match: Match, anchor: Anchor) -> Reading:
    """ "Year-end": the year of publication."""
    return relative_period("the", "year", anchor)
