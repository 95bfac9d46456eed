"""What reports tell of the rows that they share, counted.

The counts of a row (its `said`) are all that it is derived from: one more report on Russia adds
to them and looks at no other report. Adding what a report tells and subtracting it again leaves
what was there before, in whatever order reports come and go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app.ingest.decisions import Place
from app.ingest.extraction import Claim
from app.ingest.resolve import Resolution

_tables = SQLModel.metadata.tables

Tally = dict[str, dict[str, int]]
"""Of each property ("name", "alias"), how many readings have which value."""

Said = list[tuple[str, str | None]]
"""Properties and their values; None is not said."""

More = tuple[list[tuple[str, str, int]], int]
"""What more is told of a row: properties, values and in how many readings; and the total."""

Chosen = Callable[[Table], ColumnElement[bool]]
"""Which rows count, of a table that refers to the shared one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the rows of one table.

    `said` counts ids, properties and values, `total` what clients see counted: the reports that
    speak of an actor, the claims that a source makes. The ids are those that readings count as.
    """

    places: set[Place] = field(default_factory=set)
    said: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def add(self, place: Place, said: Said) -> None:
        """Count what one reading says."""
        self.places.add(place)
        self.said.update(
            (place.counts_as, key, str(value)) for key, value in said if value is not None
        )

    def minus(self, other: Told) -> dict[str, More]:
        """What is told here and not there, by id; what is told there only counts below zero."""
        said, total = self.said.copy(), self.total.copy()
        said.subtract(other.said)
        total.subtract(other.total)
        more: dict[str, list[tuple[str, str, int]]] = {id_: [] for id_, n in total.items() if n}
        for (id_, key, value), times in said.items():
            if times:
                more.setdefault(id_, []).append((key, value, times))
        return {id_: (counts, total[id_]) for id_, counts in more.items()}


def told_by(
    resolution: Resolution, claims: Iterable[Claim], places: Mapping[str, Place]
) -> dict[str, Told]:
    """What one report tells, by table; `places` are where its actors and sources belong."""
    actors, sources, locations = Told(), Told(), Told()
    for id_, actor in resolution.actors.items():
        words: Said = [("alias", alias) for alias in sorted(actor.aliases)]
        words += [("role", role) for role in sorted(actor.roles)]
        actors.add(places[id_], _of_actor(actor) + words)
    actors.total.update({place.counts_as for place in actors.places})
    for id_, source in resolution.sources.items():
        actor_id = places[source.actor].held_as if source.actor else None
        sources.add(places[id_], _of_source(source, actor_id))
    for claim in claims:
        ids = [resolution.source_ids[link.source] for link in claim.attribution if link.source]
        sources.total.update({places[id_].counts_as for id_ in ids})
    for id_, location in resolution.places.items():
        locations.add(Place(id_, id_), _of_location(location))
    return {"actor": actors, "source": sources, "place": locations}


def told_in(connection: Connection, report_pk: int) -> dict[str, Told]:
    """What one stored report tells, by table."""
    claim = _tables["claim"]
    claims = select(claim.c.pk).where(claim.c.report_pk == report_pk)

    def chosen(table: Table) -> ColumnElement[bool]:
        if "report_pk" in table.c:
            return table.c.report_pk == report_pk
        return table.c.claim_pk.in_(claims)

    return {name: stored(connection, chosen) for name, stored in _STORED.items()}


def told_of(connection: Connection, name: str, pks: Collection[int]) -> Told:
    """What all stored reports tell of the rows of one table that have these pks."""
    return _STORED[name](connection, lambda table: table.c[f"{name}_pk"].in_(pks))


def added(said: Tally, more: Iterable[tuple[str, str, int]]) -> Tally:
    """The tally with more readings, or less, of these properties and values."""
    counts = {key: dict(values) for key, values in said.items()}
    for key, value, times in more:
        values = counts.setdefault(key, {})
        values[value] = values.get(value, 0) + times
    left = {key: {v: n for v, n in values.items() if n} for key, values in counts.items()}
    return {key: values for key, values in left.items() if values}


def most(said: Tally, key: str) -> str | None:
    """The value that most readings have, of several the first in order; None if none has one."""
    counts = said.get(key, {})
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def coordinates(said: Tally) -> tuple[float, float] | tuple[None, None]:
    """Both coordinates of one reading, one that agrees on the country."""
    country = most(said, "country") or ""
    points = said.get("point", {})
    agreeing = {point: n for point, n in points.items() if point.split(" ")[0] == country}
    point = most({"point": agreeing}, "point")
    if point is None:
        return None, None
    _, latitude, longitude = point.split(" ")
    return float(latitude), float(longitude)


def _stored_actors(connection: Connection, chosen: Chosen) -> Told:
    told = Told()
    reports = set()
    for place, row in _rows(connection, "actor", "actor_reading", chosen):
        told.add(place, _of_actor(row))
        reports.add((place.counts_as, row.report_pk))
    for word in ("alias", "role"):
        for place, row in _rows(connection, "actor", f"actor_{word}", chosen):
            told.add(place, [(word, getattr(row, word))])
    told.total.update(id_ for id_, _ in reports)
    return told


def _stored_sources(connection: Connection, chosen: Chosen) -> Told:
    told = Told()
    readings, actor = _tables["source_reading"], _tables["actor"]
    query = select(actor.c.pk, actor.c.id).join(readings, readings.c.actor_pk == actor.c.pk)
    actor_ids = {row.pk: row.id for row in connection.execute(query.where(chosen(readings)))}
    for place, row in _rows(connection, "source", "source_reading", chosen):
        told.add(place, _of_source(row, actor_ids.get(row.actor_pk)))
    links = _rows(connection, "source", "attribution_link", chosen)
    claims = {(place.counts_as, row.claim_pk) for place, row in links}
    told.total.update(id_ for id_, _ in claims)
    return told


def _stored_places(connection: Connection, chosen: Chosen) -> Told:
    told = Told()
    for place, row in _rows(connection, "place", "place_reading", chosen):
        told.add(place, _of_location(row))
    return told


_STORED = {"actor": _stored_actors, "source": _stored_sources, "place": _stored_places}


def _rows(
    connection: Connection, name: str, of: str, chosen: Chosen
) -> Iterator[tuple[Place, Row[Any]]]:
    """The chosen rows of a table that refers to the shared one, and where each belongs."""
    table, held, standing = _tables[of], _tables[name], _tables[name].alias()
    stands = func.coalesce(held.c.into_pk, held.c.pk) if "into_pk" in held.c else held.c.pk
    query = select(held.c.id.label("held_as"), standing.c.id.label("counts_as"), *table.c)
    query = query.join_from(table, held, held.c.pk == table.c[f"{name}_pk"])
    query = query.join(standing, standing.c.pk == stands).where(chosen(table))
    for row in connection.execute(query):
        yield Place(row.held_as, row.counts_as), row


def _of_actor(reading: Any) -> Said:
    return [("name", reading.name), ("kind", reading.kind), ("country", reading.country)]


def _of_source(reading: Any, actor_id: str | None) -> Said:
    return [("name", reading.name), ("kind", reading.kind), ("actor", actor_id)]


def _of_location(reading: Any) -> Said:
    point = None
    if reading.latitude is not None:
        point = f"{reading.country or ''} {reading.latitude} {reading.longitude}"
    return [("name", reading.name), ("country", reading.country), ("point", point)]
