"""Pages that the event loop reads, and what happens to those that take longer."""

import threading

import pytest
from httpx import Client

from app.api import lists, quick
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving

PATHS = ("/claims?act=statement", "/events?sort=-date&limit=1", "/actors", "/sources", "/reports")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the threads in which pages are read from now on."""
    names: list[str] = []

    def spied(module: object) -> None:
        read = module.page  # type: ignore[attr-defined]

        def page(*arguments: object) -> object:
            names.append(threading.current_thread().name)
            return read(*arguments)

        monkeypatch.setattr(module, "page", page)

    spied(quick)
    spied(lists)
    return names


@pytest.mark.parametrize("path", PATHS)
def test_a_quick_page_needs_no_other_thread(world_url: str, threads: list[str], path: str) -> None:
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as client,
    ):
        assert client.get(path).json()["items"]

    assert len(threads) == 1
    assert "worker" not in threads[0].lower()


@pytest.mark.parametrize("path", PATHS)
def test_one_that_takes_longer_is_read_in_a_thread(
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


def test_words_are_searched_for_in_a_thread(world_url: str, threads: list[str]) -> None:
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as client,
    ):
        assert client.get("/claims?q=attack").json()["items"]

    assert ["worker" in name.lower() for name in threads] == [True]
