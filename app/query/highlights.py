"""Where a row has the words of a query (`highlight=true`).

The databases say so themselves, with FTS5's `highlight()` and PostgreSQL's `ts_headline()`: they
alone know how they stem. Both mark the words in a copy of the text; the marks are drawn at random
for each answer, so that no text can hold them. Clients get positions, no markup.

Both look at the texts of the page only, and at their first 250,000 characters. On SQLite those
are indexed anew, in memory: FTS5 reads a common word's rows from the first one on for each row
that it is asked for, which took 119 ms for "the" in a page of 50 of 300,000 claims.

SQLite marks a phrase as one stretch; PostgreSQL marks each word, also where it is not part of the
phrase, and stop words never.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from sqlalchemy import Column, func, select
from sqlmodel import Session

from app.query import search
from app.query.annotations import CONTEXT
from app.query.collection import Collection
from app.query.tables import claim, event, report
from app.query.terms import fts5, terms, tsquery

MOST = 20
"""Stretches of one row, the first ones."""

SEARCHED: Mapping[str, tuple[Column[str], ...]] = {
    "claims": (claim.c.text,),
    "events": (event.c.text,),
    "reports": (report.c.title, report.c.text),
}
"""The fields that `q` searches, in the order of the columns of SQLite's index."""


class _Marks(NamedTuple):
    opening: str
    closing: str


def highlights(
    session: Session, collection: Collection, queries: Sequence[str], keys: Sequence[int]
) -> dict[str, list[dict[str, Any]]]:
    """Id → stretches of the rows with these keys that have words of a query, in text order."""
    queries = [query for query in queries if terms(query)]
    if not (queries and keys):
        return {}
    nonce = secrets.token_hex(8)
    marks = _Marks(f"<{nonce}>", f"</{nonce}>")
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    marked = (_on_sqlite if on_sqlite else _on_postgresql)(
        session, collection, queries, keys, marks
    )
    names = [field.name for field in SEARCHED[collection.name]]
    return {
        public_id: [
            {"field": name, **stretch}
            for name, text in zip(names, texts, strict=True)
            for stretch in _stretches(text, marks)
        ][:MOST]
        for public_id, *texts in marked
    }


def _on_sqlite(
    session: Session,
    collection: Collection,
    queries: Sequence[str],
    keys: Sequence[int],
    marks: _Marks,
) -> Iterable[Sequence[str]]:
    """The id of each row and its fields, marked."""
    fields = SEARCHED[collection.name]
    texts = (func.substr(field, 1, search.INDEXED_CHARACTERS) for field in fields)
    rows = select(collection.table.c.id, *texts).where(collection.pk.in_(keys))
    columns = ", ".join(["id UNINDEXED", *(field.name for field in fields)])
    values = ", ".join("?" for _ in ("id", *fields))
    marked = ", ".join(f"highlight(page, {n}, ?, ?)" for n, _ in enumerate(fields, start=1))
    query = " OR ".join(f"({fts5(query)})" for query in queries)
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(
            f"CREATE VIRTUAL TABLE page USING fts5({columns}, tokenize='{search.TOKENIZER}')"
        )
        found = map(tuple, session.connection().execute(rows))
        memory.executemany(f"INSERT INTO page VALUES ({values})", found)  # noqa: S608
        yield from memory.execute(
            f"SELECT id, {marked} FROM page WHERE page MATCH ?",  # noqa: S608
            (*marks * len(fields), query),
        )


def _on_postgresql(
    session: Session,
    collection: Collection,
    queries: Sequence[str],
    keys: Sequence[int],
    marks: _Marks,
) -> Iterable[Sequence[str]]:
    """The id of each row and its fields, marked."""
    query = " | ".join(f"({tsquery(query)})" for query in queries)
    wanted = func.to_tsquery(search.ENGLISH, query)
    options = f"HighlightAll=true,StartSel={marks.opening},StopSel={marks.closing}"
    marked = (
        func.ts_headline(
            search.ENGLISH, func.left(field, search.INDEXED_CHARACTERS), wanted, options
        )
        for field in SEARCHED[collection.name]
    )
    rows = select(collection.table.c.id, *marked).where(collection.pk.in_(keys))
    return map(tuple, session.connection().execute(rows))


def _stretches(marked: str, marks: _Marks) -> Iterator[dict[str, Any]]:
    """What stands between marks, with its position in the text without them."""
    text = marked.replace(marks.opening, "").replace(marks.closing, "")
    before, *rest = marked.split(marks.opening)
    end = len(before)
    for piece in rest:
        quote, after = piece.split(marks.closing, 1)
        start, end = end, end + len(quote)
        yield {
            "start": start,
            "end": end,
            "prefix": text[max(0, start - CONTEXT) : start],
            "quote": quote,
            "suffix": text[end : end + CONTEXT],
        }
        end += len(after)
