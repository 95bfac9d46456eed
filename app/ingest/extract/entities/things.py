"""Names of what is neither actor nor place: products, works, units, offices, mere words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from app.ingest.extract.entities.names import Name
from app.ingest.extract.entities.person_names import is_portfolio, is_title_word, titles
from app.ingest.extract.syntax import words_of
from app.lexicon import words
from app.vocabulary import ActorKind

_QUOTES = frozenset({'"', "''", "``", "“", "”", "‘", "’", "'"})
_MODEL = re.compile(r"[A-Z]{0,3}-?\d{2,4}[A-Zs]?")
"""A model number: "A380", "787", "F-16"."""


def text_of(doc: Doc, name: Name) -> str:
    """The words of a name, without the country that it takes in."""
    return words_of(doc, name.start, name.core_end or name.end)


def is_thing(doc: Doc, name: Name) -> bool:
    """Units, technologies and products: "GDP", "Mac OS", the maker in "a Boeing 787".

    Nor is an office anybody: "State" in "his secretary of State", the rank in "Navy Capt".
    """
    things = words("things")
    if _is_office(doc, name) or _is_title_of_work(doc, name):
        return True
    if name.entry is None and _MODEL.fullmatch(doc[name.start].text):
        return True
    if name.kind is ActorKind.ORGANIZATION and name.end < len(doc):
        following = doc[name.end]
        if following.shape_[:1] in "Xd" and _MODEL.fullmatch(following.text):
            return True
    return name.entry is None and (
        doc[name.end - 1].text in things or doc[name.start].text in things
    )


def _is_title_of_work(doc: Doc, name: Name) -> bool:
    """Is all that stands between quotation marks this name: a film, a product, an operation?

    But not the nickname in "Jo 'Lucky' Lane", or whom a title or the gazetteer knows.
    """
    if name.sure or name.is_titled or not name.start:
        return False
    end = name.end
    if end < len(doc) and doc[end].text in {",", "."}:
        end += 1
    is_last = end < len(doc) and doc[end].text in _QUOTES and doc[name.start - 1].text in _QUOTES
    if not is_last or end > name.end:
        return is_last
    return end + 1 >= len(doc) or not doc[end + 1].text[:1].isupper()


def _is_office(doc: Doc, name: Name) -> bool:
    """A word that titles people, or what somebody is in charge of, taken for a name."""
    if name.entry is not None:
        return False
    last = doc[name.end - 1]
    is_rank = f"{last.lower_}." in titles() and name.end < len(doc) and doc[name.end].text == "."
    is_title = is_title_word(last) and not last.text.isupper() and name.end - name.start > 1
    if is_rank or (is_title and not name.is_titled):
        before = range(name.start, name.end - 1)
        return all(is_title_word(doc[i]) or is_portfolio(doc[i]) for i in before)
    if name.is_titled or name.start < 2 or doc[name.start - 1].lower_ != "of":
        return False
    return doc[name.start - 2].lower_ in titles() and is_portfolio(last)


def acronyms_of_things(doc: Doc, names: Sequence[Name]) -> set[str]:
    """The short forms in parentheses after what is neither actor nor place: a conference, a law."""
    return {
        text_of(doc, short)
        for name, short in pairwise(names)
        if name.sure
        and name.kind is ActorKind.OTHER
        and short.start == name.end + 1
        and doc[name.end].text == "("
        and short.entry is None
    }


def is_in_small_letters(doc: Doc, name: Name) -> bool:
    """Did the recogniser take mere words for a name: "the navy", "albeit small"?"""
    return not name.sure and all(doc[i].text.islower() for i in range(name.start, name.end))
