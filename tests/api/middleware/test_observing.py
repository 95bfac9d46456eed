"""Each request has an id: in its answer, in its problem document, in its lines of the log."""

import json
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving
from tests.server import reportedly_serve


def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    identifiers = {client.get("/actors/sweden").headers["x-request-id"] for _ in range(3)}

    assert len(identifiers) == 3


@pytest.mark.parametrize(
    "given", ["7f0c2a52-5b7e-4f0a-9d2c-6a1b8e3f4d55", "01J9ZW7Q8M", "Root=1-67891233-abcdef"]
)
def test_an_id_that_a_client_gives_is_kept(client: Client, given: str) -> None:
    answer = client.get("/actors/sweden", headers={"X-Request-ID": given})

    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "two words", "x" * 129, "é", '"', "a\tb"])
def test_an_id_that_is_none_is_replaced(client: Client, given: str) -> None:
    answer = client.get("/actors/sweden", headers=[(b"X-Request-ID", given.encode())])

    assert answer.headers["x-request-id"] not in {"", given}


@pytest.mark.parametrize("path", ["/claims/none", "/claims?colour=red", "/nowhere"])
def test_a_problem_names_the_request(client: Client, path: str) -> None:
    answer = client.get(path, headers={"X-Request-ID": "mine"})

    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine"


def test_a_bug_is_found_by_the_id_that_the_client_has(world_url: str) -> None:
    application = create_app(Settings(database_url=world_url))
    application.add_api_route("/bug", lambda: {}["a secret"])
    with serving(application) as url, Client(base_url=url) as client:
        answer = client.get("/bug", headers={"X-Request-ID": "mine"})

    assert answer.status_code == 500
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine"


def ask(client: Client) -> int:
    """Ask for something with a secret and a forged line in it; the bytes of the answer."""
    answer = client.get(
        "/claims?limit=2&q=%0AINFO%20forged",
        headers={"X-Request-ID": "mine", "Authorization": "Bearer rk_of-nobody"},
    )
    return len(answer.content)


def test_the_log_in_json_has_an_object_a_line(world_url: str, tmp_path: Path) -> None:
    settings = {"database_url": world_url, "log_format": "json"}
    with reportedly_serve(tmp_path / "log", "--no-seed", **settings) as (client, _):
        size = ask(client)
    text = (tmp_path / "log").read_text()
    lines: list[dict[str, Any]] = [
        json.loads(line) for line in text.splitlines() if not line.startswith("  http")
    ]  # what it tells whoever started it is no log

    (line,) = [line for line in lines if line["request_id"] == "mine"]
    assert line.pop("time").endswith("+00:00")
    assert 0 < line.pop("duration_ms") < 10_000
    assert line.pop("message").startswith("GET /claims?limit=2&q=%0AINFO%20forged 200 in ")
    assert line == {
        "level": "INFO",
        "logger": "app.access",
        "request_id": "mine",
        "client": "127.0.0.1",
        "method": "GET",
        "path": "/claims?limit=2&q=%0AINFO%20forged",
        "status": 200,
        "bytes": size,
    }
    assert {"uvicorn.error", "app.access"} == {line["logger"] for line in lines}
    assert "rk_of-nobody" not in text


def test_the_log_in_text_has_a_line_each(world_url: str, tmp_path: Path) -> None:
    with reportedly_serve(tmp_path / "log", "--no-seed", database_url=world_url) as (client, _):
        size = ask(client)
    text = (tmp_path / "log").read_text()

    (line,) = [line for line in text.splitlines() if line.endswith("[mine]")]
    assert line.startswith("INFO GET /claims?limit=2&q=%0AINFO%20forged 200 in ")
    assert f" ms, {size} bytes" in line
    assert "INFO Application startup complete." in text
    assert "rk_of-nobody" not in text
