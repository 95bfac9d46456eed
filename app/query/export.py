"""All rows of a collection, for those who take it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Row, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Session

from app.query.page import Collection, walks

BLOCK = 1024
"""Rows of a block, which has one or two megabytes."""


def every_body(  # noqa: PLR0913, PLR0917
    session: Session,
    collection: Collection,
    values: Mapping[str, Sequence[Any]],
    sort: str,
    cursor: str | None,
    bodies: Callable[[Session, Sequence[Row[Any]]], list[str]],
) -> Iterator[list[bytes]]:
    """Blocks of the JSON of all rows that match, in order, after `cursor` if there is one.

    One block at a time is in memory. Stored bodies come as the bytes they are stored as: making
    strings of them and bytes again would take four times as long. Raises InvalidParameters for a
    cursor that does not belong to this collection and sort.
    """
    body: ColumnElement[Any] | None = collection.table.c.get("body")
    for statement in walks(collection, values, sort, cursor):
        if body is None:
            for rows in _blocks(session, statement):
                yield [text.encode() for text in bodies(session, rows)]
        else:
            for rows in _blocks(session, statement.with_only_columns(_utf8(body))):
                yield [row[0] for row in rows]


def _blocks(session: Session, statement: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """The rows as they are read; the statement has ended when this is closed."""
    options = {"yield_per": BLOCK}
    with session.connection().execute(statement, execution_options=options) as result:
        yield from result.partitions()


class _utf8(GenericFunction[bytes]):  # noqa: N801  (a function of SQL)
    """A text as bytes of UTF-8."""

    type = LargeBinary()
    inherit_cache = True


@compiles(_utf8, "sqlite")
def _on_sqlite(element: _utf8, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS BLOB)"


@compiles(_utf8, "postgresql")
def _on_postgresql(element: _utf8, compiler: Any, **options: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **options)}, 'UTF8')"
