"""The days that an EDTF string covers.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019, as the Library of Congress specifies it
(https://www.loc.gov/standards/datetime/). The forms that this project writes are read here, in
microseconds; the `edtf` package reads all others, in milliseconds.

A filter compares with both days (`app.query.filters`): rows with an open end match whatever lies on
that side, rows whose year is unknown, with None at both ends, never match.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache

Days = tuple[dt.date | None, dt.date | None]

MAX_LENGTH = 100
"""Code points of the longest EDTF string read; the longest that extraction writes has 21."""

# First month and number of months of the codes that stand where a month does (ISO 8601-2, 4.8).
# Seasons are the meteorological ones of the northern hemisphere: the standard gives no days, news
# in English mostly means these. Winter starts in the December of its year.
_DIVISIONS = (
    {month: (month, 1) for month in range(1, 13)}
    | {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}  # spring, summer, autumn, winter
    | {25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3)}  # the same, northern by name
    | {29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)}  # southern: spring is in September
    | {33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}  # quarters
    | {37: (1, 4), 38: (5, 4), 39: (9, 4)}  # thirds
    | {40: (1, 6), 41: (7, 6)}  # halves
)
_PLAIN = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
)
# Never for the package: it writes out `Y17E9999999` digit by digit, for minutes.
_LONG_YEAR = re.compile(r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?")


@lru_cache(maxsize=4096)
def days(edtf: str) -> Days:
    """The earliest and the latest day that `edtf` covers, both included.

    `2025-11` covers the 1st to the 30th; qualifiers (`?`, `~`, `%`) and times of day change
    nothing. None stands for a day that is not known: the open or unknown end of an interval
    (`2025-11-05/..`), both ends where the year is unknown (`XXXX-11-07`), and years outside 1 to
    9999.

    Raises ValueError when `edtf` is no EDTF, names a day that does not exist or ends before it
    starts.
    """
    if len(edtf) > MAX_LENGTH:
        raise ValueError(f"a date in EDTF has at most {MAX_LENGTH} characters")
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(edtf)
    if "/" in last or not (first.strip(".") or last.strip(".")):
        raise ValueError(f"not a date in EDTF: {edtf!r}")
    start, end = _end_point(first)[0], _end_point(last)[1]
    if start and end and end < start:
        raise ValueError(f"the interval ends before it starts: {edtf!r}")
    return start, end


def _end_point(edtf: str) -> Days:
    return (None, None) if edtf in ("", "..") else _point(edtf)


def _point(edtf: str) -> Days:
    match = _PLAIN.fullmatch(edtf)
    if not match:
        return _from_package(edtf)
    year, month, day = match.group("year", "month", "day")
    if not _exists(year, month, day):
        raise ValueError(f"there is no such date: {edtf!r}")
    if year in ("XXXX", "0000"):
        return None, None
    low, high = max(1, int(year.replace("X", "0"))), int(year.replace("X", "9"))
    if month in (None, "XX"):
        return dt.date(low, 1, 1), dt.date(high, 12, 31)
    start, length = _DIVISIONS[int(month)]
    if day in (None, "XX"):
        return dt.date(low, start, 1), _end_of_month(high, start + length - 1)
    # 201X-02-29 is the 29th of some February: the decade bounds it well enough.
    highest_day = min(int(day), monthrange(high, start)[1])
    lowest_day = min(int(day), monthrange(low, start)[1])
    return dt.date(low, start, lowest_day), dt.date(high, start, highest_day)


def _exists(year: str, month: str | None, day: str | None) -> bool:
    """Whether the parts make a date; a leap day exists in a year that has unknown digits."""
    if month is None:
        return True
    if month == "XX":
        return day in (None, "XX")
    if int(month) not in _DIVISIONS:
        return False
    if day in (None, "XX"):
        return True
    if int(month) > 12:
        return False
    known = int(year) if year.isdigit() and year != "0000" else 2000
    return 1 <= int(day or 0) <= monthrange(known, int(month))[1]


def _end_of_month(year: int, month: int) -> dt.date | None:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return dt.date(year, month, monthrange(year, month)[1]) if year <= dt.MAXYEAR else None


def _from_package(edtf: str) -> Days:
    """Sets, groups, times of day, long years, qualified parts: whatever else the standard has."""
    from edtf import parse_edtf  # noqa: PLC0415 -- builds its grammar, in the time of 70 requests
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    if _LONG_YEAR.fullmatch(edtf):
        return None, None
    try:
        if "Y" in edtf:
            raise ValueError("a long year within another form")
        parsed = parse_edtf(edtf)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a date in EDTF: {edtf!r}") from error


def _day(moment: tuple[int, ...]) -> dt.date | None:
    year, month, day = moment[:3]
    return dt.date(year, month, day) if dt.MINYEAR <= year <= dt.MAXYEAR else None
