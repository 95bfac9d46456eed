"""The pks of rows that are yet to be inserted, so that rows can refer to each other before.

Only whoever has locked out other writers (`app.database.writing`) may ask.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)


def new_pks(connection: Connection, name: str, count: int) -> Sequence[int]:
    """The next pks of a table, ascending.

    SQLite numbers rows after the highest one (sqlite.org/autoinc.html), PostgreSQL by a sequence.
    """
    if count == 0:
        return ()
    pk = SQLModel.metadata.tables[name].c.pk
    if connection.dialect.name == "sqlite":
        last: int = connection.execute(select(func.coalesce(func.max(pk), 0))).scalar_one()
        return range(last + 1, last + 1 + count)
    sequence = func.pg_get_serial_sequence(name, pk.name)
    numbers = func.generate_series(1, count).table_valued("number")
    following = select(func.nextval(sequence)).select_from(numbers)
    return sorted(connection.execute(following).scalars())
