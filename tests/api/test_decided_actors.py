"""Actors that people have merged or split, as clients see them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Client

from app.database import engine, writing
from app.ingest import deciding
from app.main import create_app
from app.settings import Settings
from tests import world
from tests.api.conftest import serving


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[Client]:
    """The small world, in which Sweden was merged into France."""
    url = f"sqlite:///{tmp_path / 'merged.db'}"
    world.fill(url)
    with writing(url) as session:
        deciding.merge(session.connection(), "sweden", "france")
    app = create_app(Settings(database_url=url))
    with serving(app) as address, Client(base_url=address) as made:
        yield made
    engine(url).dispose()


def test_the_old_id_of_a_merged_actor_leads_to_the_new_one(merged: Client) -> None:
    answer = merged.get("/actors/sweden")
    assert (answer.status_code, answer.headers["location"]) == (308, "france")
    followed = merged.get("/actors/sweden", follow_redirects=True)
    assert followed.json() == merged.get("/actors/france").json()
    assert followed.json()["reports"] == 2
    readings = merged.get("/actors/sweden/readings?limit=1", follow_redirects=True)
    assert len(readings.json()["items"]) == 1
    assert str(readings.url).endswith("/actors/france/readings?limit=1")


def test_lists_show_a_merged_actor_once_under_all_its_names(merged: Client) -> None:
    found = merged.get("/actors?q=Paris").json()["items"]
    assert [item["id"] for item in found] == ["france"]
    assert "sweden" not in {item["id"] for item in merged.get("/actors").json()["items"]}
    assert [item["id"] for item in merged.get("/sources?q=Paris").json()["items"]] == ["france"]


@pytest.mark.parametrize("query", ["/events?actor={}", "/claims?about={}", "/events?initiator={}"])
def test_a_filter_takes_the_old_id_and_the_new_one(merged: Client, query: str) -> None:
    old, new = (merged.get(query.format(id_)).json()["items"] for id_ in ("sweden", "france"))
    assert old == new != []


def test_readings_say_why_a_report_means_this_actor(merged: Client) -> None:
    items: list[dict[str, object]] = []
    cursor: str | None = ""
    while cursor is not None:
        following = {"cursor": cursor} if cursor else {}
        found = merged.get("/actors/france/readings", params={"limit": 1, **following}).json()
        items += found["items"]
        cursor = found["next"]
    said = [(item["read_as"], item["name"], item["evidence"]) for item in items]
    assert said == [
        ("france", "France", "name"),
        ("sweden", "Sweden", "name"),
        ("sweden", "Sweden", "name"),
    ]
    report = items[0]["report"]
    assert isinstance(report, dict)
    assert report["publisher"]["id"] == "le-papier"


def test_readings_of_nobody_are_not_found(merged: Client) -> None:
    assert merged.get("/actors/nobody/readings").status_code == 404
    assert merged.get("/actors/france/readings?colour=red").status_code == 422
