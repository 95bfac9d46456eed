"""What a date expression means, and what it may be resolved against."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from app.ingest.extract.dates.patterns import calendar_words, counts
from app.ingest.extract.dates.values import Period, Unit, containing, part_of

Match = re.Match[str]

BEHIND = ("last", "past", "this past", "previous", "prior", "preceding")
_AHEAD = ("next", "coming", "following")
ANCHORED = ("that", "same", "previous", "following", "preceding", "prior")


class Reading(NamedTuple):
    """What an expression means: EDTF, what it was resolved against, and the period it names."""

    edtf: str | None = None
    basis: str | None = None
    period: Period | None = None


@dataclass
class Anchor:
    """What a date expression may be resolved against.

    `published_on` is the day of the report, `mentioned` the period that the text named last,
    `quarter` the quarter of a year it named last. `direction` says whether the words around the
    expression speak of what lies ahead (1), behind (-1) or of neither (0).
    """

    published_on: dt.date | None
    mentioned: Period | None
    quarter: Period | None
    look_around: Callable[[], int]

    @cached_property
    def direction(self) -> int:
        """Looked up once, and only where it decides."""
        return self.look_around()


def explicit(period: Period | None) -> Reading:
    """The words alone were enough; null where there is no such period."""
    return Reading(period.edtf if period else None, None, period)


def published(period: Period | None) -> Reading:
    """Resolved against the day of publication."""
    return Reading(period.edtf, "published_on", period) if period else Reading()


def from_text(period: Period | None) -> Reading:
    """Resolved against the date mentioned last."""
    return Reading(period.edtf, "text", period) if period else Reading()


# --- parts of a match -------------------------------------------------------------------------


def year_of(match: Match, name: str = "year") -> int | None:
    """The year a group spells: 1998, '98, "nineteen ninety-eight", "two thousand and eight"."""
    written = match.groupdict().get(name)
    if not written:
        return None
    if written.isdigit() and len(written) == 4:
        return int(written)
    if written.startswith("'"):
        return year_of_two_digits(written[1:])
    first, *rest = re.split(r"[\s-]+", written.lower().replace(" and ", " "))
    numbers = counts()
    century = {"nineteen": 1900, "twenty": 2000, "two": 2000}[first]
    return century + sum(numbers[word] for word in rest if word != "thousand")


def month_of(match: Match, name: str = "month") -> int:
    """The month that a group names, 1 to 12."""
    return calendar_words("month")[match[name].lower()]


def weekday_of(match: Match) -> int:
    """The weekday that a group names, Monday 0 to Sunday 6."""
    written = match["weekday"].lower()
    return {**calendar_words("weekday_short"), **calendar_words("weekday")}[written]


def ordinal_of(written: str) -> int:
    """The number of "third", "3rd", "3"; 0 for any other word."""
    written = re.sub(r"\s+", "-", written.lower())
    return int(re.sub(r"\D", "", written) or calendar_words("ordinal").get(written, 0))


def which_of(match: Match) -> str:
    """The words before a unit, with single blanks: "this coming"."""
    return re.sub(r"\s+", " ", match["which"].lower())


def steps_of(which: str) -> int:
    """-1 for "last", 1 for "next" and their like, else 0."""
    return -1 if which in BEHIND else 1 if which in _AHEAD or which == "this coming" else 0


# How much longer a day ahead counts than a day behind, by direction; tuned on TempEval-3.
_WEIGHT_AHEAD = {9: 0.0, 1: 0.5, 0: 2.0, -1: 3.0, -9: 9999.0}


def choose(anchor: Anchor, make: Callable[[int], Period | None]) -> Period | None:
    """Of the same part of neighbouring years the nearest, nearer in the direction of the words.

    A report that looks back may still name next week's deadline, so direction does not decide
    alone.
    """
    published = cast(dt.date, anchor.published_on)
    weight = _WEIGHT_AHEAD[anchor.direction]
    found = [made for shift in (-1, 0, 1) if (made := make(published.year + shift))]
    return min(
        found,
        key=lambda made: _distance(made, published) * (weight if made.start > published else 1),
        default=None,
    )


def _distance(period: Period, day: dt.date) -> int:
    return max((period.start - day).days, (day - period.last).days, 0)


def relative_part(anchor: Anchor, which: str, unit: Unit, number: int) -> Reading:
    """ "last November", "this summer", "next spring"."""
    if anchor.published_on is None:
        return Reading()
    now = containing(anchor.published_on, unit)
    year = now.start.year if now else anchor.published_on.year
    found = [made for shift in (-1, 0, 1) if (made := part_of(year + shift, unit, number))]
    if now and which in BEHIND:
        found = [made for made in found if made.start < now.start][-1:]
    elif now and steps_of(which) > 0:
        found = [made for made in found if made.start > now.start][:1]
    else:
        found = found[1:2]
    return published(found[0] if found else None)


def relative_period(which: str, unit: Unit, anchor: Anchor) -> Reading:
    """ "Last week", "the following year", "this quarter", by unit."""
    if unit == "quarter" and anchor.quarter and which in ("the", "that", "same"):
        return from_text(anchor.quarter)
    named = which in ANCHORED or (which == "next" and unit == "day")
    if named and anchor.mentioned and not anchor.mentioned.is_longer_than(unit):
        base = containing(anchor.mentioned.start, unit)
        return from_text(base.shifted(steps_of(which)) if base else None)
    if anchor.published_on is None or which == "that":
        return Reading()
    now = containing(anchor.published_on, unit)
    steps = steps_of(which)
    if unit == "weekend" and anchor.direction <= (-1 if which == "this" else 0) and not steps:
        steps = 0 if anchor.published_on.weekday() >= 5 else -1
    return published(now.shifted(steps) if now else None)


def part_of_relative_year(match: Match, anchor: Anchor, unit: Unit, number: int) -> Reading:
    """ "June last year", "this year's third quarter"."""
    year = relative_period(which_of(match), "year", anchor)
    period = part_of(year.period.start.year, unit, number) if year.period else None
    return Reading(period.edtf, year.basis, period) if period else Reading()


def year_of_two_digits(digits: str) -> int:
    """The pivot of POSIX strptime: 69 to 99 are of the last century."""
    return int(digits) + (1900 if int(digits) >= 69 else 2000)
