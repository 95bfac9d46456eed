"""From keys that hold in one extraction to ids that hold across reports.

An id depends on the report alone, never on what was loaded before it: the same report gives the
same ids on every machine and in any order of loading. A name that may mean different people or
bodies in different reports ("Smith", "the Defense Ministry", "two officials") gets an id of this
report only: what is unsure is not merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.identity import slug
from app.ingest.extraction import Actor, Extraction, Place, Source
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm, SourceKind

LOCAL_DIGEST = 6
"""Characters of the report's digest in an id of one report only: 30 bits beside the name."""

NAME_LENGTH = 300
"""Code points of the longest name or role: PostgreSQL's indexes take no more than 2,704 bytes."""


@dataclass(slots=True)
class ActorReading:
    """What one report says of an actor, and why it has this id (`evidence`)."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    evidence: str
    aliases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SourceReading:
    """What one report says of a source; `actor` is the id of the actor that it is, if any."""

    id: str
    name: str
    kind: SourceKind
    actor: str | None


@dataclass(slots=True)
class PlaceReading:
    """What one report says of a place."""

    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Readings by id, and the way from the extraction's keys to the ids."""

    actors: dict[str, ActorReading]
    sources: dict[str, SourceReading]
    places: dict[str, PlaceReading]
    actor_ids: dict[str, str]
    source_ids: dict[str, str]
    place_ids: dict[str, str]
    publisher: str | None


def resolve(extraction: Extraction, report_id: str, publisher: str | None) -> Resolution:
    """The actors, sources and places of one report under the ids that they have everywhere.

    `publisher` is the name of the report's publisher, which is a source too.
    """
    actors, actor_ids = _resolve_actors(extraction.actors, report_id)
    sources, source_ids = _resolve_sources(extraction.sources, actors, actor_ids, report_id)
    places, place_ids = _resolve_places(extraction.places)
    publisher_id = slug(publisher) if publisher else None
    if publisher and publisher_id:
        actor = publisher_id if publisher_id in actors else None
        media = SourceReading(publisher_id, publisher, SourceKind.MEDIA, actor)
        if sources.setdefault(publisher_id, media).kind is SourceKind.OTHER:
            sources[publisher_id].kind = SourceKind.MEDIA
    return Resolution(
        actors, sources, places, actor_ids, source_ids, place_ids, publisher=publisher_id
    )


def _resolve_actors(
    actors: Iterable[Actor], report_id: str
) -> tuple[dict[str, ActorReading], dict[str, str]]:
    readings: dict[str, ActorReading] = {}
    ids: dict[str, str] = {}
    namesakes: Counter[str] = Counter()
    for actor in actors:
        reading = _actor_reading(actor, report_id)
        if reading.evidence.endswith("in this report"):
            namesakes[reading.id] += 1
            if namesakes[reading.id] > 1:
                reading.id = f"{reading.id}-{namesakes[reading.id]}"
        elif (held := readings.get(reading.id)) and _is_person(held.kind) != _is_person(actor.kind):
            reading.id = f"{reading.id}-{actor.kind.replace('_', '-')}"
            reading.evidence += ", another kind than its namesake"
        kept = readings.setdefault(reading.id, reading)
        kept.aliases |= {_shortened(alias) for alias in actor.aliases}
        kept.roles |= {_shortened(role) for role in actor.roles}
        ids[actor.key] = kept.id
    return readings, ids


def _actor_reading(actor: Actor, report_id: str) -> ActorReading:
    id_, evidence = _actor_id(actor, report_id)
    return ActorReading(id_, _shortened(actor.name), actor.kind, actor.country, evidence)


def _actor_id(actor: Actor, report_id: str) -> tuple[str, str]:
    """The id of an actor, and the reason why it is this one."""
    if not any(mention.form is MentionForm.NAME for mention in actor.mentions):
        return _local(actor.name, report_id), "a description in this report"
    if _is_person(actor.kind) and len(actor.name.split()) == 1:
        return _local(actor.name, report_id), "a single name in this report"
    if is_generic(actor.name):
        if actor.country is None:
            return _local(actor.name, report_id), "a body of no known country in this report"
        return f"{slug(actor.name)}-{actor.country.lower()}", "the name and the country"
    return slug(actor.name), "the full name" if _is_person(actor.kind) else "the name"


def is_generic(name: str) -> bool:
    """Whether a name is made of words that public bodies of many countries share."""
    return all(word in words("generic_bodies") for word in name.lower().split())


def _is_person(kind: ActorKind) -> bool:
    return kind is ActorKind.PERSON


def _resolve_sources(
    sources: Iterable[Source],
    actors: dict[str, ActorReading],
    actor_ids: dict[str, str],
    report_id: str,
) -> tuple[dict[str, SourceReading], dict[str, str]]:
    readings: dict[str, SourceReading] = {}
    ids: dict[str, str] = {}
    for source in sources:
        if source.actor is not None and not _is_named_media(source):
            actor = actors[actor_ids[source.actor]]
            reading = SourceReading(actor.id, actor.name, source.kind, actor.id)
        else:
            actor_id = actor_ids[source.actor] if source.actor else None
            source_id = _source_id(source, report_id)
            name = _shortened(source.name)
            reading = SourceReading(source_id, name, source.kind, actor_id)
        ids[source.key] = readings.setdefault(reading.id, reading).id
    return readings, ids


def _source_id(source: Source, report_id: str) -> str:
    """A source that is no actor: "Sunday papers" everywhere, "officials" in this report."""
    anonymous = source.kind is SourceKind.ANONYMOUS
    if anonymous or not _has_capital(source.name) or is_generic(source.name):
        return _local(source.name, report_id)
    return slug(source.name)


def _is_named_media(source: Source) -> bool:
    """The media of a country are the same in all reports, though a description: "Iranian media"."""
    return source.kind is SourceKind.MEDIA and _has_capital(source.name)


def _has_capital(name: str) -> bool:
    return any(word[:1].isupper() for word in name.split())


def _resolve_places(
    places: Iterable[Place],
) -> tuple[dict[str, PlaceReading], dict[str, str]]:
    readings: dict[str, PlaceReading] = {}
    ids: dict[str, str] = {}
    for place in places:
        reading = PlaceReading(
            slug(place.name),
            _shortened(place.name),
            place.country,
            place.latitude,
            place.longitude,
        )
        ids[place.key] = readings.setdefault(reading.id, reading).id
    return readings, ids


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"


def _local(name: str, report_id: str) -> str:
    """An id of this report only."""
    return f"{slug(name)}-{report_id.removeprefix('r_')[:LOCAL_DIGEST]}"
