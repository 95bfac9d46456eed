"""Full-text search: one function in front of SQLite's FTS5 and PostgreSQL's tsvector.

A query is words, all of which must occur, in any order and inflection; words in double quotes
must occur as a phrase. No other syntax: `don't`, `x-y`, `a:b`, `NOT` and `*` are words, never
operators or errors.

Both databases stem English (Porter). PostgreSQL also leaves out stop words: a query of nothing
else ("the") finds nothing there.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Table, column, false, func, literal_column, select, table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import Boolean

MAX_TERMS = 32
"""Terms of a query that are looked at: each one costs a walk through an index."""

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"\w")
# As the index has them, hence no bound values: PostgreSQL would not recognise its expression.
_ENGLISH: ColumnElement[Any] = literal_column("'english'")
_INDEXED_CHARACTERS: ColumnElement[int] = literal_column("250000")


def terms(query: str) -> list[str]:
    """The words and quoted phrases of a query that have a letter or digit, at most 32."""
    found = (phrase or word for phrase, word in _TERM.findall(query))
    return [term for term in found if _WORD.search(term)][:MAX_TERMS]


def fts5(query: str) -> str:
    """The query for FTS5: every term a quoted string, joined by blanks, which means AND."""
    return " ".join(f'"{term}"' for term in terms(query))


def matches(rows: Table, text: ColumnElement[str], query: str) -> ColumnElement[bool]:
    """The clause that a row of `rows`, whose indexed text is `text`, matches the query.

    SQLite keeps the words in a virtual table named after the rows' (`claim_search`),
    PostgreSQL in an index on the `to_tsvector` of their first 250,000 characters.
    """
    if not terms(query):
        return false()
    return _ByDatabase(_sqlite(rows, query), _postgresql(text, query))


def _sqlite(rows: Table, query: str) -> ColumnElement[bool]:
    name = f"{rows.name}_search"
    index = table(name, column("rowid"))
    found = select(index.c.rowid).where(literal_column(name).op("MATCH")(fts5(query)))
    return rows.c.pk.in_(found)


def _postgresql(text: ColumnElement[str], query: str) -> ColumnElement[bool]:
    wanted = [func.phraseto_tsquery(_ENGLISH, term) for term in terms(query)]
    whole: ColumnElement[Any] = wanted[0]
    for term in wanted[1:]:
        whole = whole.op("&&")(term)
    indexed = func.left(text, _INDEXED_CHARACTERS)
    return func.to_tsvector(_ENGLISH, indexed).bool_op("@@")(whole)


class _ByDatabase(ColumnElement[bool]):
    """One clause on SQLite, another on PostgreSQL; which one is chosen when SQL is made of it."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012  (SQLAlchemy's protocol for cache keys)
        ("sqlite", InternalTraversal.dp_clauseelement),
        ("postgresql", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, sqlite: ColumnElement[bool], postgresql: ColumnElement[bool]) -> None:
        self.sqlite = sqlite
        self.postgresql = postgresql

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.postgresql._from_objects)


@compiles(_ByDatabase, "sqlite")
def _on_sqlite(element: _ByDatabase, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.sqlite, **options))


@compiles(_ByDatabase, "postgresql")
def _on_postgresql(element: _ByDatabase, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.postgresql, **options)})"
