"""Inserting many rows of a table at once, their values going straight to the driver.

SQLAlchemy tells how a table's statement and values are written for a database, once a table;
its own `execute` would take longer over each row than the database does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, insert
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)


class _Statement(NamedTuple):
    """SQL, its columns in order and how values are written that the driver does not know."""

    sql: str
    columns: list[tuple[str, Callable[[Any], Any] | None]]
    is_positional: bool


def insert_all(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns into a table."""
    if not rows:
        return
    sql, columns, is_positional = _statement(connection.dialect, name, tuple(rows[0]))
    values: list[Any]
    if is_positional:
        values = [
            tuple([write(row[key]) if write else row[key] for key, write in columns])
            for row in rows
        ]
    else:
        values = [
            {key: write(row[key]) if write else row[key] for key, write in columns} for row in rows
        ]
    connection.exec_driver_sql(sql, values)


@cache
def _statement(dialect: Dialect, name: str, columns: tuple[str, ...]) -> _Statement:
    table = SQLModel.metadata.tables[name]
    compiled = insert(table).compile(dialect=dialect, column_keys=columns)
    order = compiled.positiontup or list(columns)
    types = [table.c[key].type.dialect_impl(dialect) for key in order]
    writers = [type_.bind_processor(dialect) for type_ in types]
    return _Statement(str(compiled), list(zip(order, writers, strict=True)), compiled.positional)
