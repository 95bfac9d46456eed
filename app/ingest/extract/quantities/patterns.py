"""The expressions that may be quantities: numbers with their hedges and units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from app.lexicon import table

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,9})?"
_BLANK = r"(?:[ \t\xa0]|\r?\n)"

HEDGE_LENGTH = 24
"""Code points before a number in which its hedge starts; the longest has 16."""


@cache
def number_words() -> Mapping[str, tuple[str, float, float]]:
    """For each number word its low, high and kind.

    Kinds: unit, ten, scale, abbreviated, range, vague, fraction.
    """
    return {
        row["word"]: (row["kind"], float(row["low"]), float(row["high"]))
        for row in table("number_words")
    }


@cache
def hedges() -> Mapping[str, tuple[str, bool]]:
    """For each hedge the end that the number bounds, and whether the number is approximate."""
    return {
        row["hedge"]: (row["bound"], row["approximate"] == "y") for row in table("quantity_hedges")
    }


@cache
def units(place: str) -> Mapping[str, str]:
    """The units written before or after a number, by their form."""
    return {row["form"]: row["unit"] for row in table("units") if row["place"] == place}


@cache
def hedge_before() -> re.Pattern[str]:
    """A hedge at the end of a text."""
    return re.compile(rf"(?<!\w)({_any_of(hedges())})\s$", re.IGNORECASE)


@cache
def quantity() -> re.Pattern[str]:
    """A number or a range of numbers, with currency and unit; groups as `quantities` reads them.

    `first` and `second` are numbers in digits or words, `range` is a word such as "dozens", "tens
    of thousands" or "several hundred", `fraction` a share such as "two-thirds".
    """
    kinds = {
        kind: _any_of(word for word, (of, _, _) in number_words().items() if of == kind)
        for kind in ("unit", "ten", "scale", "abbreviated", "range", "vague", "fraction")
    }
    small = rf"(?:{kinds['ten']})(?:-(?:{kinds['unit']}))?|{kinds['unit']}"
    scale = rf"(?:{_BLANK}|-)?(?:{kinds['scale']})\b|(?:{_BLANK})?(?:{kinds['abbreviated']})\b"
    spelled = (
        rf"(?:{small}|an?|half{_BLANK}an?)\b(?:{_BLANK}(?:{kinds['scale']})\b)"
        rf"(?:{_BLANK}(?:and{_BLANK})?(?:{small})\b(?:{_BLANK}(?:{kinds['scale']})\b)?){{0,4}}"
        rf"|(?:{small})\b"
    )
    number = rf"(?:{_DIGITS})(?:{scale})?|{spelled}"
    several = (
        rf"(?:an?{_BLANK})?(?:{kinds['vague']}){_BLANK}(?:of{_BLANK})?(?:{kinds['scale']})\b"
        rf"|an?{_BLANK}couple(?={_BLANK}of\b)"
    )
    shares = (
        rf"(?:half|(?:an?|{kinds['unit']})(?:{_BLANK}|-)(?:{kinds['fraction']}))"
        rf"(?={_BLANK}(?:of|the|its|their)\b)"
    )
    before, after = _any_of(units("before")), _any_of(units("after"))
    return re.compile(
        rf"(?<![\w.,/:#+-])(?<!\d )(?P<between>between{_BLANK}|from{_BLANK})?"
        rf"(?:(?P<before>{before}){_BLANK}?)?"
        rf"(?:(?P<range>(?:(?:tens|hundreds|thousands|dozens){_BLANK}of{_BLANK})?"
        rf"(?:{kinds['range']})|{several})"
        rf"|(?P<fraction>{shares})"
        rf"|(?P<first>{number})"
        rf"(?:(?P<joint>{_BLANK}?[-–—]{_BLANK}?|{_BLANK}(?:to|and|or){_BLANK})"
        rf"(?:{before})?(?P<second>{number}))?)"
        rf"(?P<more>\+|{_BLANK}or{_BLANK}(?:more|so)\b)?"
        rf"(?:(?:{_BLANK}|-)?(?P<after>{after})(?!\w))?"
        rf"(?![\w%]|[.,:/-]\d| \d|-(?:year|month|week|day)s?-old)",
        re.IGNORECASE,
    )


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(
        re.escape(form).replace(r"\ ", _BLANK) for form in sorted(forms, key=len, reverse=True)
    )
