"""Whether and when an event is said to happen: its tense, polarity and certainty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Token

from app.ingest.extract.events.triggers import Trigger
from app.ingest.extract.hedges import hedges_of
from app.ingest.extract.negation import has_no, is_negated
from app.vocabulary import Certainty, Polarity, Tense

_CLIMB = 8
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_WOULD = frozenset({"would", "could", "might", "may", "should", "can", "must"})
_HAVE = frozenset({"has", "have", "had", "'ve", "’ve", "having"})
_BEGUN = frozenset(
    {"begin", "start", "continue", "manage", "help", "fail", "stop", "finish", "cease", "resume"}
)
_SCHEDULED = frozenset({"next", "upcoming", "planned", "forthcoming", "scheduled", "proposed"})
_DENYING = frozenset({"fail", "avoid", "deny"})
_COMPLEMENTS = frozenset({"xcomp", "pobj", "pcomp", "dobj", "ccomp"})
_CONDITIONS = frozenset({"if", "unless"})
_RUMOURED = frozenset({"suspected", "reported", "rumored", "rumoured"})
"""Participles that leave a noun's event open: "a suspected arson attack"."""
_ORDER = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.UNKNOWN)


def tense_of(trigger: Trigger) -> Tense:
    """Past, present or future by the verb group; hypothetical under "would", "could", "if"."""
    if trigger.clause is None:
        return _noun_tense(trigger.token)
    return _verb_tense(trigger.clause)


def _verb_tense(verb: Token) -> Tense:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children):
        return Tense.HYPOTHETICAL
    if verb.dep_ == "conj" and not auxiliaries and verb.tag_ == "VB":
        auxiliaries = {c.lower_ for c in verb.head.children if c.dep_ == "aux"}
    if auxiliaries & _WILL:
        return Tense.FUTURE
    if auxiliaries & _WOULD:
        return Tense.HYPOTHETICAL
    if "to" in auxiliaries:
        return _infinitive_tense(verb)
    return _finite_tense(verb, auxiliaries)


def _finite_tense(verb: Token, auxiliaries: set[str]) -> Tense:
    tags = {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.tag_}
    if "VBD" in tags or auxiliaries & _HAVE:
        return Tense.PAST
    if tags & {"VBZ", "VBP"}:
        return Tense.PRESENT
    return Tense.PAST if verb.tag_ == "VBN" else _governor_tense(verb)


def _infinitive_tense(verb: Token) -> Tense:
    """Of "began to withdraw" that of "began"; other infinitives lie ahead."""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _BEGUN:
        return _governor_tense(verb)
    return Tense.FUTURE


def _governor_tense(verb: Token) -> Tense:
    for _ in range(_CLIMB):
        if verb.head.i == verb.i:
            break
        verb = verb.head
        tags = {c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")} | {verb.tag_}
        if "VBD" in tags:
            return Tense.PAST
        if "MD" in tags:
            return Tense.FUTURE
        if tags & {"VBZ", "VBP"}:
            return Tense.PRESENT
    return Tense.PAST


def _noun_tense(noun: Token) -> Tense:
    if any(c.lower_ in _SCHEDULED for c in noun.children):
        return Tense.FUTURE
    governor = noun.head
    if governor.lower_ in ("for", "before") or governor.lemma_ in ("plan", "prepare", "schedule"):
        return Tense.FUTURE
    return Tense.PAST


def polarity_of(trigger: Trigger) -> Polarity:
    """Negated by "not", "never", "no" and "without", or by a verb that denies its complement."""
    verb = trigger.clause
    tokens = [trigger.token] if verb is None else [trigger.token, verb]
    if any(_is_denied(token) for token in tokens):
        return Polarity.NEGATED
    if verb is not None and verb.dep_ == "xcomp" and _has_negation(verb.head):
        return Polarity.NEGATED
    return Polarity.AFFIRMED


def _is_denied(token: Token) -> bool:
    governor = token.head
    under = governor.lower_ == "without" or governor.lemma_ in _DENYING
    return _has_negation(token) or (under and token.dep_ in _COMPLEMENTS)


def _has_negation(token: Token) -> bool:
    return is_negated(token) or has_no(token)


def hedges_at(doc: Doc) -> Mapping[int, Certainty]:
    """What the hedges of a text leave certain, by the offset at which each starts."""
    return {hedge.span.start: hedge.certainty for hedge in hedges_of(doc).all}


def certainty_of(trigger: Trigger, hedges: Mapping[int, Certainty]) -> Certainty:
    """The least sure of the hedges on the trigger, its verb and the verbs that these depend on."""
    return least_sure(
        _certainty(part, hedges) for token in _hedged(trigger) for part in _hedging(token)
    )


def least_sure(levels: Iterable[Certainty]) -> Certainty:
    """The least sure of several, certain if there is none."""
    return max(levels, key=_ORDER.index, default=Certainty.CERTAIN)


def _hedging(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "advmod", "amod", "mark", "acomp"):
            yield child


def _certainty(token: Token, hedges: Mapping[int, Certainty]) -> Certainty:
    if token.lower_ in _CONDITIONS and token.dep_ == "mark":
        return Certainty.UNKNOWN
    if token.lower_ in _RUMOURED and token.dep_ == "amod":
        return Certainty.POSSIBLE
    return hedges.get(token.idx, Certainty.CERTAIN)


def _hedged(trigger: Trigger) -> list[Token]:
    """The trigger, its clause, and what an infinitive or a coordinated verb depends on."""
    tokens = [trigger.token]
    current = trigger.clause or trigger.token.head
    while current.pos_ in ("VERB", "AUX") and len(tokens) < _CLIMB:
        tokens.append(current)
        if current.dep_ not in ("xcomp", "conj") or current.head.i == current.i:
            break
        current = current.head
    return tokens
