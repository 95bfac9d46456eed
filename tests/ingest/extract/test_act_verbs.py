"""Verbs for what is done with words: they count where the sentence itself puts them forward."""

from __future__ import annotations

import pytest

from tests.ingest.extract.test_attribution import attributed


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The council blocked the plan for a new harbor.", ["the plan for a new harbor"]),
        ("The mayor left early, blocking the plan.", ["the plan"]),
        ("The senator laid out her plan for the port.", ["her plan for the port"]),
        ("Anna Kovacs doubled down on the claim.", ["the claim"]),
        ("The mayor compared the strike to a siege.", ["the strike to a siege"]),
        ("Ministers offered condolences to the families.", ["condolences to the families"]),
        ("The mayor raised doubts about the dam.", ["doubts about the dam"]),
        ("The farmer raised goats on the island.", []),
        ("The plan was blocked by the council.", ["The plan"]),
        ("The mayor would block the plan.", []),
        ("The senator who blocked the plan has a garden.", []),
        ("Nurses arrived to block the road.", []),
    ],
)
def test_an_act_of_words_counts_where_the_sentence_itself_puts_it_forward(
    text: str, contents: list[str]
) -> None:
    assert [row.content for row in attributed(text)] == contents


def test_a_verb_with_its_particle_is_another_verb() -> None:
    assert attributed("The trainer backed up the truck.") == []
    assert [row.content for row in attributed("The trainer backed the mayor.")] == ["the mayor"]


def test_the_name_of_a_thing_is_not_what_somebody_calls_it() -> None:
    assert attributed("She has a boat called Albatross.") == []


def test_a_verb_of_saying_keeps_its_frames_with_a_particle() -> None:
    rows = attributed("The mayor pointed out that the bridge was closed.")
    assert [row.content for row in rows] == ["that the bridge was closed"]


def test_parts_of_a_group_speak() -> None:
    rows = attributed("Some of the farmers support the ban. Both oppose the tax.")
    assert [row.source for row in rows] == ["Some", "Both"]


def test_when_something_was_said_is_no_part_of_it() -> None:
    rows = attributed("The ministers announced support for the farmers on Thursday.")
    assert [row.content for row in rows] == ["support for the farmers"]
