"""Full-text search: one function in front of SQLite's FTS5 and PostgreSQL's tsvector.

What a query may say stands in `app.query.terms`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Double,
    Integer,
    Select,
    Table,
    TableClause,
    Text,
    TypeDecorator,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import Boolean

from app.query.terms import fts5, tsquery

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How FTS5 reads the texts, as the migration says."""

# As the index has them, hence no bound values: PostgreSQL would not recognise its expression.
ENGLISH: ColumnElement[Any] = literal_column("'english'")
INDEXED_CHARACTERS: ColumnElement[int] = literal_column("250000")


class Words(TypeDecorator[str]):
    """A query, as each database takes it; one without terms finds nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """The words to bind; nothing has the empty word, and FTS5 takes nothing else for none."""
        return (fts5(value) or '""') if dialect.name == "sqlite" else tsquery(value)


def index_of(rows: Table) -> TableClause:
    """SQLite's virtual table of the words of `rows`; its `rowid` is their `pk`."""
    return table(f"{rows.name}_search", column("rowid", Integer), column("rank", Double))


def index_by_day(rows: Table) -> TableClause:
    """The same words, where `rowid` is a number by day (`app.query.by_day`)."""
    return table(f"{rows.name}_search_by_day", column("rowid", Integer))


def index_by_start(rows: Table) -> TableClause:
    """The same, where `rowid` is a number by the start of a text (`app.query.by_start`)."""
    return table(f"{rows.name}_search_by_start", column("rowid", Integer))


def terms_of(rows: Table) -> TableClause:
    """What SQLite's index of `rows` consists of: each `term`, once for each row that has it."""
    return table(f"{rows.name}_search_terms", column("term", Text))


def found(index: TableClause, words: ColumnElement[Any]) -> ColumnElement[bool]:
    """The clause that a row of SQLite's index has the words."""
    return literal_column(index.name).bool_op("MATCH")(words)


def matches(
    rows: Table, text: ColumnElement[str], words: ColumnElement[Any], *, one: bool = False
) -> ColumnElement[bool]:
    """The clause that a row of `rows`, whose indexed text is `text`, has the `Words`.

    SQLite keeps the words in a virtual table named after the rows' (`claim_search`), in which
    only `one` row can be looked up too; PostgreSQL in an index on the `to_tsvector` of the first
    250,000 characters.
    """
    index = index_of(rows)
    those = select(index.c.rowid).where(found(index, words))
    sqlite = those.where(index.c.rowid == rows.c.pk).correlate(rows).exists()
    postgresql = _indexed(text).bool_op("@@")(func.to_tsquery(ENGLISH, words))
    return _ByDatabase(sqlite if one else rows.c.pk.in_(those), postgresql)


def ranks(
    rows: Table, text: ColumnElement[str], words: ColumnElement[Any], dialect: Dialect
) -> Select[Any]:
    """Reads the `pk` and the `rank` of each row that has the `Words`; the lowest is the best.

    Ranks are doubles on both databases, so that Python has them exactly. PostgreSQL divides by
    the logarithm of a text's length (1), because BM25 prefers short texts too.
    """
    if dialect.name == "sqlite":
        index = index_of(rows)
        return select(index.c.rowid.label("pk"), index.c.rank).where(found(index, words))
    indexed, wanted = _indexed(text), func.to_tsquery(ENGLISH, words)
    density: ColumnElement[Any] = func.ts_rank_cd(indexed, wanted, literal_column("1"))
    rank: ColumnElement[float] = -cast(density, Double())
    return select(rows.c.pk, rank.label("rank")).where(indexed.bool_op("@@")(wanted))


def _indexed(text: ColumnElement[str]) -> ColumnElement[Any]:
    """What PostgreSQL's index has of a text."""
    return func.to_tsvector(ENGLISH, func.left(text, INDEXED_CHARACTERS))


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
