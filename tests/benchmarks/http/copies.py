"""Copies of stored reports, numbered one after the other, as loading them would."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.benchmarks.http.cast import Cast
from tests.benchmarks.http.counts import Counts
from tests.benchmarks.http.moulds import Filled, Mould
from tests.benchmarks.http.tables import SHARED, Rows, Table


class Copier:
    """Numbers the rows of copies, one after the other, as loading them would.

    `counts` are the highest keys of each table before. What reports share is left to the end, in
    the state in which the last report has left it.
    """

    def __init__(self, cast: Cast, counts: dict[str, int]) -> None:
        self._cast = cast
        self._counts = counts
        self._keys: dict[tuple[object, ...], int] = {}
        self.shared = {name: Counts() for name in SHARED}

    def copy(self, mould: Mould, chance: Random, published_on: dt.date) -> Rows:
        """The rows of one more report, without those that it shares with others."""
        filled = mould.filled(mould.drawn(chance, self._cast, published_on))
        keys = {table.name: self._new_keys(table, filled) for table in mould.tables if table.key}
        made = {table.name: _rows(table, filled, keys) for table in mould.tables}
        for table in mould.tables:
            if table.name in SHARED:
                counts = self.shared[table.name]
                counts.columns = table.columns
                for key, row in zip(keys[table.name].values(), made.pop(table.name), strict=True):
                    counts.add(key, row)
        return made

    def _new_keys(self, table: Table, filled: Filled) -> dict[int, int]:
        """The keys of the rows of a table by those of the stored ones."""
        at, stored = table.columns.index(table.key or ""), filled.mould.stored[table.name]
        return {row[at]: self._new_key(table, row, filled) for row in stored}

    def _new_key(self, table: Table, row: tuple[Any, ...], filled: Filled) -> int:
        """A new one, unless somebody has told of the same actor, source or place before."""
        if table.name not in SHARED:
            return self._next(table)
        slot = filled.mould.slot_of(table, row)
        if slot is None:
            known: tuple[object, ...] = table.name, filled.string(row[table.columns.index("id")])
        else:
            known = table.name, slot.kind, filled.ranks[slot.number]
        if known not in self._keys:
            self._keys[known] = self._next(table)
        return self._keys[known]

    def _next(self, table: Table) -> int:
        self._counts[table.name] += 1
        return self._counts[table.name]


def _rows(table: Table, filled: Filled, keys: dict[str, dict[int, int]]) -> list[tuple[Any, ...]]:
    """The rows with the keys and strings of the copy, made column by column: it is faster."""
    columns = filled.mould.columns[table.name]
    return list(zip(*(column.filled(filled.strings, keys) for column in columns), strict=True))
