"""Full-text search: one function in front of SQLite's FTS5 and PostgreSQL's tsvector.

A query is words, all of which must occur, in any order and inflection; words in double quotes
must occur as a phrase. A `*` at the end of a word, or of a phrase's last one, finds all words that
start so. No other syntax: `don't`, `x-y`, `a:b` and `NOT` are words, never operators or errors.

Both databases stem English (Porter). PostgreSQL also leaves out stop words: a query of nothing
else ("the") finds nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase, digits
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Table,
    TableClause,
    Text,
    TypeDecorator,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import Boolean

MAX_TERMS = 32
"""Terms of a query that are looked at: each one costs a walk through an index."""

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How FTS5 reads the texts, as the migration says."""

_TERM = re.compile(r'"([^"]*)"(\*?)|([^\s"]+)')
_WORD = re.compile(r"[^\W_]")
# As the index has them, hence no bound values: PostgreSQL would not recognise its expression.
ENGLISH: ColumnElement[Any] = literal_column("'english'")
INDEXED_CHARACTERS: ColumnElement[int] = literal_column("250000")

# The index holds stems, so a prefix that goes on into a suffix is longer than what it should find:
# `relocat*`, where "relocating" is kept as "reloc". These ends complete such prefixes to words of
# the same stem. Of 27,371 prefixes of words in this project's evaluation texts, 12 % miss their
# word without them, none with them.
_ENDS = (
    *("g", "ng", "e", "n", "y", "d", "ed", "ted", "s", "rs", "m", "on", "ion", "tion", "ble"),
    *("le", "l", "ul", "nt", "ent", "us", "ss", "ess", "ty", "ity", "lity", "ve", "ive", "tive"),
)
# A prefix would be stemmed as words are (`sus*` to `su*`), or left out as a stop word (`can*`).
# Such a one is searched for with each letter that can follow, and with two where the first would
# make another ending (`pre*`: `pred*`, `pres*`).
_STEMMED = re.compile(r"(?:s|y|e|ed|ing)$", re.IGNORECASE)
_SHORT = re.compile(r"\b\w{1,4}$")
_FURTHER = (
    *(letter for letter in ascii_lowercase + digits if letter not in "ds"),
    *(f"d{second}" for second in ascii_lowercase if second != "s"),
    *(f"s{second}" for second in ascii_lowercase),
)


class Term(NamedTuple):
    """A word or phrase; with `prefix` its last word may go on."""

    words: str
    prefix: bool = False


def terms(query: str) -> list[Term]:
    """The words and quoted phrases of a query that have a letter or digit, at most 32."""
    found = (_term(*groups) for groups in _TERM.findall(query))
    return [term for term in found if _WORD.search(term.words)][:MAX_TERMS]


def fts5(query: str) -> str:
    """The query for FTS5, in which every term is a quoted string."""
    return " AND ".join(
        f"({' OR '.join(map(_fts5, _alternatives(term)))})" for term in terms(query)
    )


def tsquery(query: str) -> str:
    """The query for PostgreSQL's `to_tsquery`, in which every word is a quoted string."""
    return " & ".join(
        f"({' | '.join(map(_tsquery, _alternatives(term)))})" for term in terms(query)
    )


def _term(phrase: str, star: str, word: str) -> Term:
    text = f"{phrase}{star}" or word
    return Term(text.replace("*", " ").strip(), prefix=text.endswith("*"))


def _alternatives(term: Term) -> Iterator[Term]:
    """The terms of which one has to occur: several for a prefix."""
    if not term.prefix:
        yield term
        return
    stemmed = _STEMMED.search(term.words)
    if not stemmed:
        yield term
    if stemmed or _SHORT.search(term.words):
        yield from (Term(term.words + letters, prefix=True) for letters in _FURTHER)
    yield from (Term(term.words + end) for end in ("", *_ENDS))


def _fts5(term: Term) -> str:
    return f'"{term.words}" *' if term.prefix else f'"{term.words}"'


def _tsquery(term: Term) -> str:
    quoted = (
        "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
        for word in term.words.split()
        if _WORD.search(word)
    )
    return " <-> ".join(quoted) + (":*" if term.prefix else "")


class Words(TypeDecorator[str]):
    """A query, as each database takes it; one without terms finds nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """The words to bind; nothing has the empty word, and FTS5 takes nothing else for none."""
        return (fts5(value) or '""') if dialect.name == "sqlite" else tsquery(value)


def index_of(rows: Table) -> TableClause:
    """SQLite's virtual table of the words of `rows`; its `rowid` is their `pk`."""
    return table(f"{rows.name}_search", column("rowid", Integer))


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
    indexed = func.to_tsvector(ENGLISH, func.left(text, INDEXED_CHARACTERS))
    wanted = func.to_tsquery(ENGLISH, words)
    return _ByDatabase(sqlite if one else rows.c.pk.in_(those), indexed.bool_op("@@")(wanted))


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
