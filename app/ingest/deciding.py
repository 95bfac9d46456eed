"""Merging and splitting actors by hand: each decision is a row, applied in one transaction.

What a decision concerns is placed anew (`app.ingest.decisions`), and the bodies of all reports
that show it are rendered. Sources that bear the id of an actor go with it. The caller opens the
transaction (`app.database.writing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions
from app.ingest.decisions import CircularError, Decisions, Place, decisions, own_id, split_id
from app.ingest.moving import move
from app.ingest.rendering import render
from app.ingest.shared import ensure, recount
from app.ingest.shared_rows import DERIVED, Row, led_to, with_pks

_tables = SQLModel.metadata.tables
_DECIDED = ("actor", "source")
"""The tables that decisions are about."""


_ALL = select(_tables["decision"]).order_by(_tables["decision"].c.pk)


class ImpossibleError(Exception):
    """A decision cannot be taken or undone; the message says why."""


def standing_decisions(connection: Connection) -> Decisions:
    """All decisions that have been taken and not undone."""
    return decisions((row.actor_id, row.report_id, row.into_id) for row in all_rows(connection))


def all_rows(connection: Connection) -> Sequence[Any]:
    """The rows of all decisions, `(pk, actor_id, report_id, into_id)`, in the order of taking."""
    return connection.execute(_ALL).all()


def merge(connection: Connection, actor_id: str, into_id: str) -> int:
    """Let two actors be one, under the second id; the number of the decision."""
    if actor_id == into_id:
        raise ImpossibleError(f"{actor_id} cannot be merged into itself")
    for id_ in (actor_id, into_id):
        _reports_of(connection, id_)
    return _decide(connection, actor_id, None, into_id)


def split(connection: Connection, actor_id: str, report_ids: Iterable[str]) -> list[int]:
    """Give an actor an id of its own in each of these reports; the numbers of the decisions."""
    chosen = list(dict.fromkeys(report_ids))
    reports = _reports_of(connection, actor_id)
    for report_id in chosen:
        if report_id not in reports:
            raise ImpossibleError(f"no report {report_id} speaks of {actor_id}")
        if own_id(actor_id, report_id) != actor_id:
            raise ImpossibleError(f"{actor_id} is what {report_id} was split off as")
    if len(chosen) == len(reports):
        raise ImpossibleError(f"no other report speaks of {actor_id}")
    return [
        _decide(connection, actor_id, report_id, split_id(actor_id, report_id))
        for report_id in chosen
    ]


def undo(connection: Connection, number: int) -> None:
    """Take a decision back."""
    table = _tables["decision"]
    row = connection.execute(select(table).where(table.c.pk == number)).first()
    if row is None:
        raise ImpossibleError(f"there is no decision {number}")
    connection.execute(delete(table).where(table.c.pk == number))
    _apply(connection, [row.actor_id, row.into_id])


def _decide(connection: Connection, actor_id: str, report_id: str | None, into_id: str) -> int:
    table = _tables["decision"]
    last = connection.execute(select(func.max(table.c.pk))).scalar() or 0
    values = {"actor_id": actor_id, "report_id": report_id, "into_id": into_id}
    connection.execute(insert(table).values(pk=last + 1, **values))
    _apply(connection, [actor_id, into_id])
    return last + 1


def _apply(connection: Connection, ids: Sequence[str]) -> None:
    """Place anew all that these ids concern."""
    decided = standing_decisions(connection)
    touched: dict[str, set[int]] = {}
    reports: set[int] = set()
    try:
        decided.check()
    except CircularError as error:
        raise ImpossibleError(f"other decisions lead back to {error}: undo those instead") from None
    for name in _DECIDED:
        touched[name], shown = _settle(connection, name, decided, decided.reached_from(ids))
        reports |= shown
    touched["source"] |= _sources_of(connection, reports)
    for pk in sorted(reports | recount(connection, touched)):
        render(connection, pk)
    revisions.returned(connection)


def _settle(
    connection: Connection, name: str, decided: Decisions, ids: Sequence[str]
) -> tuple[set[int], set[int]]:
    """Bring actors or sources to their places; the pks of their rows and of their reports."""
    rows = {row["pk"]: row for row in _concerned(connection, name, ids)}
    table = _tables[name]
    connection.execute(update(table).where(table.c.pk.in_(list(rows))).values(into_pk=None))
    places: set[Place] = set()
    values: dict[str, dict[str, Any]] = {}
    moves: list[tuple[int, int, str]] = []
    reports = set()
    for reading in _readings_of(connection, name, list(rows)):
        row = rows[reading.row_pk]
        place = decided.place(own_id(row["id"], reading.report_id), reading.report_id)
        places.add(place)
        values[place.held_as] = {key: row[key] for key in DERIVED[name]}
        reports.add(reading.report_pk)
        if place.held_as != row["id"]:
            moves.append((reading.report_pk, row["pk"], place.held_as))
    pks = ensure(connection, name, values, places)
    for report_pk, old, held_as in moves:
        move(connection, name, report_pk, old, pks[held_as])
    return set(rows) | set(pks.values()), reports


def _concerned(connection: Connection, name: str, ids: Sequence[str]) -> list[Row]:
    """The rows with these ids, those that stand for them, and all that these stand for."""
    table = _tables[name]
    query = select(func.coalesce(table.c.into_pk, table.c.pk)).where(table.c.id.in_(ids))
    standing = set(connection.execute(query).scalars())
    return with_pks(connection, name, standing) + led_to(connection, name, standing)


def _readings_of(connection: Connection, name: str, pks: Sequence[int]) -> Sequence[Any]:
    readings, report = _tables[f"{name}_reading"], _tables["report"]
    key = readings.c[f"{name}_pk"]
    query = select(
        report.c.pk.label("report_pk"), report.c.id.label("report_id"), key.label("row_pk")
    )
    query = query.join(readings, readings.c.report_pk == report.c.pk).where(key.in_(pks))
    return connection.execute(query.order_by(report.c.pk, key)).all()


def _sources_of(connection: Connection, reports: Iterable[int]) -> set[int]:
    """What reports say of a source may name an actor that has been moved."""
    readings = _tables["source_reading"]
    query = select(readings.c.source_pk).where(readings.c.report_pk.in_(list(reports)))
    return set(connection.execute(query).scalars())


def _reports_of(connection: Connection, id_: str) -> set[str]:
    """The ids of the reports that speak of an actor or source; ImpossibleError for other ids."""
    for decision in all_rows(connection):
        if decision.report_id is None and decision.actor_id == id_:
            raise ImpossibleError(
                f"{id_} was merged into {decision.into_id} (decision {decision.pk})"
            )
    reports: set[str] = set()
    for name in _DECIDED:
        pks = [row["pk"] for row in _concerned(connection, name, [id_])]
        reports |= {reading.report_id for reading in _readings_of(connection, name, pks)}
    if not reports:
        raise ImpossibleError(f"no actor has the id {id_}")
    return reports
