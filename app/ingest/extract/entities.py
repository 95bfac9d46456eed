"""Who and what a text speaks of: one actor or place for all the words that mean it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from app.ingest.extraction import Actor, Date, Mention, Place, Span
from app.vocabulary import ActorKind, MentionForm

_KINDS = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANIZATION,
    "GPE": ActorKind.GOVERNMENT,
    "NORP": ActorKind.GROUP,
}


@dataclass(frozen=True, slots=True)
class Entities:
    """Actors and places of one text, with the way from a token to them.

    `actor_at` and `place_at` lead from the index of a token to the key of the actor or place that
    the noun phrase headed by this token refers to, pronouns and metonyms resolved: in "Deputy
    Defense Minister Viktor Goremykin said" the token "Goremykin" leads to his key, in "Moscow
    said" the token "Moscow" leads to Russia's government.
    """

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    actor_at: Mapping[int, str]
    place_at: Mapping[int, str]
    mention_at: Mapping[int, Mention]


def find_entities(doc: Doc, dates: Sequence[Date]) -> Entities:
    """The actors and places of a text."""
    del dates
    mentions: dict[str, list[Mention]] = {}
    kinds: dict[str, ActorKind] = {}
    actor_at: dict[int, str] = {}
    mention_at: dict[int, Mention] = {}
    for entity in doc.ents:
        if kind := _KINDS.get(entity.label_):
            kinds.setdefault(entity.text, kind)
            span = Span(entity.start_char, entity.end_char)
            mention = Mention(span, span, MentionForm.NAME)
            mentions.setdefault(entity.text, []).append(mention)
            actor_at[entity.root.i] = f"a{list(mentions).index(entity.text) + 1}"
            mention_at[entity.root.i] = mention
    actors = tuple(
        Actor(f"a{number}", name, kinds[name], None, tuple(found))
        for number, (name, found) in enumerate(mentions.items(), 1)
    )
    return Entities(actors, (), actor_at, {}, mention_at)
