"""Cues beside quotations, put right where the marks misled the parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak
from app.ingest.extract.layout.datelines import Datelines
from app.ingest.extract.layout.quotations import Quotation, Quotations
from app.ingest.extract.syntax import end_of, follows_comma
from app.ingest.extraction import Span

BETWEEN = 20
"""Tokens of a speaker's noun phrase between a quotation and its cue."""

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_PARTS = frozenset({"compound", "nmod", "poss"})
_INTRODUCED = re.compile(r"\s*[,:]\s*")


def part_participles(found: Sequence[Attributed]) -> None:
    """ "Khan noted his years in office, *saying* S": "saying" is no part of what Khan noted."""
    for position, attributed in enumerate(found):
        anchor = attributed.anchor
        if anchor.tag_ != "VBG" or attributed.source is None or not follows_comma(anchor):
            continue
        start = anchor.nbor(-1).idx
        for outer in found[max(0, position - 3) : position]:
            if outer.source is None or outer.source.i != attributed.source.i:
                continue
            outer.content = [
                Span(span.start, start) if span.start < start < span.end else span
                for span in outer.content
            ]


def look_ahead(text: str, found: Sequence[Attributed], quotations: Quotations) -> None:
    """ "Asked about the road, Khan *replied*, “…”": what stands before the cue is not the reply."""
    for attributed in found:
        anchor = attributed.anchor
        if not attributed.quotes or any(span.end > anchor.idx for span in attributed.content):
            continue
        quotation = quotations.following(end_of(anchor))
        if (
            quotation is None
            or _INTRODUCED.fullmatch(text, end_of(anchor), quotation.start) is None
        ):
            continue
        if not any(True for span in attributed.content for _ in quotations.within(*span)):
            attributed.content = []


def speakers_outside(found: Sequence[Attributed], quotations: Quotations) -> None:
    """Replace a source that the parser took from inside a quotation by one beside the cue.

    "…like this guy,” *Trump* said: the noun phrase between mark and cue, else the one after it.
    A label inside the marks ("“KHAN: I never did”") names its speaker itself.
    """
    for attributed in found:
        source, anchor = attributed.source, attributed.anchor
        if source is None:
            if attributed.quotes and anchor.i > 0:
                _turn_round(attributed, quotations.at(anchor.nbor(-1).idx))
        elif source.i != anchor.i and (quotation := quotations.at(source.idx)) is not None:
            attributed.source = _beside(anchor, quotation)


def speakers_after_datelines(found: Sequence[Attributed], datelines: Datelines) -> None:
    """ "TARN, May 4 (UPI) — *Khan* said S": nobody speaks who stands in the dateline."""
    for attributed in found:
        source, anchor = attributed.source, attributed.anchor
        line = datelines.at(source.idx) if source is not None else None
        if line is None or anchor.idx < line.end:
            continue
        after = [t for t in anchor.doc[max(0, anchor.i - BETWEEN) : anchor.i] if t.idx >= line.end]
        heads = [t for t in after if t.pos_ in _NOUNS and t.dep_ not in _PARTS and can_speak(t)]
        if heads:
            attributed.source = next((head for head in heads if head.dep_ == "nsubj"), heads[0])


def _turn_round(attributed: Attributed, quotation: Quotation | None) -> None:
    """ "…,” *said* the woman, who wants to go": who follows speaks, and is not what is said."""
    anchor = attributed.anchor
    if quotation is None or quotation.end > anchor.idx:
        return
    attributed.source = _beside(anchor, quotation)
    if attributed.source is not None:
        attributed.content = [span for span in attributed.content if span.end <= anchor.idx]


def _beside(anchor: Token, quotation: Quotation) -> Token | None:
    doc = anchor.doc
    for subject in anchor.children:
        if subject.dep_ in ("nsubj", "nsubjpass") and not _is_in(subject, quotation):
            return subject
    if quotation.end <= anchor.idx:
        between = [t for t in doc[max(0, anchor.i - BETWEEN) : anchor.i] if t.idx >= quotation.end]
        heads = [t for t in between if t.pos_ in _NOUNS and t.dep_ not in _PARTS and can_speak(t)]
        if heads:
            return heads[0] if heads[0].dep_ != "pobj" else heads[-1]
    if anchor.lemma_ == "tell":
        return None  # whoever follows is told
    for i in range(anchor.i + 1, min(len(doc), anchor.i + 8)):
        token = doc[i]
        if token.pos_ in _NOUNS and token.dep_ not in _PARTS:
            return token if can_speak(token) else None
        if token.is_punct or token.pos_ == "VERB":
            break
    return None


def _is_in(token: Token, quotation: Quotation) -> bool:
    return quotation.start <= token.idx < quotation.end
