"""What is loaded already. Nothing here is slow to import: each start of the server asks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app.database import reading
from app.ingest.document import Document
from app.ingest.read import Refusal, read
from app.ingest.version import extractor_version

_tables = SQLModel.metadata.tables


def all_held(url: str, paths: Iterable[Path]) -> list[Document | Refusal] | None:
    """The documents in files and folders; None where one of them is not held as it is.

    What cannot be read is among them: it is not held, but there is nothing to be loaded either.
    """
    versions = (None, extractor_version())
    found = []
    with reading(url) as session:
        for each in read(paths):
            if isinstance(each, Document) and not is_held(session.connection(), each, versions):
                return None
            found.append(each)
    return found


def is_held(connection: Connection, document: Document, versions: Collection[str | None]) -> bool:
    """Whether a report is there under the document's name, read by one of these versions."""
    report, names = _tables["report"], _tables["report_name"]
    row = connection.execute(
        select(report.c.extractor)
        .join(names, names.c.report_pk == report.c.pk)
        .where(report.c.id == document.id, names.c.name == document.name)
    ).first()
    return row is not None and row.extractor in versions
