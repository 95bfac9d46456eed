"""Who says what: claims found in sentences made up for these tests."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ingest.annotate import annotated
from app.ingest.extract.claims.claims import find_claims
from app.ingest.extract.dates.dates import find_dates
from app.ingest.extract.entities.entities import find_entities
from app.ingest.extraction import Claim, Source
from app.vocabulary import Act, Certainty, Directness, Polarity, SourceKind, Stance, Status


@dataclass(frozen=True)
class Reading:
    """A text with its claims, to be asked for words."""

    text: str
    claims: tuple[Claim, ...]
    sources: dict[str, Source]

    def about(self, words: str) -> Claim:
        """The attributed claim whose content has these words."""
        found = [c for c in self.claims if c.attribution and words in self.content(c)]
        assert found, [(c.rule, self.content(c)) for c in self.claims]
        return found[0]

    def content(self, claim: Claim) -> str:
        return " … ".join(self.text[span.start : span.end] for span in claim.content)

    def chain(self, claim: Claim) -> list[str]:
        return [
            " ".join(self.text[span.start : span.end] for span in link.spans)
            for link in claim.attribution
        ]

    def narrated(self) -> list[str]:
        return [self.content(claim) for claim in self.claims if not claim.attribution]


def read(text: str) -> Reading:
    with annotated(text) as doc:
        dates = find_dates(text, None)
        claims, sources, _ = find_claims(doc, find_entities(doc, dates), dates, ())
    return Reading(text, claims, {source.key: source for source in sources})


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("The mayor said that the bridge would open in June.", "bridge would open", "The mayor"),
        ("The bridge, the mayor said, will open in June.", "will open", "the mayor"),
        ("According to the ministry, two dams have burst.", "two dams", "the ministry"),
        ("Two dams have burst, as reported by Ansa.", "Two dams", "Ansa"),
        ("A new study found that bees avoid the crop.", "bees avoid", "A new study"),
        ("Berlin urged the rebels to lay down their arms.", "the rebels to lay down", "Berlin"),
        ("Anna Kovacs met reporters and said the vote was fair.", "vote was fair", "Anna Kovacs"),
        ("The union plans to strike next week.", "to strike", "The union"),
        ("The chairman described the offer as generous.", "generous", "The chairman"),
        ("Officials are confident that the fire is out.", "the fire is out", "Officials"),
        ("The governor's pledge of more money drew applause.", "more money", "The governor"),
        ("“We lost everything,” said Maria Lopez.", "We lost everything", "Maria Lopez"),
        ("Maria Lopez said: “We lost everything.”", "We lost everything", "Maria Lopez"),
    ],
)
def test_a_construction_gives_content_and_source(text: str, content: str, source: str) -> None:
    reading = read(text)
    assert reading.chain(reading.about(content)) == [source]


def test_a_quotation_broken_by_its_speaker_is_one_claim() -> None:
    reading = read("“The river rose fast,” the farmer said. “We had no time to run.”")
    claim = reading.about("The river rose fast")
    assert "We had no time to run" in reading.content(claim)
    assert claim.directness is Directness.DIRECT
    assert len(reading.claims) == 1


def test_quoted_words_inside_a_report_make_it_mixed() -> None:
    reading = read("The minister said the plan was ‘a great success’ for everybody.")
    claim = reading.about("the plan was")
    assert claim.directness is Directness.MIXED
    assert [reading.text[s.start : s.end] for s in claim.quotations] == ["a great success"]


def test_citing_makes_a_chain_that_ends_at_the_origin() -> None:
    reading = read("Local media, citing the police, reported that the suspect had fled.")
    claim = reading.about("the suspect had fled")
    assert reading.chain(claim)[-1] == "the police"
    assert reading.chain(claim)[0].startswith("Local media")
    assert reading.sources[str(claim.attribution[0].source)].kind is SourceKind.MEDIA


def test_hedges_set_the_certainty() -> None:
    reading = read("The army said the convoy had allegedly crossed the river.")
    claim = reading.about("crossed the river")
    assert (claim.certainty, claim.act) == (Certainty.POSSIBLE, Act.ALLEGATION)
    assert [reading.text[s.start : s.end] for s in claim.hedges] == ["allegedly"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Neither road could be cleared before noon.", Certainty.CERTAIN),
        ("The road could be cleared before noon.", Certainty.POSSIBLE),
        ("The road may not be cleared before noon.", Certainty.POSSIBLE),
    ],
)
def test_what_could_not_be_done_is_no_possibility(text: str, certainty: Certainty) -> None:
    assert [claim.certainty for claim in read(text).claims] == [certainty]


@pytest.mark.parametrize(
    ("text", "hedges", "certainty"),
    [
        ("The mayor said more rain is expected on Friday.", ["expected"], Certainty.PROBABLE),
        (
            "If confirmed, the toll would be the worst on record.",
            ["If confirmed"],
            Certainty.POSSIBLE,
        ),
        (
            "“If this is true, he must go,” said Anna Kovacs.",
            ["If this is true"],
            Certainty.POSSIBLE,
        ),
        (
            "The mayor said a leak could not be ruled out.",
            ["could not be ruled out"],
            Certainty.POSSIBLE,
        ),
        ("It is unclear whether the dam held.", ["unclear"], Certainty.UNKNOWN),
    ],
)
def test_hedges_are_the_words_that_leave_something_open(
    text: str, hedges: list[str], certainty: Certainty
) -> None:
    (claim,) = read(text).claims
    assert [text[span.start : span.end] for span in claim.hedges] == hedges
    assert (claim.certainty, claim.polarity) == (certainty, Polarity.AFFIRMED)


def test_every_sentence_without_a_source_is_narrated() -> None:
    text = "The dam broke at noon. The mayor said nobody was hurt. Prices could rise soon."
    reading = read(text)
    assert reading.narrated() == ["The dam broke at noon.", "Prices could rise soon."]
    assert reading.claims[-1].certainty is Certainty.POSSIBLE


def test_a_denial_by_another_party_goes_to_the_claim_it_answers() -> None:
    reading = read(
        "France said that Italy had closed the border to trucks. "
        "Traffic was light on Monday. Italy denied the claim."
    )
    claim = reading.about("closed the border")
    assert [response.stance for response in claim.responses] == [Stance.DENIES]
    assert claim.status is Status.DENIED


def test_a_claim_that_nobody_confirmed_is_unconfirmed() -> None:
    reading = read(
        "The troops, according to the newspaper, have left the valley"
        "—a development that has not been confirmed by France."
    )
    claim = reading.about("have left the valley")
    assert claim.status is Status.UNCONFIRMED
    assert "development" not in reading.content(claim)


MARKS = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "''", "``", "«", "\n", "\r\n", ". ", ", ", "—", ": ", "(", "🙂"]
)
WORDS = st.sampled_from(
    [
        "said",
        "he",
        "according",
        "to",
        "Q",
        "A",
        "POLICE",
        "the",
        "report",
        "that",
        "claims",
        "denied",
        "Moscow,",
        "confirmed",
        "not",
        "citing",
        "reportedly",
        "unclear",
        "whether",
        "told",
        "Reuters",
        "pledge",
        "of",
        "could",
    ]
)
TEXTS = st.lists(st.one_of(MARKS, WORDS, st.text(max_size=4)), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    reading = read(text)
    for claim in reading.claims:
        assert claim.content
        assert list(claim.content) == sorted(claim.content)
        spans = [*claim.content, *claim.hedges, *claim.quotations]
        spans += [span for link in claim.attribution for span in (*link.spans, *link.cue)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
    keys = [(claim.content, claim.attribution) for claim in reading.claims]
    assert len(set(keys)) == len(keys)
    assert [claim.content for claim in reading.claims] == sorted(c.content for c in reading.claims)


@pytest.mark.parametrize("mark", ["“", '"', "‘", "'", "''", "Khan said: “"])
def test_a_quotation_never_closed_takes_no_half_of_the_text(mark: str) -> None:
    body = "The water was cold. Nobody swam that day. Ships stayed in the harbour. " * 30
    reading = read(f"{mark}{body}")
    lengths = [s.end - s.start for c in reading.claims if c.attribution for s in c.content]
    assert max(lengths, default=0) <= len(reading.text) / 2


def test_a_remark_at_the_end_of_a_claim_answers_that_claim_and_no_earlier_one() -> None:
    reading = read(
        "The Clarion reported that Norway had moved its fleet north.\n"
        "These exercises, according to the harbour survey, are tied to repairs near the "
        "coast—a development that has not been confirmed by Norway."
    )
    fleet, exercises = (claim for claim in reading.claims if claim.attribution)
    assert (fleet.status, exercises.status) == (Status.UNVERIFIED, Status.UNCONFIRMED)


def stances(claim: Claim) -> list[Stance]:
    return [response.stance for response in claim.responses]


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Italy denied that it had closed the border.", Stance.DENIES),
        ("Italy rejected the accusation.", Stance.DENIES),
        ("Italy called the report a lie.", Stance.DENIES),
        ("Italy said such claims were false.", Stance.DENIES),
        ("Italy disputed that.", Stance.DISPUTES),
        ("Italy described the report as misleading.", Stance.DISPUTES),
        ("Italy confirmed that it had closed the border.", Stance.CONFIRMS),
        ("Italy would neither confirm nor deny the report.", Stance.DOES_NOT_CONFIRM),
        ("Italy declined to confirm or deny the report.", Stance.DOES_NOT_CONFIRM),
        ("Italy said it was unaware of any closed border.", Stance.DOES_NOT_CONFIRM),
        ("Italy declined to comment on the report.", Stance.NO_COMMENT),
        ("Italy did not respond to a request for comment.", Stance.NO_COMMENT),
        ("Rome said Italy would not comment on the claim.", Stance.NO_COMMENT),
        ("Italy's denial came within hours.", Stance.DENIES),
        ("Italy issued a denial.", Stance.DENIES),
        ("Rome said there was no truth in the report.", Stance.DENIES),
        ("Rome brushed aside the allegation.", Stance.DENIES),
        ("Italy cast doubt on the report.", Stance.DISPUTES),
        ("Italy pushed back on the claim.", Stance.DISPUTES),
        ("Italy took issue with that account.", Stance.DISPUTES),
        ("Italy backed up the French account.", Stance.CONFIRMS),
        ("Italy stopped short of confirming the closure.", Stance.DOES_NOT_CONFIRM),
        ("Italy spoke of works, without confirming the closure.", Stance.DOES_NOT_CONFIRM),
        ("Italy has yet to confirm the report.", Stance.DOES_NOT_CONFIRM),
        ("Italy was not in a position to confirm that.", Stance.DOES_NOT_CONFIRM),
        ("Italy would not say whether the border was closed.", Stance.DOES_NOT_CONFIRM),
        ("There was no confirmation from Italy.", Stance.DOES_NOT_CONFIRM),
        ("Italy said it knew of no closed border.", Stance.DOES_NOT_CONFIRM),
        ("There was no immediate comment from Italy.", Stance.NO_COMMENT),
        ("Italy refused to be drawn on the matter.", Stance.NO_COMMENT),
        ("Italy remained silent.", Stance.NO_COMMENT),
        ("Nobody at the Italian foreign ministry was available for comment.", Stance.NO_COMMENT),
        ("Calls to the Italian foreign ministry went unanswered.", Stance.NO_COMMENT),
        ("The Italian embassy referred questions to Rome.", Stance.NO_COMMENT),
    ],
)
def test_an_answer_has_one_stance_to_one_claim(answer: str, stance: Stance) -> None:
    reading = read(
        "Peru said that its harvest had failed. "
        f"France said that Italy had closed the border. {answer}"
    )
    assert stances(reading.about("closed the border")) == [stance]
    assert stances(reading.about("harvest had failed")) == []


def test_an_answer_to_somebody_s_account_goes_to_that_account() -> None:
    reading = read(
        "A nurse said that twelve patients had died. The ministry said that seven had died. "
        "Relatives contradicted the ministry's account."
    )
    assert stances(reading.about("twelve patients")) == []
    assert stances(reading.about("seven had died")) == [Stance.DISPUTES]


def test_an_answer_to_a_survey_goes_to_the_claim_that_the_survey_makes() -> None:
    reading = read(
        "A survey found that half of the bridges leak. Anna Kovacs said that the roads are worse. "
        "The mayor called the survey misleading."
    )
    assert stances(reading.about("bridges leak")) == [Stance.DISPUTES]
    assert stances(reading.about("roads are worse")) == []


def test_a_denial_goes_on_in_the_next_words_of_whoever_denies() -> None:
    reading = read(
        "Anna Kovacs denied the report. “There are no talks,” she said. “The price is too low,” "
        "said her lawyer, Peter Brandt."
    )
    assert reading.about("There are no talks").act is Act.DENIAL
    assert reading.about("The price is too low").act is Act.STATEMENT


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The mayor said the report was false.", Act.DENIAL),
        ("The mayor acknowledged that the dam had leaked.", Act.CONFIRMATION),
        ("The mayor said the dam had leaked.", Act.STATEMENT),
    ],
)
def test_the_act_is_what_the_source_does_with_the_content(text: str, act: Act) -> None:
    assert next(c for c in read(text).claims if c.attribution).act is act


@pytest.mark.parametrize(
    "answer",
    [
        "Italy rejected the offer.",
        "Italy did not respond to the fire in time.",
        "France denied the claim.",
        "Italy confirmed that the opera would reopen.",
    ],
)
def test_words_about_something_else_answer_nothing(answer: str) -> None:
    reading = read(f"France said that Italy had closed the border. {answer}")
    assert stances(reading.about("closed the border")) == []


@pytest.mark.parametrize(
    ("text", "content", "chain"),
    [
        (
            "AFP quoted a port official as saying the ship had sunk.",
            "the ship had sunk",
            ["AFP", "a port official"],
        ),
        (
            "The navy says, according to AFP, that it sent a boat.",
            "it sent a boat",
            ["AFP", "The navy"],
        ),
        (
            "A witness said the guard had told him that the gate was open.",
            "the gate was open",
            ["A witness", "the guard"],
        ),
        (
            "The mayor was quoted by Ansa as saying that the dam had cracked.",
            "the dam had cracked",
            ["Ansa", "The mayor"],
        ),
        (
            "The dam had cracked, Ansa quoted the mayor as saying.",
            "The dam had cracked",
            ["Ansa", "the mayor"],
        ),
        (
            "The dam had cracked, Ansa reported, relaying the account of a farmer.",
            "The dam had cracked",
            ["Ansa", "a farmer"],
        ),
        (
            "Police, relying on witnesses, said that the dam had cracked.",
            "the dam had cracked",
            ["Police", "witnesses"],
        ),
        (
            "The dam has cracked, the ministry says, based on figures from the operator.",
            "The dam has cracked",
            ["the ministry", "figures from the operator"],
        ),
        (
            "The dam has cracked, according to Ansa, which based its figures on a survey.",
            "The dam has cracked",
            ["Ansa, which based its figures on a survey", "a survey"],
        ),
        (
            "The mayor said he had learned from engineers that the dam had cracked.",
            "the dam had cracked",
            ["The mayor", "engineers"],
        ),
        (
            "The mayor has said, Ansa reports, that the dam had cracked.",
            "the dam had cracked",
            ["Ansa", "The mayor"],
        ),
        (
            "The Tribune reported that the minister had said the dam had cracked.",
            "the dam had cracked",
            ["The Tribune", "the minister"],
        ),
        (
            "According to Ansa, the mayor said that the dam had cracked.",
            "the dam had cracked",
            ["Ansa", "the mayor"],
        ),
        (
            "Villagers interviewed by the Tribune said that the dam had cracked.",
            "the dam had cracked",
            ["the Tribune", "Villagers interviewed by the Tribune"],
        ),
        (
            "Police said that the mayor knew the dam had cracked.",
            "the dam had cracked",
            ["Police"],
        ),
        (
            "The bank will close, according to a letter seen by AFP.",
            "The bank will close",
            ["AFP", "a letter seen by AFP"],
        ),
    ],
)
def test_a_chain_runs_from_whom_the_report_quotes_to_the_origin(
    text: str, content: str, chain: list[str]
) -> None:
    reading = read(text)
    assert reading.chain(reading.about(content)) == chain


def test_who_drew_a_document_up_is_its_origin_and_no_part_of_its_name() -> None:
    aside = read("The audit, drawn up by Kester Vos, found that the beds were empty.")
    assert aside.chain(aside.about("beds were empty"))[-1] == "Kester Vos"
    name = read("An audit drawn up by Kester Vos found that the beds were empty.")
    assert name.chain(name.about("beds were empty")) == ["An audit drawn up by Kester Vos"]


@pytest.mark.parametrize("listener", ["reporters", "Reuters", "local radio", "the court"])
def test_whom_somebody_told_is_no_link(listener: str) -> None:
    told = read(f"Anna Kovacs told {listener} that the vote was fair.")
    assert told.chain(told.about("the vote was fair")) == ["Anna Kovacs"]


def test_a_dateline_is_in_no_content() -> None:
    reading = read("ROME, March 3 (Reuters) - The dam broke at noon.")
    assert reading.narrated() == ["The dam broke at noon."]


def test_what_is_left_open_is_a_question_of_the_report() -> None:
    reading = read("It was not immediately clear who would pay for the crews.")
    claim = next(c for c in reading.claims if c.act is Act.QUESTION)
    assert (claim.attribution, claim.certainty) == ((), Certainty.UNKNOWN)


def test_a_refusal_to_answer_is_no_claim() -> None:
    reading = read("The bank declined to comment on the loan.")
    assert reading.narrated() == ["The bank declined to comment on the loan."]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The mayor said nobody was hurt.", Polarity.NEGATED),
        ("The mayor said the town had no warning.", Polarity.NEGATED),
        ("The mayor doubts that the dam will hold.", Polarity.NEGATED),
        ("The mayor said the dam would hold.", Polarity.AFFIRMED),
    ],
)
def test_polarity_has_the_scope_of_the_whole_content(text: str, polarity: Polarity) -> None:
    assert next(c for c in read(text).claims if c.attribution).polarity is polarity
