"""What answers say beyond their rows: how many match, of which values, what belongs to them."""

from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from httpx import Client

from app.api import asking
from app.api.answers import Page
from app.api.asking import PageParameters
from app.database import engine, writing
from app.ingest import deciding
from app.main import create_app
from app.query import facets, related
from app.settings import Settings
from tests import world
from tests.api.conftest import serving
from tests.api.test_filters_over_http import PARAMETERS
from tests.api.test_problems import problem
from tests.api.test_responses import LISTS

BASES = {
    "claims": ["", "attributed=true", "source=france", "q=fine&q=harbour", "said_after=2024"],
    "events": ["", "certainty=possible", "country=SE", "actor=jane-doe", "q=memo"],
    "actors": ["", "q=a"],
    "sources": ["", "kind=media"],
    "reports": ["", "q=letter", "published_after=2024"],
}
ALL_FACETS = [(name, facet) for name, several in facets.FACETS.items() for facet in several]
ALL_INCLUDES = [(name, kind) for name, several in related.INCLUDES.items() for kind in several]


@pytest.fixture(scope="session")
def merged_on_postgresql(new_postgresql: Callable[[], str]) -> Iterator[Client]:
    """The small world on PostgreSQL, in which Sweden was merged into France."""
    yield from _merged(new_postgresql())


@pytest.fixture(scope="session")
def merged_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The same on SQLite."""
    yield from _merged(f"sqlite:///{tmp_path_factory.mktemp('merged') / 'merged.db'}")


def _merged(url: str) -> Iterator[Client]:
    world.fill(url)
    with writing(url) as session:
        deciding.merge(session.connection(), "sweden", "france")
    with (
        serving(create_app(Settings(database_url=url))) as address,
        Client(base_url=address) as made,
    ):
        yield made
    engine(url).dispose()


ON = ["client", "merged_on_sqlite"]
ON_POSTGRESQL = ["postgresql_client", "merged_on_postgresql"]
postgresql = pytest.mark.postgresql


@pytest.fixture(params=[*ON, *(pytest.param(name, marks=postgresql) for name in ON_POSTGRESQL)])
def any_client(request: pytest.FixtureRequest) -> Client:
    """The small world, as it is and with a merged actor, on both databases."""
    client: Client = request.getfixturevalue(request.param)
    return client


def asked(client: Client, path: str) -> dict[str, Any]:
    """The answer, which is what the OpenAPI document says, to the last member."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    name = path.removeprefix("/").partition("?")[0]
    model = Page[LISTS[name]]  # type: ignore[misc]
    page = model.model_validate_json(answer.content)
    content: dict[str, Any] = answer.json()
    assert page.model_dump(mode="json", exclude_unset=True).keys() == content.keys()
    return content


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_nothing_more_than_it_is_asked_for(client: Client, name: str) -> None:
    assert asked(client, f"/{name}").keys() == {"items", "next"}


@pytest.mark.parametrize("name", LISTS)
def test_the_total_is_the_number_of_rows_on_all_pages(any_client: Client, name: str) -> None:
    for base in BASES[name]:
        rows = asked(any_client, f"/{name}?{base}")["items"]
        found = asked(any_client, f"/{name}?{base}&count=exact&limit=1")

        assert found["total"] == len(rows)
        assert len(found["items"]) == min(1, len(rows))


@pytest.mark.parametrize(("name", "facet"), ALL_FACETS)
def test_a_value_counts_the_rows_that_picking_it_finds(
    any_client: Client, name: str, facet: str
) -> None:
    for base in BASES[name]:
        found = asked(any_client, f"/{name}?{base}&facet={facet}&limit=1")["facets"][facet]

        counts = [value["count"] for value in found["values"]]
        assert counts == sorted(counts, reverse=True)
        assert found["distinct"] == len(counts)
        for value in found["values"]:
            picked = asked(any_client, f"/{name}?{_picking(base, facet, value['value'])}")
            assert len(picked["items"]) == value["count"], (base, value)


def _picking(base: str, facet: str, value: Any) -> str:
    """The query with the value as the only one of its filter."""
    if facet.startswith("published_"):
        return f"{base}&published_on={value}"
    others = [part for part in base.split("&") if not part.startswith(f"{facet}=")]
    return "&".join([*others, f"{facet}={str(value).lower() if value in (True, False) else value}"])


@pytest.mark.parametrize(("name", "facet"), ALL_FACETS)
def test_no_value_is_left_out(any_client: Client, name: str, facet: str) -> None:
    """Everything is a value of every facet, but for rows that have none."""
    values = asked(any_client, f"/{name}?facet={facet}")["facets"][facet]["values"]

    assert values
    if facet in ("act", "status", "type", "report", "kind", "language"):
        total = asked(any_client, f"/{name}?count=exact")["total"]
        assert sum(value["count"] for value in values) == total


def test_ids_come_with_names(either_client: Client) -> None:
    page = asked(either_client, "/claims?facet=source&facet=act&facet=attributed")["facets"]

    assert sorted(page["source"]["values"], key=lambda value: value["name"]) == [
        {"value": "memo", "name": "A Memo", "count": 1},
        {"value": "france", "name": "France", "count": 1},
        {"value": "le-papier", "name": "Le Papier", "count": 1},
    ]
    assert {"value": "statement", "count": 1} in page["act"]["values"]
    assert page["attributed"]["values"][0] == {"value": True, "count": 2}


def test_a_merged_actor_is_one_value(merged_on_sqlite: Client) -> None:
    (first, *others) = asked(merged_on_sqlite, "/events?facet=actor")["facets"]["actor"]["values"]

    name = merged_on_sqlite.get("/actors/france").json()["name"]
    assert first == {"value": "france", "name": name, "count": 2}
    assert [other["value"] for other in others] == ["jane-doe"]


def test_more_values_than_are_listed_are_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST", 2)

    found = client.get("/claims?facet=act&limit=77").json()["facets"]["act"]

    assert (len(found["values"]), found["distinct"]) == (2, 3)


@pytest.mark.parametrize(("name", "kind"), ALL_INCLUDES)
def test_what_belongs_to_rows_comes_whole_and_once(
    any_client: Client, name: str, kind: str
) -> None:
    page = asked(any_client, f"/{name}?include={kind}")

    assert page["included"].keys() == {kind}
    rows = page["included"][kind]
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    known = any_client.get(f"/{kind}").json()["items"]
    assert all(row in known for row in rows)
    for item in page["items"]:
        alone = any_client.get(f"/{name}/{item['id']}?include={kind}").json()
        assert all(row in rows for row in alone.pop("included")[kind])
        assert alone.items() >= item.items()


def test_nothing_that_rows_refer_to_is_left_out(any_client: Client) -> None:
    page = asked(any_client, "/claims?include=reports&include=sources&include=actors")
    ids = {name: {row["id"] for row in rows} for name, rows in page["included"].items()}

    links = [link["source"]["id"] for claim in page["items"] for link in claim["attribution"]]
    assert ids["sources"] == set(links)
    assert ids["reports"] == {claim["report"]["id"] for claim in page["items"]}
    assert ids["actors"] == {actor["id"] for claim in page["items"] for actor in claim["about"]}


def test_too_much_to_embed_is_an_error_that_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(related, "MOST", 2)
    assert client.get("/claims?limit=1&include=reports&include=sources").status_code == 422
    assert client.get("/claims?limit=1&include=reports").status_code == 200

    detail = problem(client.get("/claims?include=reports&include=sources"), 422)["detail"]

    assert "limit" in detail


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("count=many", "count"),
        ("count=exact&count=exact", "count"),
        ("facet=text", "facet"),
        ("facet=kind", "facet"),
        ("include=claims", "include"),
    ],
)
def test_the_lists_of_what_can_be_asked_for_are_closed(
    client: Client, query: str, name: str
) -> None:
    errors = problem(client.get(f"/claims?{query}"), 422)["errors"]

    assert [error["name"] for error in errors] == [name]


@pytest.mark.parametrize(("collection", "parameters"), PARAMETERS)
def test_what_can_be_asked_for_is_what_is_answered(
    collection: Any, parameters: type[PageParameters]
) -> None:
    schema = parameters.model_json_schema()["properties"]

    listed = schema["facet"]["items"]
    assert set(listed.get("enum", [listed.get("const")])) == facets.FACETS[collection.name].keys()
    include = getattr(asking, f"{collection.name[:-1].title()}Include")
    assert set(get_args(include)) == related.INCLUDES[collection.name].keys()


@pytest.mark.parametrize(
    ("path", "field", "quote"),
    [
        ("/claims?q=attacking", "text", "attack"),
        ("/events?q=attacks&q=zebra", "text", "attack"),
        ("/reports?q=letters&sort=title", "title", "letter"),
    ],
)
def test_highlights_point_at_the_words_of_the_query(
    either_client: Client, path: str, field: str, quote: str
) -> None:
    page = asked(either_client, f"{path}&highlight=true")

    (row,) = page["items"]
    (stretch,) = page["highlights"][row["id"]]
    assert (stretch["field"], stretch["quote"]) == (field, quote)
    assert row[field][stretch["start"] : stretch["end"]] == quote


def test_without_a_query_nothing_is_highlighted(client: Client) -> None:
    assert asked(client, "/claims?highlight=true")["highlights"] == {}
    assert "highlights" not in asked(client, "/claims?q=attack&highlight=false")
    assert client.get("/actors?highlight=true").status_code == 422
