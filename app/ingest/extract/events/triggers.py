"""The words that tell an event, and its type: verbs with their frames, nouns, light verbs, modals.

Types follow the PLOVER codebook (Open Event Data Alliance, 2023), which grew from CAMEO (Schrodt
2012): a commitment to a cooperative act is AGREE, to a hostile one THREATEN, and "must" said by
somebody to somebody else is REQUEST.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.arguments import Arguments, arguments_of, noun_phrases
from app.ingest.extract.events.commitments import (
    COOPERATIVE,
    HOSTILE,
    commits,
    intended,
    is_hostile,
)
from app.ingest.extract.events.exclusions import (
    is_feared,
    is_idle_noun,
    is_in_words,
    is_merely_possible,
    is_unsaid,
    is_void,
)
from app.ingest.extract.events.frames import (
    Frame,
    first_fit,
    is_in,
    lemma,
    noun_frames,
    verb_frames,
    verb_lemma,
)
from app.ingest.extract.events.quarrels import is_quarrel, quarrels
from app.ingest.extract.syntax import tokens_of
from app.ingest.extraction import Date
from app.lexicon import table, words
from app.vocabulary import ActorKind, EventType, MentionForm, ParticipantRole

_T = EventType
_OBLIGATION = frozenset({"must", "should", "ought"})
_CONTENT = frozenset({_T.AGREE, _T.REQUEST, _T.REJECT, _T.THREATEN})
_GENERAL = frozenset({"we", "i", "you", "one", "it"})
"""Subjects of "must" and "should" that make it a reflection, not a demand of somebody."""
_ENDING = frozenset({_T.SANCTION, _T.CONCEDE, _T.RETREAT})
_IN_WORDS = _CONTENT | {_T.ACCUSE, _T.SUPPORT, _T.CONCEDE}
_DEMONSTRATIVE = frozenset({"this", "these", "that", "those", "such"})
_WITHIN = frozenset({"during", "in", "at", "for", "after", "before", "through", "into"})


@dataclass(slots=True)
class Trigger:
    """A word that tells an event.

    `token` tells the type; `clause` is the verb whose tense, polarity and adverbials hold for the
    event (the verb itself, the light verb, or None for a bare noun); `of` the role of a noun's
    of-phrase; `takes_up` the types that a mere anaphor ("these movements") can refer to;
    `specific` says that the object's class decided the type, so that the words tell an event even
    where nobody is named ("the base was abandoned").
    """

    token: Token
    type: EventType
    arguments: Arguments
    rule: str
    clause: Token | None
    of: ParticipantRole | None = None
    takes_up: frozenset[EventType] = frozenset()
    specific: bool = False


def find_triggers(doc: Doc, entities: Entities, dates: Sequence[Date]) -> list[Trigger]:
    """The triggers of a text in order; words of a name or a date ("March") are none."""
    named = _named_tokens(doc, entities) | _dated_tokens(doc, dates)
    found: dict[int, Trigger] = {}
    content: set[int] = set()
    alleged: set[int] = set()
    kinds = {actor.key: actor.kind for actor in entities.actors}
    for token in tokens_of(doc):
        if token.i in found or token.i in content:
            continue
        trigger = _trigger_at(token, named, entities)
        if trigger and trigger.type is _T.ASSAULT:
            trigger = _unless_quarrel(trigger, entities, kinds)
        if trigger:
            found[trigger.token.i] = trigger
            content |= _told_content(trigger)
            alleged |= _alleged(trigger)
    return [
        found[i]
        for i in sorted(found)
        if i not in content and not (i in alleged and found[i].type in _IN_WORDS)
    ]


def _trigger_at(token: Token, named: set[int], entities: Entities) -> Trigger | None:
    if token.pos_ == "VERB":
        frames = verb_frames().get(verb_lemma(token))
        return _verb_trigger(token, frames, entities) if frames else None
    if token.pos_ in ("NOUN", "PROPN") and token.i not in named:
        frames = noun_frames().get(lemma(token))
        found = _noun_trigger(token, frames, entities) if frames else None
        return found or _anaphor(token, entities)
    if token.tag_ == "MD" and token.lower_ in _OBLIGATION:
        return _obligation(token, entities)
    return None


def _unless_quarrel(
    trigger: Trigger, entities: Entities, kinds: Mapping[str, ActorKind]
) -> Trigger | None:
    """The trigger; where people only argue, one of harsh words or none."""
    word = lemma(trigger.token)
    noun = trigger.token if trigger.token.pos_ == "NOUN" else None
    if word not in quarrels() or not is_quarrel(trigger.arguments, noun, entities, kinds):
        return trigger
    meant = quarrels()[word]
    return replace(trigger, type=meant) if meant else None


def _named_tokens(doc: Doc, entities: Entities) -> set[int]:
    """Tokens inside a name of two or more words: the "Defense" of a ministry is no defence."""
    inside: set[int] = set()
    for head, mention in entities.mention_at.items():
        if mention.form is not MentionForm.NAME:
            continue
        start, end = mention.span
        for step in (-1, 1):
            i = head
            while 0 <= i < len(doc) and start <= doc[i].idx < end:
                inside.add(i)
                i += step
    return inside


def _dated_tokens(doc: Doc, dates: Sequence[Date]) -> set[int]:
    """Tokens inside a date; dates and tokens are both in text order."""
    found: set[int] = set()
    spans = iter(sorted(date.span for date in dates))
    span = next(spans, None)
    for token in tokens_of(doc):
        while span is not None and span.end <= token.idx:
            span = next(spans, None)
        if span is None:
            break
        if span.start <= token.idx:
            found.add(token.i)
    return found


def _verb_trigger(verb: Token, frames: tuple[Frame, ...], entities: Entities) -> Trigger | None:
    if verb.dep_ in ("amod", "compound"):
        return None  # "the negotiating table"
    if verb.dep_ in ("acl", "relcl") and _is_told_by(verb, verb.head):
        return None  # "the meeting, held in Accra": the noun is the trigger
    arguments = arguments_of(verb)
    frame = first_fit(frames, arguments, entities)
    if frame is None or frame.type is None or is_void(verb, arguments, frame.type):
        return None
    kind = frame.type
    reported = kind is _T.THREATEN and arguments.clauses and not arguments.objects
    if reported and not commits(arguments, entities):
        return None
    token = verb
    if (
        verb_lemma(verb) in words("event_light_verbs")
        and kind in COOPERATIVE | HOSTILE
        and arguments.objects
    ):
        noun = arguments.objects[0]
        if lemma(noun) in noun_frames() and noun.i not in entities.actor_at:
            token = noun
            arguments = _with_noun(arguments, noun)
    kind = _T.ACCUSE if is_in_words(verb, kind) else intended(verb, kind)
    if frame.rule.endswith("Commitment") and is_hostile(arguments.infinitives, entities):
        kind = _T.THREATEN
    if kind is frame.type and (is_unsaid(verb, kind) or is_merely_possible(verb, kind)):
        return None
    specific = any(c.kind == "obj" and c.classes for c in frame.conditions)
    return Trigger(token, kind, arguments, frame.rule, verb, specific=specific)


def _is_told_by(verb: Token, noun: Token) -> bool:
    """Whether a light verb only says where and when the event of its noun is."""
    word = lemma(noun)
    light = verb_lemma(verb) in words("event_light_verbs")
    return light and (word in noun_frames() or word in anaphors())


def _with_noun(arguments: Arguments, noun: Token) -> Arguments:
    """The light verb's arguments with the noun's own phrases in front."""
    phrases = noun_phrases(noun)
    for preposition, heads in arguments.phrases.items():
        phrases.setdefault(preposition, []).extend(heads)
    arguments.phrases = phrases
    return arguments


def _noun_trigger(noun: Token, frames: tuple[Frame, ...], entities: Entities) -> Trigger | None:
    if noun.dep_ in ("compound", "nmod", "amod") or noun.i in entities.actor_at:
        return None
    if is_feared(noun) or is_idle_noun(noun):
        return None
    arguments = _noun_arguments(noun)
    frame = first_fit(frames, arguments, entities)
    if frame is None or frame.type is None:
        return None
    clause = _carrier(noun)
    if clause is not None:
        carried = arguments_of(clause)
        if all(agent.tag_ == "PRP$" for agent in arguments.agents) and carried.agents:
            arguments.agents = carried.agents
        for preposition, heads in carried.phrases.items():
            arguments.phrases.setdefault(preposition, []).extend(h for h in heads if h.i != noun.i)
    kind = intended(clause, frame.type) if clause is not None else frame.type
    return Trigger(noun, kind, arguments, frame.rule, clause, frame.of)


def _anaphor(noun: Token, entities: Entities) -> Trigger | None:
    """ "this encounter": a noun that can only take up an event told before."""
    types = anaphors().get(lemma(noun))
    if not types or noun.i in entities.actor_at or not is_demonstrative(noun):
        return None
    arguments = _noun_arguments(noun)
    return Trigger(noun, min(types), arguments, "anaphor", None, takes_up=types)


def is_demonstrative(noun: Token) -> bool:
    """Whether "this", "these" or "such" points back from the noun."""
    return any(c.dep_ in ("det", "amod") and c.lower_ in _DEMONSTRATIVE for c in noun.children)


@cache
def anaphors() -> dict[str, frozenset[EventType]]:
    """The types that a noun can take up, by lemma."""
    found: dict[str, set[EventType]] = {}
    for row in table("event_anaphors"):
        for noun in row["nouns"].split(","):
            found.setdefault(noun.strip(), set()).add(EventType(row["types"]))
    return {noun: frozenset(types) for noun, types in found.items()}


def _noun_arguments(noun: Token) -> Arguments:
    """Possessor, by-phrase and modifiers of an event noun as agents, its phrases, its words."""
    found = Arguments(phrases=noun_phrases(noun))
    for child in noun.children:
        if child.dep_ == "poss":
            found.agents.append(child)
        elif child.dep_ in ("compound", "amod", "nmod"):
            found.particles.add(child.lower_)
            found.particles.add(lemma(child))
            found.modifiers.append(child)
        elif child.dep_ == "acl" and child.lower_ == "to":
            found.infinitives.append(child)
    found.agents.extend(found.phrases.get("by", ()))
    found.objects = [*found.phrases.get("of", ()), *found.modifiers]
    return found


def _carrier(noun: Token) -> Token | None:
    """The light verb that carries the noun: "held talks", "took part in a rally"."""
    light = words("event_light_verbs")
    governor = noun.head
    if noun.dep_ in ("dobj", "nsubjpass"):
        return governor if verb_lemma(governor) in light else None
    if noun.dep_ == "pobj":
        verb = governor.head
        if verb.pos_ == "VERB" and governor.lower_ in _WITHIN and verb.lemma_ in light:
            return verb
        if verb.lemma_ == "part" and verb.head.lemma_ == "take":
            return verb.head
        if verb.lemma_ == "be" and governor.lower_ == "on":
            return verb  # "is on a visit to Portugal"
    return None


def _obligation(modal: Token, entities: Entities) -> Trigger | None:
    """ "X said Y must leave": a demand of X to Y (CAMEO 10)."""
    verb = modal.head
    clause = verb
    if clause.dep_ == "conj":
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.pos_ != "VERB":
        return None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    actors = [s for s in subjects if is_in(s, frozenset({"actor"}), entities)]
    if not actors or actors[0].lower_ in _GENERAL or verb.lemma_ in ("be", "have"):
        return None
    speech = arguments_of(clause.head)
    keys = {entities.actor_at.get(a.i) for a in speech.agents}
    if not speech.agents or entities.actor_at.get(actors[0].i) in keys - {None}:
        return None
    arguments = Arguments(agents=speech.agents, objects=actors, clauses=[verb])
    return Trigger(modal, _T.REQUEST, arguments, "obligation", clause.head)


def _alleged(trigger: Trigger) -> set[int]:
    """The verbs of what somebody is accused of: acts of violence among them are told, words not."""
    if trigger.type is not _T.ACCUSE:
        return set()
    return {verb.i for verb in (*trigger.arguments.infinitives, *trigger.arguments.clauses)}


def _told_content(trigger: Trigger) -> set[int]:
    """The tokens of what is agreed, asked, refused or threatened: no events of their own.

    Nor is what somebody ends or cancels ("suspended the cooperation", "called off the strike").
    """
    arguments = trigger.arguments
    if trigger.type in _ENDING and trigger.clause is not None:
        return {noun.i for noun in arguments.objects} - {trigger.token.i}
    if trigger.type not in _CONTENT:
        return set()
    found: set[int] = set()
    heads = [*arguments.objects, *arguments.infinitives, *arguments.clauses]
    for preposition in ("to", "for", "on", "of", "against", "upon"):
        heads.extend(arguments.phrases.get(preposition, ()))
    for head in heads:
        if head.i == trigger.token.i or trigger.token.i in range(
            head.left_edge.i, head.right_edge.i + 1
        ):
            continue
        found.update(range(head.left_edge.i, head.right_edge.i + 1))
    found.discard(trigger.token.i)
    return found
