"""Rows that reports share: actors, sources and places, derived from what each report says.

A shared row says what most reports say of it; of equally frequent values the alphabetically first
counts. So the order of loading does not matter, and a report can be taken away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
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
    connection: Connection, report_pk: int, resolution: Resolution
) -> tuple[dict[str, Pks], dict[str, set[int]]]:
    """Store what a report says of actors, sources and places.

    Returns their pks by table and id, and those whose shared row may have changed.
    """
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
    actors, actors_touched = _ensure(connection, "actor", actor_rows)
    places, places_touched = _ensure(connection, "place", place_rows)
    source_rows = {
        id_: {
            "name": reading.name,
            "kind": reading.kind,
            "actor_pk": actors[reading.actor] if reading.actor else None,
        }
        for id_, reading in resolution.sources.items()
    }
    sources, sources_touched = _ensure(connection, "source", source_rows)

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
        changed = [pk for pk in sorted(touched.get(name, ())) if _derive(connection, name, pk)]
        reports |= _reports_with(connection, name, changed)
    return reports


def touched_by(connection: Connection, report_pk: int) -> dict[str, set[int]]:
    """The pks of all shared rows that a report has readings of."""
    found = {}
    for name in _SHARED:
        readings = _tables[f"{name}_reading"]
        query = select(readings.c[f"{name}_pk"]).where(readings.c.report_pk == report_pk)
        found[name] = set(connection.execute(query).scalars())
    return found


def _ensure(
    connection: Connection, name: str, rows: Mapping[str, Mapping[str, Any]]
) -> tuple[Pks, set[int]]:
    """Insert the rows that are not there yet. Returns all pks, and those that need deriving.

    One more vote for what already won changes nothing, so such a row needs no deriving: otherwise
    each report that names Russia would count all reports that do.
    """
    if not rows:
        return {}, set()
    table = _tables[name]
    held = {row.id: row for row in _with_ids(connection, name, list(rows))}
    new = [{"id": id_, **row} for id_, row in sorted(rows.items()) if id_ not in held]
    if new:
        connection.execute(insert(table), new)
    everything = {row.id: row for row in _with_ids(connection, name, list(rows))}
    touched = {
        everything[id_].pk
        for id_, row in held.items()
        if any(value not in {None, getattr(row, key)} for key, value in rows[id_].items())
    }
    return {id_: row.pk for id_, row in everything.items()}, touched


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


def _derive(connection: Connection, name: str, pk: int) -> bool:
    """Bring one shared row up to date; True where it says something else than before."""
    table, readings = _tables[name], _tables[f"{name}_reading"]
    said = connection.execute(select(readings).where(readings.c[f"{name}_pk"] == pk)).all()
    if not said:
        connection.execute(delete(table).where(table.c.pk == pk))
        return False
    derived = {key: _most_frequent(getattr(row, key) for row in said) for key in _DERIVED[name]}
    if name == "source":
        derived["actor_pk"] = _first_actor(connection, (row.actor_pk for row in said))
    if name == "place":
        derived |= _coordinates(said, derived)
    held = connection.execute(select(table).where(table.c.pk == pk)).one()
    if all(getattr(held, key) == value for key, value in derived.items()):
        return False
    connection.execute(update(table).where(table.c.pk == pk).values(derived))
    return True


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
