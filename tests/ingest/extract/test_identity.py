"""Which words of a text mean one actor: in apposition, taken up, as pronouns, as short names."""

from __future__ import annotations

import pytest

from app.vocabulary import ActorKind
from tests.ingest.extract.test_entities import read


def same(text: str, one: str, other: str, nth: int = 0) -> bool:
    """Whether a mention that ends in `one` and the nth that ends in `other` are of one actor."""
    found = read(text)
    first, second = found.actor(one), found.actor(other, nth)
    return first is not None and second is not None and first.key == second.key


def test_a_person_described_by_a_firm_stays_a_person():
    found = read("A spokesman for the company, Marcus Teller, told reporters that sales fell.")
    actor = found.actor("Teller")
    assert actor
    assert (actor.kind, actor.roles) == (ActorKind.PERSON, ("spokesman",))
    assert found.actor("spokesman") is actor
    assert found.actor("company") is not actor


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("The operator Norfjord said it would run two boats.", "operator", "Norfjord"),
        ("Norway's prime minister, Kari Solberg, will travel.", "minister", "Solberg"),
        ("An adviser to the mayor, Helga Moen, resigned.", "adviser", "Moen"),
    ],
)
def test_a_description_beside_a_name_is_the_same_actor(text: str, noun: str, name: str):
    assert same(text, noun, name)


def test_a_name_that_follows_known_as_is_an_alias():
    text = "Norway's coastal rescue agency, known as NCRA, sent a boat. The agency found nobody."
    assert same(text, "NCRA", "agency")
    assert same(text, "NCRA", "agency", 1)


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Brenholt Motors Inc. cut 90 jobs. The company blamed demand.", "Inc.", "company"),
        (
            "The operator Norfjord cut fares. The company is public.",
            "Norfjord",
            "company",
        ),
        ("The Norwegian Fisheries Board met. The board will decide.", "Board", "board"),
        (
            "A senior diplomat agreed. The diplomat gave no date.",
            "diplomat",
            "The diplomat",
        ),
        (
            "The newspaper Fjordposten had it. The paper named two men.",
            "Fjordposten",
            "paper",
        ),
        ("Kari Solberg, who leads the NSU union, left. The union is angry.", "union", "The union"),
        ("Finance Minister Kari Solberg spoke. The minister was brief.", "Solberg", "The minister"),
    ],
)
def test_a_definite_description_takes_up_who_was_described_so(
    text: str, name: str, description: str
):
    assert same(text, name, description)


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Brenholt Motors Inc. cut 90 jobs. Another company hired.", "Inc.", "company"),
        ("Finance Minister Kari Solberg spoke. The foreign minister left.", "Solberg", "minister"),
        ("Kari Solberg of Brenholt Motors Inc. spoke. The minister left.", "Solberg", "minister"),
        ("The newspaper Fjordposten closed. The ministry paid.", "Fjordposten", "ministry"),
    ],
)
def test_a_description_that_does_not_fit_is_somebody_else(text: str, name: str, description: str):
    assert not same(text, name, description)


def test_the_nearest_that_fits_is_taken():
    text = (
        "Brenholt Motors Inc. cut 90 jobs. Its rival, Skadi Trucks Ltd, hired 40 people. "
        "The company said demand was strong."
    )
    assert same(text, "Ltd", "The company")


def test_an_epithet_takes_up_the_person_spoken_of():
    text = "Jonas Lie scored twice on Sunday. The 22-year-old joined in May."
    assert same(text, "Lie", "22-year-old")


@pytest.mark.parametrize(
    ("text", "name", "pronoun"),
    [
        ("Maria Lund met Peter Holm in Oslo. She left early.", "Lund", "She"),
        ("Maria Lund met Peter Holm in Oslo. He left early.", "Holm", "He"),
        ("Prosecutors met the court. They asked for a year.", "Prosecutors", "They"),
    ],
)
def test_a_pronoun_agrees_with_whom_it_means(text: str, name: str, pronoun: str):
    assert same(text, name, pronoun)


def test_an_object_is_not_the_subject_of_its_verb():
    assert not same("Peter Holm spoke. Later Jonas Lie criticised him.", "Lie", "him")


def test_a_possessive_is_a_mention_within_the_description_of_somebody():
    text = "Peter Holm denied it. His lawyer appealed."
    assert same(text, "Holm", "His")


@pytest.mark.parametrize(
    ("text", "full", "short", "nth"),
    [
        ("Idris bin Saleh flew home. Bin Saleh was tired.", "Saleh", "Saleh", 1),
        ("Ruud van der Meer won. Van der Meer thanked voters.", "Meer", "Meer", 1),
        ("Mayor Jo Adams-Clark spoke. Adams-Clark resigned.", "Clark", "Clark", 1),
        ("Fiona O'Dowd won. O'Dowd thanked voters.", "Dowd", "Dowd", 1),
        ("Brenholt Motors hired 40 people. Brenholt is growing.", "Motors", "Brenholt", 1),
        ("Nurses Without Borders said it had left. The charity is short.", "Borders", "charity", 0),
    ],
)
def test_short_and_full_names_are_one_actor(text: str, full: str, short: str, nth: int):
    assert same(text, full, short, nth)


def test_the_government_is_that_of_the_only_country_named():
    found = read("Kenya raised taxes on Monday. Analysts said the government had no choice.")
    actor = found.actor("government")
    assert actor
    assert (actor.name, actor.country) == ("Kenya", "KE")


def test_the_government_of_two_countries_is_nobodys():
    actor = read("Kenya and Chad met. Analysts said the government was slow.").actor("government")
    assert actor
    assert actor.country is None


def test_a_river_that_is_crossed_is_a_place():
    assert read("Ferries on the Aker carry tourists.").place("Aker")


def test_a_dateline_is_a_place():
    assert read("NAIROBI (Agency) - Two men were arrested.").place("NAIROBI")


def test_a_border_has_the_country_of_its_region():
    place = read("Drones hit a depot near the border of Bryansk Oblast.").place("border")
    assert place
    assert place.country == "RU"


def test_words_of_a_headline_in_capitals_are_no_names():
    found = read("CHIP FIRM CUTS JOBS\n\nBrenholt Motors said on Monday it was sorry.")
    assert {actor.name for actor in found.entities.actors} == {"Brenholt Motors"}


def test_the_lede_tells_an_office_before_the_name():
    text = "Former minister jailed\n\nA court sentenced former health minister Ana Ruiz on Friday."
    assert same(text, "minister", "Ruiz")
    text = "A teacher was shot. Police called her husband. Teacher Ana Ruiz heard it."
    assert not same(text, "teacher", "Ruiz")


def test_a_body_of_a_report_on_several_countries_is_of_none():
    text = "Peru, Chile and Bolivia met. Peru's envoy left. The National Audit Service refused."
    actor = read(text).actor("Service")
    assert actor
    assert actor.country is None
