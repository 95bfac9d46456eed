"""Search for a part of a name, in any case and with or without accents (`app.names`).

SQLite's index of trigrams tells which rows have the groups of three letters that make up the part,
in any order; of these each is looked at. Two letters are a part of all trigrams that begin so.
Single letters are in no such index, and neither are names on a PostgreSQL that lacks pg_trgm: there
rows are looked at in the order of the sort.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    Table,
    TableClause,
    Text,
    TypeDecorator,
    case,
    func,
    literal_column,
    or_,
    select,
)

from app.names import folded
from app.query import by_start, search
from app.query.predicates import Clause, Filter, Lead, Members, Unindexed

_LENGTH, _SHORT = 3, 2
"""Letters of what the index has, and of the shortest part that it finds."""

_ONE: ColumnElement[int] = literal_column("1")

_MOST = 32
"""Trigrams that are looked up."""


def named(names: Column[str], name: Column[str]) -> Filter:
    """One of the names of a row has the part; `name` is the one by which rows are sorted.

    `%` and `_` are themselves.
    """
    trigrams = _Trigrams()

    def has(parts: Members) -> Clause:
        return or_(*(names.like(part, escape="/") for part in parts))

    def is_found(parts: Members) -> Clause:  # SQLite plans anew for each value that is a pattern
        return has([Unindexed(part) for part in parts])

    def lead(index: TableClause, row: ColumnElement[int], **how: Any) -> Lead:
        def indexed(given: ColumnElement[Any]) -> Clause:
            is_short = func.length(given) == _SHORT
            return search.found(index, case((is_short, _begun(names.table, given)), else_=given))

        return Lead(index, indexed, row, trigrams, is_rough=True, takes=_is_indexed, **how)

    by_pk, starting = search.index_of(names.table), search.index_by_start(names.table)
    start = starting.c.rowid
    in_order = lead(starting, by_start.pk_of(start), start=start)
    return Filter(
        has,
        is_found,
        (_Part(),),
        leads=(lead(by_pk, by_pk.c.rowid, elsewhere={name.name: in_order}),),
    )


def _is_indexed(part: str) -> bool:
    """Whether an index can find it: FTS5 has its own idea of what is the same in another case."""
    letters = folded(part)
    has_one_case = letters.isascii() or letters == letters.upper()
    return len(letters) >= _LENGTH or (len(letters) == _SHORT and has_one_case)


def _begun(rows: Table, letters: ColumnElement[Any]) -> ColumnElement[Any]:
    """The query for all trigrams that begin with two letters, each looked up after the one before.

    Without any it is the empty word.
    """
    terms = search.terms_of(rows)

    def first(least: ColumnElement[Any]) -> ColumnElement[Any]:
        return select(terms.c.term).where(terms.c.term >= least).limit(_ONE).scalar_subquery()

    def begins(term: ColumnElement[Any]) -> Clause:
        return func.substr(term, _ONE, literal_column(str(_SHORT))) == letters

    found = select(first(letters).label("term")).cte("step", recursive=True, nesting=True)
    further = found.c.term + func.char(literal_column("0"))
    found = found.union_all(select(first(further)).where(begins(found.c.term)))
    quoted = '"' + func.replace(found.c.term, '"', '""') + '"'
    query = select(func.group_concat(quoted, " OR ")).where(begins(found.c.term))
    return func.coalesce(query.scalar_subquery(), '""')


class _Part(TypeDecorator[str]):
    """A part of a name, as a pattern for LIKE that escapes by a slash."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        escaped = folded(value).replace("/", "//").replace("%", "/%").replace("_", "/_")
        return f"%{escaped}%"


class _Trigrams(TypeDecorator[str]):
    """Trigrams that a part is made of, as a query for FTS5; of a short one its two letters.

    With those across their borders, each row would be looked up three times as often.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        part = folded(value)
        if len(part) == _SHORT:
            return part
        last = len(part) - _LENGTH
        found = (part[at : at + _LENGTH] for at in (*range(0, last, _LENGTH), last))
        first = islice(dict.fromkeys(found), _MOST)
        return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in first)
