"""Which words are names, where names end, and what kind of thing they name."""

from __future__ import annotations

import pytest

from app.vocabulary import ActorKind
from tests.ingest.extract.test_entities import read


@pytest.mark.parametrize(
    ("text", "name", "extent"),
    [
        (
            "Minister for the Middle East Tom Ellis spoke.",
            "Ellis",
            "Minister for the Middle East Tom Ellis",
        ),
        ("President of Peru Ana Ruiz left early.", "Ruiz", "President of Peru Ana Ruiz"),
        ("Secretary of State Jane Doe left.", "Doe", "Secretary of State Jane Doe"),
    ],
)
def test_an_office_may_name_the_place_or_portfolio_it_is_for(text: str, name: str, extent: str):
    actor = read(text).actor(name)
    assert actor
    assert actor.kind is ActorKind.PERSON
    (mention,) = actor.mentions
    assert text[mention.extent.start : mention.extent.end] == extent


def test_an_office_or_a_rank_alone_is_nobody_by_that_name():
    found = read("The former secretary of State met spokesman Navy Capt. Jeff Doyle.")
    assert not found.actor("State")
    assert not found.place("State")
    assert not found.actor("Capt")


def test_a_name_with_the_article_and_in_the_plural_is_a_band_or_a_team():
    actor = read('"We love the Beetles, and we always will," the label said.').actor("Beetles")
    assert actor
    assert actor.kind is not ActorKind.PERSON


def test_the_title_of_a_work_is_no_actor():
    found = read('She wrote "Marrow Lane" and starred in "Kestrel Girls."')
    assert not found.actor("Marrow Lane")
    assert not found.actor("Kestrel Girls")


def test_an_operation_is_no_actor():
    assert not read("Troops began Operation Northern Shield on Monday.").actor("Shield")


def test_what_rebels_hold_and_people_flee_is_a_place():
    found = read("Families fled Karavesh as the army shelled rebel-held Oskel.")
    assert found.place("Karavesh")
    assert found.place("Oskel")


def test_a_people_with_a_hyphen_is_one_name():
    text = "Ruiz is the only African-American on the board."
    assert [a.name for a in read(text).entities.actors if "-" in a.name] == ["African-American"]


def test_a_preposition_in_capitals_is_outside_the_noun_phrase():
    text = "Iraq\n.       Near Mosul, five strikes hit two units."
    place = read(text).place("Mosul")
    assert place
    assert {text[m.extent.start : m.extent.end] for m in place.mentions} == {"Mosul"}


def test_a_possessive_of_a_person_is_a_mention_and_that_of_a_body_is_none():
    found = read("Ana Ruiz parked her car. Lynx Ltd raised its prices.")
    assert found.actor("her") is found.actor("Ruiz")
    assert not found.actor("its")


def test_a_short_city_in_capitals_opens_a_dateline():
    place = read("OSLO — Two days of talks on cod ended on Friday.").place("OSLO")
    assert place
    assert (place.name, place.country) == ("Oslo", "NO")


def test_a_paper_with_its_article_is_no_person():
    actor = read("The talks failed, the Lusaka Sentinel reported.").actor("Sentinel")
    assert actor
    assert actor.kind is ActorKind.ORGANIZATION


def test_words_that_open_a_sentence_are_no_part_of_a_name():
    found = read("Neither Burch nor Hall spoke. Outside court, Hall waved.")
    assert found.actor("Burch")
    assert "Neither Burch" not in {actor.name for actor in found.entities.actors}
    assert "Outside court" not in {actor.name for actor in found.entities.actors}


def test_the_authority_that_somebody_has_is_no_body():
    found = read("The mayor closed the bridge on his own authority. The authority agreed.")
    assert not found.actor("authority")
    assert found.actor("authority", 1)


def test_in_a_headline_verbs_and_what_follows_for_are_no_part_of_a_name():
    found = read("Follow Ana Ruiz on this page.\nShow Compassion For Harbour Town\n")
    assert "Follow Ana Ruiz" not in {actor.name for actor in found.entities.actors}
    assert "Compassion For Harbour Town" not in {actor.name for actor in found.entities.actors}
    named = read("She works for Doctors Without Borders in Lima.").entities.actors
    assert "Doctors Without Borders" in {actor.name for actor in named}


def test_two_states_with_a_hyphen_are_their_governments_and_their_border_a_place():
    france = read("The leaders discussed UK-France co-operation.").actor("France")
    assert france
    assert france.kind is ActorKind.GOVERNMENT
    assert read("The Chile-Peru border is closed.").place("Peru")
