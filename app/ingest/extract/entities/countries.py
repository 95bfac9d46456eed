"""The gazetteer: what names of countries, peoples, places and well-known bodies mean.

A name is looked up as the words that spaCy makes of it, in the longest form that the lexicon knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from app.lexicon import table
from app.vocabulary import ActorKind


class EntryType(StrEnum):
    """What a name of the gazetteer names, which decides how it may refer."""

    COUNTRY = "country"  # "Iraq"
    ADJECTIVE = "adjective"  # "Iraqi"
    PEOPLE = "people"  # "Iraqis"
    CAPITAL = "capital"  # "Baghdad": the city, or the government that sits there
    SEAT = "seat"  # "the Kremlin": a building or body that stands for the government
    PLACE = "place"  # "Mosul", "the Middle East"
    ACTOR = "actor"  # "NATO"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name.

    `name` is the canonical one; `country` the ISO 3166-1 alpha-2 code of the country that the
    name belongs to, if it is one; latitude and longitude are degrees (WGS 84).
    """

    type: EntryType
    name: str
    country: str | None
    kind: ActorKind
    latitude: float | None = None
    longitude: float | None = None


Match = tuple[int, int, Entry]
"""Token indices `[start, end)` of a name, and what it means."""

_WORD = re.compile(r"['’]s\b|\w[\w.'’]*\.?|[^\w\s]")
_LONGEST = 8
_COORDINATES = ("latitude", "longitude")
_Add = Callable[[str, Entry], None]


def country_name(code: str) -> str:
    """The usual English name of the country with this ISO 3166-1 alpha-2 code."""
    return _country_names()[code]


def look_up(name: str) -> Entry | None:
    """The meaning of exactly this name, without an article."""
    return _entries().get(tuple(_normal(word) for word in _words_of(name)))


def namesake(name: str, country: str) -> Entry | None:
    """The region of this name in this country, which another meaning hides: the state Georgia."""
    return next((e for e in _regions() if e.name == name and e.country == country), None)


def find_matches(words: Sequence[str]) -> list[Match]:
    """The longest known names in a text, given as its words, from left to right."""
    entries, starts = _entries(), _starts()
    normal = [_normal(word) for word in words]
    found: list[Match] = []
    position, end = 0, len(words)
    while position < end:
        length = min(starts.get(normal[position], 0), end - position)
        while length:
            if entry := entries.get(tuple(normal[position : position + length])):
                found.append((position, position + length, entry))
                break
            length -= 1
        position += max(length, 1)
    return found


def _normal(word: str) -> str:
    """The word with straight apostrophes; a long word in capitals is brought to its usual case."""
    if len(word) > 4 and word.isupper():
        word = word.title()
    return word.replace("’", "'")


def _words_of(name: str) -> list[str]:
    return _WORD.findall(name.replace("'s ", " 's ").replace("’s ", " ’s "))


@cache
def _starts() -> dict[str, int]:
    """For each first word of a name, the length of the longest name that starts with it."""
    starts: dict[str, int] = {}
    for words in _entries():
        starts[words[0]] = max(starts.get(words[0], 0), len(words))
    return starts


@cache
def _country_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in table("countries")}


@cache
def _entries() -> dict[tuple[str, ...], Entry]:
    """All entries by their words; where two names are equal, the later file is less usual."""
    entries: dict[tuple[str, ...], Entry] = {}

    def add(name: str, entry: Entry) -> None:
        words = tuple(_normal(word) for word in _words_of(name))
        if words and len(words) <= _LONGEST:
            entries.setdefault(words, entry)

    _add_countries(add)
    for row in table("known_actors"):
        kind = ActorKind(row["kind"])
        entry = Entry(EntryType.ACTOR, row["full"] or row["name"], row["country"] or None, kind)
        add(row["name"], entry)
        add(row["full"], entry)
    for row in table("ethnic_groups"):
        group = Entry(EntryType.ADJECTIVE, row["adjective"], None, ActorKind.GROUP)
        add(row["adjective"], group)
        add(row["plural"], Entry(EntryType.PEOPLE, row["plural"], None, ActorKind.GROUP))
    for place, row in zip(_regions(), table("regions"), strict=True):
        add(place.name, place)
        add(row["adjective"], replace(place, type=EntryType.ADJECTIVE))
    for row in table("cities"):
        add(row["name"], _city(row))
    return entries


@cache
def _regions() -> tuple[Entry, ...]:
    return tuple(
        Entry(EntryType.PLACE, row["name"], row["country"] or None, ActorKind.PLACE)
        for row in table("regions")
    )


def _city(row: dict[str, str]) -> Entry:
    latitude, longitude = (float(row[key]) if row[key] else None for key in _COORDINATES)
    country = row["country"] or None
    return Entry(EntryType.PLACE, row["name"], country, ActorKind.PLACE, latitude, longitude)


def _add_countries(add: _Add) -> None:
    cities = {row["name"]: row for row in table("cities")}
    for row in table("countries"):
        code, government = row["code"], ActorKind.GOVERNMENT
        for name in (row["name"], *row["aliases"].split(";")):
            add(name, Entry(EntryType.COUNTRY, row["name"], code, government))
    for row in table("countries"):
        code, name = row["code"], row["name"]
        for adjective in row["adjectives"].split(";"):
            add(adjective, Entry(EntryType.ADJECTIVE, name, code, government))
        for people in row["nationals"].split(";"):
            add(people, Entry(EntryType.PEOPLE, people, code, ActorKind.GROUP))
        capitals = row["capital"].split(";")
        for capital in capitals:
            city = _city(cities[capital]) if capital in cities else None
            latitude, longitude = (city.latitude, city.longitude) if city else (None, None)
            entry = Entry(EntryType.CAPITAL, capital, code, government, latitude, longitude)
            add(capital, entry)
        for seat in row["seats"].split(";"):
            add(seat, Entry(EntryType.SEAT, seat, code, government))
