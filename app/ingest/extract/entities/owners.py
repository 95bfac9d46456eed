"""Whose somebody or something is said to be: "*its* director", "the director of the *agency*"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_OWNING = frozenset({"of", "for", "at", "from"})


def owners_of(noun: Token) -> Iterator[Token]:
    """ "*Its* director", "the *agency*'s director", "the director of the *agency*"."""
    for child in noun.lefts:
        if child.dep_ in {"poss", "compound"}:
            yield child
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _OWNING:
            yield from (word for word in child.rights if word.dep_ == "pobj")
