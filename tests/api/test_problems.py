"""Every error is a problem document and names what is wrong."""

import base64
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from httpx import Client, Response

from app.errors import ProblemDocument
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving


def problem(answer: Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    ProblemDocument.model_validate_json(answer.content)
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    return document


@pytest.mark.parametrize("name", ["claims", "events", "actors", "sources", "reports"])
@pytest.mark.parametrize(
    "row", ["nobody", "c_%00", "%ED%A0%80", "x" * 5000, "99999999999999999999", "'; DROP--"]
)
def test_an_unknown_id_is_404(either_client: Client, name: str, row: str) -> None:
    problem(either_client.get(f"/{name}/{row}"), 404)


@pytest.mark.parametrize("row", ["nobody", "%00"])
def test_annotations_of_an_unknown_report_are_404(either_client: Client, row: str) -> None:
    problem(either_client.get(f"/reports/{row}/annotations"), 404)


@pytest.mark.parametrize("path", ["/nowhere", "/claims/", "/static-offline-docs/none", "//"])
def test_an_unknown_path_is_404(client: Client, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/claims", {"GET", "HEAD"}),
        ("/reports", {"GET", "HEAD", "POST"}),
        ("/reports/x", {"GET", "HEAD", "DELETE"}),
    ],
)
def test_a_wrong_method_is_405_and_names_the_right_ones(
    client: Client, path: str, methods: set[str], method: str
) -> None:
    answer = client.request(method, path)

    if method not in methods:
        problem(answer, 405)
        assert {*answer.headers["allow"].split(", ")} == methods


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("acts=statement", "acts"),
        ("act=stating", "act"),
        ("act=", "act"),
        ("attributed=perhaps", "attributed"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("limit=many", "limit"),
        ("limit=2&limit=3", "limit"),
        ("sort=text", "sort"),
        ("sort=loaded&sort=loaded", "sort"),
        ("said_after=yesterday", "said_after"),
        ("said_after=2023-02-31", "said_after"),
        ("said_after=XXXX-11-05", "said_after"),
        ("said_after=../2024", "said_after"),
        ("said_before=2024/..", "said_before"),
        ("said_before=2024/", "said_before"),
        ("said_on=2024/2023", "said_on"),
        ("said_on=../..", "said_on"),
        ("said_on=XXXX-11", "said_on"),
        ("q=", "q"),
        ("q=a%00b", "q"),
        ("q=%FF", "q"),
        ("source=%ED%A0%80", "source"),
        ("q=" + "x" * 10_000, "q"),
        ("q=" + "+a" * 33, "q"),
        ("format=csv&q=" + "+a" * 33, "q"),
        ("&".join(["source=x"] * 51), "source"),
        ("cursor=", "cursor"),
        ("cursor=%F0%9F%99%82", "cursor"),
        ("%00=1", "\0"),
    ],
)
def test_what_is_unknown_or_invalid_is_422_and_named(client: Client, query: str, name: str) -> None:
    errors = problem(client.get(f"/claims?{query}"), 422)["errors"]

    assert [error["name"] for error in errors] == [name]
    assert {error["in"] for error in errors} == {"query"}
    assert not errors[0]["detail"].startswith("Value error")  # as Pydantic says it


def test_all_that_is_wrong_is_listed(client: Client) -> None:
    errors = problem(client.get("/events?type=WAR&colour=red&limit=-1"), 422)["errors"]

    assert {error["name"] for error in errors} == {"type", "colour", "limit"}


def cursor(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "====",
        cursor(None),
        cursor({}),
        cursor(["claims", "said_on", "2024-01-01"]),
        cursor(["claims", "said_on", "2024-01-01", -1]),
        cursor(["claims", "said_on", "2024-01-01", 2**31]),
        cursor(["claims", "said_on", "2024-01-01", 2**63]),
        cursor(["claims", "said_on", "2024-01-01", 1.5]),
        cursor(["claims", "said_on", "2024-01-01", True]),
        cursor(["claims", "said_on", "someday", 1]),
        cursor(["claims", "said_on", 5, 1]),
        cursor(["claims", "loaded", None, 1]),
        cursor(["events", "said_on", "2024-01-01", 1]),
        "W1tb" * 400,
    ],
)
def test_a_forged_or_foreign_cursor_is_422(either_client: Client, forged: str) -> None:
    answer = either_client.get("/claims", params={"sort": "said_on", "cursor": forged})

    assert [error["name"] for error in problem(answer, 422)["errors"]] == ["cursor"]


@pytest.mark.parametrize("value", ["\0", "\ud800", 5])
def test_a_forged_sort_value_is_422(client: Client, value: object) -> None:
    forged = cursor(["actors", "name", value, 1])

    problem(client.get("/actors", params={"cursor": forged}), 422)


@pytest.mark.parametrize(
    "words",
    ["don't", "x-y", "a:b", "NOT", "AND OR", "*", '"', '"""', "(", "text:harbour", "^a",
     "NEAR(a b)", "a + b", "'; DROP TABLE claim; --", "🙂", "e\u0301", "{a b}", "\\", "%"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/claims", "/events", "/reports", "/actors", "/sources"])
def test_no_words_are_an_error(either_client: Client, path: str, words: str) -> None:
    assert either_client.get(path, params={"q": words}).status_code == 200


def test_a_bug_is_500_and_tells_nothing(world_url: str) -> None:
    application = create_app(Settings(database_url=world_url))
    application.add_api_route("/bug", lambda: {}["a secret"])
    with serving(application) as url, Client(base_url=url) as client:
        document = problem(client.get("/bug"), 500)

    assert document.pop("request_id")
    assert document == {"type": "about:blank", "title": "Internal Server Error", "status": 500}


@pytest.mark.parametrize("path", ["/claims", "/actors/x", "/reports/x/annotations"])
def test_a_database_that_is_away_is_503(path: str) -> None:
    application = create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))
    with serving(application) as url, Client(base_url=url) as client:
        problem(client.get(path), 503)


@pytest.mark.parametrize("path", ["/claims/x", "/actors/x", "/reports/x", "/reports/x/annotations"])
def test_a_row_by_its_id_takes_no_other_parameters(client: Client, path: str) -> None:
    errors = problem(client.get(f"{path}?limit=1&lang=en"), 422)["errors"]

    assert {error["name"] for error in errors} == {"lang", "limit"}


def test_alive_and_ready(client: Client) -> None:
    assert client.get("/livez").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_not_ready_before_the_migration(empty_database: str) -> None:
    with (
        serving(create_app(Settings(database_url=empty_database))) as url,
        Client(base_url=url) as client,
    ):
        assert client.get("/livez").status_code == 200
        assert "not migrated" in problem(client.get("/readyz"), 503)["detail"]


def test_not_ready_with_another_schema(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(copy) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('of tomorrow')")
    connection.close()
    with (
        serving(create_app(Settings(database_url=f"sqlite:///{copy}"))) as url,
        Client(base_url=url) as client,
    ):
        problem(client.get("/readyz"), 503)


def test_not_ready_without_a_database() -> None:
    with (
        serving(create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))) as url,
        Client(base_url=url) as client,
    ):
        problem(client.get("/readyz"), 503)
