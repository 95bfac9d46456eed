"""The feed of changes, as clients see it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from app import schemas
from app.database import engine, writing
from app.ingest import deciding
from app.ingest.store import remove
from app.main import create_app
from app.settings import Settings
from tests import world
from tests.api.conftest import serving
from tests.api.test_problems import cursor, problem

COLLECTIONS = ("sources", "actors", "reports", "claims", "events")


def follow(client: Client, start: str | None = None, **query: Any) -> tuple[list[Any], str]:
    """All changes after a cursor, in pages, and the cursor to go on from."""
    items, following, more = [], start, True
    while more:
        answer = client.get("/changes", params=query | ({"cursor": following} if following else {}))
        found = answer.raise_for_status().json()
        schemas.Changes.model_validate_json(answer.content)
        items += found["items"]
        following, more = found["next"], found["more"]
        assert ("next" in answer.links) == more
    assert following
    return items, following


def told(items: list[Any]) -> set[tuple[str, str, bool]]:
    return {(item["collection"], item["id"], item["removed"]) for item in items}


def test_from_the_start_it_gives_all_that_is_there(either_client: Client) -> None:
    items, _ = follow(either_client, limit=3)
    for name in COLLECTIONS:
        listed = either_client.get(f"/{name}?limit=500").json()["items"]
        found = [item["item"] for item in items if item["collection"] == name]
        assert sorted(found, key=lambda row: str(row["id"])) == sorted(
            listed, key=lambda row: str(row["id"])
        )
    assert all(item["id"] == item["item"]["id"] for item in items)


def test_some_collections_can_be_followed_only(either_client: Client) -> None:
    items, _ = follow(either_client, limit=1, collection=["actors", "events"])
    assert {item["collection"] for item in items} == {"actors", "events"}
    everything, _ = follow(either_client)
    assert items == [item for item in everything if item["collection"] in {"actors", "events"}]


def test_the_link_leads_to_the_next_page_with_the_same_filter(client: Client) -> None:
    first = client.get("/changes?limit=1&collection=claims&collection=events")
    second = client.get(first.links["next"]["url"])
    assert second.json()["items"][0]["collection"] in {"claims", "events"}
    assert len(second.json()["items"]) == 1


def test_at_the_end_the_cursor_stays_where_it_is(either_client: Client) -> None:
    _, end = follow(either_client)
    answer = either_client.get("/changes", params={"cursor": end})
    assert answer.json() == {"items": [], "next": end, "more": False}


class Running:
    """A service whose database changes under it."""

    def __init__(self, client: Client, url: str) -> None:
        self.client = client
        self.url = url

    def write(self) -> Any:
        """A transaction."""
        return writing(self.url)


@pytest.fixture
def running(database_url: str) -> Iterator[Running]:
    world.fill(database_url)
    with (
        serving(create_app(Settings(database_url=database_url))) as address,
        Client(base_url=address) as made,
    ):
        yield Running(made, database_url)


def rows_of(client: Client, report: str) -> set[tuple[str, str]]:
    claims = client.get(f"/claims?report={report}").json()["items"]
    events = client.get(f"/events?report={report}").json()["items"]
    return {("claims", row["id"]) for row in claims} | {("events", row["id"]) for row in events}


def test_a_report_that_is_removed_takes_along_what_only_it_told(running: Running) -> None:
    (report,) = running.client.get("/reports?q=harbour").json()["items"]
    gone = rows_of(running.client, report["id"])
    _, end = follow(running.client)
    with running.write() as session:
        remove(session.connection(), "letter.txt")
    items, _ = follow(running.client, end, limit=2)
    assert told(items) == {
        ("reports", report["id"], True),
        ("actors", "jane-doe", True),
        ("sources", "memo", True),
        ("actors", "sweden", False),  # counts one report less
        *((name, id_, True) for name, id_ in gone),
    }
    (sweden,) = (item["item"] for item in items if item["id"] == "sweden")
    assert sweden == running.client.get("/actors/sweden").json()


def test_a_merged_actor_is_removed_and_comes_back_when_that_is_undone(running: Running) -> None:
    _, end = follow(running.client)
    with running.write() as session:
        deciding.merge(session.connection(), "sweden", "france")
    merged, end = follow(running.client, end)
    assert ("actors", "sweden", True) in told(merged)
    assert ("actors", "france", False) in told(merged)
    assert len(rows_of_all(merged)) == 3  # the claim and both events that showed Sweden, no others
    with running.write() as session:
        deciding.undo(session.connection(), 1)
    undone, _ = follow(running.client, end)
    assert {("actors", "sweden", False), ("actors", "france", False)} <= told(undone)


def rows_of_all(items: list[Any]) -> set[str]:
    return {item["id"] for item in items if item["collection"] in {"claims", "events"}}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=1&limit=2", "limit"),
        ("collection=places", "collection"),
        ("collection=", "collection"),
        ("sort=loaded", "sort"),
        ("q=harbour", "q"),
        ("cursor=", "cursor"),
        ("cursor=%F0%9F%99%82", "cursor"),
        ("cursor=" + "x" * 3000, "cursor"),
    ],
)
def test_what_is_unknown_or_invalid_is_422(client: Client, query: str, name: str) -> None:
    errors = problem(client.get(f"/changes?{query}"), 422)["errors"]
    assert [error["name"] for error in errors] == [name]


TOKEN = "0123456789abcdef"


@pytest.mark.parametrize(
    "forged",
    [
        cursor(None),
        cursor({}),
        cursor(["changes"]),
        cursor(["changes", 1, 0, 0, 1, "0123"]),
        cursor(["changes", 1, 0, 0, 1, "\ud800"]),
        cursor(["changes", 1, 0, 0, 1, None]),
        cursor(["changes", 1, 0, 0, 2**31, TOKEN]),
        cursor(["changes", 1, 0, 2**31, 1, TOKEN]),
        cursor(["changes", -1, 0, 0, 1, TOKEN]),
        cursor(["changes", 1, 0, 0.5, 1, TOKEN]),
        cursor(["changes", 1, 0, True, 1, TOKEN]),
        cursor(["changes", 1, 0, 0, 1, 1, TOKEN]),
        cursor(["claims", "loaded", 1, 1, 1, TOKEN]),
        "W1tb" * 400,
    ],
)
def test_a_forged_cursor_is_422(either_client: Client, forged: str) -> None:
    answer = either_client.get("/changes", params={"cursor": forged})
    assert [error["name"] for error in problem(answer, 422)["errors"]] == ["cursor"]


@pytest.mark.parametrize("head", [1, 2, 3, 2**31 - 1])
def test_a_cursor_of_another_history_is_410(either_client: Client, head: int) -> None:
    answer = either_client.get(
        "/changes", params={"cursor": cursor(["changes", 1, 0, 0, head, TOKEN])}
    )
    assert "start again without a cursor" in problem(answer, 410)["detail"]


def test_after_a_backup_was_restored_followers_start_again(tmp_path: Path) -> None:
    """Also when the restored database has been written to, and has as many revisions again."""
    path, backup = tmp_path / "now.db", tmp_path / "backup.db"
    url = f"sqlite:///{path}"

    def change(decide: Any, *arguments: Any) -> None:
        with writing(url) as session:
            decide(session.connection(), *arguments)
        engine(url).dispose()  # the last connection leaves all in one file

    @contextmanager
    def served() -> Iterator[Client]:
        application = create_app(Settings(database_url=url))
        with serving(application) as address, Client(base_url=address) as client:
            yield client

    world.fill(url)
    engine(url).dispose()
    shutil.copyfile(path, backup)
    with served() as client:
        _, before = follow(client)
        change(deciding.merge, "sweden", "france")
        _, after = follow(client)
    shutil.copyfile(backup, path)
    with served() as client:
        assert client.get("/changes", params={"cursor": before}).status_code == 200
        problem(client.get("/changes", params={"cursor": after}), 410)
        change(deciding.merge, "france", "jane-doe")
        change(deciding.undo, 1)
        problem(client.get("/changes", params={"cursor": after}), 410)
        assert follow(client, before)[0]
        assert follow(client)[0]
    engine(url).dispose()
