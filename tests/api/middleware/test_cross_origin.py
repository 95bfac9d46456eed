"""Web pages of other origins may ask if the settings say so."""

from collections.abc import Iterator

import pytest
from httpx import Client, Response

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving
from tests.api.test_problems import problem

PAGE, OTHER = "https://news.example", "https://other.example"


@pytest.fixture(scope="module")
def shared(world_url: str) -> Iterator[Client]:
    settings = Settings(database_url=world_url, cors_origins=f"{PAGE}, http://localhost:3000")
    with serving(create_app(settings)) as url, Client(base_url=url) as made:
        yield made


def preflight(client: Client, origin: str, method: str) -> Response:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization, x-request-id",
    }
    return client.options("/claims", headers=asked)


def test_no_page_may_ask_unless_origins_are_set(client: Client) -> None:
    answer = client.get("/claims", headers={"Origin": PAGE})

    assert "access-control-allow-origin" not in answer.headers
    problem(preflight(client, PAGE, "GET"), 405)


def test_a_page_of_a_set_origin_may_ask_and_see_the_headers(shared: Client) -> None:
    for _ in range(2):  # the second answer comes from memory
        answer = shared.get("/claims", headers={"Origin": PAGE})
        assert answer.headers["access-control-allow-origin"] == PAGE
        assert {"Accept-Encoding", "Origin"} <= set(answer.headers["vary"].split(", "))
        exposed = answer.headers["access-control-expose-headers"]
        assert exposed == "ETag, Link, Location, Retry-After, X-Request-ID"


def test_one_origin_never_gets_the_answer_that_was_kept_for_another(shared: Client) -> None:
    shared.get("/events", headers={"Origin": PAGE})

    assert "access-control-allow-origin" not in shared.get("/events").headers
    other = shared.get("/events", headers={"Origin": OTHER})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_page_may_send_a_key(shared: Client, method: str) -> None:
    answer = preflight(shared, PAGE, method)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert method in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize(("origin", "method"), [(OTHER, "GET"), (PAGE, "PUT")])
def test_a_refused_preflight_is_a_problem(shared: Client, origin: str, method: str) -> None:
    problem(preflight(shared, origin, method), 400)


def test_an_error_can_be_read_by_the_page_too(shared: Client) -> None:
    answer = shared.get("/claims/none", headers={"Origin": PAGE})

    assert answer.headers["access-control-allow-origin"] == PAGE
