"""Who and what a text speaks of."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from app.ingest.annotate import annotated
from app.ingest.extract.entities.entities import Entities, find_entities
from app.ingest.extraction import Actor, Place
from app.vocabulary import ActorKind, MentionForm


@dataclass
class Read:
    """A text with its entities, asked in words instead of offsets."""

    text: str
    entities: Entities

    def actor(self, word: str, nth: int = 0) -> Actor | None:
        """The actor of which a mention ends with the nth occurrence of the word."""
        return self._owner(self.entities.actors, word, nth)

    def place(self, word: str, nth: int = 0) -> Place | None:
        return self._owner(self.entities.places, word, nth)

    def _owner(self, owners, word: str, nth: int):
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(word, start + 1)
        end = start + len(word)
        for owner in owners:
            if any(m.span.start <= start and m.span.end == end for m in owner.mentions):
                return owner
        return None


def read(text: str) -> Read:
    with annotated(text) as doc:
        return Read(text, find_entities(doc, ()))


def test_a_title_is_a_role_and_no_part_of_the_name():
    actor = read("Deputy Finance Minister Olena Hrytsenko resigned.").actor("Hrytsenko")
    assert actor
    assert (actor.name, actor.kind) == ("Olena Hrytsenko", ActorKind.PERSON)
    assert actor.roles == ("Deputy Finance Minister",)


def test_the_extent_of_a_name_takes_in_its_title():
    found = read("Norwegian Prime Minister Kari Solberg spoke.")
    actor = found.actor("Solberg")
    assert actor
    (mention,) = actor.mentions
    assert found.text[slice(*mention.extent)] == "Norwegian Prime Minister Kari Solberg"
    assert found.text[slice(*mention.span)] == "Kari Solberg"
    assert actor.country == "NO"


def test_a_place_before_a_title_is_a_place_and_the_name_a_person():
    found = read("Lviv Governor Taras Vovk said the bridge was closed.")
    actor = found.actor("Vovk")
    assert actor
    assert actor.name == "Taras Vovk"
    assert found.place("Lviv")


def test_a_surname_alone_is_the_person_of_the_full_name():
    found = read("Senator Maria Alvarez voted no. Alvarez said the bill was weak. She left early.")
    assert found.actor("Alvarez", 0)
    assert found.actor("Alvarez", 0) is found.actor("Alvarez", 1) is found.actor("She")


def test_a_surname_that_two_people_bear_is_not_merged():
    found = read("Judge John Miller met Judge Anna Miller. Later they dined. Miller said little.")
    john, anna, bare = (found.actor("Miller", nth) for nth in range(3))
    assert john
    assert anna
    assert bare
    assert len({john.key, anna.key, bare.key}) == 3


def test_a_surname_that_is_also_a_town_is_the_person():
    found = read("Senator Ruth Aurora spoke first. Aurora praised the plan.")
    assert found.actor("Aurora", 1)
    assert found.actor("Aurora", 1) is found.actor("Aurora", 0)


def test_a_dateline_is_no_part_of_a_name():
    found = read("LIMA (Reuters) - Peruvian President Rosa Quispe resigned.")
    actor = found.actor("Quispe")
    assert actor
    assert found.text[slice(*actor.mentions[0].extent)] == "Peruvian President Rosa Quispe"


def test_pronouns_follow_the_gender_that_a_title_tells():
    found = read("King Harold met Queen Sonja on Friday. She thanked him.")
    assert found.actor("Sonja")
    assert found.actor("She") is found.actor("Sonja")
    assert found.actor("him") is found.actor("Harold")


def test_a_role_finds_the_person_who_was_said_to_have_it():
    found = read("Governor Pedro Salas visited the camp. The governor promised more tents.")
    assert found.actor("Salas")
    assert found.actor("governor") is found.actor("Salas")


def test_an_apposition_gives_a_role():
    actor = read("Ingrid Berg, a spokeswoman, declined to answer.").actor("Berg")
    assert actor
    assert actor.roles == ("spokeswoman",)


def test_an_acronym_in_parentheses_is_an_alias():
    found = read("The Agency for Coastal Safety (ACS) closed the port. The ACS gave no reason.")
    actor = found.actor("ACS", 1)
    assert actor
    assert actor.name == "Agency for Coastal Safety"
    assert "ACS" in actor.aliases


def test_an_acronym_of_translated_words_needs_no_matching_letters():
    found = read("The Ministry of Civil Defence (MGrO) sent a convoy.")
    assert found.actor("MGrO")
    assert found.actor("MGrO") is found.actor("Ministry of Civil Defence")


def test_a_gloss_tells_kind_and_country():
    found = read("They named Zvezdnik (a Bulgarian special forces unit) in the report.")
    actor = found.actor("Zvezdnik")
    assert actor
    assert (actor.kind, actor.country) == (ActorKind.ARMED_FORCE, "BG")


@pytest.mark.parametrize(
    "text",
    [
        "Ankara condemned the strike.",
        "The report was denied by Ankara.",
        "Ankara's pledge came late.",
        "Talks with Ankara resumed.",
        "The envoy sent a warning to Ankara.",
        "According to Ankara, two soldiers died.",
        "The request came from Ankara.",
        "The decision will anger Ankara.",
        "The policies of Ankara drew criticism.",
        "Ankara is ready to negotiate.",
        "Ankara was accused of spying.",
        "Pressure on Ankara is growing.",
        "Talks between Ankara and Tokyo collapsed.",
    ],
)
def test_a_capital_that_acts_is_its_government(text: str):
    found = read(text)
    actor = found.actor("Ankara")
    assert actor
    assert (actor.name, actor.kind, actor.country) == ("Turkey", ActorKind.GOVERNMENT, "TR")
    assert found.place("Ankara") is None


@pytest.mark.parametrize(
    "text",
    [
        "The summit was held in Ankara.",
        "They flew to Ankara.",
        "Protesters marched near Ankara.",
        "Ankara lies on a plateau.",
        "Ankara's streets were empty.",
        "Ankara was hit by heavy snow.",
        "A bomb fell on Ankara.",
        "The road between Ankara and Samsun was closed.",
        "The plane departed for Ankara.",
        "Reports from Ankara spoke of gunfire.",
        "The road to Ankara was blocked.",
        "Rebels captured Ankara in a day.",
    ],
)
def test_a_capital_where_something_happens_is_a_place(text: str):
    found = read(text)
    place = found.place("Ankara")
    assert place
    assert (place.name, place.country) == ("Ankara", "TR")
    assert found.actor("Ankara") is None


def test_one_government_has_many_names():
    found = read(
        "Warsaw protested. Poland closed its border. Polish authorities gave no date. "
        "The government of Poland was firm."
    )
    assert found.actor("Warsaw")
    assert found.actor("Warsaw") is found.actor("Poland") is found.actor("authorities")
    assert found.actor("government") is found.actor("Warsaw")


def test_a_seat_of_government_is_the_government():
    found = read(
        "The Kremlin rejected the offer. A Kremlin spokesman laughed. "
        "A crowd gathered outside the Kremlin. The walls of the Kremlin were repainted."
    )
    actor = found.actor("Kremlin", 0)
    assert actor
    assert actor.name == "Russia"
    assert found.actor("Kremlin", 1) is actor
    assert found.place("Kremlin", 2)
    assert found.place("Kremlin", 3)


def test_a_place_takes_in_the_country_after_it():
    found = read("The fair takes place in Aarhus, Denmark this year.")
    names = {place.name: place for place in found.entities.places}
    assert names["Aarhus"].country == "DK"
    (mention,) = names["Aarhus"].mentions
    assert found.text[slice(*mention.span)] == "Aarhus, Denmark"


@pytest.mark.parametrize(
    ("text", "word", "country", "located"),
    [
        ("The fair is in Paris.", "Paris", "FR", True),
        ("The fair is in Paris, France.", "Paris, France", "FR", True),
        ("The fair is in Paris, Texas.", "Paris, Texas", "US", False),
        ("A man from Moscow, Idaho, was fined.", "Moscow, Idaho", "US", False),
        ("The fair is in Cambridge.", "Cambridge", None, False),
        ("The fair is in Cambridge, Massachusetts.", "Cambridge, Massachusetts", "US", False),
        ("The fair is in Atlanta, Georgia.", "Atlanta, Georgia", "US", True),
        ("The fair is in Tbilisi, Georgia.", "Tbilisi, Georgia", "GE", True),
        ("A school in San Jose was shut.", "San Jose", None, False),
        ("They flew from Paris, Texas and Ohio.", "Paris", "FR", True),
        ("Floods hit the Pakistani province of Kalpur.", "Kalpur", "PK", False),
        ("Smugglers crossed the Chadian-Sudanese border.", "border", None, False),
    ],
)
def test_what_follows_a_place_tells_which_one_it_is(
    text: str, word: str, country: str | None, located: bool
):
    place = read(text).place(word)
    assert place
    assert (place.country, place.latitude is not None) == (country, located)


@pytest.mark.parametrize("name", ["Kesti Refinery", "Vorna Glacier", "Belzen Settlement"])
def test_the_last_word_of_a_name_tells_a_place(name: str):
    assert read(f"Smoke rose over the {name} on Monday.").place(name)


def test_a_country_that_acts_in_a_city_elsewhere_does_not_qualify_it():
    found = read("In Vienna, Russia said it would return.")
    place = found.place("Vienna")
    assert place
    assert place.country == "AT"
    assert found.actor("Russia")


def test_people_in_the_plural_are_a_group():
    found = read("Two officials briefed on the matter left. Iraqis celebrated.")
    officials, iraqis = found.actor("officials"), found.actor("Iraqis")
    assert officials
    assert iraqis
    assert officials.kind is iraqis.kind is ActorKind.GROUP
    assert iraqis.country == "IQ"


def test_the_number_is_no_part_of_the_description():
    found = read("Some 40 demonstrators were detained.")
    actor = found.actor("demonstrators")
    assert actor
    assert found.text[slice(*actor.mentions[0].extent)] == "demonstrators"


def test_media_and_ministries_have_their_kinds():
    found = read("Hungarian media reported that the Finance Ministry had agreed.")
    media, ministry = found.actor("media"), found.actor("Finance Ministry")
    assert media
    assert ministry
    assert (media.kind, media.country) == (ActorKind.ORGANIZATION, "HU")
    assert ministry.kind is ActorKind.GOVERNMENT


def test_a_unit_of_measure_or_a_product_is_no_actor():
    found = read("The turbine yields 40 MW. The GDP grew. He bought an iPhone.")
    assert not {"MW", "GDP", "iPhone"} & {actor.name for actor in found.entities.actors}


def test_tokens_lead_to_the_same_actors_as_mentions():
    text = "President Lars Dahl said he would fly to Chile, and that his aides knew."
    with annotated(text) as doc:
        entities = find_entities(doc, ())
        at = {doc[i].text: key for i, key in entities.actor_at.items()}
        places = {doc[i].text for i in entities.place_at}
    assert at["Dahl"] == at["he"] == at["his"]
    assert "Chile" in places


def test_forms_are_told_apart():
    found = read("Nadia Rahimi met a doctor before she left.")
    forms = {found.text[slice(*m.span)]: m.form for a in found.entities.actors for m in a.mentions}
    assert forms["Nadia Rahimi"] is MentionForm.NAME
    assert forms["a doctor"] is MentionForm.DESCRIPTION
    assert forms["she"] is MentionForm.PRONOUN


_PIECES = st.sampled_from(
    ["Paris", "the", "Gov.", "(NATO)", "(", ")", "’s", "'s", ",", "\r\n", "\n\n", "é́", "👩‍👩‍👧"]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_any_text_gives_mentions_inside_it(text: str):
    found = read(text)
    for owner in (*found.entities.actors, *found.entities.places):
        assert owner.name
        assert owner.mentions
        for mention in owner.mentions:
            assert 0 <= mention.extent.start <= mention.span.start
            assert mention.span.start < mention.span.end
            assert mention.span.end <= mention.extent.end <= len(text)


def test_time_grows_with_the_text_and_not_faster():
    sentence = "Minister Ana Ruiz of Chile told Reuters that the army (FACH) left Lima, Peru. "
    with annotated(sentence * 50) as doc:
        small = _seconds(doc)
    with annotated(sentence * 400) as doc:
        large = _seconds(doc)
    assert large < small * 8 * 4


def _seconds(doc: Doc) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        find_entities(doc, ())
        times.append(time.perf_counter() - start)
    return min(times)
