"""Documents in, rows out: read, extract outside of any transaction, store in one each."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app.database import reading, writing
from app.ingest.document import Document, with_language
from app.ingest.extraction import Extraction
from app.ingest.held import is_held
from app.ingest.read import Refusal, read
from app.ingest.store import Change, keep, remove, store
from app.ingest.version import extractor_version

_tables = SQLModel.metadata.tables
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document that is in the database now; `not_extracted` says why only its text is.

    `claims` and `events` count what was found; None where nothing had to be done.
    """

    name: str
    change: Change
    not_extracted: str | None = None
    claims: int | None = None
    events: int | None = None

    def __str__(self) -> str:
        if self.not_extracted:
            return f"{self.name}: {self.change}, not extracted ({self.not_extracted})"
        if self.claims is None:
            return f"{self.name}: {self.change}"
        return f"{self.name}: {self.change}, {self.claims} claims, {self.events} events"


Outcome = Stored | Refusal


def load(url: str, paths: Iterable[Path]) -> Iterator[Outcome]:
    """Load the documents in files and folders into the database, one transaction each.

    What is there already, read by the same version of the extractor, stays as it is.
    """
    for found in read(paths):
        yield found if isinstance(found, Refusal) else load_document(url, found)


def load_document(url: str, document: Document) -> Outcome:
    """Load one document; a Refusal where extraction fails."""
    versions = (None, extractor_version())
    with reading(url) as session:
        if is_held(session.connection(), document, versions):
            return Stored(document.name, Change.HELD)
    with writing(url) as session:
        change = keep(session.connection(), document, versions)
    if change is not None:
        return Stored(document.name, change)
    return _extract_and_store(url, with_language(document))


def remove_report(url: str, report_id: str) -> bool:
    """Take a report away under all its names; False where there is none with this id."""
    report, names = _tables["report"], _tables["report_name"]
    held = select(names.c.name).join(report, report.c.pk == names.c.report_pk)
    with writing(url) as session:
        connection = session.connection()
        found = list(connection.execute(held.where(report.c.id == report_id)).scalars())
        for name in found:
            remove(connection, name)
    return bool(found)


def body_of(url: str, report_id: str) -> str | None:
    """The JSON of a report as clients receive it; None where there is none with this id."""
    report = _tables["report"]
    with reading(url) as session:
        found = session.connection().execute(select(report.c.body).where(report.c.id == report_id))
        return found.scalar()


def refresh(url: str) -> Iterator[Outcome]:
    """Read again what another version of the extractor has read."""
    report = _tables["report"]
    outdated = select(report.c.pk).where(report.c.extractor != extractor_version())
    with reading(url) as session:
        pks = list(session.connection().execute(outdated.order_by(report.c.pk)).scalars())
    for pk in pks:
        document = _stored_document(url, pk)
        if document is not None:
            yield _extract_and_store(url, document)


def outdated(url: str) -> int:
    """How many reports another version of the extractor has read."""
    report = _tables["report"]
    with reading(url) as session:
        query = select(report.c.pk).where(report.c.extractor != extractor_version())
        return len(session.connection().execute(query).all())


def _extract_and_store(url: str, document: Document) -> Outcome:
    if document.not_extracted:
        return _store(url, document, Extraction(), None)
    from app.ingest.extract import extract  # noqa: PLC0415 -- spaCy takes seconds to load

    try:
        extraction = extract(document.text, document.published_on)
    except Exception as error:  # one document never stops the others
        _log.exception("Extraction failed: %s", document.name)
        return Refusal(document.name, f"extraction failed: {type(error).__name__}: {error}")
    return _store(url, document, extraction, extractor_version())


def _store(url: str, document: Document, extraction: Extraction, version: str | None) -> Stored:
    with writing(url) as session:
        change = store(session.connection(), document, extraction, version)
    return Stored(
        document.name,
        change,
        document.not_extracted,
        claims=len(extraction.claims),
        events=len(extraction.events),
    )


def _stored_document(url: str, pk: int) -> Document | None:
    """A report as the document that it was made from; None if it has gone meanwhile."""
    report, names, said = (_tables[name] for name in ("report", "report_name", "source_reading"))
    with reading(url) as session:
        connection = session.connection()
        row = connection.execute(select(report).where(report.c.pk == pk)).first()
        name = connection.execute(
            select(names.c.name).where(names.c.report_pk == pk).order_by(names.c.name)
        ).scalar()
        if row is None or name is None:
            return None
        publisher = connection.execute(
            select(said.c.name).where(said.c.report_pk == pk, said.c.source_pk == row.publisher_pk)
        ).scalar()
    return Document(
        id=row.id,
        name=name,
        text=row.text,
        title=row.title,
        language=row.language,
        publisher=publisher,
        published_on=row.published_on,
        url=row.url,
    )
