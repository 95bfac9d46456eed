"""Reports are posted and deleted over HTTP, by a real server with its loader process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import Client, Response

from app import keys, schemas
from app.database import engine
from app.keys import Scope
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving
from tests.api.test_access import bearer
from tests.api.test_metrics import labels, numbers
from tests.api.test_problems import problem
from tests.server import reportedly_serve

SAID = "Harbour master Mira Okafor said on Monday that the port of Elan would stay closed."
JSON = {"content-type": "application/json"}


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = f"sqlite:///{tmp_path_factory.mktemp('writes') / 'writes.db'}"
    if request.param == "postgresql":
        made = request.getfixturevalue("new_postgresql")()
    yield made
    engine(made).dispose()


@pytest.fixture(scope="module")
def writer(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client with a key of scope write."""
    log = tmp_path_factory.mktemp("log") / "log"
    with reportedly_serve(log, "--no-seed", database_url=url) as (client, process):
        client.headers.update(bearer(keys.create(url, "writer", [Scope.WRITE])))
        yield client
        mapped = Path(f"/proc/{process.pid}/maps").read_text()
        assert "orjson" in mapped
        assert not {name for name in ("spacy", "thinc", "numpy") if name in mapped}
    assert "Traceback" not in log.read_text()


def post(client: Client, **record: Any) -> Response:
    return client.post("/reports", json={"language": "en"} | record)


def test_a_report_is_stored_once_and_answers_with_itself(writer: Client) -> None:
    first = post(writer, text=f"First. {SAID}", published_on="2025-11-07")
    again = post(writer, text=f"First. {SAID}", published_on="2025-11-07")

    assert (first.status_code, again.status_code) == (201, 200)
    report = schemas.Report.model_validate_json(first.content)
    assert report.characters == len(SAID) + 7
    assert again.json() == first.json()
    assert first.headers["location"] == again.headers["location"]
    with_text = writer.get(first.headers["location"]).json()
    assert with_text == first.json() | {"text": f"First. {SAID}"}
    (claim,) = writer.get(f"/claims?attributed=true&report={report.id}").json()["items"]
    assert claim["origin"]["id"] == "mira-okafor"


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown; charset=UTF-8"])
def test_a_text_with_front_matter_is_the_same_report(writer: Client, media_type: str) -> None:
    text = f"# Heading\n\nAs {media_type}. {SAID}\n"
    front_matter = "---\npublisher: Harbour Gazette\npublished_on: 2025-11-07\nlanguage: en\n---\n"

    made = writer.post(
        "/reports", content=front_matter + text, headers={"content-type": media_type}
    )

    assert made.status_code == 201
    assert made.json()["title"] == "Heading"
    assert made.json()["publisher"]["name"] == "Harbour Gazette"
    again = post(writer, text=text, publisher="Harbour Gazette", published_on="2025-11-07")
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])


def test_another_language_is_stored_and_not_extracted(writer: Client) -> None:
    made = post(writer, text="Der Hafen bleibt geschlossen.", language="de")

    assert made.status_code == 201
    assert made.json()["not_extracted"] == "language: de"


def test_a_name_leads_from_one_version_to_the_next(writer: Client) -> None:
    first = post(writer, text=f"Version one. {SAID}", name="elan/port").json()["id"]
    text = f"---\nlanguage: en\n---\nVersion two. {SAID}"

    second = writer.post(
        "/reports?name=elan/port", content=text, headers={"content-type": "text/plain"}
    )

    assert second.status_code == 201
    problem(writer.get(f"/reports/{first}"), 404)
    back = post(writer, text=f"Version one. {SAID}", name="elan/port")
    assert (back.status_code, back.json()["id"]) == (201, first)


def test_a_deleted_report_takes_along_what_only_it_said(writer: Client) -> None:
    one = post(writer, text="Mayor Olu Brandt said on Monday that Norway would wait.")
    post(writer, text="Mayor Olu Brandt said on Monday that Norway would wait.", name="two")
    other = post(writer, text="Harbour master Mira Okafor said on Monday that Norway would pay.")
    norway = writer.get("/actors/norway").json()

    deleted = writer.delete(f"/reports/{one.json()['id']}")

    assert (deleted.status_code, deleted.content) == (204, b"")
    problem(writer.get(f"/reports/{one.json()['id']}"), 404)
    problem(writer.get("/actors/olu-brandt"), 404)
    assert writer.get("/actors/norway").json()["reports"] == norway["reports"] - 1
    assert writer.get(other.headers["location"]).status_code == 200
    problem(writer.delete(f"/reports/{one.json()['id']}"), 404)


@pytest.mark.parametrize("row", ["nobody", "r_%00", "%ED%A0%80", "x" * 5000, "'; DROP--"])
def test_an_unknown_report_cannot_be_deleted(writer: Client, row: str) -> None:
    problem(writer.delete(f"/reports/{row}"), 404)


@pytest.mark.parametrize(
    ("media_type", "content", "status", "detail"),
    [
        ("application/json", b"", 400, "not JSON: "),
        ("application/json", b'{"text": "x"', 400, "not JSON: "),
        ("application/json", b'{"text": NaN}', 400, "not JSON: "),
        ("application/json", b'{"text": "\xff"}', 400, "not JSON: "),
        ("application/json", b'{"text": "\\ud800"}', 400, "not JSON: "),
        ("application/json", b"[" * 100_000, 400, "not JSON: "),
        ("application/json", b"[]", 422, "should be a JSON object"),
        ("application/json", b"{}", 422, "key 'text' is missing"),
        ("application/json", b'{"text": 99999999999999999999}', 422, "text: input should be"),
        ("application/json", b'{"text": "a\\u0000b"}', 422, "the text contains a NUL"),
        ("application/json", b'{"text": " "}', 422, "the document is empty"),
        ("application/json", b'{"text": "x", "autor": "y"}', 422, "unknown key 'autor'"),
        ("application/json", b'{"text": "x", "url": "ftp://x"}', 422, "url: should be an address"),
        ("application/json", b'{"text": "x", "published_on": 5}', 422, "published_on: should be"),
        ("application/json", b'{"text": "x", "name": "a\\nb"}', 422, "name: string should match"),
        ("text/plain", b"", 422, "the document is empty"),
        ("text/plain", b"a\xff", 400, "invalid UTF-8 at byte 1"),
        ("text/plain", b"\xff\xfea\0", 400, "UTF-16, only UTF-8 is read"),
        ("text/plain", b"---\ntitle: x\n", 422, "front matter that is opened"),
        ("text/markdown", b"---\nautor: x\n---\ny", 422, "front matter: unknown key 'autor'"),
        ("text/markdown", b'---\n"\\ud800": x\n---\ny', 422, "front matter: Input"),
        ("text/plain", b"x" * 1_000_001, 422, "the text has 1,000,001 characters"),
        ("text/html", b"x", 415, "send one of application/json, text/plain"),
        ("", b"x", 415, "send one of application/json, text/plain"),
        ("text/plain; charset=latin-1", b"x", 415, "send plain UTF-8, not compressed"),
    ],
)
def test_a_bad_document_is_refused_as_the_loader_would(
    writer: Client, media_type: str, content: bytes, status: int, detail: str
) -> None:
    before = writer.get("/reports").json()

    refused = writer.post("/reports", content=content, headers={"content-type": media_type})

    assert problem(refused, status)["detail"].startswith(detail)
    if status == 415:
        assert "application/x-ndjson" in refused.headers["accept"]
    assert writer.get("/reports").json() == before


@pytest.mark.parametrize(("media_type", "size"), [("application/json", 13), ("text/plain", 5)])
def test_more_than_any_document_has_is_413(writer: Client, media_type: str, size: int) -> None:
    content = (b" " * 1_000_000 for _ in range(size))

    problem(writer.post("/reports", content=content, headers={"content-type": media_type}), 413)


def test_compressed_content_is_415(writer: Client) -> None:
    problem(writer.post("/reports", content=b"", headers=JSON | {"content-encoding": "gzip"}), 415)


@pytest.mark.parametrize("query", ["name=a&name=b", "name=", "name=%00", "name=%FF", "nam=a"])
def test_a_bad_name_is_422(writer: Client, query: str) -> None:
    refused = writer.post(f"/reports?{query}", content=b"x", headers={"content-type": "text/plain"})

    assert problem(refused, 422)["errors"][0]["name"] == query.partition("=")[0]


def test_the_name_of_json_stands_in_it(writer: Client) -> None:
    for media_type in ("application/json", "application/x-ndjson"):
        refused = writer.post(
            "/reports?name=a", content=b"{}", headers={"content-type": media_type}
        )
        assert problem(refused, 422)["detail"] == "name: goes into the JSON"


def test_writing_needs_a_key_of_scope_write(writer: Client, url: str) -> None:
    with Client(base_url=writer.base_url, timeout=120) as client:
        for method, path in (("POST", "/reports"), ("DELETE", "/reports/x")):
            refused = client.request(method, path)
            problem(refused, 401)
            assert refused.headers["www-authenticate"] == "Bearer"
            reader = bearer(keys.create(url, "reader", [Scope.READ]))
            refused = client.request(method, path, headers=reader)
            problem(refused, 403)
            assert refused.headers["www-authenticate"].endswith('scope="write"')


def test_a_revoked_key_writes_no_more(writer: Client, url: str) -> None:
    token = keys.create(url, "leaver", [Scope.WRITE])
    keys.revoke(url, token.split("_")[1])

    problem(writer.delete("/reports/x", headers=bearer(token)), 401)


def test_each_line_of_a_batch_has_its_result(writer: Client) -> None:
    held = post(writer, text=f"Held. {SAID}").json()["id"]
    lines = [
        json.dumps({"text": f"Held. {SAID}", "language": "en"}),
        "",
        json.dumps({"text": f"New. {SAID}", "language": "en"}),
        "{",
        json.dumps({"text": "x", "autor": "y"}),
        json.dumps({"text": f"Newer. {SAID}", "language": "en", "name": "batch"}),
    ]

    answer = writer.post(
        "/reports",
        content="\r\n".join(lines),
        headers={"content-type": "application/x-ndjson; charset=utf-8"},
    )

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    results = [json.loads(line) for line in answer.text.splitlines()]
    assert [(result["line"], result["status"]) for result in results] == [
        (1, 200),
        (3, 201),
        (4, 400),
        (5, 422),
        (6, 201),
    ]
    assert results[0]["id"] == held
    assert writer.get(results[1]["url"]).json()["text"] == f"New. {SAID}"
    assert results[3]["problem"]["detail"] == "unknown key 'autor'"
    assert set(results[4]) == {"line", "status", "id", "url"}


def test_a_line_that_is_too_long_stops_no_other(writer: Client) -> None:
    good = json.dumps({"text": f"After a long line. {SAID}", "language": "en"})
    content = b"x" * 13_000_000 + b"\n" + good.encode()

    answer = writer.post("/reports", content=content, headers={"content-type": "application/jsonl"})

    assert [json.loads(line)["status"] for line in answer.text.splitlines()] == [413, 201]


def test_an_empty_batch_has_no_results(writer: Client) -> None:
    answer = writer.post("/reports", headers={"content-type": "application/x-ndjson"})

    assert (answer.status_code, answer.content) == (200, b"")


def test_nothing_is_written_without_the_database() -> None:
    application = create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))
    with serving(application) as address, Client(base_url=address) as client:
        token = bearer(f"rk_{'a' * 8}_{'0' * 64}")
        problem(client.post("/reports", json={"text": "x"}, headers=token), 503)
        problem(client.delete("/reports/x", headers=token), 503)


def test_the_numbers_say_what_was_loaded(writer: Client) -> None:
    before = numbers(writer)
    post(writer, text=f"For the numbers. {SAID}")
    after = numbers(writer)

    added = "reportedly_documents_total", labels(outcome="added")
    assert after[added] == before.get(added, 0) + 1
    taken = "reportedly_loader_seconds_total", labels()
    assert after[taken] > before[taken]
    assert after["reportedly_loader_waiting", labels()] == 0
