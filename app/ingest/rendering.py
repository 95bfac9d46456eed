"""Rendering bodies anew from stored rows, where something that they show has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Integer,
    Select,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import names, projection, revisions
from app.ingest.chunks import chunks
from app.ingest.inserting import insert_all
from app.links import event_links
from app.projection import Row, Shared

_tables = SQLModel.metadata.tables


def render(connection: Connection, report_pk: int) -> None:
    """Bring the bodies of a report, its claims and its events up to date, and its links."""
    this = {"this": report_pk}
    rows = {
        name: [row._asdict() for row in connection.execute(query, this)]
        for name, query in _ROWS.items()
    }
    standing = (
        {row.held_pk: row._asdict() for row in connection.execute(query, this)} for query in _SHARED
    )
    (report,) = rows["report"]
    shared = Shared(*standing)
    rendered = projection.bodies(report, rows, shared)
    _update(connection, "report", [(report, rendered.report)])
    _update(connection, "claim", zip(rows["claim"], rendered.claims, strict=True))
    _update(connection, "event", zip(rows["event"], rendered.events, strict=True))
    for name, links in event_links(rows, shared).items():
        connection.execute(_UNLINK[name], this)
        insert_all(connection, name, links)


def render_sources(connection: Connection, actor_pks: Collection[int]) -> None:
    """Bring the bodies and names of the sources up to date that are one of these actors."""
    source = _tables["source"]
    actors = standing_actors(connection, actor_pks)
    for pk, row in actors.items():
        query = select(source).where(source.c.actor_pk == pk, source.c.into_pk.is_(None))
        sources = [found._asdict() for found in connection.execute(query)]
        _update(connection, "source", ((its, projection.source(its, row)) for its in sources))
        for its in sources:
            known_as = names.of_source(its, row)
            if known_as != its["names"]:
                connection.execute(_NAME_SOURCE, {"this": its["pk"], "known_as": known_as})


def standing_actors(connection: Connection, pks: Iterable[int]) -> dict[int, Row]:
    """Actors by pk; in place of one that was merged the one that stands for it."""
    return {
        row.held_pk: row._asdict()
        for chunk in chunks(pks)
        for row in connection.execute(_ACTORS, {"pks": chunk})
    }


def _update(connection: Connection, name: str, rendered: Iterable[tuple[Row, str]]) -> None:
    """Write the bodies that are not what they were."""
    values = [
        {"this": row["pk"], "rendered": body} for row, body in rendered if body != row["body"]
    ]
    if values:
        running = revisions.revision(connection)
        connection.execute(_UPDATE[name], [value | {"running": running} for value in values])


def _rows(name: str) -> Select[Any]:
    """The rows of a table that belong to one report, in the order of their keys."""
    table, this = _tables[name], bindparam("this", type_=Integer)
    claim, event = _tables["claim"], _tables["event"]
    chosen: list[ColumnElement[bool]] = []
    if name == "report":
        chosen.append(table.c.pk == this)
    if "report_pk" in table.c:
        chosen.append(table.c.report_pk == this)
    elif "event_pk" in table.c:
        chosen.append(table.c.event_pk.in_(select(event.c.pk).where(event.c.report_pk == this)))
    if "claim_pk" in table.c and name != "event_claim":
        chosen.append(table.c.claim_pk.in_(select(claim.c.pk).where(claim.c.report_pk == this)))
    return select(table).where(or_(*chosen)).order_by(*table.primary_key.columns)


def _unlink(name: str) -> Delete:
    """Without the links of this kind that the events of one report have."""
    table, event = _tables[name], _tables["event"]
    of_report = select(event.c.pk).where(event.c.report_pk == bindparam("this"))
    return delete(table).where(table.c.event_pk.in_(of_report))


def _standing(name: str) -> Select[Any]:
    """Rows, and what stands for them after a merge."""
    held, standing = _tables[name], _tables[name].alias()
    stands = func.coalesce(held.c.into_pk, held.c.pk) if "into_pk" in held.c else held.c.pk
    query = select(held.c.pk.label("held_pk"), standing)
    return query.join_from(held, standing, standing.c.pk == stands)


def _spoken_of(name: str) -> Select[Any]:
    """What a report speaks of."""
    readings = _tables[f"{name}_reading"]
    said = select(readings.c[f"{name}_pk"]).where(readings.c.report_pk == bindparam("this"))
    return _standing(name).where(_tables[name].c.pk.in_(said))


# Made once: making a statement takes longer than running it.
_ROWS = {
    name: _rows(name)
    for name in (
        "report",
        "claim",
        "event",
        "attribution_link",
        "response",
        "claim_actor",
        "event_participant",
        "event_claim",
        "quantity",
    )
}
_UNLINK = {name: _unlink(name) for name in ("event_source", "event_country")}
_SHARED = tuple(map(_spoken_of, ("actor", "source", "place")))
_ACTORS = _standing("actor").where(_tables["actor"].c.pk.in_(bindparam("pks", expanding=True)))
_NAME_SOURCE = (
    update(_tables["source"])
    .where(_tables["source"].c.pk == bindparam("this"))
    .values(names=bindparam("known_as"))
)
_UPDATE = {
    name: update(_tables[name])
    .where(_tables[name].c.pk == bindparam("this"))
    .values(body=bindparam("rendered"), revision=bindparam("running"))
    for name in ("report", "claim", "event", "source")
}
