"""Words taken for names because of their capitals alone: in headlines, at a sentence's start."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.acronyms import is_acronym
from app.ingest.extract.entities.names import Name
from app.ingest.extract.syntax import tokens_of

_NEIGHBOURS = 4
"""Tokens to each side that tell a line in capitals from an acronym in running text."""


def names_in_capitals(doc: Doc, names: Sequence[Name]) -> set[int]:
    """The starts of names in lines of capitals that the rest of the text does not know.

    "FIRM CUTS JOBS": each word there looks like a name. A text all in capitals is left alone.
    """
    suspects = [n for n in names if not n.sure and _is_shouted(doc, n.start, n.end)]
    if not suspects or len(suspects) == sum(not name.sure for name in names):
        return set()
    starts = {name.start for name in suspects}
    known = {
        doc[i].lower_
        for name in names
        if name.start not in starts
        for i in range(name.start, name.end)
    }
    return {name.start for name in suspects if doc[name.end - 1].lower_ not in known}


def _is_shouted(doc: Doc, start: int, end: int) -> bool:
    if not all(doc[i].text.isupper() for i in range(start, end)):
        return False
    around = [*_words(doc, start - 1, -1), *_words(doc, end, 1)]
    return len(around) >= 2 and all(word.text.isupper() for word in around)


def _words(doc: Doc, start: int, step: int) -> list[Token]:
    """The words from `start` on, up to the end of the sentence."""
    found: list[Token] = []
    i = start
    while 0 <= i < len(doc) and abs(i - start) < _NEIGHBOURS:
        if doc[i].is_space or (step > 0 and doc[i].is_sent_start):
            break
        if doc[i].is_alpha:
            found.append(doc[i])
        if step < 0 and doc[i].is_sent_start:
            break
        i += step
    return found


def common_nouns(doc: Doc, names: Sequence[Name]) -> set[int]:
    """The starts of one-word names at the start of a sentence that the text has as common nouns.

    "Ferry strike ..." in a text that goes on about ferries.
    """
    suspects = [
        name
        for name in names
        if not name.sure and name.end - name.start == 1 and _only_opens(doc[name.start])
    ]
    if not suspects:
        return set()
    nouns = {token.lemma_ for token in tokens_of(doc) if token.pos_ == "NOUN" and token.is_lower}
    return {name.start for name in suspects if doc[name.start].lower_ in nouns}


def _only_opens(token: Token) -> bool:
    return bool(token.is_sent_start) and not is_acronym(token.text) and not token.text.isupper()
