"""All rows of a collection, for those who take it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, literal, select, tuple_
from sqlmodel import Session

from app.query.collection import Collection
from app.query.predicates import where
from app.query.read import Bodies
from app.query.walks import Stretch, stretches

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
    for stretch in stretches(collection, sort, cursor):
        for rows in _blocks(session, _walk(collection, values, sort, stretch)):
            yield bodies(session, rows)


def _walk(
    collection: Collection, values: Mapping[str, Sequence[Any]], sort: str, stretch: Stretch
) -> Select[Any]:
    """The rows of a stretch, in order."""
    pk, column, last = collection.pk, collection.sorted_by(sort), stretch.last
    rows = select(pk, column.label("sort"), *collection.columns)
    rows = rows.where(*collection.only, *where(collection.filters, values))
    if column.nullable:
        rows = rows.where(column.is_not(None) if stretch.valued else column.is_(None))
    keys = (column, pk) if stretch.valued and column is not pk else (pk,)
    descending = sort.startswith("-")
    if last is not None:
        here = tuple_(*keys)
        start = last[-len(keys) :]
        there = tuple_(*(literal(value, key.type) for key, value in zip(keys, start, strict=True)))
        rows = rows.where(here < there if descending else here > there)
    return rows.order_by(*(key.desc() if descending else key.asc() for key in keys))


def _blocks(session: Session, statement: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """The rows as they are read; the statement has ended when this is closed."""
    options = {"yield_per": BLOCK}
    with session.connection().execute(statement, execution_options=options) as result:
        yield from result.partitions()
