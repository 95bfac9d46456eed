"""A repeated question is answered from memory, and never with what is no longer so."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI, Response
from httpx import Client
from sqlalchemy import text

from app.api.middleware.content_coding import Accepted
from app.api.middleware.response_cache import Entry, Kept, Key
from app.database import engine, reading
from app.main import create_app
from app.settings import Settings
from tests import world
from tests.api.conftest import serving


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "world.db"
    world.fill(f"sqlite:///{path}")
    yield path
    engine(f"sqlite:///{path}").dispose()


def commit(database: Path, number: int) -> None:
    """Another program numbers the titles."""
    connection = sqlite3.connect(database, timeout=30)
    with connection:
        connection.execute("UPDATE report SET title = ?", (str(number),))
    connection.close()


class Titles:
    """An application with a route of its own, that tells a title and how often it was asked."""

    def __init__(self, database: Path, **settings: int) -> None:
        self.url = f"sqlite:///{database}"
        self.asked = 0
        self.has_read, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()
        self.app: FastAPI = create_app(Settings(database_url=self.url, **settings))
        self.app.add_api_route("/title", self.title)
        self.app.add_api_route("/unkept", self.unkept)

    def title(self) -> dict[str, str]:
        self.asked += 1
        with reading(self.url) as session:
            found = (
                session.connection().execute(text("SELECT title FROM report WHERE pk = 1")).one()[0]
            )
        self.has_read.set()
        self.may_answer.wait()
        return {"title": found}

    def unkept(self, response: Response) -> dict[str, str]:
        response.headers["Cache-Control"] = "no-store"
        return self.title()


def test_the_database_is_asked_once_for_one_state_of_the_data(database: Path) -> None:
    titles = Titles(database)
    with serving(titles.app) as url, Client(base_url=url) as client:
        first, again = client.get("/title"), client.get("/title")
        assert titles.asked == 1
        assert first.json() == again.json() == {"title": "A meeting"}
        of_each = {"date", "x-request-id"}
        assert [item for item in first.headers.items() if item[0] not in of_each] == [
            item for item in again.headers.items() if item[0] not in of_each
        ]

        commit(database, 7)
        assert client.get("/title").json() == {"title": "7"}
        assert titles.asked == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "application/x-ndjson"},
        {"Accept-Encoding": "gzip"},
        {"Host": "news.example"},
    ],
)
def test_answers_that_may_differ_are_kept_apart(database: Path, headers: dict[str, str]) -> None:
    titles = Titles(database)
    with (
        serving(titles.app) as url,
        Client(base_url=url, headers={"Accept-Encoding": ""}) as client,
    ):
        client.get("/title")
        client.get("/title", headers=headers)
        client.get("/title?")
        assert titles.asked == 2


def test_what_says_no_store_and_what_is_posted_is_not_kept(database: Path) -> None:
    titles = Titles(database)
    titles.app.add_api_route("/posted", titles.title, methods=["POST"])
    with serving(titles.app) as url, Client(base_url=url) as client:
        for _ in range(2):
            client.get("/unkept")
            client.post("/posted")
        assert titles.asked == 4


def test_no_room_means_nothing_is_kept(database: Path) -> None:
    titles = Titles(database, cache_bytes=0)
    with serving(titles.app) as url, Client(base_url=url) as client:
        client.get("/title")
        client.get("/title")
        assert titles.asked == 2


def test_an_answer_that_a_commit_has_overtaken_is_given_once_only(database: Path) -> None:
    titles = Titles(database)
    titles.may_answer.clear()
    with (
        serving(titles.app) as url,
        Client(base_url=url) as client,
        ThreadPoolExecutor() as threads,
    ):
        overtaken = threads.submit(client.get, "/title")
        titles.has_read.wait()
        commit(database, 8)
        client.get("/livez")  # whoever asks meanwhile, the new revision is known by now
        titles.may_answer.set()

        assert overtaken.result().json() == {"title": "A meeting"}
        assert client.get("/title").json() == {"title": "8"}


def test_no_read_that_begins_after_a_commit_shows_the_state_before(database: Path) -> None:
    titles = Titles(database)
    committed, last = 0, 200

    def write() -> None:
        nonlocal committed
        for number in range(1, last + 1):
            commit(database, number)
            committed = number
            time.sleep(0.003)  # in which the same is asked several times

    def read(url: str) -> int:
        asked = 0
        with Client(base_url=url) as client:
            while committed < last:
                before = committed
                shown = client.get("/title").json()["title"]
                assert (0 if shown == "A meeting" else int(shown)) >= before
                asked += 1
        return asked

    with serving(titles.app) as url, ThreadPoolExecutor() as threads:
        readers = [threads.submit(read, url) for _ in range(3)]
        write()
        asked = sum(reader.result() for reader in readers)
    assert titles.asked < asked  # some answers did come from memory


def entry(size: int) -> Entry:
    return Entry((), b"x" * size, None)


def key(path: str) -> Key:
    return Key("http", path.encode(), b"", b"", b"", Accepted(None, identity=True))


def test_the_least_recently_used_answers_make_room() -> None:
    kept = Kept(100_000)
    for number in range(30):
        kept.keep(key(f"/{number}"), entry(3000))
        assert kept.find(key("/0")) is not None
        assert kept.bytes <= 100_000

    assert kept.find(key("/1")) is None
    assert kept.find(key("/29")) is not None
    assert 15 < len(kept.entries) < 20


def test_an_answer_that_would_push_out_all_others_is_not_kept() -> None:
    kept = Kept(100_000)
    kept.keep(key("/large"), entry(50_000))

    assert kept.find(key("/large")) is None
