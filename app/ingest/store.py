"""From an extraction to rows: one transaction a report.

The caller opens the transaction (`app.database.writing`), so that a report is there whole or not
at all, with the shared rows and the bodies of other reports that it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions
from app.ingest.deciding import standing_decisions
from app.ingest.document import Document
from app.ingest.extraction import Extraction
from app.ingest.nameless import without_nameless
from app.ingest.resolve import resolve
from app.ingest.rows import Keys, insert_readings, insert_rows
from app.ingest.shared import count
from app.ingest.told import Told, told_by, told_in
from app.projection import render

_tables = SQLModel.metadata.tables
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
    report = _tables["report"]
    held = connection.execute(select(report).where(report.c.id == document.id)).first()
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
    replaced, affected = _take_name(connection, document)
    report = _tables["report"]
    held = connection.execute(select(report).where(report.c.id == document.id)).first()
    if held is None:
        report_pk = _insert_report(connection, document)
        change = Change.REPLACED if replaced else Change.ADDED
    else:
        report_pk = held.pk
        current = held.extractor == extractor
        change = Change.REPLACED if replaced else Change.HELD if current else Change.REFRESHED
    _give_name(connection, document.name, report_pk)
    if held is None or held.extractor != extractor:
        told = {} if held is None else _clear(connection, report_pk)
        affected |= _fill(connection, report_pk, document, extraction, extractor, told)
        affected.add(report_pk)
    for pk in sorted(affected):
        render(connection, pk)
    revisions.returned(connection)
    return change


def remove(connection: Connection, name: str) -> bool:
    """Take a name away, and the report with its last name. False where there is no such name."""
    found, affected = _drop_name(connection, name)
    for pk in sorted(affected):
        render(connection, pk)
    revisions.returned(connection)
    return found


def _take_name(connection: Connection, document: Document) -> tuple[bool, set[int]]:
    """Free the document's name where another report has it (see `_drop_name`)."""
    report, names = _tables["report"], _tables["report_name"]
    holder = connection.execute(
        select(report.c.id)
        .join(names, names.c.report_pk == report.c.pk)
        .where(names.c.name == document.name)
    ).scalar()
    if holder is None or holder == document.id:
        return False, set()
    return _drop_name(connection, document.name)


def _drop_name(connection: Connection, name: str) -> tuple[bool, set[int]]:
    """Whether the name was there, and the pks of other reports that its report's end changes."""
    report, names = _tables["report"], _tables["report_name"]
    report_pk = connection.execute(select(names.c.report_pk).where(names.c.name == name)).scalar()
    if report_pk is None:
        return False, set()
    connection.execute(delete(names).where(names.c.name == name))
    left = connection.execute(select(names.c.name).where(names.c.report_pk == report_pk)).first()
    if left is not None:
        return True, set()
    told = _clear(connection, report_pk)
    revisions.removed(connection, "report", report.c.pk == report_pk)
    connection.execute(delete(report).where(report.c.pk == report_pk))
    _, affected = count(connection, {}, told)
    return True, affected


def _give_name(connection: Connection, name: str, report_pk: int) -> None:
    names = _tables["report_name"]
    if connection.execute(select(names.c.name).where(names.c.name == name)).first() is None:
        connection.execute(insert(names).values(name=name, report_pk=report_pk))


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


def _insert_report(connection: Connection, document: Document) -> int:
    report = _tables["report"]
    connection.execute(
        insert(report).values(
            id=document.id,
            title=document.title,
            published_on=document.published_on,
            url=document.url,
            language=document.language,
            sha256=document.sha256,
            text=document.text,
            not_extracted=document.not_extracted,
            loaded_at=dt.datetime.now(dt.UTC),
            body="",
        )
    )
    pk: int = connection.execute(select(report.c.pk).where(report.c.id == document.id)).scalar_one()
    return pk


def _fill(  # noqa: PLR0913, PLR0917
    connection: Connection,
    report_pk: int,
    document: Document,
    extraction: Extraction,
    version: str | None,
    old: Mapping[str, Told],
) -> set[int]:
    """Insert what was extracted from a report, in place of what it told before.

    Returns the pks of the reports that show a shared row which says something else now.
    """
    named = without_nameless(extraction)
    resolution = resolve(named, document.id, document.publisher)
    decided = standing_decisions(connection)
    ids = resolution.actors.keys() | resolution.sources.keys()
    places = {id_: decided.place(id_, document.id) for id_ in ids}
    pks, affected = count(connection, told_by(resolution, named.claims, places), old)
    keys = Keys(resolution, places, pks)
    insert_readings(connection, report_pk, keys)
    report = _tables["report"]
    publisher_pk = keys.source_of(resolution.publisher) if resolution.publisher else None
    connection.execute(
        update(report)
        .where(report.c.pk == report_pk)
        .values(publisher_pk=publisher_pk, extractor=version)
    )
    insert_rows(connection, (report_pk, document.id), document.text, named, keys)
    return affected
