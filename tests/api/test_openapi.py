"""The OpenAPI document: reviewed in a diff, and served with a page that needs no internet.

`python -m tests.api.test_openapi` writes the snapshot anew.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import schemathesis
from httpx import Client

from app.main import create_app
from app.settings import Settings

SNAPSHOT = Path(__file__).with_name("openapi.json")


def document() -> dict[str, Any]:
    made: dict[str, Any] = create_app(Settings()).openapi()
    return made


def rendered() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def test_the_document_is_the_reviewed_one() -> None:
    assert rendered() == SNAPSHOT.read_text(), "if meant: python -m tests.api.test_openapi"


def test_every_operation_is_described() -> None:
    operations = [operation for path in document()["paths"].values() for operation in path.values()]

    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids) == 18
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert all(
            "description" in parameter or parameter["in"] == "path"
            for parameter in operation.get("parameters", [])
        )


def test_the_document_is_valid() -> None:
    assert document()["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(document()).validate()


def test_every_answer_has_an_example_that_fits_its_schema() -> None:
    made = document()
    for path, operations in made["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    if "example" in content:
                        schema = content["schema"] | {"components": made["components"]}
                        jsonschema_rs.validate(schema, content["example"])
                    else:
                        assert status >= "400", (path, status, media_type)


FRAMING = {"date", "server", "content-type", "content-length", "transfer-encoding"}
"""Headers of every answer, which no document needs to name."""

OPTIONAL = {"link", "content-disposition", "content-encoding"}
"""Headers that depend on the request and on what is found."""


def test_what_layers_add_is_described(client: Client) -> None:
    paths = document()["paths"]
    for path in ("/claims", "/actors", "/reports", "/changes"):
        responses = paths[path]["get"]["responses"]
        answer = client.get(path)
        same = client.get(path, headers={"If-None-Match": answer.headers["etag"]})

        documented = {name.lower() for name in responses["200"]["headers"]}
        assert documented - OPTIONAL <= answer.headers.keys() <= documented | FRAMING
        if path != "/changes":
            table = client.get(path, params={"format": "csv"})
            assert documented - OPTIONAL - {"etag"} <= table.headers.keys() <= documented | FRAMING
        assert same.status_code == 304
        assert {name.lower() for name in responses["304"]["headers"]} <= same.headers.keys()


def test_the_errors_are_documented_as_problems() -> None:
    paths = document()["paths"]

    for name in ("claims", "events", "actors", "sources", "reports"):
        lists, one = paths[f"/{name}"]["get"], paths[f"/{name}/{{id}}"]["get"]
        assert list(lists["responses"]["422"]["content"]) == ["application/problem+json"]
        assert list(one["responses"]["404"]["content"]) == ["application/problem+json"]
        assert list(one["responses"]["422"]["content"]) == ["application/problem+json"]
        assert "503" in lists["responses"]
        assert "503" in one["responses"]


def test_the_document_and_its_page_come_over_http(client: Client) -> None:
    assert client.get("/openapi.json").json() == document()
    page = client.get("/docs").text
    assert not re.search(r"https?://", page)
    assert '"validatorUrl": null' in page


def test_serving_does_not_load_the_language_model() -> None:
    code = (
        "import sys; from app.main import create_app; create_app().openapi();"
        "print([name for name in ('spacy', 'thinc', 'numpy', 'app.ingest') if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert loaded.stdout.strip() == "[]"


if __name__ == "__main__":
    SNAPSHOT.write_text(rendered())
