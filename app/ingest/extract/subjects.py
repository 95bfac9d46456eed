"""Whose words they are: the subject of a verb, its own or inherited."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.cues import can_speak, is_document
from app.ingest.extract.syntax import child, is_passive

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_INHERITING = frozenset(
    {"conj", "xcomp", "advcl", "acl", "dep", "parataxis", "acomp", "ccomp", "prep", "relcl"}
)
_MARKS = frozenset(["'", '"', "”", "’", "''", ",", "?", "!", "--"])


def source_of(verb: Token) -> Token | None:
    """The head of the subject: its own, inherited through coordination, participles, infinitives.

    "Khan met reporters and said": Khan. "Khan left, saying": Khan. "a letter saying": letter.
    "was told by Khan": Khan. An empty "it" is nobody.
    """
    head: Token | None = verb
    for _ in range(8):
        if head is None or head.pos_ in _NOMINAL:
            return head
        if head is verb and is_passive(head):
            return agent_of(head)
        subject = child(head, "nsubj", "nsubjpass")
        if subject is not None:
            return subject
        inverted = _inverted(head)
        if inverted is not None:
            return inverted
        head = _heir(head)
    return None


def _heir(verb: Token) -> Token | None:
    """Where a verb without a subject has it from: another verb, or the noun that it describes."""
    label, up = verb.dep_, verb.head
    if label in ("acl", "relcl") and up.pos_ in _NOMINAL:
        return _described_noun(verb, up)
    if label == "ccomp" and verb.tag_ not in ("VB", "VBG"):
        return None
    if label == "xcomp":
        addressee = child(up, "dobj")
        if addressee is not None and addressee.i < verb.i and up.lemma_ in ("urge", "ask", "tell"):
            return addressee
    if label in ("pcomp", "pobj") and up.dep_ == "prep":
        return up.head
    return up if label in _INHERITING else None


def _described_noun(verb: Token, noun: Token) -> Token | None:
    """ "a letter *saying*": letter; "a letter *written* by Khan", "his promise *to say*": Khan."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return agent_of(verb)
    if verb.tag_ == "VB":
        return child(noun, "poss")
    return noun


def agent_of(verb: Token) -> Token | None:
    """The noun after "by"."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _inverted(verb: Token) -> Token | None:
    """ "…," said Khan: the parser often takes the speaker for an object."""
    name = child(verb, "dobj", "attr", "npadvmod")
    if verb.tag_ == "VBG" or verb.lemma_ == "tell":
        return None
    if (
        name is not None
        and 0 < name.left_edge.i - verb.i <= 1
        and verb.i > 0
        and verb.nbor(-1).lower_ in _MARKS
        and (can_speak(name) or is_document(name))
    ):
        return name
    return None
