"""Reading dates of the calendar: days, months, quarters, years, decades, holidays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import cast

from app.ingest.extract.dates.patterns import calendar_words
from app.ingest.extract.dates.readings import (
    Anchor,
    Match,
    Reading,
    choose,
    explicit,
    month_of,
    ordinal_of,
    part_of_relative_year,
    published,
    relative_part,
    steps_of,
    which_of,
    year_of,
    year_of_two_digits,
)
from app.ingest.extract.dates.values import Period, day_of, easter, nth_weekday, part_of
from app.intervals import days
from app.lexicon import table


def iso(match: Match, _anchor: Anchor) -> Reading:
    """ "2025-11-07", also with slashes; a time of day is dropped."""
    return explicit(day_of(int(match["year"]), int(match["month"]), int(match["day"])))


def numeric(match: Match, _anchor: Anchor) -> Reading | None:
    """With points the day comes first; else whichever order gives a date, null if both do."""
    one, two = int(match["one"]), int(match["two"])
    if match["mark"] != "/" and len(match["year"]) == 2 and max(one, two) <= 12:
        return None
    year = cast(
        int, year_of(match) if len(match["year"]) == 4 else year_of_two_digits(match["year"])
    )
    day_first, month_first = day_of(year, two, one), day_of(year, one, two)
    if match["mark"] == ".":
        return explicit(day_first)
    if day_first and month_first and day_first != month_first:
        return Reading()
    return explicit(day_first or month_first)


def calendar(match: Match, anchor: Anchor) -> Reading:
    """A day of a month; its year is the nearest one where none is given."""
    year, month, day = year_of(match), month_of(match), ordinal_of(match["day"])
    known = _known_day(month, day, match.string[match.end() : match.end() + _KNOWN_BY])
    if year is None and known and (not anchor.published_on or known.start < anchor.published_on):
        return explicit(known)
    return calendar_day(year, month, day, anchor)


_KNOWN_BY = 20
"""Code points after a date in which a word may tell that it stands for an event."""


def _known_day(month: int, day: int, after: str) -> Period | None:
    """ "The Sept. 11 memorial": the day of an event that is called by its date."""
    year, words = _known_days().get((month, day), (0, None))
    return day_of(year, month, day) if words and words.match(after) else None


@cache
def _known_days() -> Mapping[tuple[int, int], tuple[int, re.Pattern[str]]]:
    return {
        (int(row["month"]), int(row["day"])): (
            int(row["year"]),
            re.compile(rf"[ -](?:{row['word']})\b", re.IGNORECASE),
        )
        for row in table("known_days")
    }


def calendar_day(year: int | None, month: int, day: int, anchor: Anchor) -> Reading:
    """A day of a month of `year`, else of the nearest year."""
    if year is not None:
        return explicit(day_of(year, month, day))
    if anchor.published_on is None:
        return Reading(_valid(f"XXXX-{month:02}-{day:02}"))
    return published(choose(anchor, lambda year: day_of(year, month, day)))


def _valid(edtf: str) -> str | None:
    try:
        days(edtf)
    except ValueError:
        return None
    return edtf


def calendar_range(match: Match, anchor: Anchor) -> Reading:
    """ "Nov. 5-7", "30 June to 2 July 2025": an interval; the later part gives month and year."""
    month2 = month_of(match, "month2") if match.groupdict().get("month2") else None
    month_first = match.start("month") < match.start("day")
    first_month = month_of(match) if month_first else month2 or month_of(match)
    last_month = (month2 or first_month) if month_first else month_of(match)
    last = calendar_day(year_of(match), last_month, ordinal_of(match["day2"]), anchor)
    year = last.period.start.year if last.period else None
    if year is not None and first_month > last_month:
        year -= 1
    first = calendar_day(year, first_month, ordinal_of(match["day"]), Anchor(None, None, None, int))
    if not first.edtf or not last.edtf:
        return Reading()
    return Reading(_valid(f"{first.edtf}/{last.edtf}"), last.basis, last.period)


def month(match: Match, anchor: Anchor) -> Reading:
    """ "November", "November 2025", "last November", "November of last year"."""
    groups, number = match.groupdict(), month_of(match)
    if (year := year_of(match)) is not None:
        return explicit(part_of(year, "month", number))
    if groups.get("which"):
        if match.end("which") < match.start("month"):
            return relative_part(anchor, which_of(match), "month", number)
        return part_of_relative_year(match, anchor, "month", number)
    if anchor.published_on is None:
        return Reading(f"XXXX-{number:02}")
    return published(choose(anchor, lambda year: part_of(year, "month", number)))


def month_range(match: Match, _anchor: Anchor) -> Reading:
    """ "June-August 2025": an interval of months."""
    year = cast(int, year_of(match))
    return Reading(
        _valid(f"{year:04}-{month_of(match):02}/{year:04}-{month_of(match, 'month2'):02}")
    )


def year(match: Match, _anchor: Anchor) -> Reading:
    """ "1998", "nineteen ninety-eight", "fiscal 1998"."""
    return explicit(part_of(cast(int, year_of(match)), "year", 1))


def years(match: Match, _anchor: Anchor) -> Reading | None:
    """ "1914-18", "2014–2016": an interval, as long as it goes forward."""
    first, second = match["year"], match["year2"]
    last = second if len(second) == 4 else first[:2] + second
    if "/" in match[0] and int(last) != int(first) + 1:
        return None
    return Reading(f"{first}/{last}") if 1000 <= int(first) < int(last) < 2200 else None


def decade(match: Match, _anchor: Anchor) -> Reading | None:
    """ "The 1980s", "the eighties", "the '80s": of the last century where none is named."""
    groups = match.groupdict()
    if groups.get("decade"):
        return Reading(f"19{calendar_words('decade')[match['decade'].lower()] // 10}X")
    digits = match["year"]
    if len(digits) == 2:
        return Reading(f"19{digits[0]}X") if int(digits) >= 20 else None
    return Reading(f"{digits[:3]}X") if 1000 <= int(digits) < 2200 else None


def century(match: Match, _anchor: Anchor) -> Reading | None:
    """ "The 20th century": 19XX."""
    groups = match.groupdict()
    number = ordinal_of(groups.get("ordinal") or groups["number"])
    return Reading(f"{number - 1:02}XX") if 1 <= number <= 22 else None


def holiday(match: Match, anchor: Anchor) -> Reading:
    """The nearest such day where no year is given."""
    rule = _holiday_rules()[re.sub(r"\s+", " ", match["holiday"].lower())]
    if (year := year_of(match)) is not None:
        return explicit(_holiday(rule, year))
    if anchor.published_on is None:
        return Reading(f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else None)
    if match.groupdict().get("which") and (steps := steps_of(which_of(match))):
        anchor = replace(anchor, look_around=lambda: steps * 9)
    return published(choose(anchor, lambda year: _holiday(rule, year)))


@cache
def _holiday_rules() -> Mapping[str, str]:
    return {row["name"]: row["rule"] for row in table("holidays")}


def _holiday(rule: str, year: int) -> Period | None:
    """The day of a rule of `holidays.tsv` in a year."""
    if match := re.fullmatch(r"easter([+-]\d+)", rule):
        return Period(easter(year), "day").shifted(int(match[1])) if 1583 <= year <= 4099 else None
    if match := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        return day_of(year, int(match[1]), int(match[2]))
    number, week, day_number = map(int, re.split(r"[+*]", rule))
    month = part_of(year, "month", number)
    return nth_weekday(month, day_number - 1, week) if month else None


def vague(_match: Match, _anchor: Anchor) -> Reading:
    """ "now", "recently", "the fiscal first quarter": no certain days."""
    return Reading()


def none(_match: Match, _anchor: Anchor) -> None:
    """ "every Monday": a set of days, no date."""
