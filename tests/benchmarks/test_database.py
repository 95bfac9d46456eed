"""The databases of the benchmark are what the product would have stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from app import schemas
from app.database import engine, reading, writing
from app.ingest.rendering import render
from app.ingest.shared import recount
from tests.benchmarks.http.database import fill
from tests.dump import whole

_tables = SQLModel.metadata.tables
CLAIMS = 150


@pytest.fixture(scope="module")
def migrated(_migrated_file: Path) -> Path:
    return _migrated_file


@pytest.fixture(scope="module")
def filled(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("benchmark") / "claims.db"
    path.write_bytes(migrated.read_bytes())
    fill(path, CLAIMS)
    yield path
    engine(f"sqlite:///{path}").dispose()


def test_its_tables_indexes_and_triggers_are_the_products(filled: Path, migrated: Path) -> None:
    def definitions(path: Path) -> set[str]:
        with closing(sqlite3.connect(path)) as connection:
            return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")}

    assert definitions(filled) == definitions(migrated)


def test_its_keys_and_words_are_found(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("claim", "event", "report", "actor", "source"):
            _check(connection, f"{index}_search")
        for index in ("claim", "event", "report"):
            _check(connection, f"{index}_search_by_day")


def _check(connection: sqlite3.Connection, index: str) -> None:
    """Whether it has the words of the rows and no others."""
    connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_its_bodies_are_what_the_schemas_say(filled: Path) -> None:
    listed = {
        "actor": schemas.Actor,
        "claim": schemas.Claim,
        "event": schemas.Event,
        "source": schemas.Source,
    }
    with reading(f"sqlite:///{filled}") as session:
        for name, schema in listed.items():
            bodies = session.connection().execute(select(_tables[name].c.body)).scalars().all()
            assert len(bodies) >= CLAIMS / 5
            for body in bodies:
                assert schema.model_validate_json(body).model_dump_json() == body


def test_storing_would_have_rendered_and_derived_the_same(filled: Path) -> None:
    url = f"sqlite:///{filled}"
    before = whole(url)
    with writing(url) as session:
        connection = session.connection()
        shared = ("actor", "source", "place")
        pks = {
            name: connection.execute(select(_tables[name].c.pk)).scalars().all() for name in shared
        }
        changed = recount(connection, pks)
        for pk in connection.execute(select(_tables["report"].c.pk)).scalars().all():
            render(connection, pk)

    assert changed == set()
    assert whole(url) == before
