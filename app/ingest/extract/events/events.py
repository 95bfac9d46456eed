"""What is reported to happen: PLOVER events with who, whom, where and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.amounts import quantities_of
from app.ingest.extract.events.arguments import governing_subjects, noun_phrases, speakers
from app.ingest.extract.events.cast import Cast, Reference
from app.ingest.extract.events.circumstances import Context, context_of, date_of
from app.ingest.extract.events.frames import is_in
from app.ingest.extract.events.locations import place_of
from app.ingest.extract.events.mentions import Draft, is_pointing, merged
from app.ingest.extract.events.modality import (
    certainty_of,
    hedges_at,
    least_sure,
    polarity_of,
    tense_of,
)
from app.ingest.extract.events.participants import (
    all_references,
    recipient_references,
    references,
)
from app.ingest.extract.events.triggers import Trigger, find_triggers
from app.ingest.extract.syntax import sentences_of
from app.ingest.extraction import Actor, Claim, Date, Event, Quantity, Span
from app.vocabulary import Certainty, EventType, ParticipantRole

_SPOKEN = frozenset(
    {
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
    }
)
_SPEAKING = frozenset({"it", "they", "he", "she", "we", "i"})
"""Pronouns that, unresolved in a reported clause, most often mean whoever speaks."""

_POLITICAL = frozenset(
    {"proposal", "accord", "reform", "talks", "ceasefire", "relation", "aid", "bill", "decision"}
)
"""Things that praise of stands for praise of whoever made them."""

_VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE})
_WEAPONS = frozenset({"arms", "hostility", "force", "person", "demonstrators"})
_MUTUAL = frozenset({EventType.AGREE, EventType.CONSULT, EventType.COOPERATE, EventType.SUPPORT})
_RECIPROCAL = (
    *("settle-36.1.2", "meet-36.3", "correspond-36.1.1", "chit_chat-37.6", "Discussion"),
    *("Make_agreement", "Sign_agreement", "Relation", "Collaboration", "Exchange"),
    *("Military_exercise", "Ceasing_hostility", "Alliance", "Hostile_encounter"),
)
"""Classes and frames of acts that several subjects do with each other."""
_EITHER_WAY = _MUTUAL | {EventType.ASSAULT}
_JOINED = _MUTUAL | {EventType.PROTEST}


def find_events(
    doc: Doc,
    entities: Entities,
    dates: Sequence[Date],
    quantities: Sequence[Quantity],
    claims: Sequence[Claim],
) -> tuple[tuple[Event, ...], tuple[Actor, ...]]:
    """The events of a text in order of their triggers, and actors that only they know.

    `Event.claims` are positions in `claims`. The second value holds places and countries that are
    acted on without being actors elsewhere in the text ("shelled Lima"); see `cast`.
    """
    context = context_of(doc, entities, dates, quantities, claims)
    cast = Cast(entities)
    sentences = [Span(s.start_char, s.end_char) for s in sentences_of(doc)]
    sentence_of = _sentence_numbers(doc)
    drafts = (_draft(t, cast, sentence_of[t.token.i]) for t in find_triggers(doc, entities, dates))
    told = [draft for draft in merged(drafts) if _is_told(draft, context)]
    hedges = hedges_at(doc)
    events = tuple(_event(draft, sentences, context, cast, hedges) for draft in told)
    return events, cast.new_actors()


def _is_told(draft: Draft, context: Context) -> bool:
    """Whether there is enough for an event: a party; of a bare noun that needs a speaker, that one.

    "The demand for oil" and "support for the idea" have nobody who demands or supports.
    """
    first = draft.triggers[0]
    if first.type in _VIOLENT and first.clause is not None and not draft.initiators:
        return _is_by_somebody(first, context) and bool(draft.recipients)
    if draft.initiators:
        return bool(draft.recipients) or not (_is_alone(draft) or _is_of_a_thing(first, context))
    if first.type in _SPOKEN and not _is_passive_verb(first):
        return False
    if draft.recipients or (first.specific and first.arguments.passive):
        return True
    loose = (
        first.clause is None and first.token.head.lower_ == "of" and not is_pointing(first.token)
    )
    return not loose and place_of(draft.triggers, context.entities.place_at) is not None


def _is_passive_verb(trigger: Trigger) -> bool:
    """Whether a passive leaves open who speaks: "was criticized"; not "families are supported"."""
    passive = trigger.clause is not None and trigger.arguments.passive
    return passive and trigger.type is not EventType.SUPPORT


def _is_alone(draft: Draft) -> bool:
    """Whether one person alone is said to discuss something: that takes two."""
    first = draft.triggers[0]
    return (
        first.rule == "class:Discussion"
        and first.clause is not None
        and "with" not in first.arguments.phrases
        and {r.token.tag_ for r in draft.initiators} <= {"NNP", "NN", "PRP"}
        and len({r.actor for r in draft.initiators}) == 1
        and draft.initiators[0].token.lower_ not in ("they", "we")
    )


def _is_of_a_thing(trigger: Trigger, context: Context) -> bool:
    """Whether praise goes to a thing that nobody is behind: "praised the antenna"."""
    return (
        trigger.rule == "class:judgment-33"
        and trigger.type is EventType.SUPPORT
        and not any(is_in(o, _POLITICAL, context.entities) for o in trigger.arguments.objects)
    )


def _is_by_somebody(trigger: Trigger, context: Context) -> bool:
    """Whether an act of violence has no author, or weapons and attacks for one, not nature.

    "Shells hit the post", "he was killed"; but not "the storm killed ten", "damaged in the flood".
    """
    arguments = trigger.arguments
    causes = [*arguments.agents, *arguments.phrases.get("in", ()), *arguments.phrases.get("by", ())]
    if any(is_in(cause, frozenset({"disaster"}), context.entities) for cause in causes):
        return False
    if not arguments.agents:
        return (arguments.passive and trigger.type is EventType.ASSAULT) or _is_arrest(trigger)
    return any(is_in(agent, _WEAPONS, context.entities) for agent in arguments.agents)


def _is_arrest(trigger: Trigger) -> bool:
    """Whether the act has an author by its nature: an arrest and a ban have, damage has not."""
    return not trigger.rule.endswith("Destroying")


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers: list[int] = []
    for number, sentence in enumerate(doc.sents):
        numbers.extend([number] * len(sentence))
    return numbers


def _draft(trigger: Trigger, cast: Cast, sentence: int) -> Draft:
    """The event of one trigger with its parties."""
    if trigger.token.pos_ in ("NOUN", "PROPN"):
        agents, patients = _noun_parties(trigger, cast)
    else:
        agents, patients = trigger.arguments.agents, []
    initiators = all_references(agents, cast, set(), places=True)
    borrowed = trigger.type in _SPOKEN or not agents or _are_pronouns(agents)
    if not initiators and borrowed and trigger.clause is not None and not trigger.arguments.passive:
        pronoun = agents and _are_pronouns(agents)
        above = speakers(trigger.clause) if pronoun else governing_subjects(trigger.clause)
        initiators = all_references(above, cast, set(), places=True)
    keys = {r.actor for r in initiators}
    if len(keys) > 1 and _is_among_themselves(trigger, cast, keys):
        return Draft([trigger], *_sides(initiators), sentence)
    recipients = all_references(patients, cast, keys, places=True)
    between = "between" in trigger.arguments.phrases and len(keys) > 1
    if not recipients and not between:
        recipients = recipient_references(trigger, cast, keys)
    if not recipients and trigger.type in _MUTUAL:
        initiators, recipients = _sides(initiators)
    return Draft([trigger], initiators, recipients, sentence)


def _is_among_themselves(trigger: Trigger, cast: Cast, keys: set[str]) -> bool:
    """Whether several subjects do it with each other: "Chad and Togo agreed to share water"."""
    arguments = trigger.arguments
    if trigger.type not in _EITHER_WAY or not trigger.rule.endswith(_RECIPROCAL):
        return False
    others = list(arguments.phrases.get("with", ()))
    if trigger.type is not EventType.AGREE:
        others += arguments.objects + arguments.datives
    return not all_references(others, cast, keys, places=True)


def _sides(initiators: list[Reference]) -> tuple[list[Reference], list[Reference]]:
    """The first of those who act together as initiator, the others as recipients."""
    first = initiators[0].actor if initiators else ""
    return (
        [r for r in initiators if r.actor == first],
        [r for r in initiators if r.actor != first],
    )


def _are_pronouns(agents: Sequence[Token]) -> bool:
    return all(agent.lower_ in _SPEAKING for agent in agents)


def _noun_parties(trigger: Trigger, cast: Cast) -> tuple[list[Token], list[Token]]:
    """Of a noun: its possessor or by-phrase acts, its of-phrase by lexicon, "between" both."""
    arguments = trigger.arguments
    of = arguments.phrases.get("of", [])
    inner = (h for head in of for h in noun_phrases(head).get("between", ()))
    if between := [*arguments.phrases.get("between", ()), *inner]:
        return between, []
    agents = arguments.agents
    if not agents and trigger.of is ParticipantRole.INITIATOR:
        agents = [head for head in of if references(head, cast)]
    if not agents:
        agents = arguments.phrases.get("from", []) if trigger.type in _SPOKEN else []
    if not agents and trigger.clause is None:
        agents = [trigger.token]  # "the Israeli offensive": the modifier
        if trigger.type in _JOINED and not references(trigger.token, cast):
            agents = _circumstance_subjects(trigger.token)
    return agents, of if trigger.of is ParticipantRole.RECIPIENT else []


def _circumstance_subjects(noun: Token) -> list[Token]:
    """In "he said at a meeting with X" whoever says it is the other side of the meeting."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("during", "at", "in", "for"):
        return []
    return governing_subjects(noun)


def _event(
    draft: Draft,
    sentences: Sequence[Span],
    context: Context,
    cast: Cast,
    hedges: Mapping[int, Certainty],
) -> Event:
    first = draft.triggers[0]
    mentions = tuple(dict.fromkeys(span for t in draft.triggers for span in _mentions(t)))
    dates = (date_of(trigger, context) for trigger in draft.triggers)
    quantities = (q for trigger in draft.triggers for q in quantities_of(trigger, context))
    return Event(
        type=first.type,
        trigger=mentions[0],
        mentions=mentions,
        sentence=sentences[draft.sentence],
        participants=cast.participants(draft.initiators, draft.recipients),
        place=place_of(draft.triggers, context.places),
        date=next((date for date in dates if date), None),
        quantities=tuple(dict.fromkeys(quantities)),
        certainty=least_sure([certainty_of(first, hedges), context.claims.certainty(mentions)]),
        polarity=polarity_of(first),
        tense=tense_of(first),
        claims=context.claims.reporting(mentions),
        rule=first.rule,
    )


def _mentions(trigger: Trigger) -> list[Span]:
    """The trigger and, of "imposed a curfew", the light verb as well."""
    tokens = [trigger.token]
    if trigger.clause is not None and trigger.clause.i != trigger.token.i:
        tokens.append(trigger.clause)
    return [Span(token.idx, token.idx + len(token.text)) for token in tokens]
