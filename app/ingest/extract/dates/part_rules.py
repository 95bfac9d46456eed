"""Reading quarters, halves and seasons of a year."""

from __future__ import annotations

from dataclasses import replace

from app.ingest.extract.dates.calendar_rules import calendar
from app.ingest.extract.dates.patterns import calendar_words
from app.ingest.extract.dates.readings import (
    Anchor,
    Match,
    Reading,
    choose,
    explicit,
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


def quarter(match: Match, anchor: Anchor) -> Reading | None:
    """ "the third quarter of 1989", "this year's third quarter", "fourth-quarter", "Q4 2025"."""
    ordinal = match.groupdict().get("ordinal")  # "the last quarter of 1989" has none
    return _part(match, anchor, "quarter", ordinal_of(ordinal) if ordinal else 4)


def reported_quarter(match: Match, anchor: Anchor) -> Reading | None:
    """ "Q1 results": of a quarter that has begun."""
    if anchor.published_on is None:
        return Reading()
    begun = replace(anchor, look_around=lambda: -9)
    number = ordinal_of(match["ordinal"])
    return published(choose(begun, lambda year: part_of(year, "quarter", number)))


def fiscal_quarter(match: Match, anchor: Anchor) -> Reading | None:
    """ "The fiscal third quarter": uncertain, as a fiscal year may start in any month."""
    reading = quarter(match, anchor)
    return reading._replace(edtf=f"{reading.edtf}?") if reading and reading.edtf else reading


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


def quarter_ended(match: Match, anchor: Anchor) -> Reading:
    """ "The quarter ended Sept. 30": exactly those months, which may be no calendar quarter."""
    last = calendar(match, replace(anchor, look_around=lambda: -9))
    following = last.period.shifted(1) if last.period else None
    if not following or following.start.day != 1:
        return Reading()
    quarter = Period(following.start, "quarter").shifted(-1)
    if last.period is None or quarter is None:
        return Reading()
    if quarter.start.month % 3 == 1:
        return Reading(quarter.edtf, last.basis, quarter)
    first_month, last_month = (day.isoformat()[:7] for day in (quarter.start, last.period.start))
    return Reading(f"{first_month}/{last_month}", last.basis)


def half(match: Match, anchor: Anchor) -> Reading:
    """ "The second half of 1990": EDTF 40 and 41."""
    number = ordinal_of(match["ordinal"])
    year, basis = year_of(match), None
    if year is None:
        which = which_of(match) if match.groupdict().get("which") else "the"
        whole = relative_period(which, "year", anchor)
        year, basis = (whole.period.start.year if whole.period else None), whole.basis
    return Reading(f"{year:04}-{39 + number}", basis) if year is not None else Reading()
