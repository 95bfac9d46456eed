"""Rows that reports share: actors, sources and places, derived from what each report tells.

A shared row says what most reports say of it; of equally frequent values the alphabetically first
counts. So the order of loading does not matter, and a report can be taken away again. The row
keeps the counts (`said`, see `app.ingest.told`) and what clients receive of it (`body`).

Readings that decisions have led together stay in rows of their own, which all say what the row
that stands for them says (`into_pk`), so that the decision can be undone. Only the row that stands
for the others has counts and a body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions
from app.ingest.chunks import chunks
from app.ingest.decisions import Place
from app.ingest.inserting import insert_all
from app.ingest.keys import new_pks
from app.ingest.shared_rows import (
    DERIVED,
    Change,
    Row,
    delete_unread,
    led_to,
    standing_for,
    with_ids,
    with_pks,
    write,
)
from app.ingest.told import More, Told, added, coordinates, most, told_of

_tables = SQLModel.metadata.tables

_BLANK: dict[str, Row] = {
    "actor": {"into_pk": None, "said": {}, "reports": 0, "body": "", "names": ""},
    "source": {"into_pk": None, "said": {}, "claims": 0, "body": "", "names": "", "actor_pk": None},
    "place": {"said": {}},
}
"""A row of which nothing has been counted."""

_TOTAL = {"actor": "reports", "source": "claims"}

Pks = dict[str, int]
"""From id to pk."""


class Counted(NamedTuple):
    """The rows that a report speaks of, and the reports that show one that has changed.

    `pks` are by table and id, `standing` are the rows that stand for those with a pk, by table.
    """

    pks: dict[str, Pks]
    standing: dict[str, dict[int, Row]]
    affected: set[int]


def count(connection: Connection, new: Mapping[str, Told], old: Mapping[str, Told]) -> Counted:
    """Count what a report tells now, and no longer what it told before.

    None of its readings is stored at the time.
    """
    told = {name: (new.get(name, Told()), old.get(name, Told())) for name in DERIVED}
    rows = {
        name: with_ids(connection, name, _ids(now.places | before.places))
        for name, (now, before) in told.items()
    }
    wanted = {name: _ids(now.places) for name, (now, _) in told.items()}
    pks = _pks(connection, rows, wanted)
    counted = Counted(pks, {}, set())
    for name, (now, before) in told.items():
        changes = list(_counted(connection, name, (now, before), rows[name], pks))
        latest = rows[name] | {change.after["id"]: change.after for change in changes}
        counted.standing[name] = {
            pks[name][place.held_as]: latest[place.counts_as] for place in now.places
        }
        counted.affected.update(write(connection, name, changes, counted.standing["actor"]))
    left = {
        name: [pks[name][id_] for id_ in _ids(before.places) - wanted[name]]
        for name, (_, before) in told.items()
    }
    delete_unread(connection, left)
    return counted


def recount(connection: Connection, touched: Mapping[str, Collection[int]]) -> set[int]:
    """Count anew what all reports tell of these rows, and of those that they stand with.

    Returns the pks of the reports that show a row which says something else now.
    """
    reports: set[int] = set()
    for name in DERIVED:
        for standing in chunks(standing_for(connection, name, touched.get(name, ()))):
            changes = list(_recounted(connection, name, standing))
            reports |= write(connection, name, changes, {})
    delete_unread(connection, touched)
    return reports


def ensure(
    connection: Connection, name: str, rows: Mapping[str, Row], places: Collection[Place]
) -> Pks:
    """Insert the rows of these places that are not there yet, and lead readings there.

    `rows` are what new ones say until they are counted, by the id that a reading is held as.
    Returns the pks by id.
    """
    table = _tables[name]
    wanted = {place.counts_as: rows[place.held_as] for place in places} | dict(rows)
    held = with_ids(connection, name, wanted)
    pks = _pks(connection, {name: held}, {name: wanted})[name]
    running = {"revision": revisions.revision(connection)}
    new = [
        _BLANK[name] | row | {"pk": pks[id_], "id": id_} | running
        for id_, row in sorted(wanted.items())
        if id_ not in held
    ]
    insert_all(connection, name, new)
    for place in places:
        if place.held_as != place.counts_as:
            is_row = table.c.pk == pks[place.held_as]
            revisions.removed(connection, name, is_row)
            connection.execute(update(table).where(is_row).values(into_pk=pks[place.counts_as]))
    return pks


def _counted(
    connection: Connection,
    name: str,
    told: tuple[Told, Told],
    rows: Mapping[str, Row],
    pks: Mapping[str, Pks],
) -> Iterator[Change]:
    """How rows change with what a report tells now and told before."""
    now, before = told
    after = {}
    for id_, more in sorted(now.minus(before).items()):
        base = rows.get(id_) or _BLANK[name] | {"pk": pks[name][id_], "id": id_}
        row = _with_more(connection, name, base, more, pks["actor"])
        if row["said"]:
            change = Change(rows.get(id_), row)
            yield change
            if change.differs(DERIVED[name]):
                for member in led_to(connection, name, [row["pk"]]):
                    yield Change(member, _member(name, member, row))
            after[id_] = row
    for place in sorted(now.places, key=lambda place: place.held_as):
        if place.held_as not in rows and place.held_as != place.counts_as:
            row = {"pk": pks[name][place.held_as], "id": place.held_as}
            stands = after.get(place.counts_as) or rows[place.counts_as]
            yield Change(None, _member(name, row, stands))


def _recounted(connection: Connection, name: str, standing: Collection[int]) -> Iterator[Change]:
    """How rows that stand for themselves change with what all reports tell, and their members."""
    rows, members = with_pks(connection, name, standing), led_to(connection, name, standing)
    told = told_of(connection, name, [row["pk"] for row in (*rows, *members)]).minus(Told())
    after = {}
    for row in rows:
        if row["id"] in told:
            blank = row | _BLANK[name]
            after[row["pk"]] = _with_more(connection, name, blank, told[row["id"]], {})
            yield Change(row, after[row["pk"]])
    for row in members:
        if row["into_pk"] in after:
            yield Change(row, _member(name, row, after[row["into_pk"]]))


def _with_more(connection: Connection, name: str, row: Row, more: More, actors: Pks) -> Row:
    """A row of which more is told; one of which nothing is told any longer has nothing `said`."""
    counts, total = more
    said = added(row["said"], counts)
    after = row | {"said": said, "name": most(said, "name")}
    if name == "place":
        latitude, longitude = coordinates(said)
        country = most(said, "country")
        return after | {"country": country, "latitude": latitude, "longitude": longitude}
    after |= {"kind": most(said, "kind"), _TOTAL[name]: row[_TOTAL[name]] + total}
    if name == "actor":
        return after | {"country": most(said, "country")}
    actor_id = most(said, "actor")
    if actor_id == most(row["said"], "actor"):
        return after
    return after | {"actor_pk": actors.get(actor_id or "") or _pk_of_actor(connection, actor_id)}


def _member(name: str, row: Row, standing: Row) -> Row:
    """A row that another one stands for, and that says the same."""
    derived = {key: standing[key] for key in DERIVED[name]}
    return row | _BLANK[name] | derived | {"into_pk": standing["pk"]}


def _ids(places: Iterable[Place]) -> set[str]:
    return {id_ for place in places for id_ in (place.held_as, place.counts_as)}


def _pks(
    connection: Connection,
    rows: Mapping[str, Mapping[str, Row]],
    wanted: Mapping[str, Collection[str]],
) -> dict[str, Pks]:
    """The pks of rows by table and id, with new ones for wanted rows that are not there yet."""
    missing = {name: sorted(set(ids) - set(rows[name])) for name, ids in wanted.items()}
    new = new_pks(connection, {name: len(ids) for name, ids in missing.items()})
    return {
        name: {id_: row["pk"] for id_, row in rows[name].items()}
        | dict(zip(ids, new[name], strict=True))
        for name, ids in missing.items()
    }


def _pk_of_actor(connection: Connection, id_: str | None) -> int | None:
    actor = _tables["actor"]
    pk: int | None = connection.execute(select(actor.c.pk).where(actor.c.id == id_)).scalar()
    return pk
