"""Verbs in no list of cues that a quotation beside them makes one: "“…,” Khan *demurred*"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.layout.quotations import Quotations
from app.ingest.extract.syntax import as_spans, child, end_of, verb_group
from app.vocabulary import Act

REACH = 60
"""Code points between such a verb and the quotation that it introduces."""

_FINITE = frozenset({"VBD", "VBZ"})
_AFTER = re.compile(r"[,?!—–-][”\"’']+\s*$")
_COLON = re.compile(r"[^.!?;:\n“”\"]*:\s*")
_COMMA = re.compile(r"(?: (?:back|again|out|on|in|up|then|and|\w+ly)){0,2}, ")


def unlisted(text: str, verb: Token, quotations: Quotations) -> Attributed | None:
    """ "“…,” Khan *fumed*", "Khan *had* a question: “…”", "Khan *fired* back, “…”"."""
    if verb.tag_ not in _FINITE:
        return None
    subject = source_of(verb)
    if subject is None or subject.head.i != verb.i or subject.tag_ == "WP":
        return None
    if (
        not can_speak(subject)
        or child(verb, "mark") is not None
        or not (_follows(text, verb, subject) or _introduces(text, verb, subject, quotations))
    ):
        return None
    cue = as_spans(verb_group(verb))
    return Attributed("beside+quote", verb, cue, subject, [], Act.STATEMENT, quotes=True)


def _follows(text: str, verb: Token, subject: Token) -> bool:
    """Whether only the speaker stands between a quotation and the verb: "“…,” an angry Khan …"."""
    first = min(subject.left_edge.idx, verb.idx)
    return _AFTER.search(text, max(0, first - 5), first) is not None and abs(verb.i - subject.i) < 4


def _introduces(text: str, verb: Token, subject: Token, quotations: Quotations) -> bool:
    """Whether a colon leads from the verb to a quotation, or a comma right after it."""
    end = end_of(verb)
    quotation = quotations.following(end)
    if quotation is None or not quotation.speech or quotation.start - end > REACH:
        return False
    if subject.i > verb.i:
        return False
    pattern = _COLON if ":" in text[end : quotation.start] else _COMMA
    return pattern.fullmatch(text, end, quotation.start) is not None
