"""Rows that reports share: actors, sources and places, derived from what each report says.

Readings that decisions have led together stay in rows of their own, which all say what the row
that stands for them says (`into_pk`), so that the decision can be undone.

A shared row says what most reports say of it; of equally frequent values the alphabetically first
counts. So the order of loading does not matter, and a report can be taken away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions
from app.ingest.decisions import Decisions, Place
from app.ingest.resolve import Resolution

_tables = SQLModel.metadata.tables
_DERIVED = {
    "actor": ("name", "kind", "country"),
    "source": ("name", "kind", "actor_pk"),
    "place": ("name", "country"),
}
_SHARED = ("source", "actor", "place")  # sources first: they point to actors

Pks = dict[str, int]
"""From id to pk."""


def read_into(
    connection: Connection, report: tuple[int, str], resolution: Resolution, decided: Decisions
) -> tuple[dict[str, Pks], dict[str, set[int]]]:
    """Store what a report (pk and id) says of actors, sources and places.

    Returns the pks of their rows by table and the id that the report gives, and those whose
    shared row may have changed.
    """
    report_pk, report_id = report
    actor_rows = {
        id_: {"name": reading.name, "kind": reading.kind, "country": reading.country}
        for id_, reading in resolution.actors.items()
    }
    place_rows = {
        id_: {
            "name": reading.name,
            "country": reading.country,
            "latitude": reading.latitude,
            "longitude": reading.longitude,
        }
        for id_, reading in resolution.places.items()
    }
    actor_places = {id_: decided.place(id_, report_id) for id_ in actor_rows}
    actors, actors_touched = ensure(connection, "actor", actor_rows, actor_places)
    as_named = {id_: Place(id_, id_) for id_ in place_rows}
    places, places_touched = ensure(connection, "place", place_rows, as_named)
    source_rows = {
        id_: {
            "name": reading.name,
            "kind": reading.kind,
            "actor_pk": actors[reading.actor] if reading.actor else None,
        }
        for id_, reading in resolution.sources.items()
    }
    source_places = {id_: decided.place(id_, report_id) for id_ in source_rows}
    sources, sources_touched = ensure(connection, "source", source_rows, source_places)

    evidence = {id_: {"evidence": r.evidence} for id_, r in resolution.actors.items()}
    _add_readings(connection, "actor", report_pk, actors, actor_rows, evidence)
    _add_readings(connection, "source", report_pk, sources, source_rows)
    _add_readings(connection, "place", report_pk, places, place_rows)
    _add_words(connection, report_pk, actors, resolution)
    return (
        {"actor": actors, "source": sources, "place": places},
        {"actor": actors_touched, "source": sources_touched, "place": places_touched},
    )


def derive(connection: Connection, touched: Mapping[str, Iterable[int]]) -> set[int]:
    """Derive shared rows from their readings, delete those that have none left.

    Returns the pks of all reports that show a row that has changed.
    """
    reports: set[int] = set()
    for name in _SHARED:
        standing = _standing_for(connection, name, touched.get(name, ()))
        changed = [pk for one in sorted(standing) for pk in _derive(connection, name, one)]
        reports |= _reports_with(connection, name, changed)
        revisions.changed(connection, name, standing)
        if name == "actor":
            revisions.changed(connection, "source", _sources_that_are(connection, changed))
    return reports


def _sources_that_are(connection: Connection, actors: Sequence[int]) -> set[int]:
    """The pks of the sources that show these actors."""
    source = _tables["source"]
    query = select(source.c.pk).where(source.c.actor_pk.in_(actors))
    return set(connection.execute(query).scalars()) if actors else set()


def touched_by(connection: Connection, report_pk: int) -> dict[str, set[int]]:
    """The pks of all shared rows that a report has readings of."""
    found = {}
    for name in _SHARED:
        readings = _tables[f"{name}_reading"]
        query = select(readings.c[f"{name}_pk"]).where(readings.c.report_pk == report_pk)
        found[name] = set(connection.execute(query).scalars())
    return found


def ensure(
    connection: Connection,
    name: str,
    rows: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Place],
) -> tuple[Pks, set[int]]:
    """Insert the rows that are not there yet, and lead them to those that stand for them.

    `rows` and `places` are by the id that a report gives. Returns the pks of the rows that hold
    the readings, and those that need deriving: one more vote for what already won changes nothing.
    Otherwise each report that names Russia would count all reports that do.
    """
    if not rows:
        return {}, set()
    wanted = {place.counts_as: rows[id_] for id_, place in sorted(places.items())}
    wanted |= {place.held_as: rows[id_] for id_, place in places.items()}
    held = {row.id: row for row in _with_ids(connection, name, list(wanted))}
    new = [{"id": id_, **row} for id_, row in sorted(wanted.items()) if id_ not in held]
    if new:
        connection.execute(insert(_tables[name]), new)
    everything = {row.id: row for row in _with_ids(connection, name, list(wanted))}
    touched = {
        everything[id_].pk
        for id_, row in held.items()
        if any(value not in {None, getattr(row, key)} for key, value in wanted[id_].items())
    }
    for place in places.values():
        touched |= _lead(connection, name, everything[place.held_as], everything[place.counts_as])
    standing = {everything[place.counts_as].pk for place in places.values()}
    revisions.changed(connection, name, standing)
    return {id_: everything[place.held_as].pk for id_, place in places.items()}, touched


def _lead(connection: Connection, name: str, row: Any, standing: Any) -> set[int]:
    """Let one row be stood for by another; the pks of both where that is new."""
    stands_for_itself = row.pk == standing.pk
    if stands_for_itself or row.into_pk == standing.pk:
        return set()
    table = _tables[name]
    revisions.removed(connection, name, table.c.pk == row.pk)
    connection.execute(update(table).where(table.c.pk == row.pk).values(into_pk=standing.pk))
    return {row.pk, standing.pk}


def _with_ids(connection: Connection, name: str, ids: Sequence[str]) -> list[Any]:
    table = _tables[name]
    return [
        row
        for start in range(0, len(ids), 500)
        for row in connection.execute(select(table).where(table.c.id.in_(ids[start : start + 500])))
    ]


def _add_readings(  # noqa: PLR0913, PLR0917
    connection: Connection,
    name: str,
    report_pk: int,
    pks: Pks,
    rows: Mapping[str, Mapping[str, Any]],
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    values = [
        {"report_pk": report_pk, f"{name}_pk": pks[id_], **row, **(more or {}).get(id_, {})}
        for id_, row in rows.items()
    ]
    if values:
        connection.execute(insert(_tables[f"{name}_reading"]), values)


def _add_words(connection: Connection, report_pk: int, actors: Pks, resolution: Resolution) -> None:
    """The names and roles under which the report speaks of its actors."""
    for table, column, attribute in (
        ("actor_alias", "alias", "aliases"),
        ("actor_role", "role", "roles"),
    ):
        values = [
            {"report_pk": report_pk, "actor_pk": actors[id_], column: word}
            for id_, reading in resolution.actors.items()
            for word in sorted(getattr(reading, attribute))
        ]
        if values:
            connection.execute(insert(_tables[table]), values)


def _standing_for(connection: Connection, name: str, pks: Iterable[int]) -> set[int]:
    """The pks of the rows that stand for these."""
    table, wanted = _tables[name], list(pks)
    if "into_pk" not in table.c:
        return set(wanted)
    query = select(func.coalesce(table.c.into_pk, table.c.pk)).where(table.c.pk.in_(wanted))
    return set(connection.execute(query).scalars())


def _derive(connection: Connection, name: str, pk: int) -> list[int]:
    """Bring a shared row up to date with those that it stands for; their pks if they changed."""
    table, readings = _tables[name], _tables[f"{name}_reading"]
    key = readings.c[f"{name}_pk"]
    members = members_of(connection, name, [pk])
    said = connection.execute(select(readings).where(key.in_([row.pk for row in members]))).all()
    holding = {getattr(row, f"{name}_pk") for row in said} | ({pk} if said else set())
    for row in members:  # the one that stands for them comes last
        if row.pk not in holding:
            revisions.removed(connection, name, table.c.pk == row.pk)
            connection.execute(delete(table).where(table.c.pk == row.pk))
    if not said:
        return []
    derived = {key: _most_frequent(getattr(row, key) for row in said) for key in _DERIVED[name]}
    if name == "source":
        derived["actor_pk"] = _first_actor(connection, (row.actor_pk for row in said))
    if name == "place":
        derived |= _coordinates(said, derived)
    left = [row for row in members if row.pk in holding]
    if all(getattr(row, key) == value for row in left for key, value in derived.items()):
        return []
    pks = [row.pk for row in left]
    connection.execute(update(table).where(table.c.pk.in_(pks)).values(derived))
    return pks


def members_of(connection: Connection, name: str, pks: Sequence[int]) -> list[Any]:
    """These rows and those that they stand for, which come first."""
    table = _tables[name]
    chosen = table.c.pk.in_(pks)
    if "into_pk" not in table.c:
        return list(connection.execute(select(table).where(chosen)))
    query = select(table).where(or_(chosen, table.c.into_pk.in_(pks)))
    return list(connection.execute(query.order_by(table.c.into_pk.is_(None), table.c.pk)))


def _most_frequent(values: Iterable[Any]) -> Any:
    """The most frequent value that is not None; of several the first in order."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _first_actor(connection: Connection, pks: Iterable[int | None]) -> int | None:
    """The most frequent actor; of several the one whose id comes first: a pk is no property."""
    counts = Counter(pk for pk in pks if pk is not None)
    if len(counts) < 2:
        return next(iter(counts), None)
    actor = _tables["actor"]
    ids = {
        row.pk: row.id
        for row in connection.execute(select(actor).where(actor.c.pk.in_(list(counts))))
    }
    return min(counts, key=lambda pk: (-counts[pk], ids[pk]))


def _coordinates(said: Sequence[Any], derived: Mapping[str, Any]) -> dict[str, Any]:
    """Both coordinates of one reading, one that agrees on the country."""
    points = [
        (row.latitude, row.longitude)
        for row in said
        if row.latitude is not None and row.country == derived["country"]
    ]
    latitude, longitude = _most_frequent(points) or (None, None)
    return {"latitude": latitude, "longitude": longitude}


def _reports_with(connection: Connection, name: str, pks: Sequence[int]) -> set[int]:
    if not pks:
        return set()
    readings = _tables[f"{name}_reading"]
    query = select(readings.c.report_pk).where(readings.c[f"{name}_pk"].in_(pks)).distinct()
    return set(connection.execute(query).scalars())
