"""What a number counts, and whether it counts anything."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from app.ingest.extract.quantities.patterns import HEDGE_LENGTH
from app.lexicon import words

_NAMES = ("LAW", "PRODUCT", "WORK_OF_ART", "FAC")
_NOUNS = ("NOUN", "PROPN")
_NOMINALS = ("ADJ", "NOUN", "PROPN")
_NO_PART = ("PRP$", "JJR")
"""Tags of words before a counted noun that say nothing of it: "their", "more"."""
_SKIPPED = ("DET", "NUM", "PUNCT", "SPACE")
_ARGUMENTS = ("dobj", "nsubj", "nsubjpass")
_LONGEST_PHRASE = 8
"""Tokens between a number and the noun it counts; a longer way is a wrong parse."""


def counted(doc: Doc, last: Token, behind: int, *, measured: bool) -> tuple[Token, Token] | None:
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
    while first < noun.i and (doc[first].pos_ in _SKIPPED or doc[first].tag_ in _NO_PART):
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
        and word[1].lower() not in ("between", "from", "some", "about", "and")
    )


def is_duration(noun: Token) -> bool:
    """Whether what is counted is time: "six years in prison", "a two-week truce"."""
    return noun.lemma_.lower() in words("time_units")


def describes(doc: Doc, last: Token) -> bool:
    """Whether the number is part of a modifier: "a 300-page report", "a two-storey house"."""
    return last.i + 2 < len(doc) and doc[last.i + 1].text == "-" and not last.whitespace_


def is_counted(match: re.Match[str], doc: Doc, last: Token, of: str | None) -> bool:
    """Whether a number without a unit is an amount rather than a name, a year or a pronoun."""
    if not match["first"]:
        return of is not None or bool(match["range"])
    first = match["first"]
    if last.ent_type_ in _NAMES or _numbers_a_name(match.string, match.start("first"), last):
        return False
    following = doc[last.i + 1].lower_ if last.i + 1 < len(doc) else ""
    before = doc[last.i - 1].lower_ if last.i else ""
    if first.lower() == "one" and (of is None or following == "of" or before in ("not", "number")):
        return False
    if last.head.i < last.i and last.dep_ in ("nummod", "appos", "npadvmod") and of is None:
        return False
    if of is not None:
        return True
    is_year = len(first) == 4 and first.isdigit() and 1000 <= int(first) < 2200
    return last.pos_ == "NUM" and not is_year and (last.dep_ in _ARGUMENTS or _is_reached(last))


def _is_reached(number: Token) -> bool:
    """Whether something rises or falls to the number: "the toll rose to 61", "stands at 40"."""
    preposition = number.head
    return (
        number.dep_ == "pobj"
        and preposition.lower_ in ("to", "at", "from")
        and preposition.head.lemma_ in words("changing_verbs")
    )
