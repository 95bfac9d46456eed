"""What the tables of a database are, told by the database itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SHARED = ("actor", "source", "place")
"""Tables whose rows several reports speak of; sources point to actors."""

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns: which one is its integer key, and what others refer to."""

    name: str
    columns: tuple[str, ...]
    key: str | None
    references: dict[str, str]


def tables_of(connection: sqlite3.Connection) -> list[Table]:
    """The product's tables, without those of full-text search."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_search%'"
        " ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version'"
    )
    found = [name for (name,) in names.fetchall()]
    return [_table(connection, name, found) for name in found]


def _table(connection: sqlite3.Connection, name: str, others: Sequence[str]) -> Table:
    info = connection.execute(f"PRAGMA table_info({name})").fetchall()
    keys = [column[1] for column in info if column[5]]
    is_integer = any(column[1] == keys[0] and column[2] == "INTEGER" for column in info)
    foreign = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    columns = tuple(column[1] for column in info)
    return Table(
        name,
        columns,
        keys[0] if len(keys) == 1 and is_integer else None,
        {key[3]: key[2] for key in foreign}
        | {other: other for other in others if other in columns},
    )
