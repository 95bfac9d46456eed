"""Whoever answers a claim is an actor, also where nothing else in the text makes one of them."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from app.ingest.extract.attribution.cues import can_speak
from app.ingest.extract.claims.sources import plain_name
from app.ingest.extract.claims.surroundings import Contents
from app.ingest.extract.entities.countries import country_name
from app.ingest.extract.entities.descriptions import kind_of_noun
from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.syntax import end_of, text_of
from app.ingest.extraction import Actor, Mention, Place, Span
from app.vocabulary import ActorKind, MentionForm


class Responders:
    """Leads from a party to its actor, and opens actors for those who are none elsewhere.

    "The *laboratory* has not confirmed this" speaks of somebody, though a laboratory is a place.
    """

    def __init__(self, entities: Entities, contents: Contents) -> None:
        self._entities = entities
        self._contents = contents
        self._places = {place.key: place for place in entities.places}
        self._opened: dict[str, Actor] = {}

    def known(self, party: Token) -> str | Token | None:
        """The actor that a party is, the party itself if it could be one, None for mere things.

        Pronouns that lead to nobody are None as well.
        """
        key = self._entities.actor_at.get(party.i)
        if key is None and party.pos_ == "NOUN":
            is_place = party.i in self._entities.place_at
            if is_place or kind_of_noun(party) or can_speak(party):
                return party
        key = key or self._contents.actor_of(party)
        return party if key is None and party.pos_ == "PROPN" else key

    def open(self, party: Token) -> str:
        """The key of the actor opened for a party, the same one for the same name."""
        place = self._places.get(self._entities.place_at.get(party.i, ""))
        mention = self._entities.mention_at.get(party.i) or _mention(party)
        key = f"a{len(self._entities.actors) + len(self._opened) + 1}"
        actor = _actor(key, party, place, mention)
        known = self._opened.setdefault(actor.name.lower(), actor)
        if mention not in known.mentions:
            mentions = (*known.mentions, mention)
            self._opened[actor.name.lower()] = replace(known, mentions=mentions)
        return known.key

    def new_actors(self) -> tuple[Actor, ...]:
        """The actors opened so far."""
        return tuple(self._opened.values())


def _mention(party: Token) -> Mention:
    extent = Span(party.left_edge.idx, end_of(party))
    form = MentionForm.NAME if party.pos_ == "PROPN" else MentionForm.DESCRIPTION
    return Mention(extent, extent, form)


def _actor(key: str, party: Token, place: Place | None, mention: Mention) -> Actor:
    """A country's government, a place that has a name, or whoever the words describe."""
    if place is not None and mention.form is MentionForm.NAME:
        is_country = place.country is not None and place.name == country_name(place.country)
        kind = ActorKind.GOVERNMENT if is_country else ActorKind.PLACE
        return Actor(key, place.name, kind, place.country, (mention,))
    kind = kind_of_noun(party) or ActorKind.ORGANIZATION
    kind = ActorKind.ORGANIZATION if kind is ActorKind.PLACE else kind
    said = text_of(party.doc)[mention.span.start : mention.span.end]
    return Actor(key, plain_name(said), kind, None, (mention,))
