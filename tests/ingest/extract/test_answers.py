"""Who answers a claim, also where nobody is named or nothing else makes them an actor."""

import pytest

from app.ingest.extract import extract
from app.ingest.extraction import Claim, Extraction
from app.vocabulary import ActorKind, Stance, Status


def about(found: Extraction, text: str, words: str) -> Claim:
    """The claim whose content has these words."""
    return next(
        claim
        for claim in found.claims
        if claim.attribution and any(words in text[s.start : s.end] for s in claim.content)
    )


@pytest.mark.parametrize(
    "answer",
    [
        "His claim could not be verified.",
        "That has not been confirmed.",
        "There was no independent confirmation of the report.",
        "It was not possible to verify the claim independently.",
    ],
)
def test_what_nobody_in_particular_could_confirm_is_unconfirmed(answer: str) -> None:
    text = f"Marek Dvorin said that the tanker had been hit by two shells. {answer}"
    claim = about(extract(text), text, "two shells")
    assert claim.status is Status.UNCONFIRMED
    assert [(r.actor, r.stance) for r in claim.responses] == [(None, Stance.DOES_NOT_CONFIRM)]


def test_a_place_that_answers_is_an_actor() -> None:
    text = (
        "An official said tests at a laboratory in Ostrel pointed to cholera. "
        "The laboratory has not confirmed this."
    )
    found = extract(text)
    [response] = about(found, text, "cholera").responses
    [actor] = [actor for actor in found.actors if actor.key == response.actor]
    assert (actor.name, actor.kind) == ("laboratory", ActorKind.ORGANIZATION)


def test_nobody_becomes_an_actor_for_an_answer_to_nothing() -> None:
    found = extract("The laboratory denied the request for a second test.")
    assert not [actor for actor in found.actors if actor.name == "laboratory"]


def test_what_the_accused_insist_on_denies_the_accusation() -> None:
    text = (
        "The union said the company had cut wages without notice. "
        "The company insists that workers were told in May."
    )
    assert about(extract(text), text, "cut wages").status is Status.DENIED


def test_insisting_after_nothing_that_was_said_denies_nothing() -> None:
    text = "The yard will open in May. The owner insists that it is ready."
    assert not any(claim.responses for claim in extract(text).claims)


def test_one_answer_to_the_reports_answers_each() -> None:
    text = (
        "The Courier reported that a drone had hit the depot. "
        "Radio Vale reported that four guards had been hurt. "
        "The ministry was unable to verify the reports."
    )
    found = extract(text)
    for words in ("hit the depot", "four guards"):
        assert about(found, text, words).status is Status.UNCONFIRMED


def test_a_denial_of_the_charge_skips_what_was_said_since_the_accusation() -> None:
    text = (
        "Residents accused the quarry operator Stonefell of dumping waste in the river.\n\n"
        "The county said it would send inspectors to Stonefell next week.\n\n"
        "Stonefell denied the accusation."
    )
    assert about(extract(text), text, "dumping waste").status is Status.DENIED


def test_dismissing_it_speaks_of_the_claim_and_of_no_answer_in_between() -> None:
    text = (
        "The opposition alleges that officials stuffed ballot boxes. "
        "Observers said they could not corroborate the allegation. "
        "The mayor, Musa Jalleh, dismissed it as nonsense."
    )
    claim = about(extract(text), text, "stuffed ballot boxes")
    assert [r.stance for r in claim.responses] == [Stance.DOES_NOT_CONFIRM, Stance.DENIES]


def test_rejecting_the_criticism_answers_whoever_criticised_and_no_other_accuser() -> None:
    text = (
        "Tom Haldane accused ministers of playing with people's lives. "
        "Economists say the Audit Office ignored the price of roads. "
        "The Audit Office rejected the criticism."
    )
    found = extract(text)
    assert about(found, text, "ignored the price").status is Status.DENIED
    assert about(found, text, "playing with").status is Status.UNVERIFIED


def test_one_word_in_common_with_a_later_claim_is_no_answer_to_it() -> None:
    text = (
        "Tom Haldane did not say whether the company had other offers. "
        "“They compared apples with oranges,” said Morag Quill."
    )
    assert about(extract(text), text, "oranges").responses == ()


def test_a_remark_on_what_is_disputed_hides_no_claim() -> None:
    text = (
        "A study by the University of Tarn suggests that many athletes were doped. "
        "The union has disputed the findings, which Pavel Horak described as guesswork."
    )
    assert about(extract(text), text, "were doped").status is Status.DISPUTED


def test_which_somebody_denies_answers_the_claim_before_and_is_no_part_of_it() -> None:
    text = "Rights groups accuse the rebels of killing civilians, which the rebels deny."
    claim = about(extract(text), text, "killing civilians")
    assert claim.status is Status.DENIED
    assert text[claim.content[-1].end - 9 : claim.content[-1].end] == "civilians"
