"""Fighting done with words or votes: "the senator attacked her rival", "will beat the mayor"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.arguments import Arguments
from app.ingest.extract.events.frames import is_in
from app.lexicon import table
from app.vocabulary import ActorKind, EventType, MentionForm

_CIVIL = frozenset({ActorKind.PERSON, ActorKind.ORGANIZATION})
_AGAINST = ("on", "against", "with", "at")
_ARMS = frozenset({"arms", "stone", "crowd_control", "hostility"})
_ARMED = frozenset({"force", "fighters"})
_POLITICIAN = frozenset({"politician"})


@cache
def quarrels() -> Mapping[str, EventType | None]:
    """What each word of fighting means between people who only argue or compete."""
    return {
        word.strip(): None if row["type"] == "-" else EventType(row["type"])
        for row in table("event_quarrels")
        for word in row["words"].split(",")
    }


def is_quarrel(
    arguments: Arguments, noun: Token | None, entities: Entities, kinds: Mapping[str, ActorKind]
) -> bool:
    """Whether named people, parties or companies are on both sides and no weapon is spoken of.

    `noun` is the trigger if it is one ("her attacks on Rios"); `kinds` are those of the actors.
    """
    others = [head for word in _AGAINST for head in arguments.phrases.get(word, ())]
    if any(is_in(other, _ARMS, entities) for other in others):
        return False
    if noun is None:
        others += arguments.objects
    agents = arguments.agents
    return (
        bool(agents)
        and all(_is_civil(agent, entities, kinds) for agent in agents)
        and not any(is_in(agent, _ARMED, entities) for agent in agents)
        and all(
            _is_civil(o, entities, kinds) or (o.i in entities.place_at and o.pos_ == "PROPN")
            for o in others
        )
    )


def _is_civil(noun: Token, entities: Entities, kinds: Mapping[str, ActorKind]) -> bool:
    """Whether a noun names a person, party or company, or is a word for a politician."""
    if is_in(noun, _POLITICIAN, entities):
        return True
    key = entities.actor_at.get(noun.i)
    if key is None:
        return not noun.ent_type_ and noun.pos_ == "NOUN" and _is_word_of(noun, entities, kinds)
    mention = entities.mention_at.get(noun.i)
    named = mention is None or mention.form is not MentionForm.DESCRIPTION
    return named and kinds.get(key) in _CIVIL


def _is_word_of(noun: Token, entities: Entities, kinds: Mapping[str, ActorKind]) -> bool:
    """Whether the noun is something of such a person: "attacked Rios's record"."""
    owners: Sequence[Token] = [c for c in noun.children if c.dep_ == "poss"]
    return any(
        kinds.get(entities.actor_at.get(owner.i, "")) in _CIVIL for owner in owners
    ) and not is_in(noun, frozenset({"target", "person", "property", "vessel"}), entities)
