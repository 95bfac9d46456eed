"""SQLite's walks through rows that stand in many stretches of an index (*cells*).

The rows of some months stand in the order of `pk` only month by month. So a walk steps through all
of these cells at once: it takes whichever row comes first and looks up the one that follows it in
its cell. That costs a search in the index for each cell and for each row, however many rows there
are. SQLite does it in one statement: a recursive query whose ORDER BY makes its queue a priority
queue (sqlite.org/lang_with.html, "Controlling Depth-First Versus Breadth-First Search").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
    union_all,
)

Clause = ColumnElement[bool]


@dataclass(frozen=True, eq=False)
class Indexed:
    """Those of a table's rows for which `only` holds, by `key`, and by `row` where that is equal.

    `row` is their pk.
    """

    table: FromClause
    row: ColumnElement[int]
    key: ColumnElement[Any]
    only: Clause

    def select(self, *what: ColumnElement[Any]) -> Select[Any]:
        """A select from these rows."""
        return select(*what).select_from(self.table).where(self.only)


def values(rows: Indexed, first: ColumnElement[Any], last: ColumnElement[Any]) -> CTE:
    """The cells: the different keys from `first` to `last`, and NULL in the end."""
    lowest = rows.select(func.min(rows.key)).where(rows.key >= first, rows.key <= last)
    found = select(lowest.scalar_subquery().label("value")).cte("cell", recursive=True)
    higher = rows.select(func.min(rows.key)).where(rows.key > found.c.value, rows.key <= last)
    following = select(higher.correlate(found).scalar_subquery())
    return found.union_all(following.where(found.c.value.is_not(None)))


def stepped(rows: Indexed, cells: CTE, begin: Iterable[Clause], *, descending: bool) -> CTE:
    """The pks of rows in these cells for which `begin` holds, and some NULLs, in order."""
    pk = rows.row
    order = pk.desc() if descending else pk.asc()

    def one(cell: FromClause, *after: Clause) -> ScalarSelect[Any]:
        found = rows.select(pk).where(rows.key == cell.c.value, *after).order_by(order).limit(1)
        return found.correlate(cell).scalar_subquery()

    last = table("step", column("value", rows.key.type), column("pk", Integer()))
    later = pk < last.c.pk if descending else pk > last.c.pk
    start = select(cells.c.value.label("value"), one(cells, *begin).label("pk"))
    following = select(last.c.value, one(last, later)).where(last.c.pk.is_not(None))
    queue: ColumnElement[Any] = literal_column("2")
    steps = union_all(start.where(cells.c.value.is_not(None)), following)
    steps = steps.order_by(queue.desc() if descending else queue.asc())
    return steps.cte("step", recursive=True)
