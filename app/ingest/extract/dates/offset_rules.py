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
    if unit == "decade":  # "A decade ago" is a matter of ten years, not of their tens.
        unit, number = "year", number * 10
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
