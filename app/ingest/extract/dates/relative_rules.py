"""Reading dates that count from publication or from the date mentioned last."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from app.ingest.extract.dates.patterns import calendar_words, counts
from app.ingest.extract.dates.readings import (
    ANCHORED,
    BEHIND,
    Anchor,
    Match,
    Reading,
    choose,
    explicit,
    from_text,
    ordinal_of,
    part_of_relative_year,
    published,
    relative_part,
    relative_period,
    steps_of,
    which_of,
    year_of,
)
from app.ingest.extract.dates.values import Period, Unit, containing, part_of


def weekday(match: Match, anchor: Anchor) -> Reading:
    """The latest such day up to publication; the next one where the words look ahead."""
    which = which_of(match) if match.groupdict().get("which") else ""
    base, basis = anchor.published_on, "published_on"
    if which in ANCHORED and anchor.mentioned and anchor.mentioned.unit == "day":
        base, basis = anchor.mentioned.start, "text"
    if base is None:
        return Reading()
    number = {**calendar_words("weekday_short"), **calendar_words("weekday")}
    offset = (number[match["weekday"].lower()] - base.weekday()) % 7
    if which in BEHIND or which == "that":
        offset = offset - 7
    elif steps_of(which) > 0:
        offset = offset or 7
    elif offset and which != "this" and anchor.direction <= 0:
        offset -= 7
    day = Period(base, "day").shifted(offset)
    return Reading(day.edtf, basis, day) if day else Reading()


_DAYS_AWAY = {"yesterday": -1, "tomorrow": 1, "last": -1, "overnight": 0}


def day(match: Match, anchor: Anchor) -> Reading | None:
    """ "today", "yesterday evening", "last night", "this morning", "that evening"."""
    name = match["name"].lower()
    if name == "that":
        return from_text(_mentioned_day(anchor))
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


def offset(match: Match, anchor: Anchor) -> Reading | None:
    """ "two weeks ago", "three days later", "a year earlier"; null for "several years ago"."""
    groups = match.groupdict()
    unit: Unit = cast(Unit, (groups.get("unit") or "year").lower())
    way = match["way"].lower()
    if way in ("before", "after") or (groups.get("vague") is not None and way != "ago"):
        return None
    if groups.get("vague") is not None:
        return Reading()
    written = re.sub(r"\s+", " ", (groups.get("number") or "1").lower())
    number = int(written) if written.isdigit() else counts()[written]
    if unit == "year" and number == 1 and anchor.quarter:
        return from_text(anchor.quarter.years_later(-1))
    steps = -number if way in ("ago", "earlier") else number
    if way != "ago" and anchor.mentioned and not anchor.mentioned.is_longer_than(unit):
        base = containing(anchor.mentioned.start, unit)
        return from_text(base.shifted(steps) if base else None)
    if anchor.published_on is None or way not in ("ago", "earlier"):
        return Reading()
    base = containing(anchor.published_on, unit)
    return published(base.shifted(steps) if base else None)


def quarter(match: Match, anchor: Anchor) -> Reading | None:
    """ "the third quarter of 1989", "this year's third quarter", "fourth-quarter"."""
    return _part(match, anchor, "quarter", ordinal_of(match["ordinal"]))


def season(match: Match, anchor: Anchor) -> Reading | None:
    """ "Last summer", "the spring of 1994"; XXXX-21 when the year is unknown."""
    return _part(match, anchor, "season", calendar_words("season")[match["season"].lower()])


def _part(match: Match, anchor: Anchor, unit: Unit, number: int) -> Reading | None:
    groups = match.groupdict()
    if not 1 <= number <= 4:
        return None
    if (year := year_of(match)) is not None:
        return explicit(part_of(year, unit, number))
    if groups.get("which"):
        named = unit == "season" and match.end("which") < match.start("season")
        if named:
            return relative_part(anchor, which_of(match), unit, number)
        return part_of_relative_year(match, anchor, unit, number)
    if anchor.published_on is None:
        return Reading(f"XXXX-{20 + number}") if unit == "season" else Reading()
    # "Will report third-quarter results": the verb tells nothing about the quarter.
    undirected = replace(anchor, look_around=int) if unit == "quarter" else anchor
    period = choose(undirected, lambda year: part_of(year, unit, number))
    if period and groups.get("back"):
        period = period.years_later(-1)
    return published(period)


def reported(match: Match, anchor: Anchor) -> Reading:
    """Periods of business reports: "the latest quarter", "the year-earlier period"."""
    groups = match.groupdict()
    back = 0 if groups.get("name") or groups.get("year") else -1
    if groups.get("which"):
        back = steps_of(which_of(match))
    base, basis = anchor.quarter, "text"
    if (not base or groups.get("name")) and anchor.published_on:
        now = containing(anchor.published_on, "quarter")
        base, basis = (now.shifted(-1) if now else None), "published_on"
    year = year_of(match)
    if not base:
        return explicit(part_of(year, "year", 1)) if year else Reading()
    period = base.years_later(year - base.start.year if year else back)
    return Reading(period.edtf, basis, period) if period else Reading()


def half(match: Match, anchor: Anchor) -> Reading:
    """ "The second half of 1990": EDTF 40 and 41."""
    number = ordinal_of(match["ordinal"])
    year, basis = year_of(match), None
    if year is None:
        whole = relative_period(which_of(match), "year", anchor)
        year, basis = (whole.period.start.year if whole.period else None), whole.basis
    return Reading(f"{year:04}-{39 + number}", basis) if year is not None else Reading()


def year_end(_match: Match, anchor: Anchor) -> Reading:
    """ "Year-end": the year of publication."""
    return relative_period("the", "year", anchor)
