"""From an extraction to rows: one transaction a report.

The caller opens the transaction (`app.database.writing`), so that a report is there whole or not
at all, with the shared rows and the bodies of other reports that it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions
from app.ingest.deciding import standing_decisions
from app.ingest.document import Document
from app.ingest.extraction import Extraction
from app.ingest.inserting import insert_all
from app.ingest.keys import new_pks
from app.ingest.nameless import without_nameless
from app.ingest.rendering import render
from app.ingest.resolve import resolve
from app.ingest.rows import Keys, Row, Rows, rows_of_report
from app.ingest.shared import count
from app.ingest.told import Told, told_by, told_in
from app.links import event_links
from app.projection import Shared, bodies

_tables = SQLModel.metadata.tables
_SHARED = ("actor", "source", "place")
_OF_ONE_REPORT = (
    "event",
    "claim",
    "mention",
    "actor_alias",
    "actor_role",
    "actor_reading",
    "source_reading",
    "place_reading",
)


# Made once: making a statement takes longer than running it.
_HELD = select(_tables["report"]).where(_tables["report"].c.id == bindparam("id"))
_HOLDER = (
    select(_tables["report"].c.id)
    .join(_tables["report_name"], _tables["report_name"].c.report_pk == _tables["report"].c.pk)
    .where(_tables["report_name"].c.name == bindparam("name"))
)


class Change(StrEnum):
    """What storing a document did."""

    ADDED = "added"
    REPLACED = "replaced"
    REFRESHED = "refreshed"
    HELD = "already held"


def keep(
    connection: Connection, document: Document, versions: Collection[str | None]
) -> Change | None:
    """Give a report that is there already, read by one of these versions, one more name.

    None where it is not there: then the document is to be extracted and stored.
    """
    held = connection.execute(_HELD, {"id": document.id}).first()
    if held is None or held.extractor not in versions:
        return None
    return store(connection, document, Extraction(), held.extractor)


def store(
    connection: Connection,
    document: Document,
    extraction: Extraction,
    extractor: str | None,
) -> Change:
    """Store a document under its name, in place of what had that name before.

    `extractor` is the version that made the extraction, None where nothing was extracted. A
    report that is there with the same version stays as it is, and only gets the name.
    """
    holder = connection.execute(_HOLDER, {"name": document.name}).scalar()
    replaced = holder not in {None, document.id}
    affected = _drop_name(connection, document.name) if replaced else set()
    found = connection.execute(_HELD, {"id": document.id}).first()
    held = None if found is None else found._asdict()
    change = Change.ADDED if held is None else Change.REFRESHED
    if held is not None and held["extractor"] == extractor:
        report_pk, change = held["pk"], Change.HELD
    else:
        report_pk, others = _fill(connection, document, extraction, extractor, held)
        affected |= others
    if holder != document.id:
        insert_all(connection, "report_name", [{"name": document.name, "report_pk": report_pk}])
    for pk in sorted(affected):
        render(connection, pk)
    revisions.returned(connection)
    return Change.REPLACED if replaced else change


def remove(connection: Connection, name: str) -> bool:
    """Take a name away, and the report with its last name. False where there is no such name."""
    if connection.execute(_HOLDER, {"name": name}).scalar() is None:
        return False
    for pk in sorted(_drop_name(connection, name)):
        render(connection, pk)
    revisions.returned(connection)
    return True


def _drop_name(connection: Connection, name: str) -> set[int]:
    """Take a name away; the pks of other reports that the end of its report changes."""
    report, names = _tables["report"], _tables["report_name"]
    query = select(names.c.report_pk).where(names.c.name == name)
    report_pk: int = connection.execute(query).scalar_one()
    connection.execute(delete(names).where(names.c.name == name))
    left = connection.execute(select(names.c.name).where(names.c.report_pk == report_pk)).first()
    if left is not None:
        return set()
    told = _clear(connection, report_pk)
    revisions.removed(connection, "report", report.c.pk == report_pk)
    connection.execute(delete(report).where(report.c.pk == report_pk))
    return count(connection, {}, told).affected


def _clear(connection: Connection, report_pk: int) -> dict[str, Told]:
    """Delete what was extracted from a report; what it told of shared rows."""
    told = told_in(connection, report_pk)
    report = _tables["report"]
    connection.execute(update(report).where(report.c.pk == report_pk).values(publisher_pk=None))
    for name in _OF_ONE_REPORT:
        table = _tables[name]
        revisions.removed(connection, name, table.c.report_pk == report_pk)
        connection.execute(delete(table).where(table.c.report_pk == report_pk))
    return told


def _fill(
    connection: Connection,
    document: Document,
    extraction: Extraction,
    extractor: str | None,
    held: Row | None,
) -> tuple[int, set[int]]:
    """Insert a report, or in place of what another version found (`held`) what this one did.

    Returns its pk, and those of other reports that show a shared row which has changed.
    """
    old = {} if held is None else _clear(connection, held["pk"])
    named = without_nameless(extraction)
    resolution = resolve(named, document.id, document.publisher)
    decided = standing_decisions(connection)
    ids = resolution.actors.keys() | resolution.sources.keys()
    places = {id_: decided.place(id_, document.id) for id_ in ids}
    shared = count(connection, told_by(resolution, named.claims, places), old)
    keys = Keys(resolution, places, shared.pks)
    wanted = {"report": int(held is None), "claim": len(named.claims), "event": len(named.events)}
    pks = new_pks(connection, wanted)
    report = held or _report(document) | {"pk": pks["report"][0]}
    publisher_pk = keys.source_of(resolution.publisher) if resolution.publisher else None
    report |= {"publisher_pk": publisher_pk, "extractor": extractor}
    rows = rows_of_report(report, named, keys, pks["claim"], pks["event"])
    standing = Shared(*(shared.standing[name] for name in _SHARED))
    rows |= event_links(rows, standing)
    _render(connection, report, rows, standing)
    if held is None:
        insert_all(connection, "report", [report])
    else:
        table = _tables["report"]
        changed = {key: report[key] for key in ("publisher_pk", "extractor", "body", "revision")}
        connection.execute(update(table).where(table.c.pk == report["pk"]).values(changed))
    for name, of_table in rows.items():
        insert_all(connection, name, of_table)
    return report["pk"], shared.affected


def _render(connection: Connection, report: Row, rows: Rows, shared: Shared) -> None:
    """Give a report, its claims and its events their bodies."""
    rendered = bodies(report, rows, shared)
    running = revisions.revision(connection)
    for of_table, its in (
        ([report], [rendered.report]),
        (rows["claim"], rendered.claims),
        (rows["event"], rendered.events),
    ):
        for row, body in zip(of_table, its, strict=True):
            row |= {"body": body, "revision": running}


def _report(document: Document) -> Row:
    return {
        "id": document.id,
        "title": document.title,
        "published_on": document.published_on,
        "url": document.url,
        "language": document.language,
        "sha256": document.sha256,
        "text": document.text,
        "not_extracted": document.not_extracted,
        "loaded_at": dt.datetime.now(dt.UTC),
    }
