"""Whom "I", "we" and "who" mean, and what a quotation hides from the words around it."""

from __future__ import annotations

import pytest

from tests.ingest.extract.test_entities import read
from tests.ingest.extract.test_identity import same


@pytest.mark.parametrize(
    ("text", "speaker", "pronoun"),
    [
        ('Aino Salmi saw Olga Rand. "He told me," said Salmi.', "Aino Salmi", "me"),
        ('Aino Salmi arrived late. "I lost the map," she wrote.', "Aino Salmi", "I"),
        ('Pavel Hora was calm. "We won," he said. "I am glad."', "Pavel Hora", "I"),
        ('Olga Rand told Pavel Hora: "I know the way."', "Olga Rand", "I"),
    ],
)
def test_i_is_whoever_speaks_in_the_quotation(text: str, speaker: str, pronoun: str):
    assert same(text, speaker, pronoun)


def test_we_is_the_body_that_speaks():
    text = 'Brenholt Motors closed a plant. "We had no choice," the company said.'
    assert same(text, "Motors", "We")


def test_we_of_two_speakers_are_two_actors():
    text = '"We won," said Aino Salmi. "We lost," said Pavel Hora.'
    assert not same(text, "We", "We", 1)


def test_a_speaker_does_not_speak_of_himself_in_the_third_person():
    text = 'Pavel Hora praised Emil Dorn. "He was first," Hora said.'
    assert same(text, "Dorn", "He")


def test_who_is_spoken_of_in_a_quotation_is_not_meant_outside():
    text = 'Aino Salmi was pale. "Olga Rand was there," she said.'
    assert same(text, "Aino Salmi", "she")


def test_a_relative_pronoun_is_whom_it_describes():
    assert same("Aino Salmi, who left early, was hurt.", "Salmi", "who")
    assert same("Brenholt Motors, which makes buses, hired 40 people.", "Motors", "which")


def test_a_question_word_is_nobody():
    assert read("Aino Salmi asked who had paid.").actor("who") is None


def test_we_is_the_body_that_a_person_speaks_for():
    text = 'The seamen\'s union is ready. "We will strike," said its chairman, Pavel Hora.'
    assert same(text, "union", "We")


def test_a_group_is_named_with_its_number():
    actor = read("At least 23 miners are missing.").actor("miners")
    assert actor
    assert actor.name == "At least 23 miners"
