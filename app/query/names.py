"""Search for a part of a name, in any case (`app.names`).

SQLite's index of trigrams tells which rows have all groups of three letters of the part, in any
order; of these each is looked at. Shorter parts are in no such index, and neither are names on a
PostgreSQL that lacks pg_trgm: there rows are looked at in the order of the sort.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, Text, TypeDecorator, or_

from app.query import search
from app.query.predicates import Clause, Filter, Lead, Members

_LENGTH = 3
"""Letters of what the index has."""

_MOST = 32
"""Trigrams that are looked up."""


def named(names: Column[str]) -> Filter:
    """One of the names has the part. `%` and `_` are themselves."""
    index, trigrams = search.index_of(names.table), _Trigrams()

    def has(parts: Members) -> Clause:
        return or_(*(names.like(part, escape="/") for part in parts))

    def indexed(words: ColumnElement[Any]) -> Clause:
        return search.found(index, words)

    def is_long(part: str) -> bool:
        return len(part.lower()) >= _LENGTH

    lead = Lead(index, indexed, index.c.rowid, trigrams, is_rough=True, takes=is_long)
    return Filter(has, has, (_Part(),), leads=(lead,))


class _Part(TypeDecorator[str]):
    """A part of a name, as a pattern for LIKE that escapes by a slash."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        escaped = value.lower().replace("/", "//").replace("%", "/%").replace("_", "/_")
        return f"%{escaped}%"


class _Trigrams(TypeDecorator[str]):
    """The trigrams of a part, as a query for FTS5."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        part = value.lower()
        found = (part[at : at + _LENGTH] for at in range(len(part) - _LENGTH + 1))
        first = islice(dict.fromkeys(found), _MOST)
        return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in first)
