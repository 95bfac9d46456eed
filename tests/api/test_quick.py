"""Pages and rows that the event loop reads, and what happens to those that take longer."""

import sqlite3
import threading
from collections.abc import Callable

import pytest
from httpx import Client

from app.api import lists, quick
from app.api.quick import QuickReader
from app.database import Driver
from app.main import create_app
from app.query import read
from app.query.collections import CLAIMS
from app.query.page import Page, Slice
from app.settings import Settings
from tests.api.conftest import serving

PAGES = ("/claims?act=statement", "/events?sort=-date&limit=1", "/actors", "/sources", "/reports")
ROWS = ("/actors/sweden", "/sources/le-papier")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads in which pages and rows are read from now on."""
    names: list[str] = []

    def spied(module: object, name: str) -> None:
        reads = getattr(module, name)

        def spy(*arguments: object) -> object:
            names.append(threading.current_thread().name)
            return reads(*arguments)

        monkeypatch.setattr(module, name, spy)

    spied(quick, "page")
    spied(lists, "page")
    spied(quick, "row")
    spied(read, "one")
    return names


@pytest.mark.parametrize("path", PAGES + ROWS)
def test_what_is_quick_needs_no_other_thread(world_url: str, threads: list[str], path: str) -> None:
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as client,
    ):
        assert client.get(path).status_code == 200

    assert len(threads) == 1
    assert "worker" not in threads[0].lower()


@pytest.mark.parametrize("path", PAGES + ROWS)
def test_what_takes_longer_is_read_in_a_thread(
    client: Client,
    world_url: str,
    threads: list[str],
    path: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = client.get(path)
    threads.clear()
    monkeypatch.setattr(quick, "SECONDS", -1)
    monkeypatch.setattr(quick, "_STEPS", 1)
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as other,
    ):
        answer = other.get(path)

    assert answer.json() == expected.json()
    assert ["worker" in name.lower() for name in threads] == [False, True]


def test_a_page_that_took_longer_does_not_slow_those_after_it(
    world_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, compiled = 0, 0
    given_up_at = -1

    def count_steps() -> bool:
        nonlocal steps
        steps += 1
        return steps == given_up_at

    def count_compiled(action: int, *_: object) -> int:
        nonlocal compiled
        compiled += action == sqlite3.SQLITE_SELECT
        return sqlite3.SQLITE_OK

    def opened(url: str, opened: Callable[[str], Driver] = quick._opened) -> Driver:
        driver = opened(url)
        driver.connection.set_progress_handler(count_steps, 1)
        driver.connection.set_authorizer(count_compiled)  # asked when a statement is compiled
        return driver

    def page() -> Page | None:
        return reader.page(CLAIMS, {}, Slice("loaded", 10))

    monkeypatch.setattr(quick, "_opened", opened)
    reader = QuickReader(world_url)
    found = page()
    steps = 0
    assert page() == found
    steps, given_up_at = 0, steps * 3 // 4  # some rows are there
    assert page() is None
    given_up_at = -1
    assert page() == found
    compiled = 0
    assert page() == found
    assert compiled == 0
    reader.close()


def test_words_are_searched_for_in_a_thread(world_url: str, threads: list[str]) -> None:
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as client,
    ):
        assert client.get("/claims?q=attack").json()["items"]

    assert ["worker" in name.lower() for name in threads] == [True]
