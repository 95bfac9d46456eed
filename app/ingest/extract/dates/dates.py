"""Date expressions and the days that they name.

Found by regular expressions over the text, without a parse: a perfect parse would gain less than
two hundredths of F1. Each word that may open a date is tried against the few patterns that it may
open, so that time grows with the length of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

from app.ingest.extract.dates.checks import plausible
from app.ingest.extract.dates.directions import direction
from app.ingest.extract.dates.patterns import (
    LEAD,
    LEAD_LENGTH,
    WORD,
    Pattern,
    number_may_open,
    patterns_by_first_word,
)
from app.ingest.extract.dates.readings import Anchor
from app.ingest.extract.dates.rules import RULES
from app.ingest.extract.dates.values import Period
from app.ingest.extraction import Date, Span

_HEDGED = ("offset", "calendar", "month", "year_end")
_QUARTERLY = ("quarter", "fiscal_quarter", "quarter_ended", "reported")


def find_dates(text: str, published_on: dt.date | None) -> tuple[Date, ...]:
    """The date expressions of an English text, in order and without overlap.

    After TIMEX3 (TimeML 1.2.1), types DATE and TIME: spans take in modifiers ("early next month",
    "nearly two years ago", "Friday night") and leave out prepositions and the possessive 's.
    Durations ("for two weeks") and sets ("every Monday") are no dates. Times of day are cut to
    their day.

    Relative expressions count from `published_on`, or from the date mentioned last where the words
    ask for it ("the following day"); without either, `edtf` is None. A day of a month without a
    year is in the nearest year, and `XXXX-11-07` when `published_on` is None. "Now", "recently" and
    days that do not exist have no `edtf`.
    """
    patterns = patterns_by_first_word()
    found: list[Date] = []
    mentioned: Period | None = None
    quarter: Period | None = None
    end = 0
    for word in WORD.finditer(text):
        start = word.start()
        first = word.group()
        candidates = patterns.get("0" if first[0].isdecimal() else first.lower())
        if not candidates or start < end or not _may_open(text, start):
            continue
        if first[0].isdecimal() and not number_may_open().match(text, start):
            continue
        for pattern, match in _longest_first(candidates, text, start):
            if not plausible(pattern.rule, match):
                continue
            end = match.end()
            look_around = partial(direction, text, start, end)
            reading = RULES[pattern.rule](
                match, Anchor(published_on, mentioned, quarter, look_around)
            )
            if reading is None:
                break
            lead, hedged = _lead(text, start, pattern)
            while found and found[-1].span.end > lead:
                found.pop()
            edtf = f"{reading.edtf}~" if hedged and _takes_qualifier(reading.edtf) else reading.edtf
            found.append(Date(Span(lead, end), edtf, reading.basis))
            if reading.edtf:
                mentioned = reading.period
            if pattern.rule in _QUARTERLY and not match.groupdict().get("back") and reading.period:
                quarter = reading.period
            break
    return tuple(found)


def _may_open(text: str, start: int) -> bool:
    """Whether a date may start here: not inside a word, a number, an amount or a web address."""
    before = text[start - 1] if start else " "
    if before.isalnum() or before in "_$€£#@/&":
        return False
    if before in ".,:" and start > 1 and text[start - 2].isdecimal() and text[start].isdecimal():
        return False
    return before not in "-." or not (text[start].isdecimal() and before == ".")


def _longest_first(
    patterns: tuple[Pattern, ...], text: str, start: int
) -> list[tuple[Pattern, re.Match[str]]]:
    matches = [
        (pattern, match)
        for pattern in patterns
        if (match := pattern.expression.match(text, start)) and _ends_whole(text, match.end())
    ]
    if len(matches) > 1:
        matches.sort(key=lambda found: -found[1].end())
    return matches


def _ends_whole(text: str, end: int) -> bool:
    return end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())


def _takes_qualifier(edtf: str | None) -> bool:
    return edtf is not None and "/" not in edtf


def _lead(text: str, start: int, pattern: Pattern) -> tuple[int, bool]:
    """Where the modifiers before a date start, and whether one of them makes it approximate."""
    offset = max(0, start - LEAD_LENGTH)
    match = LEAD.search(text[offset:start])
    if not match or (match["article"] and not pattern.article):
        return start, False
    if match["hedge"] is None or pattern.rule in _HEDGED:
        return _after_blanks(text, offset + match.start()), match["hedge"] is not None
    return _after_blanks(text, offset + match.end("hedge")), False


def _after_blanks(text: str, offset: int) -> int:
    while text[offset].isspace():
        offset += 1
    return offset
