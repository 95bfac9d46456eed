"""Reading and writing the rows that reports share: whole rows, by id or pk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import names, projection, revisions
from app.ingest.chunks import chunks
from app.ingest.inserting import insert_all
from app.ingest.rendering import render_sources, standing_actors

_tables = SQLModel.metadata.tables

DERIVED = {
    "actor": ("name", "kind", "country"),
    "source": ("name", "kind", "actor_pk"),
    "place": ("name", "country", "latitude", "longitude"),
}
"""The shared tables, and what is derived from the readings. Sources point to actors."""

_UNSEEN = {"actor_pk", "latitude", "longitude"}
"""What the bodies of reports, claims and events do not show."""

_BY_PK = {
    name: update(_tables[name]).where(_tables[name].c.pk == bindparam("row_pk")) for name in DERIVED
}

Row = dict[str, Any]


class Change(NamedTuple):
    """A row before and after; `before` is None where it is new."""

    before: Row | None
    after: Row

    def differs(self, columns: Iterable[str]) -> bool:
        """Whether a row that was there gets another value in one of these columns."""
        before = self.before
        return before is not None and any(before[key] != self.after[key] for key in columns)


def with_ids(connection: Connection, name: str, ids: Collection[str]) -> dict[str, Row]:
    """The rows that have these ids, by id."""
    return {row["id"]: row for row in _chosen(connection, name, "id", ids)}


def with_pks(connection: Connection, name: str, pks: Collection[int]) -> list[Row]:
    """The rows that have these pks."""
    return list(_chosen(connection, name, "pk", pks))


def led_to(connection: Connection, name: str, pks: Collection[int]) -> list[Row]:
    """The rows that these stand for; places never do."""
    return [] if name == "place" else list(_chosen(connection, name, "into_pk", pks))


def standing_for(connection: Connection, name: str, pks: Collection[int]) -> set[int]:
    """The pks of the rows that stand for these."""
    return {row.get("into_pk") or row["pk"] for row in with_pks(connection, name, pks)}


def write(
    connection: Connection, name: str, changes: Sequence[Change], actors: Mapping[int, Row]
) -> set[int]:
    """Insert and update rows with their bodies; `actors` are known ones that sources may show.

    Returns the pks of the reports that show a row which says something else now.
    """
    standing = [change.after for change in changes if change.after.get("into_pk") is None]
    if name == "actor":
        for row in standing:
            row |= {"body": projection.actor(row), "names": names.of_actor(row)}
    elif name == "source":
        missing = {row["actor_pk"] for row in standing} - {None, *actors}
        shown_actors = {**actors, **standing_actors(connection, missing)}
        for row in standing:
            actor = shown_actors.get(row["actor_pk"])
            row |= {"body": projection.source(row, actor), "names": names.of_source(row, actor)}
    if name in revisions.FOLLOWED and changes:
        running = revisions.revision(connection)
        for change in changes:
            if change.before is None or change.differs(["body"]):
                change.after["revision"] = running
    insert_all(connection, name, [change.after for change in changes if change.before is None])
    _update(connection, name, changes)
    shown = [key for key in DERIVED[name] if key not in _UNSEEN]
    renamed = [change.after["pk"] for change in changes if change.differs(shown)]
    if name == "actor":
        known = [change.after["pk"] for change in changes if change.differs([*shown, "names"])]
        members = [row["pk"] for row in led_to(connection, name, known)]
        render_sources(connection, {*known, *members})
    return _reports_with(connection, name, renamed)


def _update(connection: Connection, name: str, changes: Iterable[Change]) -> None:
    """Set the columns that differ, and no others: each one set costs a look at its indexes."""
    by_columns: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for before, after in changes:
        if before is not None:
            columns = tuple(key for key, value in after.items() if before[key] != value)
            by_columns[columns].append(after)
    by_columns.pop((), None)
    for columns, rows in by_columns.items():
        values = [{key: row[key] for key in columns} | {"row_pk": row["pk"]} for row in rows]
        connection.execute(_BY_PK[name], values)


def delete_unread(connection: Connection, pks: Mapping[str, Collection[int]]) -> None:
    """Delete those of these rows that no report speaks of, nor of one that they stand for."""
    for name in ("source", "actor", "place"):
        table, readings = _tables[name], _tables[f"{name}_reading"]
        for chunk in chunks(pks.get(name, ())):
            unread = ~exists().where(readings.c[f"{name}_pk"] == table.c.pk)
            unwanted = and_(table.c.pk.in_(chunk), unread)
            if name != "place":
                member = table.alias()
                connection.execute(delete(table).where(unwanted, table.c.into_pk.is_not(None)))
                unwanted = and_(unwanted, ~exists().where(member.c.into_pk == table.c.pk))
            revisions.removed(connection, name, unwanted)
            connection.execute(delete(table).where(unwanted))


def _reports_with(connection: Connection, name: str, pks: Sequence[int]) -> set[int]:
    readings = _tables[f"{name}_reading"]
    query = select(readings.c.report_pk).distinct()
    return {
        report_pk
        for chunk in chunks(pks)
        for report_pk in connection.execute(
            query.where(readings.c[f"{name}_pk"].in_(chunk))
        ).scalars()
    }


def _chosen(
    connection: Connection, name: str, column: str, values: Collection[Any]
) -> Iterator[Row]:
    for chunk in chunks(values):
        for row in connection.execute(_select(name, column), {"wanted": chunk}):
            yield row._asdict()


@cache
def _select(name: str, column: str) -> Select[Any]:
    table = _tables[name]
    return select(table).where(table.c[column].in_(bindparam("wanted", expanding=True)))
