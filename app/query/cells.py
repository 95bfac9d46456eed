"""SQLite's walks through rows that stand in many stretches of an index (*cells*).

The rows of some months stand in the order of their titles only month by month. So a walk steps
through all of these cells at once: it takes whichever row comes first and looks up the one that
follows it in its cell. That costs a search in the index for each cell and for each row, however
many rows there are. SQLite does it in one statement: a recursive query whose ORDER BY makes its
queue a priority queue (sqlite.org/lang_with.html, "Controlling Depth-First Versus Breadth-First
Search").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    column,
    func,
    literal_column,
    null,
    select,
    table,
    union_all,
)

from app.query.stretches import beyond, in_order

Clause = ColumnElement[bool]


@dataclass(frozen=True, eq=False)
class Indexed:
    """Those of a table's rows for which `only` holds, by `key`; where that is equal by `order`, if
    there is one, and then by `row`, which is their pk.
    """

    table: FromClause
    row: ColumnElement[int]
    key: ColumnElement[Any]
    only: Clause
    order: ColumnElement[Any] | None = None

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


def stepped(
    rows: Indexed, cells: CTE, begin: Sequence[Sequence[Clause]], *, descending: bool
) -> CTE:
    """`(pk, sort)` of the rows in these cells, and some NULLs, in order.

    `sort` is the value of the order, or NULL where there is none. In each cell they begin with the
    first row for which the first of `begin` holds, or else another of them.
    """
    step = table("step", column("value", rows.key.type), column("pk", Integer()), column("sort"))
    later = beyond(rows.row, step.c.pk, descending=descending)
    after = [[later]]
    if rows.order is not None:
        further = beyond(rows.order, step.c.sort, descending=descending)
        after = [[rows.order == step.c.sort, later], [further]]
    start = _step(rows, cells, begin, descending=descending)
    following = _step(rows, step, after, descending=descending)
    queue = [literal_column("3", Integer()), literal_column("2", Integer())]
    steps = union_all(
        start.where(cells.c.value.is_not(None)), following.where(step.c.pk.is_not(None))
    ).order_by(*in_order(*queue, descending=descending))
    return steps.cte("step", recursive=True)


def _step(
    rows: Indexed, cell: FromClause, after: Sequence[Sequence[Clause]], *, descending: bool
) -> Select[Any]:
    """To the first row of a cell for which one of these holds, the first one if any row does.

    What is read of it stands in the index: to look it up among all rows would cost more.
    """
    keys = [rows.row] if rows.order is None else [rows.order, rows.row]
    order = in_order(*keys, descending=descending)

    def first(what: ColumnElement[Any]) -> ColumnElement[Any]:
        cells = rows.select(what).where(rows.key == cell.c.value).order_by(*order).limit(1)
        found = [cells.where(*clauses).correlate(cell).scalar_subquery() for clauses in after]
        return func.coalesce(*found) if len(found) > 1 else found[0]

    sort = null() if rows.order is None else first(rows.order)
    return select(cell.c.value.label("value"), first(rows.row).label("pk"), sort.label("sort"))
