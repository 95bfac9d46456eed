"""A client that `openapi-python-client` makes of the served document is one that people can use."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from tests.server import reportedly_serve

SEEDS = Path(__file__).parents[2] / "seeds"
COMMAND = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"]

OTHERS = ("text/plain", "text/markdown", "application/x-ndjson", "application/jsonl")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("seeded")
    settings = {"database_url": f"sqlite:///{folder / 'reportedly.db'}", "seeds": SEEDS}
    with reportedly_serve(folder / "log", **settings) as (client, _):
        yield client


@pytest.fixture(scope="module")
def generated(seeded: Client, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the generator says; the package `reportedly_client` can be imported."""
    folder = tmp_path_factory.mktemp("generated")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")  # no formatter
    output = ["--output-path", str(folder / "reportedly_client"), "--config", str(config)]
    done = subprocess.run(
        [*COMMAND, "--url", f"{seeded.base_url}/openapi.json", *output],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    sys.path.append(str(folder))
    return done.stdout


def test_only_bodies_that_are_no_json_are_left_out(generated: str) -> None:
    warnings = re.findall(r"WARNING (.*)\n\n(.*)", generated)

    assert warnings == [
        ("parsing POST /reports within reports.", f"Unsupported content type {media_type}")
        for media_type in OTHERS
    ]


@pytest.mark.usefixtures("generated")
def test_it_walks_all_pages_to_rows_with_types(seeded: Client) -> None:
    operation = import_module("reportedly_client.api.claims.list_claims")
    models = import_module("reportedly_client.models")
    filters = {"act": ["statement", "belief", "allegation"], "sort": "-loaded"}
    raw = seeded.get("/claims", params=filters | {"limit": "500"}).json()["items"]

    rows: list[Any] = []
    with import_module("reportedly_client").Client(base_url=str(seeded.base_url)) as client:
        cursor = import_module("reportedly_client.types").UNSET
        while cursor is not None:
            page = operation.sync(
                client=client,
                act=[models.Act.STATEMENT, models.Act.BELIEF, models.Act.ALLEGATION],
                sort=models.ListClaimsSort.LOADED_DESCENDING,
                limit=3,
                cursor=cursor,
            )
            rows += page.items
            cursor = page.next_

    assert len(rows) > 6
    assert [row.to_dict() for row in rows] == raw
    assert all(isinstance(row.act, models.Act) for row in rows)
    assert {type(link) for row in rows for link in row.attribution} == {models.Link}


@pytest.mark.usefixtures("generated")
def test_it_tells_problems_and_missing_rows(seeded: Client) -> None:
    operation = import_module("reportedly_client.api.claims.get_claim")
    with import_module("reportedly_client").Client(base_url=str(seeded.base_url)) as client:
        problem = operation.sync("c_none", client=client)

    assert (problem.status, problem.title) == (404, "Not Found")
