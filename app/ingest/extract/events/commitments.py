"""Commitments: what somebody says they will do is agreed, refused or threatened, not yet done.

CAMEO (Schrodt 2012) keeps intentions (03, 12, 13) apart from acts, and so does PLOVER.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.arguments import Arguments, arguments_of
from app.ingest.extract.events.frames import first_fit, is_in, verb_frames, verb_lemma
from app.ingest.extract.negation import has_no, is_negated
from app.vocabulary import EventType

_T = EventType
COOPERATIVE = frozenset({_T.CONSULT, _T.SUPPORT, _T.COOPERATE, _T.AID, _T.RETREAT, _T.CONCEDE})
HOSTILE = frozenset({_T.PROTEST, _T.MOBILIZE, _T.COERCE, _T.ASSAULT})
_FUTURE = frozenset({"will", "would", "'ll", "’ll", "shall", "may", "might", "could"})
_WILLING = frozenset({"willing", "ready", "prepared", "plan", "intend", "hope", "want", "wish"})
_ACTORS = frozenset({"actor", "person", "force"})


def commits(arguments: Arguments, entities: Entities) -> bool:
    """Whether the clause says what whoever warns will or may do."""
    clause = arguments.clauses[0]
    subjects = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    future = any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in clause.children)
    own = {entities.actor_at.get(agent.i) for agent in arguments.agents} - {None}
    refused = future and is_negated(clause) and any(is_in(s, _ACTORS, entities) for s in subjects)
    return refused or (
        future and any(s.pos_ == "PRON" or entities.actor_at.get(s.i) in own for s in subjects)
    )


def intended(verb: Token, kind: EventType) -> EventType:
    """A commitment to an act is AGREE or THREATEN (CAMEO 03 and 13), not yet the act.

    Counts as commitment: "will", "would", "may" in a reported clause or under a condition, and an
    infinitive under "willing", "ready", "plan". "Would not" meet or help is REJECT (CAMEO 12).
    """
    if kind not in COOPERATIVE | HOSTILE | {_T.SANCTION}:
        return kind
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    modals = auxiliaries & _FUTURE
    governor = verb.head
    if verb.dep_ == "conj":
        governor = verb.head.head if verb.head.dep_ == "ccomp" else governor
        modals = (
            modals
            or {c.lower_ for c in verb.head.children if c.dep_ == "aux" and not auxiliaries}
            & _FUTURE
        )
    reported = (
        verb.dep_ == "ccomp"
        or _is_told_after(verb)
        or (verb.dep_ == "conj" and verb.head.dep_ == "ccomp")
    )
    conditional = any(
        m.dep_ == "mark" and m.lower_ in ("if", "unless")
        for c in verb.children
        if c.dep_ == "advcl"
        for m in c.children
    )
    willing = verb.dep_ == "xcomp" and governor.lemma_ in _WILLING
    if not (willing or (modals and (reported or conditional))):
        return kind
    if is_negated(verb) or has_no(verb):
        return _T.REJECT if kind in COOPERATIVE else kind
    if kind in COOPERATIVE:
        return _T.AGREE
    if kind is _T.SANCTION and not modals & {"may", "might", "could"}:
        return kind
    return _T.THREATEN


def _is_told_after(verb: Token) -> bool:
    """ "Peru will not sign, its premier said": the verb of saying hangs on the clause."""
    return any(c.dep_ in ("parataxis", "ccomp") and c.lemma_ == "say" for c in verb.rights)


def is_hostile(infinitives: Sequence[Token], entities: Entities) -> bool:
    """Whether what somebody vows to do is hostile: "vowed to burn the bridges" is a threat."""
    for verb in infinitives:
        frame = first_fit(verb_frames().get(verb_lemma(verb), ()), arguments_of(verb), entities)
        if frame and frame.type in HOSTILE | {_T.SANCTION} and not is_negated(verb):
            return True
    return False
