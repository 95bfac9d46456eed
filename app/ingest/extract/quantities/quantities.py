"""Counted and measured amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Token

from app.ingest.extract.quantities.patterns import (
    HEDGE_LENGTH,
    hedge_before,
    hedges,
    number_words,
    quantity,
    units,
)
from app.ingest.extract.syntax import offsets_of, text_of
from app.ingest.extraction import Date, Quantity, Span

_NAMES = ("LAW", "PRODUCT", "WORK_OF_ART", "FAC")
_NOUNS = ("NOUN", "PROPN")
_NOMINALS = ("ADJ", "NOUN", "PROPN")
_NO_PART = ("PRP$", "JJR")
"""Tags of words before a counted noun that say nothing of it: "their", "more"."""
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass")
_LONGEST_PHRASE = 8
"""Tokens between a number and the noun it counts; a longer way is a wrong parse."""


class _Amount(NamedTuple):
    low: float | None
    high: float | None
    approximate: bool = False


def find_quantities(doc: Doc, dates: Sequence[Date]) -> tuple[Quantity, ...]:
    """The quantities of a text, in order and without overlap; numbers inside `dates` are none.

    A bound that the words leave open is None: "at least 14" has no high, "nearly 2,500" no low.
    "About 300" is low = high = 300, approximate. "Dozens" is 24 to 99, "thousands" 2,000 to 9,999,
    "tens of thousands" 20,000 to 99,999. Money is given in full: "€40 million" is 40000000 EUR.

    A number counts only with a unit, with a counted noun (from the parse) or as subject or object
    of a verb: no ordinals, ages, scores, section or telephone numbers, no parts of names, no "one
    of".
    """
    text = text_of(doc)
    dated = [date.span.start for date in dates]
    starts: list[int] = []
    found: list[Quantity] = []
    for match in quantity().finditer(text):
        start, end = match.span()
        amount = _amount(match)
        if amount is None or _overlaps(dates, dated, start, end):
            continue
        starts = starts or offsets_of(doc)
        unit, of = _unit(match), None
        last = doc[bisect_left(starts, _end_of_number(match)) - 1]
        noun = _counted(doc, last, bisect_left(starts, end), measured=unit is not None)
        if noun is not None:
            end_of_noun = noun[1].idx + len(noun[1])
            of = text[noun[0].idx : end_of_noun]
            if unit is None and of in units("after"):  # "millions of dollars"
                unit, of, end = units("after")[of], None, end_of_noun
        if unit is None and not _is_counted(match, doc, last, of):
            continue
        floor = found[-1].span.end if found else 0
        start, amount = _hedged(text[max(floor, start - HEDGE_LENGTH) : start], match, amount)
        found.append(Quantity(Span(start, end), *amount, unit, of))
    return tuple(found)


def _end_of_number(match: re.Match[str]) -> int:
    """Where number and unit end, without "or so"."""
    return max(match.end(group) for group in ("first", "second", "range", "after"))


def _overlaps(dates: Sequence[Date], starts: Sequence[int], start: int, end: int) -> bool:
    before = bisect_right(starts, end - 1) - 1
    return before >= 0 and dates[before].span.end > start


# --- numbers --------------------------------------------------------------------------------------


def _amount(match: re.Match[str]) -> _Amount | None:
    """The bounds that the number itself sets; None for what is no amount ("3-2", "from one")."""
    if match["range"]:
        low, high = 1.0, 1.0
        for number, word in enumerate(re.findall(r"[a-z]+", match["range"].lower())):
            if word != "of":
                of_low, of_high = number_words().get(
                    word, ("", 20.0 if number == 0 else 2.0, 99.0)
                )[1:]
                low, high = (
                    (low * of_low, high * of_high) if number == 0 else _times(low, high, word)
                )
        return _Amount(low, high, approximate=True)
    first = _number(match["first"])
    if not match["second"]:
        return None if match["between"] else _Amount(first, first)
    second = _number(match["second"])
    if match["joint"].strip() == "and" and not match["between"]:
        return None
    scale = re.search(
        r"(?i)\b(?:hundred|thousand|million|billion|trillion|bn|mn)$", match["second"]
    )
    if scale and first < 1000:
        first *= number_words()[scale.group().lower()][1]
    return _Amount(first, second) if first < second else None


def _times(low: float, high: float, word: str) -> tuple[float, float]:
    """ "Tens" of "thousands": 20,000 to 99,999."""
    scale = number_words()[word][1] / 2
    return low * scale, (high + 1) * scale - 1


def _number(written: str) -> float:
    """ "5,000", "1.2 million", "two hundred and fifty", "half a million", "a dozen"."""
    total = current = 0.0
    for part in re.findall(r"[\d.,]*\d|[a-z]+", written.lower()):
        if part[0].isdigit():
            current = float(part.replace(",", ""))
        elif part in ("a", "an"):
            current = current or 1.0
        elif part == "half":
            current = 0.5
        elif part != "and":
            kind, value, _ = number_words()[part]
            if kind in ("unit", "ten"):
                current += value
            elif value == 100:
                current *= value
            else:
                total, current = total + (current or 1.0) * value, 0.0
    return total + current


def _hedged(before: str, match: re.Match[str], amount: _Amount) -> tuple[int, _Amount]:
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
    return start, _Amount(low, high, approximate)


def _unit(match: re.Match[str]) -> str | None:
    for place in ("before", "after"):
        if written := match[place]:
            forms = units(place)
            written = re.sub(r"\s+", " ", written)
            folded = {form.casefold(): unit for form, unit in forms.items()}
            return forms.get(written) or folded[written.casefold()]
    return None


# --- what is counted ------------------------------------------------------------------------------


def _counted(doc: Doc, last: Token, behind: int, *, measured: bool) -> tuple[Token, Token] | None:
    """First and last token of the noun phrase that a number counts, without determiners.

    `last` is the last token of the number, `behind` the index of the first one after "or more".

    After a unit only "of" leads to what is counted: "20 tons of grain", not "a 20 km march".
    """
    following = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if following is not None and following.lower_ == "of":
        noun = next((child for child in following.children if child.dep_ == "pobj"), None)
        if noun is None or noun.i - last.i > _LONGEST_PHRASE or noun.pos_ not in _NOUNS:
            return None
        if measured and noun.pos_ == "PROPN":  # "within 7 km of Paris"
            return None
        return _without_determiner(doc, following.i + 1, noun)
    if measured:
        return None
    noun = last
    while noun.dep_ in ("nummod", "quantmod", "compound", "amod") and noun.head.i > last.i:
        noun = noun.head
    if noun.i == last.i:
        noun = _noun_after(doc, behind)
    if not behind <= noun.i <= last.i + _LONGEST_PHRASE or noun.pos_ not in _NOUNS:
        return None
    return _without_determiner(doc, behind, noun)


def _noun_after(doc: Doc, behind: int) -> Token:
    """The last of the nouns and adjectives behind a number, where the parse does not join them."""
    end = behind
    while end < min(len(doc), behind + _LONGEST_PHRASE) and doc[end].pos_ in _NOMINALS:
        end += 1
    return doc[end - 1]


def _without_determiner(doc: Doc, first: int, noun: Token) -> tuple[Token, Token]:
    while first < noun.i and (
        doc[first].pos_ in ("DET", "PUNCT", "SPACE") or doc[first].tag_ in _NO_PART
    ):
        first += 1
    return doc[first], noun


def _numbers_a_name(text: str, start: int, last: Token) -> bool:
    """Whether a number belongs to the name before it: "Boeing 747", "Section 5 of the treaty"."""
    word = re.search(r"(\w+) $", text[max(0, start - HEDGE_LENGTH) : start])
    counts = last.dep_ == "nummod" and last.head.i > last.i
    return (
        word is not None
        and word[1].istitle()
        and not counts
        and not (last.i > 0 and last.nbor(-1).lower_ in ("between", "from", "some", "about", "and"))
    )


def _is_counted(match: re.Match[str], doc: Doc, last: Token, of: str | None) -> bool:
    """Whether a number without a unit is an amount rather than a name, a year or a pronoun."""
    first = match["first"] or match["range"]
    if match["range"]:
        return True
    if last.ent_type_ in _NAMES or _numbers_a_name(match.string, match.start("first"), last):
        return False
    following = doc[last.i + 1].lower_ if last.i + 1 < len(doc) else ""
    before = doc[last.i - 1].lower_ if last.i else ""
    if first.lower() == "one" and (of is None or following == "of" or before == "number"):
        return False
    if last.head.i < last.i and last.dep_ in ("nummod", "appos", "npadvmod") and of is None:
        return False
    if of is not None:
        return True
    is_year = len(first) == 4 and first.isdigit() and 1000 <= int(first) < 2200
    return last.dep_ in _ARGUMENTS and last.pos_ == "NUM" and not is_year
