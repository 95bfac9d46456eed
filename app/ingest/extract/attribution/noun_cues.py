"""Nouns that attribute: "the claim that S", "her criticism of the plan", "concern about NP"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import Cue, can_speak, cue_nouns, is_document
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import as_spans, child, subtree, verb_group
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act

_OTHERS = frozenset({Act.ALLEGATION, Act.EVALUATION})
"""What a subject meets rather than holds: "he faced *accusations* that", "drew *criticism*"."""
_RECEIVING = frozenset({"face", "draw", "receive", "get", "hear", "dodge", "avoid", "answer", "be"})
_RAISING = frozenset({"raise", "pose"})
_CLAUSES = frozenset({"acl", "ccomp", "relcl"})


def noun_attribution(noun: Token) -> Attributed | None:
    """ "the *claim* that S" and, with an owner, "Paris's *pledge* of support", "her *vow* to go".

    Without an owner most nouns want a that-clause: "criticism of the plan" is an event, not a
    statement of anybody.
    """
    entry = cue_nouns().get(noun.lemma_.lower())
    if entry is None or noun.dep_ == "compound":
        return None
    owner = owner_of(noun)
    giver = None if owner is not None else _giver(noun)
    source = owner or giver
    cue = entry.owned if owner is not None else entry.given if giver is not None else entry.free
    lending = verb_group(noun.head) if giver is not None else []
    found = _complement(noun, cue) or (_predicate(noun, cue) if owner is not None else None)
    if found is None:
        return None
    frame, content, more = found
    _, act, certainty = cue.rules[frame]
    if source is None and act not in _OTHERS:
        source = _holder(noun)
    if source is None and act is Act.QUESTION and noun.head.lemma_ in _RAISING:
        return None  # "the delay raises questions about": an event asks nothing
    cue_words = sorted([*lending, noun, *more], key=lambda token: token.i)
    rule = f"{'noun' if source is not None else 'free noun'}+{frame}"
    return Attributed(rule, noun, as_spans(cue_words), source, [content], act, certainty)


def _complement(noun: Token, cue: Cue) -> tuple[str, Span, list[Token]] | None:
    """The frame, the content and the preposition of what follows the noun."""
    for complement in noun.rights:
        frame = _frame(complement)
        if frame not in cue.rules:
            continue
        if frame in ("clause", "infinitive"):
            return frame, clause_span(complement), []
        body = child(complement, "pobj", "pcomp")
        if body is not None:
            return frame, subtree(body), [complement]
    return None


def _frame(complement: Token) -> str:
    if complement.dep_ in _CLAUSES:
        if complement.left_edge.lower_ == "that" and complement.left_edge.dep_ == "mark":
            return "clause"
        if complement.tag_ == "VB" and any(c.lower_ == "to" for c in complement.lefts):
            return "infinitive"
    return str(complement.lower_) if complement.dep_ == "prep" else ""


def _predicate(noun: Token, cue: Cue) -> tuple[str, Span, list[Token]] | None:
    """ "Her *argument is* that S", "his *goal was* to go"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return None
    for complement in verb.rights:
        if complement.dep_ == "ccomp" and "clause" in cue.rules:
            return "clause", clause_span(complement), verb_group(verb)
        if complement.dep_ == "xcomp" and "infinitive" in cue.rules:
            return "infinitive", clause_span(complement), verb_group(verb)
    return None


def owner_of(noun: Token) -> Token | None:
    """ "*his* claim", "the claim *by* the ministry"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in noun.children:
        if preposition.lower_ in ("by", "from") and preposition.dep_ in ("prep", "agent"):
            owner = child(preposition, "pobj")
            return owner if owner is not None and can_speak(owner) else None
    return None


def _giver(noun: Token) -> Token | None:
    """ "*Khan* made the claim that", "*she* voiced concern about": whose verb gives the noun."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in words("light_verbs"):
        return None
    if verb.lemma_ == "have" and noun.lemma_ in words("received_nouns"):
        return None
    subject = source_of(verb)
    if subject is None or not (can_speak(subject) or is_document(subject)):
        return None
    return subject


def _holder(noun: Token) -> Token | None:
    """Who holds a view that nobody owns: "some cling to the *hope* that S"."""
    up = noun.head
    if noun.dep_ == "pobj" and up.dep_ == "prep":
        up = up.head
    elif noun.dep_ != "dobj":
        return None
    if up.pos_ != "VERB" or up.lemma_ in _RECEIVING:
        return None
    subject = source_of(up)
    return subject if subject is not None and can_speak(subject) else None


def without_lending_verbs(found: list[Attributed]) -> list[Attributed]:
    """ "Khan voiced *support for the plan*" is one claim, of the plan: the verb makes no second."""
    lending = {
        one.anchor.head.i
        for one in found
        if one.rule.startswith("noun+")
        and one.anchor.dep_ == "dobj"
        and any(span.start <= one.anchor.head.idx < span.end for span in one.cue)
    }
    return [
        one
        for one in found
        if one.anchor.i not in lending or not one.rule.endswith(("+object", "+person"))
    ]
