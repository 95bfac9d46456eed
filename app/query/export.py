"""All rows of a collection, for those who take it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Row, Select, literal, select, tuple_
from sqlmodel import Session

from app.query import cursor as cursors
from app.query.collection import Collection
from app.query.predicates import where
from app.query.read import Bodies

BLOCK = 1024
"""Rows of a block, which has one or two megabytes."""


def every_body(  # noqa: PLR0913, PLR0917
    session: Session,
    collection: Collection,
    values: Mapping[str, Sequence[Any]],
    sort: str,
    cursor: str | None,
    bodies: Bodies,
) -> Iterator[list[bytes]]:
    """Blocks of the JSON of all rows that match, in order, after `cursor` if there is one.

    One block at a time is in memory. Raises InvalidParameters for a cursor that does not belong to
    this collection and sort.
    """
    for statement in _walks(collection, values, sort, cursor):
        for rows in _blocks(session, statement):
            yield bodies(session, rows)


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
