"""Reading and writing the rows that reports share: whole rows, by id or pk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import projection, revisions

_tables = SQLModel.metadata.tables

DERIVED = {
    "actor": ("name", "kind", "country"),
    "source": ("name", "kind", "actor_pk"),
    "place": ("name", "country", "latitude", "longitude"),
}
"""The shared tables, and what is derived from the readings. Sources point to actors."""

_UNSEEN = {"actor_pk", "latitude", "longitude"}
"""What the bodies of reports, claims and events do not show."""

_KEYS = {"pk", "id", "into_pk"}
_CHUNK = 500
"""Rows asked for at once."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
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


def write(connection: Connection, name: str, changes: Sequence[Change]) -> set[int]:
    """Insert and update rows with their bodies.

    Returns the pks of the reports that show a row which says something else now.
    """
    table = _tables[name]
    _render(connection, name, [c.after for c in changes if c.after.get("into_pk") is None])
    for change in changes:
        if name in revisions.FOLLOWED and (change.before is None or change.differs(["body"])):
            change.after["revision"] = revisions.revision(connection)
    if new := [change.after for change in changes if change.before is None]:
        connection.execute(insert(table), new)
    if changed := [change.after for change in changes if change.differs(change.after)]:
        # To set a key, even to what it is, makes SQLite look at all rows that refer to it.
        columns = [column.name for column in table.c if column.name not in _KEYS]
        by_pk = update(table).where(table.c.pk == bindparam("row_pk"))
        values = [{key: row[key] for key in columns} | {"row_pk": row["pk"]} for row in changed]
        connection.execute(by_pk, values)
    shown = [key for key in DERIVED[name] if key not in _UNSEEN]
    renamed = [change.after["pk"] for change in changes if change.differs(shown)]
    if name == "actor":
        projection.render_sources(connection, renamed)
    return _reports_with(connection, name, renamed)


def delete_unread(connection: Connection, pks: Mapping[str, Collection[int]]) -> None:
    """Delete those of these rows that no report speaks of, nor of one that they stand for."""
    for name in ("source", "actor", "place"):
        table = _tables[name]
        readings = _tables[f"{name}_reading"]
        unread = ~exists().where(readings.c[f"{name}_pk"] == table.c.pk)
        for chunk in chunks(pks.get(name, ())):
            unwanted = and_(table.c.pk.in_(chunk), unread)
            if name != "place":
                member = table.alias()
                connection.execute(delete(table).where(unwanted, table.c.into_pk.is_not(None)))
                unwanted = and_(unwanted, ~exists().where(member.c.into_pk == table.c.pk))
            revisions.removed(connection, name, unwanted)
            connection.execute(delete(table).where(unwanted))


def _render(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    if name == "actor":
        for row in rows:
            row["body"] = projection.actor(row)
    elif name == "source":
        refs = projection.actor_refs(connection, {row["actor_pk"] for row in rows})
        for row in rows:
            row["body"] = projection.source(row, refs.get(row["actor_pk"]))


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
    table = _tables[name]
    for chunk in chunks(values):
        for row in connection.execute(select(table).where(table.c[column].in_(chunk))):
            yield row._asdict()


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """The values in order, some at a time."""
    in_order = sorted(values)
    for start in range(0, len(in_order), _CHUNK):
        yield in_order[start : start + _CHUNK]
