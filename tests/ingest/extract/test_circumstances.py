"""Where and when an event happens, and how much is counted in it."""

from __future__ import annotations

import datetime as dt

import pytest

from app.ingest.extract import extract
from app.ingest.extraction import Event, Extraction

WEDNESDAY = dt.date(2025, 11, 12)


def event_of(text: str, trigger: str) -> tuple[Extraction, Event]:
    """The event that is told by the word at which `trigger` begins."""
    found = extract(text, WEDNESDAY)
    start = text.index(trigger)
    [event] = [e for e in found.events if any(m.start <= start < m.end for m in e.mentions)]
    return found, event


def place_of(text: str, trigger: str) -> str | None:
    found, event = event_of(text, trigger)
    return {place.key: place.name for place in found.places}.get(event.place or "")


def date_of(text: str, trigger: str) -> str | None:
    date = event_of(text, trigger)[1].date
    return date.edtf if date else None


def amounts_of(text: str, trigger: str) -> list[float | None]:
    return [quantity.low for quantity in event_of(text, trigger)[1].quantities]


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("In Lima, police arrested four miners.", "arrested", "Lima"),
        ("The police arrested a man from Lyon in Paris.", "arrested", "Paris"),
        ("A court in Vienna jailed two men for bribing an official in Linz.", "jailed", "Vienna"),
        ("Six people were killed when the army shelled Goma.", "killed", "Goma"),
        ("The minister, speaking in Geneva, accused Chad of lying.", "accused", "Geneva"),
        ("Peru recalled its ambassador from Bogota.", "recalled", "Bogota"),
        ("Fighters seized the town of Menaka in northern Mali.", "seized", "Menaka"),
        ("Peru signed a treaty during a summit in Lima.", "signed", "Lima"),
        ("Rebels fired on a Chadian boat on the Danube.", "fired", "Danube"),
    ],
)
def test_the_sentence_tells_where_an_event_happens(text: str, trigger: str, place: str):
    assert place_of(text, trigger) == place


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The two presidents met to discuss the war in Sudan.", "met"),
        ("Norway condemned the bombing in Kabul.", "condemned"),
        ("Iran seized a tanker, a spokesman said in Muscat.", "seized"),
        ("The minister is expected to visit the port.", "visit"),
    ],
)
def test_the_place_of_something_else_and_one_without_a_name_are_no_place(text: str, trigger: str):
    assert place_of(text, trigger) is None


@pytest.mark.parametrize(
    ("text", "trigger", "date"),
    [
        ("Police said on Tuesday that gunmen killed three farmers.", "killed", None),
        ("Gunmen killed three farmers on Monday, police said on Tuesday.", "killed", "2025-11-10"),
        ("Six people were killed when the army shelled Goma on Saturday.", "killed", "2025-11-08"),
        ("An attack on a market in Bauchi on Sunday killed five.", "attack", "2025-11-09"),
        ("The minister, speaking on Friday, accused Chad of lying.", "accused", "2025-11-07"),
        ("Ghana said on Friday it would send doctors to Togo.", "send", "2025-11-07"),
    ],
)
def test_a_date_is_that_of_the_event_and_not_of_the_saying(
    text: str, trigger: str, date: str | None
):
    assert date_of(text, trigger) == date


@pytest.mark.parametrize(
    ("text", "trigger", "amounts"),
    [
        ("Police arrested 40 protesters after a march of 5,000 teachers.", "arrested", [40]),
        ("Police arrested 40 protesters after a march of 5,000 teachers.", "march", [5000]),
        ("Qatar gave $20 million to Gaza, which lost 300 houses.", "gave", [20_000_000]),
        ("The company agreed to pay a fine of $3 million.", "agreed", [3_000_000]),
        ("The attack by 20 gunmen left 15 dead.", "attack", [20, 15]),
        ("Iran moved 2,000 of its 9,000 soldiers to the coast.", "moved", [2000]),
        ("About 200 people protested, demanding a new vote.", "demanding", []),
        ("The two presidents met in Lima.", "met", []),
    ],
)
def test_an_amount_belongs_to_the_event_that_it_counts(
    text: str, trigger: str, amounts: list[float]
):
    assert amounts_of(text, trigger) == amounts
