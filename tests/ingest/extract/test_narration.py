"""What a report says in its own voice, beside what it lets others say."""

from __future__ import annotations

import pytest

from app.ingest.extract import extract


def narrated(text: str) -> list[str]:
    return [
        " … ".join(text[start:end] for start, end in claim.content)
        for claim in extract(text).claims
        if not claim.attribution
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Peru called the map “a provocation” and closed its embassy.", "closed its embassy"),
        (
            "“We lost the herd,” said Ines Duarte, as she waited beside the flooded road.",
            "as she waited beside the flooded road",
        ),
    ],
)
def test_a_clause_beside_what_is_attributed_is_narrated(text: str, left: str) -> None:
    assert [words.rstrip(".") for words in narrated(text)] == [left]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "The boys were sent home in May after the inquiry found they were misled.",
            "The boys were sent home in May",
        ),
        ("Ruiz opened the lock, saying that the canal was safe.", "Ruiz opened the lock"),
        ("The lock was opened and the mayor said the canal was safe.", "The lock was opened"),
        (
            "The ministry did not pay for what Ruiz called a mistake.",
            "The ministry did not pay for what Ruiz called a mistake",
        ),
        (
            "The man who said that the lock was broken left on Monday.",
            "The man who said that the lock was broken left on Monday",
        ),
    ],
)
def test_a_sentence_with_an_attribution_on_it_is_narrated_as_a_statement(
    text: str, left: str
) -> None:
    assert [words.rstrip(".") for words in narrated(text)] == [left]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor told the Gazette the canal was safe, despite warnings that it could flood.",
        "In a statement on Monday, the mayor said that the bridge was safe.",
        "“The bridge is safe,” the mayor told reporters outside the town hall.",
        "The mayor, who flew in on Monday, said that the bridge was safe.",
    ],
)
def test_how_something_was_said_is_no_narration(text: str) -> None:
    assert narrated(text) == []


def test_the_event_of_a_clause_left_over_belongs_to_its_narration() -> None:
    text = "Peru called the map “a provocation” and expelled the envoy of Chile."
    found = extract(text)
    (event,) = [event for event in found.events if text[slice(*event.trigger)] == "expelled"]
    assert [found.claims[claim].attribution for claim in event.claims] == [()]
