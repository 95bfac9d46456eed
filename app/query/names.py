"""Search for a part of a name, in any case (`app.names`).

SQLite's index of trigrams tells which rows have the groups of three letters that make up the part,
in any order; of these each is looked at. Shorter parts are in no such index, and neither are names
on a PostgreSQL that lacks pg_trgm: there rows are looked at in the order of the sort.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, TableClause, Text, TypeDecorator, or_

from app.query import by_start, search
from app.query.predicates import Clause, Filter, Lead, Members

_LENGTH = 3
"""Letters of what the index has."""

_MOST = 32
"""Trigrams that are looked up."""


def named(names: Column[str], name: Column[str]) -> Filter:
    """One of the names of a row has the part; `name` is the one by which rows are sorted.

    `%` and `_` are themselves.
    """
    trigrams = _Trigrams()

    def has(parts: Members) -> Clause:
        return or_(*(names.like(part, escape="/") for part in parts))

    def is_long(part: str) -> bool:
        return len(part.lower()) >= _LENGTH

    def lead(index: TableClause, row: ColumnElement[int], **how: Any) -> Lead:
        def indexed(words: ColumnElement[Any]) -> Clause:
            return search.found(index, words)

        return Lead(index, indexed, row, trigrams, is_rough=True, takes=is_long, **how)

    by_pk, starting = search.index_of(names.table), search.index_by_start(names.table)
    start = starting.c.rowid
    in_order = lead(starting, by_start.pk_of(start), start=start)
    return Filter(
        has,
        has,
        (_Part(),),
        leads=(lead(by_pk, by_pk.c.rowid, elsewhere={name.name: in_order}),),
    )


class _Part(TypeDecorator[str]):
    """A part of a name, as a pattern for LIKE that escapes by a slash."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        escaped = value.lower().replace("/", "//").replace("%", "/%").replace("_", "/_")
        return f"%{escaped}%"


class _Trigrams(TypeDecorator[str]):
    """Trigrams that a part is made of, as a query for FTS5.

    With those across their borders, each row would be looked up three times as often.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        part = value.lower()
        last = len(part) - _LENGTH
        found = (part[at : at + _LENGTH] for at in (*range(0, last, _LENGTH), last))
        first = islice(dict.fromkeys(found), _MOST)
        return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in first)
