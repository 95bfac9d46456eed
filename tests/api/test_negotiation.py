"""Which representation comes, for which `Accept` and `format`."""

import pytest
from httpx import Client

from tests.api.test_problems import problem

JSON = "application/json"
NDJSON = "application/x-ndjson"
CSV = "text/csv; charset=utf-8; header=present"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("APPLICATION/JSON; charset=utf-8", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8", JSON),
        ("application/x-ndjson", NDJSON),
        ("text/csv", CSV),
        ("text/csv; header=present", CSV),
        ("text/*", CSV),
        ("application/json;q=0.5, text/csv", CSV),
        ("application/json;q=0.5, text/csv;q=0.4, application/x-ndjson;q=0.6", NDJSON),
        ("application/json;q=0, */*", NDJSON),
        ("*/*;q=0.1, text/*;q=0.2, application/*;q=0", CSV),
        ("text/html, application/json;q=often, text/csv;q=0.001", CSV),
        ("text/html, text/csv;q=0, */*;q=0.1", JSON),
        ('application/x-ndjson; profile="a,b;c"', NDJSON),
    ],
)
def test_the_highest_quality_decides(client: Client, accept: str, content_type: str) -> None:
    answer = client.get("/claims", headers={"Accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize(
    "accept",
    ["text/html", "image/*", "json", ";", "*/*;q=0", "application/json;q=0", "*/*;q=2", "\x80"],
)
@pytest.mark.parametrize("path", ["/claims", "/sources/france"])
def test_what_nobody_has_is_406_and_told(client: Client, path: str, accept: str) -> None:
    answer = client.get(path, headers={b"Accept": accept.encode("latin-1")})

    assert "application/json" in problem(answer, 406)["detail"]


@pytest.mark.parametrize("accept", ["text/html", "text/csv", "*/*"])
@pytest.mark.parametrize(
    ("name", "content_type"), [("json", JSON), ("ndjson", NDJSON), ("csv", CSV)]
)
def test_format_is_asked_first(client: Client, accept: str, name: str, content_type: str) -> None:
    answer = client.get(f"/events?format={name}", headers={"Accept": accept})

    assert answer.headers["content-type"] == content_type


@pytest.mark.parametrize("query", ["format=xml", "format=", "format=csv&format=json"])
def test_an_unknown_format_is_422(client: Client, query: str) -> None:
    errors = problem(client.get(f"/claims?{query}"), 422)["errors"]

    assert [error["name"] for error in errors] == ["format"]
