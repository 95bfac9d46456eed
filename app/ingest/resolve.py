"""From keys that hold in one extraction to ids that hold across reports.

An id depends on the report alone, never on what was loaded before it: the same report gives the
same ids on every machine and in any order of loading. Reports that give one id mean one actor; how
names are levelled for it is told in `app.ingest.same_names`, and each reading keeps its evidence.
A name that may mean different people or bodies in different reports ("Smith", "J. Smith", "the
Defense Ministry" of who knows where, "two officials") gets an id of this report only: what is
unsure is not merged. Where people know better, they decide (`app.ingest.decisions`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.identity import slug
from app.ingest.extraction import Actor, Extraction, Place, Source
from app.ingest.identify import identify, is_generic, is_person, local_id, name_id, place_id
from app.ingest.same_names import initials
from app.vocabulary import ActorKind, SourceKind

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
    publisher_id = name_id(publisher) if publisher else None
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
        found = identify(actor, report_id)
        reading = ActorReading(
            found.id, _shortened(actor.name), actor.kind, actor.country, found.evidence
        )
        if found.is_local:
            namesakes[reading.id] += 1
            if namesakes[reading.id] > 1:
                reading.id = f"{reading.id}-{namesakes[reading.id]}"
        elif (held := readings.get(reading.id)) and (other := _otherness(reading, held)):
            suffix, difference = other
            reading.id = f"{reading.id}-{suffix}"
            reading.evidence += f"; another {difference} than its namesake in this report"
        kept = readings.setdefault(reading.id, reading)
        kept.aliases |= {_shortened(alias) for alias in actor.aliases}
        kept.roles |= {_shortened(role) for role in actor.roles}
        ids[actor.key] = kept.id
    return readings, ids


def _otherness(reading: ActorReading, held: ActorReading) -> tuple[str, str] | None:
    """What tells an actor from one of the same name in the same report, and what to call it."""
    if is_person(reading.kind) is not is_person(held.kind):
        return slug(reading.kind), "kind"
    if reading.country and held.country and reading.country != held.country:
        return reading.country.lower(), "country"
    if is_person(reading.kind):
        middle, other = initials(reading.name), initials(held.name)
        if middle and other and middle != other:
            return middle, "initial"
    return None


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
        return local_id(source.name, report_id)
    return name_id(source.name)


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
            place_id(place),
            _shortened(place.name),
            place.country,
            place.latitude,
            place.longitude,
        )
        ids[place.key] = readings.setdefault(reading.id, reading).id
    return readings, ids


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1] + "…"
