"""Rows in the order of relevance: the best first, and equally good ones in the order of loading.

How well a row matches a query, FTS5 says by BM25, which knows how rare each word is, and
PostgreSQL by how dense the words stand (`ts_rank_cd`). Of several queries, the one that a row
matches best counts. A lower rank is a better one.

No index has this order: each page ranks all rows that have the words, so its cost grows with their
number. A rank depends on all rows; what is written between two pages can move rows across the
border between them. On unchanged data, the pages have each row once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Double, Integer, Select, func, literal, select, tuple_, union_all

from app.errors import invalid_parameter
from app.query import cursor as cursors
from app.query.collection import Collection
from app.query.predicates import where
from app.query.search import Words

RELEVANCE = "relevance"
"""The sort, which collections have whose texts are searched for words."""


def ranked(
    collection: Collection,
    values: Mapping[str, Sequence[Any]],
    cursor: str | None,
    dialect: Dialect,
) -> Select[Any]:
    """Reads `(pk, rank)` of all rows that match, in order, after the cursor if there is one.

    Raises InvalidParameters without `q`, and for a cursor of another collection or sort.
    """
    best = _best(collection, values.get("q", ()), dialect).subquery("best")
    keys = best.c.rank, best.c.pk
    rows = select(best.c.pk, best.c.rank).order_by(*keys)
    others = {name: given for name, given in values.items() if name != "q"}
    if clauses := where(collection.filters, others):
        matching = select(collection.pk).where(collection.pk == best.c.pk, *clauses)
        rows = rows.where(matching.correlate(best).exists())
    if cursor is not None:
        last = cursors.decode(cursor, collection.name, RELEVANCE, float)
        after = tuple_(literal(last.value, Double()), literal(last.pk, Integer()))
        rows = rows.where(tuple_(*keys) > after)
    return rows


def _best(collection: Collection, queries: Sequence[str], dialect: Dialect) -> Select[Any]:
    """The best rank of each row that a query finds."""
    ranks = collection.filters["q"].ranks
    if not queries or ranks is None:
        raise invalid_parameter("sort", "relevance is that to the words of `q`: give it too")
    each = union_all(*(ranks(literal(query, Words()), dialect) for query in queries)).subquery()
    return select(each.c.pk, func.min(each.c.rank).label("rank")).group_by(each.c.pk)
