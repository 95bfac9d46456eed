"""From an extraction to rows: one transaction a report.

The caller opens the transaction (`app.database.writing`), so that a report is there whole or not
at all, with the shared rows and the bodies of other reports that it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
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
from app.ingest.rows import Keys, insert_rows
from app.ingest.shared import derive, read_into, touched_by
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

Touched = dict[str, set[int]]


class Change(StrEnum):
    """What storing a document did."""

    ADDED = "added"
    REPLACED = "replaced"
    REFRESHED = "refreshed"
    HELD = "already held"


def is_held(connection: Connection, document: Document, versions: Collection[str | None]) -> bool:
    """Whether a report is there under the document's name, read by one of these versions."""
    report, names = _tables["report"], _tables["report_name"]
    row = connection.execute(
        select(report.c.extractor)
        .join(names, names.c.report_pk == report.c.pk)
        .where(report.c.id == document.id, names.c.name == document.name)
    ).first()
    return row is not None and row.extractor in versions


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
    touched: Touched = {}
    replaced = _take_name(connection, document, touched)
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
    affected: set[int] = set()
    if held is None or held.extractor != extractor:
        _clear(connection, report_pk, touched)
        _fill(connection, report_pk, document, extraction, extractor, touched)
        affected.add(report_pk)
    affected |= derive(connection, touched)
    for pk in sorted(affected):
        render(connection, pk)
    revisions.returned(connection)
    return change


def remove(connection: Connection, name: str) -> bool:
    """Take a name away, and the report with its last name. False where there is no such name."""
    touched: Touched = {}
    found = _drop_name(connection, name, touched)
    for pk in sorted(derive(connection, touched)):
        render(connection, pk)
    revisions.returned(connection)
    return found


def _take_name(connection: Connection, document: Document, touched: Touched) -> bool:
    """Free the document's name where another report has it; True if one had."""
    report, names = _tables["report"], _tables["report_name"]
    holder = connection.execute(
        select(report.c.id)
        .join(names, names.c.report_pk == report.c.pk)
        .where(names.c.name == document.name)
    ).scalar()
    if holder is None or holder == document.id:
        return False
    return _drop_name(connection, document.name, touched)


def _drop_name(connection: Connection, name: str, touched: Touched) -> bool:
    report, names = _tables["report"], _tables["report_name"]
    report_pk = connection.execute(select(names.c.report_pk).where(names.c.name == name)).scalar()
    if report_pk is None:
        return False
    connection.execute(delete(names).where(names.c.name == name))
    left = connection.execute(select(names.c.name).where(names.c.report_pk == report_pk)).first()
    if left is None:
        _clear(connection, report_pk, touched)
        revisions.removed(connection, "report", report.c.pk == report_pk)
        connection.execute(delete(report).where(report.c.pk == report_pk))
    return True


def _give_name(connection: Connection, name: str, report_pk: int) -> None:
    names = _tables["report_name"]
    if connection.execute(select(names.c.name).where(names.c.name == name)).first() is None:
        connection.execute(insert(names).values(name=name, report_pk=report_pk))


def _clear(connection: Connection, report_pk: int, touched: Touched) -> None:
    """Delete what was extracted from a report, and note the shared rows that this touches."""
    for name, pks in touched_by(connection, report_pk).items():
        touched.setdefault(name, set()).update(pks)
    report = _tables["report"]
    connection.execute(update(report).where(report.c.pk == report_pk).values(publisher_pk=None))
    for name in _OF_ONE_REPORT:
        table = _tables[name]
        revisions.removed(connection, name, table.c.report_pk == report_pk)
        connection.execute(delete(table).where(table.c.report_pk == report_pk))


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
    touched: Touched,
) -> None:
    """Insert what was extracted from a report."""
    named = without_nameless(extraction)
    resolution = resolve(named, document.id, document.publisher)
    decided = standing_decisions(connection)
    pks, changed = read_into(connection, (report_pk, document.id), resolution, decided)
    for name, new in changed.items():
        touched.setdefault(name, set()).update(new)
    report = _tables["report"]
    publisher_pk = pks["source"][resolution.publisher] if resolution.publisher else None
    connection.execute(
        update(report)
        .where(report.c.pk == report_pk)
        .values(publisher_pk=publisher_pk, extractor=version)
    )
    keys = Keys(resolution, pks)
    insert_rows(connection, (report_pk, document.id), document.text, named, keys)
