"""Counted and measured amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from app.ingest.extract.quantities.counted import counted, describes, is_counted, is_duration
from app.ingest.extract.quantities.numbers import Amount, amount_of
from app.ingest.extract.quantities.patterns import (
    HEDGE_LENGTH,
    hedge_before,
    hedges,
    quantity,
    units,
)
from app.ingest.extract.syntax import offsets_of, text_of
from app.ingest.extraction import Date, Quantity, Span


def find_quantities(doc: Doc, dates: Sequence[Date]) -> tuple[Quantity, ...]:
    """The quantities of a text, in order and without overlap; numbers inside `dates` are none.

    A bound that the words leave open is None: "at least 14" has no high, "nearly 2,500" no low.
    "About 300" is low = high = 300, approximate. "Dozens" is 24 to 99, "thousands" 2,000 to 9,999,
    "tens of thousands" 20,000 to 99,999. Money is given in full: "€40 million" is 40000000 EUR.

    Shares are in percent: "two-thirds of the voters" is 66.7 %, of "voters".

    A number counts only with a unit, with a counted noun (from the parse) or as subject or object
    of a verb: no ordinals, ages, durations, scores, section or telephone numbers, no parts of
    names and of modifiers ("a 300-page report"), no "one of".
    """
    text = text_of(doc)
    dated = [date.span.start for date in dates]
    starts: list[int] = []
    found: list[Quantity] = []
    for match in quantity().finditer(text):
        start, end = match.span()
        floor = found[-1].span.end if found else 0
        amount = amount_of(match)
        if amount is None or start < floor or _overlaps(dates, dated, start, end):
            continue
        starts = starts or offsets_of(doc)
        unit, of = _unit(match), None
        last = doc[bisect_left(starts, _end_of_number(match)) - 1]
        if unit is None and describes(doc, last):
            continue
        noun = counted(doc, last, bisect_left(starts, end), measured=_is_measured(match))
        if noun is not None:
            if is_duration(noun[1]):
                continue
            end_of_noun = noun[1].idx + len(noun[1])
            of = text[noun[0].idx : end_of_noun]
            if unit is None and of in units("after"):  # "millions of dollars"
                unit, of, end = units("after")[of], None, end_of_noun
        if (unit is None or match["fraction"]) and not is_counted(match, doc, last, of):
            continue
        start, amount = _hedged(text[max(floor, start - HEDGE_LENGTH) : start], match, amount)
        found.append(Quantity(Span(start, end), *amount, unit, of))
    return tuple(found)


def _end_of_number(match: re.Match[str]) -> int:
    """Where number and unit end, without "or so"."""
    return max(match.end(group) for group in ("first", "second", "range", "fraction", "after"))


def _overlaps(dates: Sequence[Date], starts: Sequence[int], start: int, end: int) -> bool:
    before = bisect_right(starts, end - 1) - 1
    return before >= 0 and dates[before].span.end > start


def _hedged(before: str, match: re.Match[str], amount: Amount) -> tuple[int, Amount]:
    """Where the hedge that ends the text `before` starts, and the bounds that it leaves."""
    bound, approximate, start = "both", amount.approximate, match.start()
    if hedge := hedge_before().search(before):
        bound, rounded = hedges()[re.sub(r"\s+", " ", hedge[1].lower())]
        approximate = approximate or rounded
        start -= len(before) - hedge.start()
    more = (match["more"] or "").lower()
    if more.endswith("so"):
        approximate = True
    elif more:
        bound = "low"
    low = None if bound == "high" else amount.low
    high = None if bound == "low" else amount.high
    return start, Amount(low, high, approximate)


def _is_measured(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["after"])


def _unit(match: re.Match[str]) -> str | None:
    if match["fraction"]:
        return "%"
    for place in ("before", "after"):
        if written := match[place]:
            forms = units(place)
            written = re.sub(r"\s+", " ", written)
            folded = {form.casefold(): unit for form, unit in forms.items()}
            return forms.get(written) or folded[written.casefold()]
    return None
