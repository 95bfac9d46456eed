"""Which function reads which rule of `date_patterns.tsv`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.ingest.extract.dates import (
    calendar_rules,
    month_rules,
    offset_rules,
    part_rules,
    relative_rules,
)
from app.ingest.extract.dates.readings import Anchor, Match, Reading

RULES: Mapping[str, Callable[[Match, Anchor], Reading | None]] = {
    "iso": calendar_rules.iso,
    "numeric": calendar_rules.numeric,
    "calendar": calendar_rules.calendar,
    "range": calendar_rules.calendar_range,
    "month": calendar_rules.month,
    "month_range": calendar_rules.month_range,
    "day_of_month": month_rules.day_of_month,
    "week_of_month": month_rules.week_of_month,
    "weekday_of_week": relative_rules.weekday_of_week,
    "week_of": month_rules.week_of,
    "weekday": relative_rules.weekday,
    "day": relative_rules.day,
    "day_after": relative_rules.day_after,
    "clock": relative_rules.clock,
    "relative": relative_rules.relative,
    "beside": offset_rules.beside,
    "within": offset_rules.within,
    "offset": offset_rules.offset,
    "quarter": part_rules.quarter,
    "quarter_ended": part_rules.quarter_ended,
    "reported": part_rules.reported,
    "reported_quarter": part_rules.reported_quarter,
    "fiscal_quarter": part_rules.fiscal_quarter,
    "season": part_rules.season,
    "half": part_rules.half,
    "fiscal": calendar_rules.year,
    "year": calendar_rules.year,
    "years": calendar_rules.years,
    "decade": calendar_rules.decade,
    "century": calendar_rules.century,
    "holiday": calendar_rules.holiday,
    "vague": calendar_rules.vague,
    "year_end": relative_rules.year_end,
    "none": calendar_rules.none,
}
