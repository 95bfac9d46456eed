"""Each filter finds the rows that it should, and leaves out the others."""

import pytest
from httpx import Client

from app.api.parameters import (
    ActorParameters,
    ClaimParameters,
    EventParameters,
    PageParameters,
    ReportParameters,
    SourceParameters,
)
from app.query.collection import Collection
from app.query.collections import ACTORS, CLAIMS, EVENTS, REPORTS, SOURCES
from app.query.relevance import RELEVANCE
from tests.api.conftest import names
from tests.api.test_problems import problem

FOUND = [
    ("/claims", "", "c_met c_fine c_attack"),
    ("/claims", "source=le-papier", "c_met"),
    ("/claims", "source=france", "c_met"),
    ("/claims", "source=france&source=memo", "c_met c_attack"),
    ("/claims", "source=nobody", ""),
    ("/claims", "origin=le-papier", ""),
    ("/claims", "origin=france", "c_met"),
    ("/claims", "about=sweden", "c_met"),
    ("/claims", "about=jane-doe&about=france", "c_met c_attack"),
    ("/claims", "event=e_attack", "c_attack"),
    ("/claims", "report=r_paper", "c_met c_fine"),
    ("/claims", "act=allegation&act=statement", "c_met c_fine"),
    ("/claims", "directness=direct", "c_attack"),
    ("/claims", "certainty=probable", "c_attack"),
    ("/claims", "status=denied", "c_met"),
    ("/claims", "attributed=true", "c_met c_attack"),
    ("/claims", "attributed=false", "c_fine"),
    # c_attack was said in June 2024 or later, c_fine on no known day.
    ("/claims", "said_after=2024-04-30", "c_met c_attack"),
    ("/claims", "said_after=2024-05", "c_attack"),
    ("/claims", "said_after=2030", "c_attack"),
    ("/claims", "said_before=2024", "c_met c_attack"),
    ("/claims", "said_before=2024-05-31", "c_met"),
    ("/claims", "said_before=2024-04-29", ""),
    ("/claims", "said_after=2024-05/..", "c_attack"),
    ("/claims", "said_before=../2024-05-31", "c_met"),
    ("/claims", "said_on=2024-04-30", "c_met"),
    ("/claims", "said_on=2024-04/2024-05", "c_met"),
    ("/claims", "said_on=2024-05", ""),
    ("/claims", "said_on=2024-06/..", "c_attack"),
    ("/claims", "said_on=../2024-05", "c_met"),
    ("/claims", "said_on=2024-04&said_on=2031", "c_met c_attack"),
    ("/claims", "q=attacking", "c_attack"),
    ("/claims", "q=the harbour attack", "c_attack"),
    ("/claims", 'q="the harbour attack"', ""),
    ("/claims", 'q="attack the harbour"', "c_attack"),
    ("/claims", "q=fine&q=harbour", "c_fine c_attack"),
    ("/claims", "q=…", ""),
    ("/claims", "report=r_paper&attributed=true", "c_met"),
    ("/claims", "report=r_letter&act=statement", ""),
    ("/events", "type=CONSULT", "e_met"),
    ("/events", "actor=sweden", "e_met e_attack"),
    ("/events", "actor=jane-doe", "e_attack"),
    ("/events", "initiator=jane-doe", "e_attack"),
    ("/events", "initiator=sweden", ""),
    ("/events", "recipient=sweden", "e_met"),
    ("/events", "country=FR", "e_met"),
    ("/events", "country=SE", "e_met e_attack"),
    ("/events", "place=lyon", "e_met"),
    ("/events", "occurred_after=2024-04-15", "e_met"),
    ("/events", "occurred_after=2024-04-30", "e_met"),
    ("/events", "occurred_after=2024-05-01", ""),
    ("/events", "occurred_before=2024-04-15", "e_met"),
    ("/events", "occurred_before=2024-03", ""),
    ("/events", "occurred_on=2024-04-30/2024-05-02", "e_met"),
    ("/events", "occurred_on=2024-05-01/2024-05-02", ""),
    # e_attack lies on a day of an unknown year.
    ("/events", "occurred_after=0001", "e_met"),
    ("/events", "occurred_before=9999", "e_met"),
    ("/events", "certainty=possible", "e_met"),
    ("/events", "tense=future", "e_attack"),
    ("/events", "source=le-papier", "e_met"),
    ("/events", "source=memo", "e_attack"),
    ("/events", "report=r_letter", "e_attack"),
    ("/events", "q=memo", "e_attack"),
    ("/actors", "", "france jane-doe sweden"),
    ("/actors", "kind=person", "jane-doe"),
    ("/actors", "country=SE", "sweden"),
    ("/actors", "q=FRAN", "france"),
    ("/actors", "q=paris", "france"),
    ("/actors", "q=ÅSA DØE", "jane-doe"),
    ("/actors", "q=nobody&q=åsa", "jane-doe"),
    ("/actors", "q=100%", "jane-doe"),
    ("/actors", "q=%", "jane-doe"),
    ("/actors", "q=_", ""),
    ("/sources", "", "le-papier memo france"),
    ("/sources", "kind=document&kind=media", "le-papier memo"),
    ("/sources", "q=PAPI", "le-papier"),
    ("/sources", "q=franc", "france"),
    ("/sources", "q=paris", "france"),
    ("/reports", "publisher=le-papier", "r_paper"),
    ("/reports", "language=en", "r_paper r_letter"),
    ("/reports", "language=de", ""),
    ("/reports", "published_after=2024-05-01", "r_paper"),
    ("/reports", "published_after=2024-05-02", ""),
    ("/reports", "published_before=2024-05", "r_paper"),
    ("/reports", "published_before=2024-04", ""),
    ("/reports", "published_on=2024-21", "r_paper"),
    ("/reports", "published_on=2024-05-02/2024-06", ""),
    ("/reports", "q=letter", "r_letter"),
    ("/reports", "q=harbours", "r_letter"),
]


@pytest.mark.parametrize(("path", "query", "expected"), FOUND)
def test_finds(either_client: Client, path: str, query: str, expected: str) -> None:
    known = names(either_client)
    ids = {name: public_id for public_id, name in known.items()}
    parameters = [
        (name, ids.get(value, value))
        for name, _, value in (part.partition("=") for part in query.split("&") if part)
    ]

    answer = either_client.get(path, params=parameters)

    assert answer.status_code == 200, answer.text
    found = [known.get(item["id"], item["id"]) for item in answer.json()["items"]]
    assert sorted(found) == sorted(expected.split())


ALSO = {"limit", "cursor", "format", "sort", "count", "facet", "include", "highlight"}
"""Parameters that are no filters."""

PARAMETERS: list[tuple[Collection, type[PageParameters]]] = [
    (CLAIMS, ClaimParameters),
    (EVENTS, EventParameters),
    (ACTORS, ActorParameters),
    (SOURCES, SourceParameters),
    (REPORTS, ReportParameters),
]


@pytest.mark.parametrize(("collection", "parameters"), PARAMETERS)
def test_every_filter_is_a_parameter_and_is_tested(
    collection: Collection, parameters: type[PageParameters]
) -> None:
    names = parameters.model_fields.keys() - ALSO
    tested = {
        part.partition("=")[0]
        for path, query, _ in FOUND
        if path == f"/{collection.name}" and query
        for part in query.split("&")
    }

    assert names == collection.filters.keys() == tested


@pytest.mark.parametrize(("collection", "parameters"), PARAMETERS)
def test_every_sort_of_the_query_is_a_value_of_the_parameter(
    collection: Collection, parameters: type[PageParameters]
) -> None:
    values = parameters.model_json_schema()["properties"]["sort"]["enum"]

    assert values == [
        *(sign + name for name in collection.sorts for sign in ("", "-")),
        *([RELEVANCE] if collection.filters["q"].ranks else []),
    ]


@pytest.mark.parametrize("name", ["claims", "events", "reports"])
def test_relevance_is_of_words(client: Client, name: str) -> None:
    (error,) = problem(client.get(f"/{name}?sort=relevance"), 422)["errors"]
    assert error["name"] == "sort"
    assert "`q`" in error["detail"]
    assert client.get(f"/{name}?sort=relevance&format=csv").status_code == 422
    assert client.get(f"/{name}?sort=-relevance&q=word").status_code == 422


@pytest.mark.parametrize("query", ["q=fine&q=harbour", "q=met&q=attack&attributed=true"])
def test_rows_by_relevance_come_in_pages_and_with_all_else(
    either_client: Client, query: str
) -> None:
    path = f"/claims?sort=relevance&{query}"
    whole = either_client.get(f"{path}&count=exact&highlight=true&facet=act&include=reports")
    pages = [either_client.get(f"{path}&limit=1")]
    while "next" in pages[-1].links:
        pages.append(either_client.get(pages[-1].links["next"]["url"]))

    items = whole.json()["items"]
    assert len(items) == len(pages) == whole.json()["total"] == 2
    assert items == [page.json()["items"][0] for page in pages]
    assert whole.json()["highlights"].keys() == {item["id"] for item in items}
