"""Where an event happens, read from the sentence's structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Token

from app.ingest.extract.entities.countries import EntryType, look_up
from app.ingest.extract.entities.descriptions import kind_of_noun
from app.ingest.extract.events.arguments import arguments_of, conjuncts, noun_phrases
from app.ingest.extract.events.circumstances import anchors, told_along
from app.ingest.extract.events.frames import lemma, noun_frames
from app.ingest.extract.events.triggers import Trigger
from app.vocabulary import ActorKind, EventType

_STATIC = (
    "in",
    "at",
    "near",
    "along",
    "on",
    "inside",
    "outside",
    "across",
    "throughout",
    "around",
    "during",
)
_LOCATIVE = (*_STATIC, "over", "off", "into", "to", "towards", "toward", "for", "from")
_TARGETED = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE, EventType.CONSULT})
_WITHIN = frozenset({"of", "in", "near", "on", "along", "off"})
_MATERIAL = frozenset(
    {
        EventType.AID,
        EventType.RETREAT,
        EventType.PROTEST,
        EventType.SANCTION,
        EventType.MOBILIZE,
        EventType.COERCE,
        EventType.ASSAULT,
    }
)
"""Types of acts that happen where the thing is that they are done to."""
_REMOVING = frozenset({EventType.RETREAT, EventType.SANCTION})
"""Types of acts that take somebody away: "recalled its envoy from Lima"."""

Places = Mapping[int, str]
"""The key of the place that the noun phrase headed by a token refers to, by the token's index."""


def place_of(triggers: Iterable[Trigger], places: Places) -> str | None:
    """The place where it happens, by the first of these that any mention tells.

    What is attacked or visited; a locative phrase of the event; where that lies which it is done
    to; the place of what happens at the same time ("killed when the army shelled Lima"); where
    those who act sit ("a court in Lima jailed"). Of a movement it is where it leads ("to Peru"),
    else where it starts.
    """
    if not places:
        return None
    mentions = list(triggers)
    for find in (_target, _locative, _place_of_object, _place_of_simultaneous, _seat):
        for trigger in mentions:
            if place := find(trigger, places):
                return place
    return None


def _locative(trigger: Trigger, places: Places) -> str | None:
    phrases = [trigger.arguments.phrases]
    phrases.extend(noun_phrases(anchor) for anchor in anchors(trigger)[1:4])
    for number, of_one in enumerate(phrases):
        found = _in_phrases(of_one, places, _LOCATIVE if number == 0 else _STATIC)
        if found:
            return found
    return None


def _in_phrases(
    phrases: Mapping[str, Sequence[Token]], places: Places, prepositions: Sequence[str]
) -> str | None:
    for preposition in prepositions:
        if place := _first_place(phrases.get(preposition, ()), places):
            return place
    return None


def _target(trigger: Trigger, places: Places) -> str | None:
    """The place that is attacked, visited or fortified."""
    if trigger.type not in _TARGETED:
        return None
    things = [
        noun
        for noun in trigger.arguments.objects
        if noun.i in places or kind_of_noun(noun) is ActorKind.PLACE
    ]
    return _first_place(things, places)


def _place_of_object(trigger: Trigger, places: Places) -> str | None:
    """Where that lies which is attacked, freed, helped or sent away, or where those met are."""
    if trigger.type not in _MATERIAL | {EventType.CONSULT}:
        return None
    for noun in trigger.arguments.objects:
        if not _is_person(noun) and (place := _place_within(noun, places)):
            return place
        if lemma(noun) in noun_frames() and noun.i != trigger.token.i:
            continue  # "ended the occupation of Lima": an event of its own
        if found := _in_phrases(noun_phrases(noun), places, _placing(trigger, noun)):
            return found
    return None


def _placing(trigger: Trigger, noun: Token) -> tuple[str, ...]:
    """The prepositions that place an object: "arrested a man *from* Lima" tells no place."""
    if trigger.type in _REMOVING:
        return _LOCATIVE
    if _is_person(noun) or trigger.type is EventType.CONSULT:
        return _STATIC
    return (*_LOCATIVE, "of")


def _is_person(noun: Token) -> bool:
    return kind_of_noun(noun) is ActorKind.PERSON


def _place_of_simultaneous(trigger: Trigger, places: Places) -> str | None:
    for verb in told_along(trigger):
        arguments = arguments_of(verb)
        if found := _in_phrases(arguments.phrases, places, _STATIC):
            return found
        if trigger.type in _MATERIAL and (found := _first_place(arguments.objects, places)):
            return found
    return None


def _seat(trigger: Trigger, places: Places) -> str | None:
    """Where those who act are: "a court in Lima jailed", "protesters in Lima blocked"."""
    for agent in trigger.arguments.agents:
        if agent.pos_ == "NOUN" and agent.i != trigger.token.i:
            found = _in_phrases(noun_phrases(agent), places, ("in", "at", "near", "outside"))
            if found:
                return found
    return None


def _first_place(nouns: Iterable[Token], places: Places) -> str | None:
    for noun in nouns:
        for head in conjuncts(noun, 3):
            if place := _place_within(head, places):
                return place
    return None


def _is_demonym(word: Token) -> bool:
    """ "A Thai boat" need not be in Thailand."""
    entry = look_up(word.text)
    return entry is not None and entry.type is EntryType.ADJECTIVE


def _place_within(noun: Token, places: Places) -> str | None:
    """The place of a noun: itself, "Lima area", "border of Tyrol", "a boat on the Danube"."""
    if place := places.get(noun.i):
        return place
    for child in noun.children:
        if child.dep_ in ("compound", "appos", "nmod"):
            place = places.get(child.i)
            if place and not _is_demonym(child):
                return place
        if child.dep_ == "prep" and child.lower_ in _WITHIN:
            for inner in child.children:
                if place := places.get(inner.i):
                    return place
    return None
