"""Parentheses after a name: its acronym ("the ... Ministry (MES)") or a gloss ("(a think tank)").

The pattern of Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation
definitions in biomedical text": a short form in parentheses belongs to the noun phrase before it.
Unlike theirs the letters need not agree, since acronyms of translated names keep the letters of the
original language.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from app.ingest.extract.entities.mentions import Candidate
from app.vocabulary import MentionForm

_SHORT = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Za-z&-]{0,6}[A-Z][A-Za-z]?")


def is_acronym(text: str) -> bool:
    """Does the word look like an acronym: "NATO", "MChS", "U.N."?"""
    return bool(_SHORT.fullmatch(text))


def parenthesised(doc: Doc, candidates: list[Candidate]) -> dict[int, Candidate]:
    """For each candidate in parentheses right after another one, by head: that other candidate.

    Names and descriptions only. Of nested ones before the parenthesis the widest counts.
    """
    ending: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.form is not MentionForm.PRONOUN:
            ending.setdefault(candidate.end, candidate)
            ending.setdefault(candidate.right, candidate)
    explained: dict[int, Candidate] = {}
    for candidate in candidates:
        opening = candidate.left - 1
        if opening < 1 or doc[opening].text != "(" or candidate.form is MentionForm.PRONOUN:
            continue
        owner = ending.get(opening)
        closing = candidate.end
        is_closed = closing < len(doc) and doc[closing].text == ")"
        if owner and (is_closed or candidate.form is MentionForm.DESCRIPTION):
            explained[candidate.head] = owner
    return explained
