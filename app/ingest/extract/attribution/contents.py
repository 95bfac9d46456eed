"""How far a reported clause reaches: where the parser takes in what the reporter goes on with."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.cues import cue_verbs
from app.ingest.extract.syntax import child, end_of, subtree
from app.ingest.extraction import Span

DEPTH = 30
"""Steps from a clause's last word up to its head; deeper trees are mistakes of the parser."""

_TENSED = frozenset({"VBD", "VBZ"})
_ASIDES = frozenset({"who", "which", "where", "when", "while", "after", "before", "as"})


def clause_span(clause: Token) -> Span:
    """The clause up to an aside, or to where its speaker does the next thing.

    "Khan asked them to leave | and *said* that S", "Khan says he agrees | and *calls* them heroes".
    """
    span = subtree(clause)
    token = clause.right_edge
    end = span.end
    for _ in range(DEPTH):
        if token.i in (clause.i, token.head.i):
            break
        if token.dep_ == "conj" and escapes(token):
            end = _before(token)
        elif _is_aside(token):
            end = token.left_edge.nbor(-1).idx
        token = token.head
    return Span(span.start, max(end, end_of(clause)))


def _is_aside(clause: Token) -> bool:
    """ ", *who* …", ", *when* …": what a comma sets apart is mostly the reporter's own remark."""
    if clause.dep_ not in ("relcl", "advcl"):
        return False
    first = clause.left_edge
    return first.lower_ in _ASIDES and first.i > 0 and first.nbor(-1).text == ","


def escapes(verb: Token) -> bool:
    """Whether a coordinated verb belongs to the reporting verb above the one it is hung on.

    A tensed verb cannot continue an infinitive; a second reporting verb in the tense of the first
    continues the report: "says he agrees and *calls*".
    """
    return reporter_of(verb) is not None


def reporter_of(verb: Token) -> Token | None:
    """The reporting verb that a coordinated verb continues, None if it stands where it belongs."""
    if verb.dep_ != "conj" or verb.tag_ not in _TENSED or child(verb, "nsubj", "nsubjpass", "aux"):
        return None
    first = verb.head
    upper = first.head
    if upper.tag_ != verb.tag_ or first.i == upper.i or verb.lemma_.lower() not in cue_verbs():
        return None
    if first.tag_ == "VB" and first.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
        return upper
    rules = cue_verbs()[verb.lemma_.lower()].rules
    is_report = "quote" in rules or "name" in rules
    if first.dep_ == "ccomp" and is_report and upper.lemma_.lower() in cue_verbs():
        return upper
    return None


def _before(verb: Token) -> int:
    """The end of what stands before a coordinated verb and its conjunction."""
    first = verb.left_edge
    if first.i > 0 and first.nbor(-1).dep_ == "cc":
        first = first.nbor(-1)
    return end_of(first.nbor(-1)) if first.i > 0 else first.idx
