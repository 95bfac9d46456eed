"""The pks of rows that are yet to be inserted, so that rows can refer to each other before.

Only whoever has locked out other writers (`app.database.writing`) may ask.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, func, select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)


def new_pks(connection: Connection, counts: Mapping[str, int]) -> dict[str, Sequence[int]]:
    """The next pks of some tables, ascending; `counts` tells how many of each.

    SQLite numbers rows after the highest one (sqlite.org/autoinc.html), PostgreSQL by sequences.
    """
    names = tuple(counts)
    if connection.dialect.name == "sqlite":
        highest = connection.execute(_highest(names)).one()
        lasts = zip(names, highest, strict=True)
        return {name: range(last + 1, last + 1 + counts[name]) for name, last in lasts}
    following = connection.execute(_following(names), counts).one()
    return {name: sorted(pks) for name, pks in zip(names, following, strict=True)}


@cache
def _highest(names: tuple[str, ...]) -> Select[Any]:
    tables = (SQLModel.metadata.tables[name] for name in names)
    pks = (select(func.coalesce(func.max(table.c.pk), 0)) for table in tables)
    return select(*(pk.scalar_subquery() for pk in pks))


@cache
def _following(names: tuple[str, ...]) -> Select[Any]:
    """For each table an array of so many numbers of its sequence as the parameter of its name."""
    arrays = []
    for name in names:
        series = func.generate_series(1, bindparam(name, type_=Integer)).table_valued("number")
        numbers = select(func.nextval(func.pg_get_serial_sequence(name, "pk"))).select_from(series)
        arrays.append(func.array(numbers.scalar_subquery()))
    return select(*arrays)
