"""Reading dates that lie so many days, weeks or years away."""

from __future__ import annotations

import re
from typing import cast

from app.ingest.extract.dates.patterns import counts
from app.ingest.extract.dates.readings import (
    Anchor,
    Match,
    Reading,
    from_text,
    published,
)
from app.ingest.extract.dates.values import Unit, containing

_YEARS = {"decade": 10, "century": 100, "centurie": 100}  # the unit is matched without its s


def offset(match: Match, anchor: Anchor) -> Reading | None:
    """ "two weeks ago", "three days later", "a year earlier"; null for "several years ago"."""
    groups = match.groupdict()
    unit: Unit = cast(Unit, (groups.get("unit") or "year").lower())
    way = re.sub(r"\s+", " ", match["way"].lower())
    if way in ("before", "after") or (
        groups.get("vague") is not None and way not in ("ago", "from now")
    ):
        return None
    if groups.get("vague") is not None:
        return Reading()
    written = re.sub(r"\s+", " ", (groups.get("number") or "1").lower())
    number = int(written) if written.isdigit() else counts()[written]
    if unit in _YEARS:  # "A decade ago" is a matter of ten years, not of their tens.
        unit, number = "year", number * _YEARS[unit]
    if unit == "year" and number == 1 and anchor.quarter:
        return from_text(anchor.quarter.years_later(-1))
    steps = -number if way in ("ago", "earlier") else number
    if (
        way in ("earlier", "later", "afterward", "afterwards")
        and anchor.mentioned
        and not anchor.mentioned.is_longer_than(unit)
    ):
        base = containing(anchor.mentioned.start, unit)
        return from_text(base.shifted(steps) if base else None)
    if anchor.published_on is None or way not in ("ago", "earlier", "from now"):
        return Reading()
    base = containing(anchor.published_on, unit)
    return published(base.shifted(steps) if base else None)


def beside(match: Match, anchor: Anchor) -> Reading | None:
    """ "It had rained the day before.", "he left the year after": by the date just mentioned."""
    unit = cast(Unit, match["unit"].lower())
    if not anchor.mentioned or anchor.mentioned.is_longer_than(unit):
        return Reading()
    base = containing(anchor.mentioned.start, unit)
    return from_text(base.shifted(1 if match["way"].lower() == "after" else -1) if base else None)


def within(match: Match, anchor: Anchor) -> Reading | None:
    """ "They will leave within two weeks": from publication on; "within weeks" has no end."""
    if anchor.published_on is None or anchor.direction <= 0:
        return None
    start = anchor.published_on.isoformat()
    if match["number"] is None:
        return Reading(f"{start}/..", "published_on")
    unit = cast(Unit, match["unit"].lower())
    steps = counts()[re.sub(r"\s+", " ", match["number"].lower())]
    if unit == "week":
        unit, steps = "day", 7 * steps
    now = containing(anchor.published_on, unit)
    last = now.shifted(steps) if now else None
    return Reading(f"{start}/{last.edtf}", "published_on") if last else Reading()
