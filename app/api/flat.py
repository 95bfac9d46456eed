"""Rows one after the other, without a page around them: NDJSON and CSV."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from app.api import spreadsheet
from app.api.columns import COLUMNS
from app.api.negotiation import CSV, NDJSON, VARY, Format

FORMATS = (NDJSON, CSV)


def chunks(
    form: Format, collection: str, blocks: Iterable[Sequence[bytes]]
) -> Generator[bytes, None, None]:
    """The content, in as many pieces as there are blocks of JSON bodies, or in one."""
    columns = COLUMNS[collection]
    opening = spreadsheet.header(columns) if form is CSV else b""
    for bodies in blocks:
        yield opening + (spreadsheet.lines(columns, bodies) if form is CSV else _lines(bodies))
        opening = b""
    if opening:
        yield opening


def headers(form: Format, collection: str) -> dict[str, str]:
    """What makes a file of it where it is saved, named after the collection."""
    return {**VARY, "Content-Disposition": f'attachment; filename="{collection}.{form.name}"'}


def _lines(bodies: Sequence[bytes]) -> bytes:
    return b"\n".join([*bodies, b""])
