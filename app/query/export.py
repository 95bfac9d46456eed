"""All rows of a collection, for those who take it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Row, Select, literal, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import Session

from app.query import cursor as cursors
from app.query.collection import Collection
from app.query.predicates import where

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
    for statement in _walks(collection, values, sort, cursor):
        if body is None:
            for rows in _blocks(session, statement):
                yield [text.encode() for text in bodies(session, rows)]
        else:
            for rows in _blocks(session, statement.with_only_columns(_utf8(body))):
                yield [row[0] for row in rows]


def _walks(
    collection: Collection, values: Mapping[str, Sequence[Any]], sort: str, cursor: str | None
) -> Iterator[Select[Any]]:
    """All rows after the cursor, in order: those with a value, then those without.

    Rows with and without a value of the sort are two statements, as those of pages are.
    """
    pk, column = collection.pk, collection.sorted_by(sort)
    last = None
    if cursor is not None:
        last = cursors.decode(cursor, collection.name, sort, column.type.python_type)
    rows = select(pk, column.label("sort"), *collection.columns)
    rows = rows.where(*collection.only, *where(collection.filters, values))
    descending = sort.startswith("-")
    pk_only = None if last is None else (last.pk,)
    if column is pk:
        yield _walk(rows, (pk,), pk_only, descending=descending)
        return
    if last is None or last.value is not None:
        valued = rows.where(column.is_not(None)) if column.nullable else rows
        yield _walk(valued, (column, pk), last, descending=descending)
        pk_only = None
    if column.nullable:
        yield _walk(rows.where(column.is_(None)), (pk,), pk_only, descending=descending)


def _walk(
    rows: Select[Any],
    keys: tuple[Column[Any], ...],
    last: tuple[Any, ...] | None,
    *,
    descending: bool,
) -> Select[Any]:
    """Rows in the order of the keys, from after the row that has these `last`."""
    if last is not None:
        here = tuple_(*keys)
        there = tuple_(*(literal(value, key.type) for key, value in zip(keys, last, strict=True)))
        rows = rows.where(here < there if descending else here > there)
    return rows.order_by(*(key.desc() if descending else key.asc() for key in keys))


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
