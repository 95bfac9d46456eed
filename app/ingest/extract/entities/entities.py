"""Who and what a text speaks of: one actor or place for all the words that mean it.

Candidates (names, descriptions, pronouns) are found from left to right, the noun phrases around
them measured, and each is led to its referent by its words or by what the sentence does with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from app.ingest.extract.entities.candidates import find_candidates
from app.ingest.extract.entities.extents import widest_extents
from app.ingest.extract.entities.referent import Referent
from app.ingest.extract.entities.referents import resolve
from app.ingest.extraction import Actor, Date, Mention, Place, Span


@dataclass(frozen=True, slots=True)
class Entities:
    """Actors and places of one text, with the way from a token to them.

    `actor_at` and `place_at` lead from the index of a token to the key of the actor or place that
    the noun phrase headed by this token refers to, pronouns and metonyms resolved: in "Deputy
    Defense Minister Viktor Goremykin said" the token "Goremykin" leads to his key, in "Moscow
    said" the token "Moscow" leads to Russia's government. `mention_at` holds the mention that each
    such token heads; a possessive pronoun is a mention where it means one person ("his car") and
    within the description of somebody ("its lawyer"), and elsewhere ("its cars") leads to its
    actor only. Pronouns of the first person plural are one actor called "we", whoever speaks.
    """

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    actor_at: Mapping[int, str]
    place_at: Mapping[int, str]
    mention_at: Mapping[int, Mention]


def find_entities(doc: Doc, dates: Sequence[Date]) -> Entities:
    """The actors and places of a text; words inside `dates` name nobody."""
    candidates = find_candidates(doc, dates)
    extents = widest_extents(candidates)
    referents = resolve(doc, candidates)
    people = {c.head for person in referents if person.is_person for c in person.candidates}
    mentions: dict[int, Mention] = {}
    for candidate in candidates:
        left, right = extents[candidate.head]
        is_alone = "possessive" in candidate.tags and right - left == 1
        if is_alone and candidate.head not in people:
            continue
        span = _characters(doc, candidate.start, candidate.end)
        mentions[candidate.head] = Mention(span, _characters(doc, left, right), candidate.form)
    return _collected(referents, mentions)


def _characters(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last))


def _collected(referents: Sequence[Referent], mentions: Mapping[int, Mention]) -> Entities:
    """Actors and places with their keys, in the order of their first mention."""
    actors: list[Actor] = []
    places: list[Place] = []
    actor_at: dict[int, str] = {}
    place_at: dict[int, str] = {}
    for referent in referents:
        heads = [candidate.head for candidate in referent.candidates]
        found = tuple(mentions[head] for head in heads if head in mentions)
        if referent.is_place:
            key = f"p{len(places) + 1}"
            place_at.update(dict.fromkeys(heads, key))
            places.append(
                Place(
                    key,
                    referent.name,
                    referent.country,
                    found,
                    referent.latitude,
                    referent.longitude,
                )
            )
        else:
            key = f"a{len(actors) + 1}"
            actor_at.update(dict.fromkeys(heads, key))
            actors.append(
                Actor(
                    key,
                    referent.name,
                    referent.kind,
                    referent.country,
                    found,
                    tuple(referent.aliases),
                    tuple(referent.roles),
                )
            )
    return Entities(tuple(actors), tuple(places), actor_at, place_at, mentions)
