"""What can be listed, and how it can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, Table

from app.query.predicates import Filter


@dataclass(frozen=True, eq=False)
class Collection:
    """`columns` are read for each row; `sorts` are ascending, and each one exists as "-name" too,
    descending. Where `q` finds words, there is one by relevance besides (`app.query.relevance`).
    `only` holds for all rows that are listed.
    """

    name: str
    table: Table
    columns: tuple[ColumnElement[Any], ...]
    filters: Mapping[str, Filter]
    sorts: Mapping[str, Column[Any]]
    only: tuple[ColumnElement[bool], ...] = ()
    key: Column[Any] | None = None

    @cached_property
    def pk(self) -> Column[Any]:
        """What tells rows of the same sort value apart, and is the order of loading."""
        return self.table.c.pk if self.key is None else self.key

    def sorted_by(self, sort: str) -> Column[Any]:
        """The column of a sort, whose direction may be either."""
        return self.sorts[sort.removeprefix("-")]
