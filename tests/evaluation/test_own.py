"""The scorer of our own gold: perfect is 1, nothing is 0, and in between what a hand counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

import pytest

from app.vocabulary import Act, Certainty, Directness, EventType, Polarity, Stance, Status, Tense
from tests.evaluation import own
from tests.evaluation.actors import resolved
from tests.evaluation.agreement import Tallies, Words, pairs, plain_name
from tests.evaluation.gold import SPLITS, Claim, Event, Link, Party, Report, Response, load

NOTHING: dict[str, Any] = {
    name: [] for name in ("actors", "sources", "places", "dates", "claims", "events")
}
TEXT = "The ministry said two guards might be dead. It accused rebels. The rebels denied it."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def small_report() -> Report:
    """The ministry ("It") accuses rebels, who deny it."""
    said = Claim(
        (at("two guards might be dead"),),
        (Link("m", (at("The ministry"),), (at("said"),)),),
        Act.STATEMENT, Directness.INDIRECT, Certainty.POSSIBLE, Polarity.AFFIRMED,
        (at("might"),), (), Status.UNVERIFIED, None,
    )  # fmt: skip
    accused = Claim(
        (at("rebels"),),
        (Link("m", (at("It"),), (at("accused"),)),),
        Act.ALLEGATION, Directness.INDIRECT, Certainty.CERTAIN, Polarity.AFFIRMED,
        (), (Response("r", Stance.DENIES, (at("denied it"),)),), Status.DENIED, None,
    )  # fmt: skip
    accusing = Event(
        EventType.ACCUSE, (at("accused"),), ("m",), ("r",), None, "2026-01-05", (),
        Certainty.CERTAIN, Polarity.AFFIRMED, Tense.PAST,
    )  # fmt: skip
    parties = {
        "m": Party("Interior Ministry", ("Interior Ministry",), "government", "GE",
                   (at("The ministry"), at("It")), is_actor=True),
        "r": Party("rebels", ("rebels",), "group", None,
                   (at("rebels"), at("The rebels")), is_actor=True),
    }  # fmt: skip
    return Report("small", TEXT, None, parties, (said, accused), (accusing,), ())


def perfect(report: Report) -> dict[str, Any]:
    """The gold as the extractor would print it."""
    places = sorted({event.place for event in report.events if event.place})
    return {
        "actors": [
            {"key": key, "name": party.name, "kind": party.kind, "country": party.country,
             "mentions": [{"span": span} for span in party.mentions]}
            for key, party in report.parties.items() if party.is_actor
        ],
        "sources": [
            {"key": f"s-{key}", "name": party.name, "actor": key if party.is_actor else None}
            for key, party in report.parties.items()
        ],
        "places": [{"key": place, "name": place} for place in places],
        "dates": [{"span": spans[0], "edtf": edtf} for spans, edtf in report.dates],
        "claims": [claim_json(claim) for claim in report.claims],
        "events": [event_json(event) for event in report.events],
    }  # fmt: skip


def claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "content": claim.content,
        "attribution": [
            {"source": link.source and f"s-{link.source}", "spans": link.words, "cue": link.cue}
            for link in claim.chain
        ],
        **{name: getattr(claim, name) for name in
           ("act", "directness", "certainty", "polarity", "status", "hedges", "said_on")},
        "responses": [
            {"actor": response.actor, "stance": response.stance} for response in claim.responses
        ],
    }  # fmt: skip


def event_json(event: Event) -> dict[str, Any]:
    parts = [("initiator", key) for key in event.initiators]
    parts += [("recipient", key) for key in event.recipients]
    return {
        "type": event.type, "trigger": event.triggers[0], "mentions": event.triggers,
        "participants": [{"actor": key, "role": role, "spans": []} for role, key in parts],
        "place": event.place, "date": event.date,
        "quantities": [{"low": low, "high": high} for low, high in event.quantities],
        "certainty": event.certainty, "polarity": event.polarity, "tense": event.tense,
    }  # fmt: skip


def scored(reports: Iterable[Report], predictions: Mapping[str, Mapping[str, Any]]) -> Tallies:
    return own.tallies(reports, lambda text, _: predictions[text])


def small_score(found: Mapping[str, Any]) -> Tallies:
    return scored([small_report()], {TEXT: found})


@pytest.mark.parametrize("split", SPLITS)
def test_the_gold_itself_gets_one_everywhere(split: str) -> None:
    reports = load(split)
    figures = own.figures(scored(reports, {report.text: perfect(report) for report in reports}))
    assert {name: value for name, value in figures.items() if value != pytest.approx(1)} == {}


@pytest.mark.parametrize("split", SPLITS)
def test_finding_nothing_gets_nothing(split: str) -> None:
    reports = load(split)
    figures = own.figures(scored(reports, {report.text: NOTHING for report in reports}))
    assert set(figures.values()) == {0.0}


def test_a_claim_with_half_of_the_content_counts_and_with_less_does_not() -> None:
    found = perfect(small_report())
    found["claims"][0]["content"] = [at("two guards might")]
    assert small_score(found)["claims"].right == 2
    found["claims"][0]["content"] = [at("two guards")]
    assert small_score(found)["claims"].right == 1


def test_an_unresolved_pronoun_is_the_right_place_and_the_wrong_name() -> None:
    found = perfect(small_report())
    found["sources"].append({"key": "s-it", "name": "It", "actor": None})
    found["claims"][1]["attribution"][0]["source"] = "s-it"
    result = small_score(found)
    assert (result["claims"].right, result["claims_named"].right) == (2, 1)
    assert result["chain"].precision == 0.5


def test_a_link_too_many_breaks_the_chain() -> None:
    found = perfect(small_report())
    found["claims"][0]["attribution"] *= 2
    result = small_score(found)
    assert (result["claims_named"].right, result["chain"].right) == (2, 1)


def test_narration_is_neither_right_nor_wrong() -> None:
    found = perfect(small_report())
    found["claims"].append({**found["claims"][0], "content": [(0, len(TEXT))], "attribution": []})
    assert small_score(found)["claims"].precision == 1


def test_a_response_of_somebody_else_is_wrong() -> None:
    found = perfect(small_report())
    found["claims"][1]["responses"][0]["actor"] = "m"
    assert small_score(found)["responses"].f1 == 0


def test_a_second_prediction_of_one_event_is_wrong() -> None:
    found = perfect(small_report())
    found["events"].append(deepcopy(found["events"][0]))
    result = small_score(found)["events"]
    assert (result.precision, result.recall) == (0.5, 1)


def test_an_event_of_the_wrong_type_is_only_located() -> None:
    found = perfect(small_report())
    found["events"][0]["type"] = "ASSAULT"
    result = small_score(found)
    assert (result["events"].right, result["events_any"].right) == (0, 1)
    assert (result["participants"].predicted, result["participants"].gold) == (0, 2)


def test_participants_count_with_their_role() -> None:
    found = perfect(small_report())
    first, second = found["events"][0]["participants"]
    first["role"], second["role"] = "recipient", "recipient"
    result = small_score(found)["participants"]
    assert (result.right, result.predicted, result.gold) == (1, 2, 2)


def test_an_invented_date_costs_precision() -> None:
    found = perfect(small_report())
    found["dates"] = [{"span": at("dead"), "edtf": "2026"}, {"span": at("two"), "edtf": None}]
    assert small_score(found)["dates"].predicted == 1


def test_lea_as_its_authors_work_it_out() -> None:
    """Moosavi and Strube 2016, the worked example: abc, defg against ab, cd, fghi."""
    key = [frozenset("abc"), frozenset("defg")]
    numbered = [frozenset(map(ord, entity)) for entity in key]
    response = [frozenset(map(ord, entity)) for entity in ("ab", "cd", "fghi")]
    recall = sum(len(entity) * resolved(entity, response) for entity in numbered) / 7
    precision = sum(len(entity) * resolved(entity, numbered) for entity in response) / 8
    assert recall == pytest.approx((3 * 1 / 3 + 4 * 1 / 6) / 7)
    assert precision == pytest.approx((2 * 1 + 2 * 0 + 4 * 1 / 6) / 8)


def test_one_actor_split_in_two_loses_coreference_and_no_mention() -> None:
    found = perfect(small_report())
    ministry = found["actors"][0]
    found["actors"].append({**ministry, "key": "m2", "mentions": ministry["mentions"][1:]})
    ministry["mentions"] = ministry["mentions"][:1]
    result = small_score(found)
    assert result["mentions"].f1 == 1
    assert result["coreference"].f1 == pytest.approx(0.5)


def test_words_and_names_compare_without_trimmings() -> None:
    words = Words("“The Bloc’s” men, Smith-Jones.")
    assert words.of([(0, 13)]) == {0, 1}
    assert plain_name("The  U.N.'s Report") == plain_name("UN report")


def test_pairing_is_one_to_one_and_best_first() -> None:
    assert pairs({(0, 0): 0.5, (0, 1): 0.9, (1, 1): 0.8, (1, 0): 0.0}) == {0: 1}
