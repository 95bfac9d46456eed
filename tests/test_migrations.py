"""One history of the tables, on SQLite and on PostgreSQL."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app import models
from app.database import engine, migrate, newest_revision, reading, writing
from app.ingest import deciding
from app.names import of_actor
from app.query.changes import changes
from tests import world
from tests.dump import whole

ROOT = Path(__file__).parents[1]


@pytest.fixture
def configured(database_url: str) -> Config:
    return Config(toml_file=ROOT / "pyproject.toml", attributes={"url": database_url})


def test_the_migrations_make_the_tables_of_the_models(configured: Config) -> None:
    command.check(configured)


def test_the_last_file_is_the_head_of_the_history(configured: Config) -> None:
    assert newest_revision() == ScriptDirectory.from_config(configured).get_current_head()


def test_the_history_can_be_walked_back_and_forth(configured: Config, database_url: str) -> None:
    command.downgrade(configured, "base")
    assert set(inspect(engine(database_url)).get_table_names()) <= {"alembic_version"}
    command.upgrade(configured, "head")
    command.check(configured)


def test_rows_come_through_the_migrations(configured: Config, database_url: str) -> None:
    world.fill(database_url)
    with writing(database_url) as session:
        deciding.merge(session.connection(), "sweden", "france")
    before = whole(database_url)
    command.downgrade(configured, "0006")
    command.upgrade(configured, "head")
    assert whole(database_url) == before


def test_migrating_twice_and_from_any_folder_changes_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    migrate(database_url)
    assert "claim" in inspect(engine(database_url)).get_table_names()


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "taken.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE response (pk)")
    connection.close()
    with pytest.raises(Exception, match="already exists"):
        migrate(f"sqlite:///{path}")
    engine(f"sqlite:///{path}").dispose()
    with sqlite3.connect(path) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert names == {"response"}


def test_what_was_there_before_revisions_is_listed_as_changed(
    configured: Config, database_url: str
) -> None:
    def listed() -> set[str]:
        with reading(database_url) as session:
            return set(changes(session, (), 500, None).items)

    world.fill(database_url)
    before = listed()
    command.downgrade(configured, "0005")
    command.upgrade(configured, "head")
    assert listed() == before


def _report(url: str, title: str) -> None:
    with writing(url) as session:
        session.execute(
            text(
                "INSERT INTO report (id, title, language, sha256, text, loaded_at, body)"
                " VALUES (:title, :title, 'en', '', 'Troops were moving.', '2025-01-01', '')"
            ),
            {"title": title},
        )


@pytest.mark.parametrize(
    "index", ["report_search", "report_search_by_day", "report_search_by_start"]
)
def test_full_text_search_follows_inserts_updates_and_deletes(sqlite_url: str, index: str) -> None:
    def found(words: str) -> int:
        with reading(sqlite_url) as session:
            query = f"SELECT count(*) FROM {index} WHERE {index} MATCH :words"
            return int(session.execute(text(query), {"words": words}).scalar_one())

    _report(sqlite_url, "Café")
    assert (found("cafe"), found("moved"), found("harbour")) == (1, 1, 0)
    with writing(sqlite_url) as session:
        session.execute(text("UPDATE report SET text = 'Harbours closed.', body = 'x'"))
    assert (found("moved"), found("harbour")) == (0, 1)
    with writing(sqlite_url) as session:
        session.execute(text("DELETE FROM report"))
    assert found("harbour") == 0


def test_words_and_names_that_were_there_before_are_indexed(sqlite_url: str) -> None:
    config = Config(toml_file=ROOT / "pyproject.toml", attributes={"url": sqlite_url})
    world.fill(sqlite_url)
    with writing(sqlite_url) as session:
        accented = {"name": "Défense 国防部", "said": {}}
        names = of_actor(accented)
        session.add(models.Actor(id="a", kind="other", names=names, **accented))
    command.downgrade(config, "0009")
    command.upgrade(config, "head")
    with writing(sqlite_url) as session:
        kept = session.execute(text("SELECT names FROM actor WHERE id = 'a'"))
        assert kept.scalar() == names == "defense 国防部\n"
        for name in (
            *("claim_search_by_day", "event_search_by_day", "report_search_by_day"),
            *("actor_search", "source_search"),
            *("actor_search_by_start", "source_search_by_start", "report_search_by_start"),
        ):
            check = f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)"
            session.execute(text(check))  # compares with the rows


@pytest.mark.postgresql
def test_postgresql_searches_by_index(postgresql_url: str) -> None:
    _report(postgresql_url, "Café")
    with reading(postgresql_url) as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = session.execute(
            text(
                "EXPLAIN SELECT pk FROM report WHERE to_tsvector('english',"
                " left(title || ' ' || text, 250000)) @@ to_tsquery('english', 'move')"
            )
        ).scalars()
        assert "report_search" in "\n".join(plan)
