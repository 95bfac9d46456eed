"""NDJSON and CSV have the rows that JSON has; no cell of CSV is a formula."""

import csv
import io
import json
from typing import Any

import pytest
from httpx import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.api import spreadsheet
from app.api.columns import COLUMNS
from app.api.examples import EXAMPLES
from app.query.collections import ACTORS, CLAIMS, EVENTS, REPORTS, SOURCES
from tests.api.test_problems import problem

PATHS = ["claims", "events", "actors", "sources", "reports", "actors/sweden/readings"]
FORMULA_BEGINS = tuple("=+-@＝＋－＠\t\r\n\0")


def table(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


def items(client: Client, path: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/{path}?limit=500{query}").json()["items"]
    assert len(found) >= 2
    return found


@pytest.mark.parametrize("path", PATHS)
def test_ndjson_has_the_rows_of_json(either_client: Client, path: str) -> None:
    answer = either_client.get(f"/{path}?format=ndjson")

    assert answer.text.endswith("\n")
    assert [json.loads(line) for line in answer.text.splitlines()] == items(either_client, path)
    name = path.rpartition("/")[2]
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.ndjson"'


@pytest.mark.parametrize("path", PATHS)
def test_csv_has_a_line_for_each_row_of_json(either_client: Client, path: str) -> None:
    answer = either_client.get(f"/{path}?format=csv")
    rows = table(answer.text)

    name = path.rpartition("/")[2]
    assert list(rows[0]) == list(COLUMNS[name])
    key = "read_as" if name == "readings" else "id"
    assert [row[key] for row in rows] == [item[key] for item in items(either_client, path)]
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.text.count("\r\n") == len(rows) + 1


SORTS = [
    (collection.name, f"&sort={sign}{sort}")
    for collection in (CLAIMS, EVENTS, ACTORS, SOURCES, REPORTS)
    for sort in collection.sorts
    for sign in ("", "-")
]
FILTERS = [
    ("claims", "&sort=-said_on&act=statement&act=allegation"),
    ("claims", "&about=sweden&about=france&about=jane-doe&certainty=possible&certainty=probable"),
    ("events", "&sort=date&q=attack&q=met"),
    ("actors", "&kind=government&q=e"),
    ("claims", "&sort=relevance&q=met&q=attack harbour&attributed=true"),
    ("reports", "&sort=relevance&q=said&q=letter"),
]


@pytest.mark.parametrize(("path", "query"), [*SORTS, *FILTERS])
def test_filters_and_sorts_hold(either_client: Client, path: str, query: str) -> None:
    rows = either_client.get(f"/{path}?format=ndjson{query}").text.splitlines()

    assert [json.loads(row) for row in rows] == items(either_client, path, query)


def test_no_row_is_no_line(client: Client) -> None:
    assert client.get("/claims?format=ndjson&report=r_none").text == ""
    assert client.get("/claims?format=csv&report=r_none").text.count("\r\n") == 1


@pytest.mark.parametrize("asked", ["count=exact", "facet=act", "include=actors", "highlight=true"])
def test_what_has_no_place_beside_rows_is_refused(client: Client, asked: str) -> None:
    errors = problem(client.get(f"/claims?format=csv&{asked}"), 422)["errors"]

    assert [error["name"] for error in errors] == [asked.partition("=")[0]]


def test_with_a_limit_they_come_in_pages(client: Client) -> None:
    first = client.get("/claims?format=csv&limit=2")
    rest = client.get(first.links["next"]["url"])

    ids = [row["id"] for answer in (first, rest) for row in table(answer.text)]
    assert ids == [item["id"] for item in items(client, "claims")]
    assert "next" not in rest.links


def test_from_a_cursor_on_they_come_whole(client: Client) -> None:
    cursor = client.get("/claims?limit=1").json()["next"]
    rest = client.get(f"/claims?format=ndjson&cursor={cursor}").text.splitlines()

    assert [json.loads(line) for line in rest] == items(client, "claims")[1:]
    assert client.get("/claims?format=ndjson&cursor=forged").status_code == 422


def test_a_claim_in_one_line(client: Client) -> None:
    (claim,) = table(client.get("/claims?format=csv&act=allegation").text)

    assert claim["attribution"] == "Le Papier ← France"
    assert claim["source"] == "le-papier | france"
    assert claim["about"] == "france | sweden"
    assert claim["content"] == "35-68"
    assert claim["publisher"] == "le-papier"
    assert claim["said_on"] == "2024-04-30"
    assert claim["responses"] == ""


class Watched(dict[str, Any]):
    """Remembers which of its members were read."""

    def __init__(self, row: dict[str, Any]) -> None:
        super().__init__(row)
        self.read: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_field_of_a_row_has_its_column(name: str) -> None:
    row = Watched(EXAMPLES[name])
    for column in COLUMNS[f"{name}s"].values():
        assert isinstance(column(row), str | int | None)

    assert row.read == row.keys()


TEXTS = st.text(st.sampled_from("=+-@＝＠'\t\r\n\0,;\"| 5aÉ←🙂\u2028"))
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS


def value_of(cell: str) -> str:
    """The text that stands in a cell."""
    is_marked = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_BEGINS)
    return cell.removeprefix("'") if is_marked else cell


@settings(deadline=None)
@given(st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), max_size=5))
@example([{"a": "=1+1", "b": -5}, {"a": "'=1", "b": "-5"}, {"a": "'Ndrangheta", "b": "\r\n"}])
def test_a_reader_of_csv_gets_the_values_and_a_spreadsheet_no_formula(
    rows: list[dict[str, Any]],
) -> None:
    columns = {"a": lambda row: row["a"], "b": lambda row: row["b"]}
    bodies = [json.dumps(row).encode() for row in rows]
    content = (spreadsheet.header(columns) + spreadsheet.lines(columns, bodies)).decode()
    names, *lines = csv.reader(io.StringIO(content, newline=""), strict=True)

    assert names == ["a", "b"]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        for cell, value in zip(line, (row["a"], row["b"]), strict=True):
            if isinstance(value, str):
                assert value_of(cell) == value
                assert not cell.startswith(FORMULA_BEGINS)
            else:
                assert cell == ("" if value is None else str(value).lower())
