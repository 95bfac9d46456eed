"""Names that are equal, and acronyms that belong to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.extract.entities.acronyms import is_acronym
from app.ingest.extract.entities.coreference import initials, normal_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Hague", "Hague"),
        ("N'Djamena", "N’Djamena"),
        ("São Tomé", "Sao Tome"),
        ("al-Bayda", "Al Bayda"),
        ("U.N.", "U.N"),
        ("Kenya's", "Kenya"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str):
    assert normal_name(one) == normal_name(other)


def test_different_names_stay_different():
    assert normal_name("North Sea") != normal_name("South Sea")


@given(st.text(min_size=1, max_size=30))
def test_a_normal_name_is_never_empty(name: str):
    assert normal_name(name)


def test_initials_are_the_capitals_of_the_words():
    assert initials("Organization of the Red Lake States") == "ORLS"


@pytest.mark.parametrize("text", ["NATO", "U.N.", "MChS", "BBC"])
def test_acronyms_are_recognised(text: str):
    assert is_acronym(text)


@pytest.mark.parametrize("text", ["Nato", "I", "the", "Sinai", ""])
def test_words_are_no_acronyms(text: str):
    assert not is_acronym(text)
