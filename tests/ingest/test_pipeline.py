"""Loading: each report whole or not at all, whatever happens to the loader."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from app.database import engine, writing
from app.ingest.pipeline import Stored, load, outdated, refresh
from app.ingest.read import Refusal
from app.ingest.store import Change
from app.ingest.version import extractor_version
from tests.dump import dump, whole

SENTENCE = "Harbour master Mira Okafor said on Monday that the port of Elan would stay closed. "

ENGLISH = "---\nlanguage: en\n---\n"
"""Told, because telling it from the text takes a second to load."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.txt").write_text(
            f"{ENGLISH}Report {number}.\n\n" + SENTENCE * (number + 1)
        )
    return folder


def test_bad_documents_do_not_stop_good_ones(database_url: str, news: Path) -> None:
    (news / "3.txt").write_bytes(b"\xff")
    outcomes = list(load(database_url, [news]))
    assert [type(outcome) for outcome in outcomes].count(Stored) == 7
    assert str(outcomes[3]).endswith("3.txt: invalid UTF-8 at byte 0")


def test_a_second_load_changes_nothing_and_extracts_nothing(
    database_url: str, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(load(database_url, [news]))
    before = whole(database_url)
    monkeypatch.setattr("app.ingest.extract.extract", None)
    again = list(load(database_url, [news]))
    assert {outcome.change for outcome in again if isinstance(outcome, Stored)} == {Change.HELD}
    assert whole(database_url) == before


def test_an_extraction_that_fails_refuses_its_report_only(
    sqlite_url: str, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("too odd")

    monkeypatch.setattr("app.ingest.extract.extract", fail)
    outcomes = list(load(sqlite_url, [news]))
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)
    assert str(outcomes[0]).endswith("0.txt: extraction failed: ValueError: too odd")
    assert not any(whole(sqlite_url).values())


def test_refresh_reads_again_what_an_older_extractor_read(database_url: str, news: Path) -> None:
    list(load(database_url, [news]))
    fresh = dump(database_url)
    with writing(database_url) as session:
        session.execute(text("UPDATE claim SET text = 'older', body = ''"))
        session.execute(text("UPDATE report SET extractor = 'older'"))
    assert outdated(database_url) == 8
    assert {str(outcome).split(": ")[1].split(",")[0] for outcome in refresh(database_url)} == {
        "refreshed"
    }
    assert dump(database_url) == fresh
    assert list(refresh(database_url)) == []


def test_the_extractor_version_names_release_and_state() -> None:
    release, _, state = extractor_version().partition("+")
    assert release[0].isdigit()
    assert len(state) == 8


MADE_UP = """
import sys
import types
from pathlib import Path
import app.ingest.pipeline
from app.ingest.extraction import Actor, Claim, Extraction, Link, Mention, Source, Span
from app.ingest.pipeline import load
from app.vocabulary import *

def extract(text, published_on):
    spans = [Span(at, at + 5) for at in range(0, len(text) - 5, 5)]
    mention = Mention(spans[0], spans[0], MentionForm.NAME)
    actor = Actor("a1", "Elan Trust", ActorKind.ORGANIZATION, None, (mention,))
    claims = tuple(
        Claim((span,), (Link("s1", (span,), (span,)),), Act.STATEMENT, Directness.INDIRECT,
              Certainty.CERTAIN, Polarity.AFFIRMED, Status.UNVERIFIED, about=("a1",))
        for span in spans
    )
    source = Source("s1", "Elan Trust", SourceKind.ORGANIZATION, "a1")
    return Extraction((actor,), (source,), (), (), claims, ())

app.ingest.pipeline.extractor_version = lambda: "made up"
sys.modules["app.ingest.extract"] = types.SimpleNamespace(extract=extract)
"""
"""Extraction is made up and starts quickly; storing is real."""

LOADER = (
    MADE_UP
    + """
print("ready", flush=True)
for round in range(1000):
    for path in sorted(Path(sys.argv[2]).iterdir()):
        words = f"Round {round}. " * (20 + len(path.stem)) + path.name
        path.write_text("---\\nlanguage: en\\n---\\n" + words)
        for outcome in load(sys.argv[1], [path]):
            print(outcome, flush=True)
"""
)
"""A loader that changes and loads documents for ever."""

MIGRATE_AND_LOAD = (
    MADE_UP
    + """
from app.database import migrate
migrate(sys.argv[1])
for outcome in load(sys.argv[1], [Path(sys.argv[2])]):
    print(outcome)
"""
)


def test_a_killed_loader_leaves_each_report_whole_or_absent(
    sqlite_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "changing"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").touch()
    path = sqlite_url.removeprefix("sqlite:///")
    moments = random.Random(7)
    killed = 0
    for _ in range(5):
        command = [sys.executable, "-c", LOADER, sqlite_url, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as loader:
            assert loader.stdout
            loader.stdout.readline()
            time.sleep(moments.uniform(0.05, 0.6))
            os.kill(loader.pid, signal.SIGKILL)
            killed += loader.wait() == -signal.SIGKILL
        connection = sqlite3.connect(path)
        try:
            _is_whole(connection)
        finally:
            connection.close()
    assert killed == 5


def _is_whole(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("report", "claim", "actor", "source"):
        command = f"INSERT INTO {table}_search({table}_search) VALUES ('integrity-check')"
        connection.execute(command)
    connection.rollback()
    reports = connection.execute("SELECT pk, length(text), body, extractor FROM report").fetchall()
    for pk, length, body, extractor in reports:
        claims = connection.execute(
            "SELECT count(*), count(nullif(body, '')) FROM claim WHERE report_pk = ?", (pk,)
        ).fetchone()
        expected = len(range(0, length - 5, 5))
        assert claims == (expected, expected)
        assert f'"claims":{expected}' in body
        assert extractor == "made up"
    named = connection.execute("SELECT count(DISTINCT report_pk) FROM report_name").fetchone()
    assert named == (len(reports),)


def test_loaders_that_start_at_the_same_time_wait_for_each_other(
    tmp_path: Path, news: Path
) -> None:
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("alone", "together")]
    for url, count in zip(urls, (1, 3), strict=True):
        command = [sys.executable, "-c", MIGRATE_AND_LOAD, url, str(news)]
        loaders = [subprocess.Popen(command) for _ in range(count)]
        assert [loader.wait() for loader in loaders] == [0] * count
    alone, together = (dump(url) for url in urls)
    assert together == alone
    for url in urls:
        engine(url).dispose()
