"""What comes out is what the schemas say, byte for byte the stored rows."""

import pytest
from httpx import Client

from app import schemas
from app.api.answers import Page
from app.api.examples import EXAMPLES
from app.query.annotations import AnnotationCollection
from tests import world

LISTS = {
    "claims": schemas.Claim,
    "events": schemas.Event,
    "actors": schemas.Actor,
    "sources": schemas.Source,
    "reports": schemas.Report,
}


@pytest.fixture
def paper(client: Client) -> str:
    """The id of the report with a publisher."""
    public_id: str = client.get("/reports?publisher=le-papier").json()["items"][0]["id"]
    return public_id


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_page_of_its_schema(client: Client, name: str) -> None:
    answer = client.get(f"/{name}")

    page = Page[LISTS[name]].model_validate_json(answer.content)  # type: ignore[misc]
    assert answer.headers["content-type"] == "application/json"
    assert len(page.items) >= 2
    assert page.next is None
    assert "link" not in answer.headers


@pytest.mark.parametrize("name", [name for name in LISTS if name != "reports"])
def test_a_row_by_its_id_is_the_row_of_the_list(client: Client, name: str) -> None:
    for item in client.get(f"/{name}").json()["items"]:
        answer = client.get(f"/{name}/{item['id']}")
        assert answer.status_code == 200
        assert answer.json() == item


@pytest.mark.parametrize("path", ["/claims", "/actors/sweden", "/actors/nobody", "/docs", "/livez"])
def test_head_tells_what_get_would(client: Client, path: str) -> None:
    head, get = client.head(path), client.get(path)

    assert (head.status_code, head.content) == (get.status_code, b"")
    for name in ("content-type", "content-length"):
        assert head.headers[name] == get.headers[name]


def test_an_actor_has_its_aliases_roles_and_the_number_of_its_reports(client: Client) -> None:
    actor = client.get("/actors/jane-doe").json()

    assert actor["aliases"] == ["J. 100% Doe", "Åsa Døe"]
    assert actor["roles"] == ["captain"]
    assert actor["reports"] == 1


def test_a_source_says_which_actor_it_is_and_counts_its_claims(client: Client) -> None:
    source = client.get("/sources/france").json()

    assert source["actor"]["id"] == "france"
    assert source["claims"] == 1
    assert client.get("/sources/memo").json()["actor"] is None


def test_a_report_comes_with_its_text_verbatim(client: Client, paper: str) -> None:
    report = schemas.ReportWithText.model_validate_json(client.get(f"/reports/{paper}").content)

    assert report.text == world.PAPER_TEXT
    assert "text" not in client.get("/reports").json()["items"][0]


def test_annotations_point_at_words_and_positions(client: Client, paper: str) -> None:
    answer = client.get(f"/reports/{paper}/annotations")
    found = AnnotationCollection.model_validate_json(answer.content)
    targets = [target for item in found.first.items for target in item.target]

    assert answer.headers["content-type"].startswith("application/ld+json; profile=")
    assert {item.motivation for item in found.first.items} == {
        "describing",
        "classifying",
        "identifying",
    }
    assert found.total == len(found.first.items) == 7
    for target in targets:
        quote, position = target.selector
        assert world.PAPER_TEXT[position.start : position.end] == quote.exact
        around = quote.prefix + quote.exact + quote.suffix
        assert around in world.PAPER_TEXT


def test_annotations_name_the_rows_by_urls_that_answer(client: Client, paper: str) -> None:
    found = client.get(f"/reports/{paper}/annotations").json()
    bodies = [body for item in found["first"]["items"] for body in item["body"]]

    assert [body["value"] for body in bodies if body["type"] == "TextualBody"] == [
        "CONSULT",
        "Lyon",
    ]
    for url in [body["id"] for body in bodies if "id" in body] + [found["id"]]:
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_documentation_fit_their_schemas(name: str) -> None:
    LISTS[f"{name}s"].model_validate(EXAMPLES[name])
