"""What a Prometheus learns of the service."""

import time
from collections.abc import Iterator

import pytest
from httpx import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families

from app.database import writing
from app.ingest.store import remove
from app.main import create_app
from app.settings import Settings
from tests import world
from tests.api.conftest import serving
from tests.api.test_problems import problem

Labels = frozenset[tuple[str, str]]


@pytest.fixture
def fresh(database_url: str) -> Iterator[Client]:
    """A server that nobody has asked anything."""
    world.fill(database_url)
    with (
        serving(create_app(Settings(database_url=database_url))) as url,
        Client(base_url=url) as client,
    ):
        yield client


def numbers(client: Client) -> dict[tuple[str, Labels], float]:
    answer = client.get("/metrics").raise_for_status()
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def labels(**values: str) -> Labels:
    return frozenset(values.items())


def test_requests_are_counted_by_route_and_not_by_path(fresh: Client) -> None:
    for path in ("/actors/sweden", "/actors/france", "/actors/france", "/actors/x", "/y", "/z"):
        fresh.get(path)
    fresh.head("/actors/france/readings")
    found = numbers(fresh)

    counted = {
        tuple(sorted(dict(key[1]).values())): value
        for key, value in found.items()
        if key[0] == "reportedly_request_duration_seconds_count"
    }
    assert counted == {
        ("/actors/{id}", "200", "GET"): 3,
        ("/actors/{id}", "404", "GET"): 1,
        ("/actors/{id}/readings", "200", "HEAD"): 1,
        ("", "404", "GET"): 2,
    }
    one = {"method": "GET", "route": "/actors/{id}", "status": "200"}
    assert found["reportedly_request_duration_seconds_bucket", labels(**one, le="+Inf")] == 3
    assert found["reportedly_request_duration_seconds_sum", labels(**one)] > 0
    assert found["reportedly_requests_in_flight", labels()] == 1  # the one for the numbers


def test_rows_are_those_that_the_database_holds_now(fresh: Client, database_url: str) -> None:
    before = numbers(fresh)
    assert before["reportedly_rows", labels(table="claim")] == 3
    assert before["reportedly_rows", labels(table="report")] == 2

    with writing(database_url) as session:
        assert remove(session.connection(), "letter.txt")
    deadline = time.monotonic() + 10  # a slow count is not repeated at once
    while numbers(fresh)["reportedly_rows", labels(table="report")] == 2:
        assert time.monotonic() < deadline


def test_answers_from_memory_are_told_from_others(world_url: str) -> None:
    with (
        serving(create_app(Settings(database_url=world_url))) as url,
        Client(base_url=url) as client,
    ):
        client.get("/livez")  # may not be kept
        for _ in range(3):
            size = len(client.get("/claims").content)
        found = numbers(client)

    assert found["reportedly_kept_answers_total", labels(found="yes")] == 2
    assert found["reportedly_kept_answers_total", labels(found="no")] == 1
    assert found["reportedly_kept_answers_bytes", labels()] > size / 10  # it may be compressed


def test_the_process_tells_its_memory(client: Client) -> None:
    memory = numbers(client)["process_resident_memory_bytes", labels()]

    assert 2**24 < memory < 2**34


def test_numbers_come_without_the_database_too() -> None:
    settings = Settings(database_url="sqlite:////nowhere/at/all.db")
    with serving(create_app(settings)) as url, Client(base_url=url) as client:
        assert numbers(client)["reportedly_loader_waiting", labels()] == 0


def test_openmetrics_is_given_where_it_is_asked_for(client: Client) -> None:
    accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
    answer = client.get("/metrics", headers=accept)

    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    assert {"reportedly_rows", "reportedly_documents"} <= {
        family.name for family in open_metrics(answer.text)
    }


def test_the_numbers_take_no_parameters(client: Client) -> None:
    problem(client.get("/metrics?name=x"), 422)
