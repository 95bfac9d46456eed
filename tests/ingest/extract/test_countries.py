"""The gazetteer."""

from __future__ import annotations

import re

import pytest

from app.ingest.extract.entities.countries import EntryType, country_name, find_matches, look_up
from app.lexicon import table


@pytest.mark.parametrize(
    ("name", "country", "type_"),
    [
        ("Ivory Coast", "CI", EntryType.COUNTRY),
        ("Russian Federation", "RU", EntryType.COUNTRY),
        ("Peruvian", "PE", EntryType.ADJECTIVE),
        ("Danes", "DK", EntryType.PEOPLE),
        ("Kyiv", "UA", EntryType.CAPITAL),
        ("Downing Street", "GB", EntryType.SEAT),
        ("Osaka", "JP", EntryType.PLACE),
    ],
)
def test_a_name_tells_its_country(name: str, country: str, type_: EntryType):
    entry = look_up(name)
    assert entry
    assert (entry.country, entry.type) == (country, type_)


def test_the_longest_name_counts():
    words = ["South", "Korean", "and", "North", "Korean", "envoys"]
    assert [(start, end) for start, end, _ in find_matches(words)] == [(0, 2), (3, 5)]


def test_a_text_in_capitals_has_the_same_names():
    ((_, _, entry),) = find_matches(["MADRID"])
    assert entry.country == "ES"


def test_the_pronoun_us_is_no_country():
    assert find_matches(["told", "us"]) == []


def test_every_country_has_a_code_of_two_letters():
    for row in table("countries"):
        assert re.fullmatch("[A-Z]{2}", row["code"])
        assert country_name(row["code"]) == row["name"]


def test_the_codes_of_all_tables_are_those_of_countries():
    codes = {row["code"] for row in table("countries")}
    for name in ("known_actors", "regions"):
        assert {row["country"] for row in table(name)} <= codes | {""}
