"""The document that the project was made for, as clients see it over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from app.api.examples import ANSWERS, EXAMPLES
from app.database import engine, migrate
from app.ingest.pipeline import load
from app.main import create_app
from app.settings import Settings
from tests.api.__main__ import EVER_CHANGING, other_answers
from tests.api.conftest import serving

SEEDS = Path(__file__).parents[2] / "seeds"

Row = dict[str, Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    url = f"sqlite:///{tmp_path_factory.mktemp('seed')}/reportedly.db"
    migrate(url)
    assert list(load(url, [SEEDS]))
    application = create_app(Settings(database_url=url))
    with serving(application) as address, Client(base_url=address) as client:
        yield client
    engine(url).dispose()


@pytest.fixture(scope="module")
def claims(client: Client) -> list[Row]:
    return every(client, "/claims")


@pytest.fixture(scope="module")
def events(client: Client) -> list[Row]:
    return every(client, "/events")


@pytest.fixture(scope="module")
def actors(client: Client) -> dict[str, Row]:
    return {actor["name"]: actor for actor in every(client, "/actors")}


def every(client: Client, path: str) -> list[Row]:
    answer = client.get(path, params={"limit": 500}).json()
    assert answer["next"] is None
    items: list[Row] = answer["items"]
    return items


def one(rows: list[Row], words: str) -> Row:
    found = [row for row in rows if words in row["text"]]
    assert len(found) == 1, [row["text"] for row in found]
    return found[0]


def chain(claim: Row) -> list[str]:
    return [link["source"]["name"] for link in claim["attribution"]]


def quotes(spans: list[Row]) -> list[str]:
    return [span["quote"] for span in spans]


def participants(event: Row) -> set[tuple[str, str]]:
    return {(part["actor"]["name"], part["role"]) for part in event["participants"]}


def test_the_first_sentence_is_attributed_to_the_news_agency(claims: list[Row]) -> None:
    claim = one(claims, "provided a detailed account of the military buildup")
    assert chain(claim) == ["RIA Novosti"]
    assert "as reported by" not in claim["text"]


def test_quoted_words_are_marked_and_attributed_to_the_governor(claims: list[Row]) -> None:
    claim = one(claims, "unprecedented in scale")
    assert chain(claim)[-1] == "Alexander Khinstsen"
    assert any("unprecedented in scale" in quote for quote in quotes(claim["quotations"]))
    assert claim["directness"] in {"direct", "mixed"}


def test_a_pronoun_in_the_middle_of_its_claim_is_the_governor(claims: list[Row]) -> None:
    claim = one(claims, "a multifaceted approach to securing the region")
    assert chain(claim) == ["Alexander Khinstsen"]
    assert len(claim["content"]) == 2
    assert "he noted" not in claim["text"]


def test_a_chain_leads_from_the_media_to_the_intelligence_service(claims: list[Row]) -> None:
    claim = one(claims, "allegedly begun relocating thousands of soldiers")
    assert chain(claim) == ["South Korean media", "National Intelligence Service"]
    assert claim["origin"]["name"] == "National Intelligence Service"
    assert (claim["certainty"], quotes(claim["hedges"])) == ("possible", ["allegedly"])
    assert claim["said_on"] == "XXXX-11-05"


def test_two_governments_do_not_confirm_the_assessment(claims: list[Row]) -> None:
    claim = one(claims, "are linked to infrastructure restoration efforts")
    assert "assessment" in chain(claim)[0]
    assert claim["status"] == "unconfirmed"
    assert {(r["actor"]["name"], r["actor"]["kind"], r["stance"]) for r in claim["responses"]} == {
        ("Russia", "government", "does_not_confirm"),
        ("North Korea", "government", "does_not_confirm"),
    }


def test_a_pledge_is_a_promise_of_the_government(claims: list[Row]) -> None:
    claim = one([claim for claim in claims if claim["attribution"]], "unwavering support")
    assert claim["origin"]["name"] == "North Korea"
    assert claim["act"] == "promise"
    assert any("unwavering support" in quote for quote in quotes(claim["quotations"]))


@pytest.mark.parametrize(
    ("words", "hedge", "certainty"),
    [
        ("The scale of the operation", "if accurate", "possible"),
        ("it could encompass military", "could", "possible"),
        ("the extent to which", "remains speculative", "unknown"),
        ("will likely remain a focal point", "likely", "probable"),
    ],
)
def test_narration_keeps_its_hedges(
    claims: list[Row], words: str, hedge: str, certainty: str
) -> None:
    claim = one(claims, words)
    assert claim["attribution"] == []
    assert any(hedge in quote for quote in quotes(claim["hedges"]))
    assert claim["certainty"] == certainty


def test_every_sentence_is_in_a_claim(client: Client, claims: list[Row]) -> None:
    report = client.get(f"/reports/{claims[0]['report']['id']}").json()
    for line in report["text"].splitlines():
        if line:
            start = report["text"].index(line)
            within = range(start, start + len(line))
            assert any(span["start"] in within for claim in claims for span in claim["content"])


def test_the_buildup_is_a_mobilization_near_the_border(events: list[Row]) -> None:
    assert any(
        event["type"] == "MOBILIZE"
        and event["trigger"]["quote"] == "buildup"
        and "Kursk Oblast" in event["place"]["name"]
        for event in events
    )


def test_the_governor_meets_the_president(events: list[Row]) -> None:
    assert any(
        event["type"] == "CONSULT"
        and {name for name, _ in participants(event)} >= {"Alexander Khinstsen", "Vladimir Putin"}
        for event in events
    )


def test_the_engagement_is_the_meeting_in_pyongyang(events: list[Row]) -> None:
    [event] = [
        event for event in events if event["type"] == "CONSULT" and event["date"] == "XXXX-11-07"
    ]
    assert event["place"]["name"] == "Pyongyang"
    assert {"meeting", "engagement"} <= {mention["quote"] for mention in event["mentions"]}
    names = {name for name, _ in participants(event)}
    assert "No Gwangju Chol" in names
    assert any("delegation" in name.lower() or "Goremykin" in name for name in names)


def test_the_relocation_leads_from_north_korea_with_thousands_of_soldiers(
    events: list[Row],
) -> None:
    [event] = [event for event in events if event["trigger"]["quote"] == "relocating"]
    assert event["type"] == "MOBILIZE"
    assert ("North Korea", "initiator") in participants(event)
    [quantity] = event["quantities"]
    assert (quantity["low"], quantity["of"]) == (2000, "soldiers")
    assert event["certainty"] == "possible"
    assert any("relocating" in claim["text"] for claim in event["claims"])


def test_the_deployment_counts_troops_and_specialists(events: list[Row]) -> None:
    [event] = [
        event
        for event in events
        if "approximately 5,000" in event["text"] and event["type"] == "MOBILIZE"
    ]
    counted = {(q["low"], q["approximate"], q["of"]) for q in event["quantities"]}
    assert counted == {
        (5000, True, "North Korean engineering troops"),
        (1000, False, "demining specialists"),
    }


def test_the_pledge_is_support_for_moscow(events: list[Row]) -> None:
    [event] = [event for event in events if event["trigger"]["quote"] == "pledge"]
    assert event["type"] == "SUPPORT"
    assert participants(event) == {("North Korea", "initiator"), ("Russia", "recipient")}


def test_each_actor_is_one_for_all_its_names(actors: dict[str, Row]) -> None:
    assert "Kursk Governor" in actors["Alexander Khinstsen"]["roles"]
    assert "Khinstsen" in actors["Alexander Khinstsen"]["aliases"]
    assert "MChS" in actors["Ministry of Emergency Situations"]["aliases"]
    assert "KNR" in actors["Donetsk People’s Republic"]["aliases"]
    assert actors["Rosgarde"]["kind"] == "armed_force"
    assert "Pyongyang" in actors["North Korea"]["aliases"]
    assert "Moscow" in actors["Russia"]["aliases"]
    assert not {"Khinstsen", "MChS", "KNR", "Pyongyang", "Moscow"} & set(actors)


def test_pyongyang_is_a_city_in_one_sentence_and_a_government_in_others(
    client: Client, events: list[Row]
) -> None:
    place = next(event["place"] for event in events if event["date"] == "XXXX-11-07")
    assert (place["name"], place["country"]) == ("Pyongyang", "KP")
    found = client.get("/actors", params={"q": "Pyongyang"}).json()["items"]
    assert [(actor["name"], actor["kind"], actor["country"]) for actor in found] == [
        ("North Korea", "government", "KP")
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_documentation_are_rows_of_the_document(
    client: Client, name: str
) -> None:
    row = client.get(f"/{name}s/{EXAMPLES[name]['id']}").json()
    if name == "report":
        del row["text"]
    served = row | {key: EXAMPLES[name][key] for key in EVER_CHANGING if key in row}
    assert served == EXAMPLES[name], "if meant: python -m tests.api"


def test_the_other_answers_of_the_documentation_are_those_of_the_document(client: Client) -> None:
    assert other_answers(client, EXAMPLES) == ANSWERS, "if meant: python -m tests.api"
