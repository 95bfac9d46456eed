"""All rows of a collection, for those who take it whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session

from app.database import driver
from app.query.collection import Collection
from app.query.page import whole
from app.query.predicates import where
from app.query.read import Bodies
from app.query.relevance import RELEVANCE, ranked
from app.query.stretches import Stretch, keys, stretches, within

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

    One block at a time is in memory. Raises InvalidParameters like `app.query.page.page`.
    """
    if sort == RELEVANCE:
        below = driver(session)
        for places in _blocks(session, ranked(collection, values, cursor, below.dialect)):
            yield bodies(session, whole(below, collection, places))
        return
    for stretch in stretches(collection, sort, cursor):
        for rows in _blocks(session, _walk(collection, values, sort, stretch)):
            yield bodies(session, rows)


def _walk(
    collection: Collection, values: Mapping[str, Sequence[Any]], sort: str, stretch: Stretch
) -> Select[Any]:
    """The rows of a stretch, in order."""
    pk, column = collection.pk, collection.sorted_by(sort)
    rows = select(pk, column.label("sort"), *collection.columns)
    rows = rows.where(*collection.only, *where(collection.filters, values))
    kind, last = stretch
    rows = rows.where(*within(collection, sort, kind, column, pk, last is not None))
    rows = rows.order_by(*keys(collection, sort, kind, column, pk))
    return rows if last is None else rows.params(after_value=last.value, after_pk=last.pk)


def _blocks(session: Session, statement: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    """The rows as they are read; the statement has ended when this is closed."""
    options = {"yield_per": BLOCK}
    with session.connection().execute(statement, execution_options=options) as result:
        yield from result.partitions()
