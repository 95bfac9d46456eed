"""The actors of one text as events know them.

A place that is acted on takes part as well ("shelled Lima", "visited Peru", "German cars"). It
stands for the government of the country if the text speaks of one; otherwise it becomes an actor
of its own, added to those of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from app.ingest.extract.entities.countries import EntryType, country_name, look_up
from app.ingest.extract.entities.entities import Entities
from app.ingest.extraction import Actor, Mention, Participant, Place, Span
from app.vocabulary import ActorKind, MentionForm, ParticipantRole

_ORIGIN = frozenset({"from", "of", "in"})

_REACH = 80
"""Tokens back that the antecedent of a pronoun is looked for."""


class Reference(NamedTuple):
    """An actor's key and the token that names the actor.

    Until `Cast.participants` the key may also be a place's ("p2") or a country code ("country:DE").
    """

    actor: str
    token: Token


@dataclass(frozen=True, slots=True)
class _New:
    kind: ActorKind
    name: str
    country: str | None


class Cast:
    """Leads from tokens to actors, and opens actors for places and peoples that take part."""

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self._places = {place.key: place for place in entities.places}
        self._governments: dict[str, str] = {}
        for actor in entities.actors:
            code = actor.country
            if code and actor.kind is ActorKind.GOVERNMENT and actor.name == country_name(code):
                self._governments.setdefault(code, actor.key)
        self._new: dict[str, _New] = {}
        self._keys: dict[str, str] = {}
        self._met: dict[str, list[Mention]] = {}

    def key_at(self, token: Token, places: bool = False) -> str | None:
        """The actor that the phrase headed by a token names; with `places`, a place too."""
        if key := self.entities.actor_at.get(token.i):
            return key
        if not places:
            return None
        place_key = self.entities.place_at.get(token.i)
        if place_key is None:
            return None
        mention = self.entities.mention_at.get(token.i)
        if mention is None or mention.form is not MentionForm.NAME:
            return None  # "the jail": where, not whom
        place = self._places[place_key]
        if place.country and place.name == country_name(place.country):
            return self._governments.get(place.country, f"country:{place.country}")
        return place_key

    def country_at(self, token: Token) -> str | None:
        """The country that a modifier names: "German" cars are Germany's, "Peru attacks" too."""
        key = self.key_at(token, places=True)
        if key and not key.startswith("p"):
            return key
        if not token.text[:1].isupper():
            return None
        entry = look_up(token.text)
        if entry is None or entry.type is not EntryType.ADJECTIVE or not entry.country:
            return None
        return self._governments.get(entry.country, f"country:{entry.country}")

    def participants(
        self, initiators: list[Reference], recipients: list[Reference]
    ) -> tuple[Participant, ...]:
        """One participant for each actor and role, with the words that name it there.

        A pronoun comes with its antecedent in the same sentence, if there is one.
        """
        spans: dict[tuple[str, ParticipantRole], set[Span]] = {}
        roles = ((ParticipantRole.INITIATOR, initiators), (ParticipantRole.RECIPIENT, recipients))
        for role, group in roles:
            for reference in group:
                key = self._actor_key(reference)
                spans.setdefault((key, role), set()).update(self._spans(key, reference.token))
        return tuple(
            Participant(actor, role, tuple(sorted(found))) for (actor, role), found in spans.items()
        )

    def new_actors(self) -> tuple[Actor, ...]:
        """The actors opened for places and adjectives that take part in events."""
        return tuple(
            Actor(
                self._keys[key],
                new.name,
                new.kind,
                new.country,
                tuple(sorted(set(self._met[key]), key=lambda mention: mention.span)),
            )
            for key, new in self._new.items()
        )

    def _actor_key(self, reference: Reference) -> str:
        key = reference.actor
        if key not in self._keys:
            if (new := self._opened(key)) is None:
                return key
            self._new[key] = new
            self._keys[key] = f"a{len(self.entities.actors) + len(self._new)}"
        self._met.setdefault(key, []).append(self._mention(reference.token))
        return self._keys[key]

    def _opened(self, key: str) -> _New | None:
        space, _, code = key.partition(":")
        if space == "country":
            return _New(ActorKind.GOVERNMENT, country_name(code), code)
        place: Place | None = self._places.get(key)
        return _New(ActorKind.PLACE, place.name, place.country) if place else None

    def _mention(self, token: Token) -> Mention:
        if mention := self.entities.mention_at.get(token.i):
            return mention
        span = Span(token.idx, token.idx + len(token.text))
        return Mention(span, span, MentionForm.NAME)

    def _spans(self, key: str, token: Token) -> list[Span]:
        mention = self._mention(token)
        if mention.form is MentionForm.PRONOUN:
            before = self._antecedent(key, token)
            return [before, mention.span] if before else [mention.span]
        return [_with_origin(token, mention)]

    def _antecedent(self, key: str, pronoun: Token) -> Span | None:
        """The last words before a pronoun, in its sentence, that name the same actor."""
        first = max(pronoun.sent.start, pronoun.i - _REACH)
        for i in range(pronoun.i - 1, first - 1, -1):
            if self.entities.actor_at.get(i) == key:
                mention = self.entities.mention_at.get(i)  # a relative "who" is none
                if mention and mention.form is not MentionForm.PRONOUN:
                    return mention.extent
        return None


def _with_origin(noun: Token, mention: Mention) -> Span:
    """The noun phrase of a participant, of a description with its name and where they belong.

    "The editor Paula Rios", "envoys from Qatar", "demonstrators in Quito".
    """
    if mention.form is MentionForm.NAME:
        return mention.extent
    end = mention.extent.end
    for child in noun.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            end = max(end, child.idx + len(child))
        if child.dep_ == "prep" and child.lower_ in _ORIGIN and child.idx <= end + 1:
            for place in child.children:
                if place.dep_ == "pobj" and place.pos_ == "PROPN":
                    end = max(end, place.idx + len(place))
    return Span(mention.extent.start, end)
