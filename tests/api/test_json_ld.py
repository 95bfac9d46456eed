"""Claims in the terms of schema.org: only such as it defines, with values of expected types.

`schema_org.json` holds the vocabulary's properties for the types that are used here.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from app import schemas
from app.api import json_ld
from app.api.examples import EXAMPLES
from app.vocabulary import Act, ActorKind, SourceKind
from tests.api.test_problems import problem

TYPES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("schema_org.json").read_text()
)["types"]
SIMPLE = {"Text": r".+", "URL": r"https?://\S+", "Date": r"\d{4}(-\d\d){0,2}"}

Node = dict[str, Any]


def lineage(name: str | None) -> list[str]:
    """A type and those that it is a subtype of."""
    return [name, *lineage(TYPES[name]["subclass_of"])] if name else []


def is_one_of(value: Any, expected: str) -> bool:
    if isinstance(value, str):
        known = [SIMPLE[name] for name in expected.split() if name in SIMPLE]
        return any(re.fullmatch(pattern, value, re.DOTALL) for pattern in known)
    return bool({*lineage(value["@type"])} & {*expected.split()})


def check(node: Node) -> None:
    """Each property is defined for the node's type, and has values that it expects."""
    defined = {
        name: expected
        for type_ in lineage(node["@type"])
        for name, expected in TYPES[type_]["properties"].items()
    }
    for name, values in node.items():
        if name.startswith("@"):
            continue
        assert name in defined, f"{node['@type']} has no {name}"
        for value in values if isinstance(values, list) else [values]:
            assert is_one_of(value, defined[name]), f"{name}: {value}"
            if isinstance(value, dict):
                check(value)


def claim(**changes: Any) -> Node:
    """The example with changes, as JSON-LD."""
    row = schemas.Claim.model_validate(EXAMPLES["claim"] | changes)
    node: Node = json.loads(json_ld.one(row.model_dump_json(), "https://example.org/"))
    check(node)
    return node


def link(kind: SourceKind, name: str = "x") -> dict[str, Any]:
    return {"source": {"id": name, "name": name, "kind": kind}, "spans": [], "cue": []}


def said_by(kind: SourceKind, **changes: Any) -> Node:
    said = link(kind)
    return claim(attribution=[said], origin=said["source"], **changes)


@pytest.mark.parametrize(
    "asked", [{"params": {"format": "jsonld"}}, {"headers": {"Accept": "application/ld+json"}}]
)
def test_claims_come_in_the_terms_of_schema_org(client: Client, asked: dict[str, Any]) -> None:
    rows = client.get("/claims").json()["items"]
    answer = client.get("/claims", **asked)
    page = answer.json()
    check(page)

    assert answer.headers["content-type"] == "application/ld+json"
    assert page["@context"] == "https://schema.org"
    assert page["@type"] == "ItemList"
    assert [node["identifier"] for node in page["itemListElement"]] == [row["id"] for row in rows]
    for node in page["itemListElement"]:
        one = client.get(node["url"], **asked).json()
        assert one == {"@context": "https://schema.org", **node}
        for linked in (
            node["@id"],
            node["appearance"]["@id"],
            *(it["@id"] for it in node.get("mentions", [])),
        ):
            assert client.get(linked).status_code == 200


def test_a_claim_is_its_origins_in_the_report_where_it_stands(client: Client) -> None:
    (found,) = client.get("/claims?act=allegation&format=jsonld").json()["itemListElement"]

    assert found["text"] == "Paris may have met Sweden in Lyon"
    assert (found["author"]["name"], found["author"]["@type"]) == (
        "France",
        "GovernmentOrganization",
    )
    assert found["appearance"]["name"] == "A meeting"
    assert found["appearance"]["publisher"]["name"] == "Le Papier"
    assert [event["@type"] for event in found["about"]] == ["Event"]
    assert "dateCreated" not in found  # the day is that of Le Papier


def test_pages_are_linked(client: Client) -> None:
    first = client.get("/claims?format=jsonld&limit=2")
    rest = client.get(first.links["next"]["url"]).json()

    assert len(first.json()["itemListElement"]) == 2
    assert len(rest["itemListElement"]) == 1


@pytest.mark.parametrize("act", Act)
def test_who_does_not_put_it_forward_is_not_its_author(act: Act) -> None:
    node = said_by(SourceKind.PERSON, act=act)

    assert ("author" in node) == (act not in {"denial", "question", "demand", "wish"})


@pytest.mark.parametrize("kind", SourceKind)
def test_only_persons_and_organizations_are_authors(kind: SourceKind) -> None:
    node = said_by(kind)

    assert ("author" in node) == (kind not in {"group", "document", "anonymous", "other"})
    assert ("isBasedOn" in node) == (kind == "document")


@pytest.mark.parametrize("kind", ActorKind)
def test_every_actor_can_be_mentioned(kind: ActorKind) -> None:
    (mentioned,) = claim(about=[{"id": "x", "name": "x", "kind": kind, "country": None}])[
        "mentions"
    ]

    assert mentioned["@type"] in TYPES


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2025-11-05", "2025-11-05"),
        ("2025-11", "2025-11"),
        ("XXXX-11-05", None),
        ("2025/..", None),
        (None, None),
    ],
)
def test_a_day_is_told_if_it_is_known(edtf: str | None, date: str | None) -> None:
    assert said_by(SourceKind.PERSON, said_on=edtf).get("dateCreated") == date


def test_narration_has_no_author() -> None:
    node = claim(attribution=[], origin=None, said_on=None, about=[], events=[])

    assert node.keys() == {"@context", "@id", "@type", "url", "identifier", "text", "appearance"}


@pytest.mark.parametrize("path", ["/events", "/actors", "/sources/france"])
def test_there_are_terms_for_claims_only(client: Client, path: str) -> None:
    problem(client.get(path, headers={"Accept": "application/ld+json"}), 406)
    problem(client.get(f"{path}?format=jsonld"), 422)


@pytest.mark.parametrize("path", ["/claims", "/claims/c_none"])
def test_what_has_no_terms_is_refused(client: Client, path: str) -> None:
    problem(client.get(f"{path}?format=jsonld&include=actors"), 422)
