"""Of which country somebody is who is told without one."""

from __future__ import annotations

import pytest

from tests.ingest.extract.test_entities import read


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Kenya will vote on Monday, the interior ministry said.", "ministry", "KE"),
        ("In Oslo, Interior Minister Kari Solberg resigned.", "Solberg", "NO"),
        ("Chad and Kenya met. Chad was late. Its foreign ministry apologised.", "ministry", "TD"),
        ("Peru's water agency is short of staff. Its director, Rosa Quispe, quit.", "Quispe", "PE"),
        ("Students of the University of Leeds marched.", "Leeds", "GB"),
        (
            "Norway's foreign minister, Kari Solberg, met Chad's. Her ministry said so.",
            "ministry",
            "NO",
        ),
    ],
)
def test_officials_and_public_bodies_are_of_the_country_spoken_of(
    text: str, word: str, country: str
):
    actor = read(text).actor(word)
    assert actor
    assert actor.country == country


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kenya exports tea. Brenholt Motors makes buses.", "Motors"),
        ("Kenya will host the World Chess Federation.", "Federation"),
        ("Kenya and Chad met. The ministry was silent.", "ministry"),
    ],
)
def test_others_are_of_no_country(text: str, word: str):
    actor = read(text).actor(word)
    assert actor
    assert actor.country is None
