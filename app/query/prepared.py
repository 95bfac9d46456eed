"""Statements that are compiled once and executed by the driver.

Making a statement's SQL takes SQLAlchemy ten times as long as SQLite takes for a page. So it is
made once for each shape of a query and kept; values are always bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from app.database import Driver

Values = Mapping[str, Any]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Prepared:
    """SQL for one kind of database; `given` has the values that are the same each time."""

    sql: str
    names: tuple[str, ...] | None
    given: Values
    processors: Mapping[str, Callable[[Any], Any]]

    def rows(self, driver: Driver, values: Values) -> Rows:
        """All rows for these values, by name. Raises DBAPIError like SQLAlchemy does."""
        bound = {**self.given, **values}
        for name, process in self.processors.items():
            bound[name] = process(bound[name])
        parameters = bound if self.names is None else [bound[name] for name in self.names]
        errors = driver.dialect.loaded_dbapi.Error
        try:
            rows: Rows = driver.connection.execute(self.sql, parameters).fetchall()
        except errors as error:
            raise DBAPIError.instance(self.sql, parameters, error, errors) from error
        return rows


def prepared(statement: Executable, dialect: Dialect) -> Prepared:
    """The statement, compiled."""
    compiled: SQLCompiler = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    names = tuple(compiled.positiontup) if compiled.positiontup is not None else None
    processors = {
        name: process
        for parameter, name in compiled.bind_names.items()
        if (process := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    return Prepared(compiled.string, names, compiled.params, processors)
