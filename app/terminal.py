"""What all commands of the command line share: settings, output, and one clear line for errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NoReturn

import typer
from pydantic import ValidationError

from app import logs
from app.settings import Settings, settings

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> Console:
    """Standard output for tables and progress."""
    from rich.console import Console  # noqa: PLC0415 -- lines need no rich

    return Console(highlight=False, soft_wrap=True)


def chosen_settings() -> Settings:
    """The settings of the process; exit code 2 and one line where one is bad."""
    try:
        chosen = settings()
    except ValidationError as error:
        first = error.errors()[0]
        reason = first["msg"].removeprefix("Value error, ")
        complain(f"REPORTEDLY_{str(first['loc'][0]).upper()}: {reason}")
        raise typer.Exit(2) from None
    logs.configure(chosen.log_level, chosen.log_format)
    return chosen


def migrate_database(chosen: Settings) -> None:
    """Bring the tables to the newest version."""
    from app import database  # noqa: PLC0415

    with database_errors():
        database.migrate(chosen.database_url)


def say(line: str) -> None:
    """Print a line as it is."""
    print(line, flush=True)


def complain(line: str) -> None:
    """Print a line on standard error."""
    print(line, file=sys.stderr, flush=True)


def fail(line: str) -> NoReturn:
    """Complain, and end with exit code 1."""
    complain(line)
    raise typer.Exit(1)


@contextmanager
def database_errors() -> Iterator[None]:
    """One clear line where the database cannot be used."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from app.database import MigrationError  # noqa: PLC0415

    try:
        yield
    except DBAPIError as error:
        fail(f"database: {str(error.orig).strip().splitlines()[0]}")
    except MigrationError as error:
        fail(f"database: {error}")
