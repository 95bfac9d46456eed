"""Each construction of attribution, on a sentence made up for it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.ingest.annotate import annotated
from app.ingest.extract import extract
from app.ingest.extract.claims.attributions import find_attributed
from app.ingest.extract.layout.datelines import Datelines
from app.ingest.extract.layout.quotations import find_quotations


@dataclass(frozen=True)
class Row:
    """What one attribution says, as words."""

    rule: str
    source: str | None
    content: str


def attributed(text: str) -> list[Row]:
    with annotated(text) as doc:
        return [
            Row(
                one.rule,
                one.source.text if one.source is not None else None,
                " … ".join(text[span.start : span.end] for span in one.content),
            )
            for one in find_attributed(doc, find_quotations(text), (), Datelines(text))
        ]


@pytest.mark.parametrize(
    ("text", "rule", "source", "content"),
    [
        (
            "Maria Lopez took strong issue with the closure of the bridge.",
            "idiom+object",
            "Lopez",
            "the closure of the bridge",
        ),
        (
            "The mayor distanced himself from the plan.",
            "idiom+object",
            "mayor",
            "the plan",
        ),
        (
            "Ministers are looking to expand the port.",
            "idiom+infinitive",
            "Ministers",
            "to expand the port",
        ),
        (
            "The mayor made the case that the bridge is unsafe.",
            "idiom+clause",
            "mayor",
            "that the bridge is unsafe",
        ),
        (
            "She called the use of such words a disgrace.",
            "call+name",
            "She",
            "the use of such words a disgrace",
        ),
        (
            "As the mayor observed, the bridge is closed.",
            "say+clause",
            "mayor",
            "the bridge is closed",
        ),
        (
            "The road, which the army said was closed on Monday, is open.",
            "say+clause",
            "army",
            "which … was closed on Monday",
        ),
        (
            "Maria Lopez is calling for the talks to go on.",
            "demand_for+for",
            "Lopez",
            "the talks to go on",
        ),
        (
            "In a report, the Audit Office found that the route cost taxpayers a lot.",
            "find_out+wh",
            "Office",
            "that the route cost taxpayers a lot",
        ),
        (
            "The mayor is understood to have argued against the cut.",
            "understood+passive",
            None,
            "The mayor … to have argued against the cut",
        ),
        (
            "Gunmen killed two men and took a boy in a raid in Mali, a guard and residents said.",
            "say+clause",
            "guard",
            "Gunmen killed two men and took a boy in a raid in Mali",
        ),
        (
            "The guards were asked to leave the hall.",
            "demand_of+addressee_infinitive",
            None,
            "The guards … to leave the hall",
        ),
        (
            "The bridge is considered a danger to ships.",
            "count_as+name",
            None,
            "The bridge … a danger to ships",
        ),
        (
            "The union released a statement condemning the raid.",
            "evaluate+person",
            "union",
            "the raid",
        ),
        (
            "In a new survey, half of the farmers were undecided.",
            "in poll",
            "survey",
            "half of the farmers were undecided",
        ),
        (
            "Half of the farmers were undecided in a survey last week.",
            "in poll",
            "survey",
            "Half of the farmers were undecided … last week",
        ),
        (
            "His criticism of the harbour plan was no surprise.",
            "noun+of",
            "His",
            "the harbour plan",
        ),
        (
            "The mayor expressed support for the new ferry.",
            "noun+for",
            "mayor",
            "the new ferry",
        ),
        (
            "Her argument is that the dam will hold.",
            "noun+clause",
            "Her",
            "that the dam will hold",
        ),
        (
            "There were complaints that the ferry was late.",
            "free noun+clause",
            None,
            "that the ferry was late",
        ),
        (
            "The minister made it clear that the harbour would stay open.",
            "made clear",
            "minister",
            "that the harbour would stay open",
        ),
        (
            "“FERRO: Let us begin with the harbour.\n\n“RUIZ: I never sold it.",
            "label",
            "RUIZ",
            "I never sold it",
        ),
        (
            "Rains to last into May - Anna Ruiz: “It is far from over.”",
            "label",
            "Ruiz",
            "“It is far from over.”",
        ),
        (
            "“This is great!” beamed Anna Kovacs, who owns a shop.",
            "manner+quote",
            "Kovacs",
            "“This is great!”",
        ),
        (
            "The mayor continued:\n\n“You look at the river. It is rising.”",
            "go_on+quote",
            "mayor",
            "“You look at the river. It is rising.”",
        ),
        (
            "“The fire is out,“ said Anna Kovacs.",
            "say+clause",
            "Kovacs",
            "“The fire is out,“",
        ),
        (
            "Rosa Lind hoped that the ferry would sail again.",
            "know_that+clause",
            "Lind",
            "that the ferry would sail again",
        ),
    ],
)
def test_a_construction_names_its_rule_source_and_content(
    text: str, rule: str, source: str | None, content: str
) -> None:
    assert Row(rule, source, content) in attributed(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Asked whether he would resign, Tom Hale smiled.", None),
        ("It is hard to say whether the ferry will sail again.", None),
        ("The collapse led some engineers to say that the bridge was unsafe.", "engineers"),
        ("Tom Hale used the speech to say that he would resign.", "Hale"),
        (
            "After a day of protests, the mayor of Lindau's office announced Friday that "
            "the school will close.",
            "mayor",
        ),
        ("In addition to saying that the dam was safe, Tom Hale met the farmers.", "Hale"),
        ("Tom Hale held a meeting to say that the dam was safe.", "Hale"),
        ("Tom Hale seemed to suggest that the dam was safe.", "Hale"),
        ("TARN, May 4 (UPI) — Tom Hale called the dam a danger.", "Hale"),
    ],
)
def test_who_speaks_is_found_across_verbs(text: str, source: str | None) -> None:
    assert [row.source for row in attributed(text)] == [source]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She and her aides said that the dam was safe.", "She and her aides"),
        ("Tom Hale and Mia Holl both said that the dam was safe.", "Tom Hale and Mia Holl"),
        ("Tom Hale further alleged that the dam had leaked.", "Tom Hale"),
        ("“The dam is safe,” said Navy Capt. Ann Moreno.", "Navy Capt. Ann Moreno"),
    ],
)
def test_a_source_is_named_by_its_whole_phrase_and_no_more(text: str, words: str) -> None:
    claims = [claim for claim in extract(text).claims if claim.attribution]
    assert [
        text[span.start : span.end]
        for claim in claims
        for link in claim.attribution
        for span in link.spans
    ] == [words]


def test_a_nested_report_leaves_the_content_of_the_outer_one_whole() -> None:
    rows = attributed("Lind said the shipyard expects to build nine ferries.")
    assert [(row.source, row.content) for row in rows] == [
        ("Lind", "the shipyard expects to build nine ferries")
    ]


def test_what_a_speaker_does_next_is_another_claim() -> None:
    rows = attributed("He says the plan is good and says he drafted a bill.")
    assert [row.content for row in rows] == ["the plan is good", "he drafted a bill"]


def test_a_participle_of_saying_is_no_part_of_what_was_noted() -> None:
    rows = attributed("Ruiz noted her decades as harbourmaster, saying “we faced floods together.”")
    assert [row.content for row in rows] == [
        "her decades as harbourmaster",
        "“we faced floods together.”",
    ]
    assert {row.source for row in rows} == {"Ruiz"}


def test_an_aside_after_a_comma_is_the_reporters_own() -> None:
    rows = attributed("The mayor said the bridge was closed, which angered many drivers.")
    assert [row.content for row in rows] == ["the bridge was closed"]


@pytest.mark.parametrize(
    "text",
    [
        "Somalia rejects that.",
        "The flood forced the farmers to leave their homes.",
        "Cairo has neither confirmed nor denied the deployment.",
        "The ministry did not confirm the report.",
        "The ministry declined to comment.",
        "It was not immediately clear who had started the clashes.",
        "The meeting in Doha has raised further questions about the talks.",
        "The movements of troops and the rhetoric underscore the complexity of the crisis.",
        "No group has claimed responsibility for the raid.",
        "A resident asked not to be named.",
    ],
)
def test_answers_open_questions_and_events_say_nothing(text: str) -> None:
    assert attributed(text) == []


def test_anonymity_is_nothing_that_somebody_says() -> None:
    rows = attributed("Two officials who spoke on condition of anonymity said the port is closed.")
    assert [row.content for row in rows] == ["the port is closed"]


def test_a_refusal_to_comment_leaves_reports_to_themselves() -> None:
    rows = attributed("The ministry declined to comment on reports that ships had left.")
    assert all(row.source is None for row in rows)


def test_the_title_of_a_work_is_not_what_its_author_says() -> None:
    assert attributed("Lopez wrote “Harbour Lights,” a novel.") == []


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "“The dam is safe,” Moreno said.\n\n“Is anybody listening?” Lopez asked.",
            "Lopez",
            "“Is anybody listening?”",
        ),
        (
            "Asked by reporters whether the dam had leaked, Moreno replied, “Not that I know of.”",
            "Moreno",
            "“Not that I know of.”",
        ),
        (
            "“We have seen enough of this,” Moreno, a farmer in Tarn, said on Monday.",
            "Moreno",
            "“We have seen enough of this,”",
        ),
        (
            "“The dam is safe,” Moreno said on Friday.\xa0“Nobody has to leave town.”",
            "Moreno",
            "“The dam is safe,” … “Nobody has to leave town.”",
        ),
        (
            "Moreno says the dam was never at risk. “Nobody has to leave town tonight.”",
            "Moreno",
            "the dam was never at risk … “Nobody has to leave town tonight.”",
        ),
        (
            "“The dam is safe and so are we,” an angry Moreno sulked.",
            "Moreno",
            "“The dam is safe and so are we,”",
        ),
        (
            "Moreno had a riddle for the choir:\n\n“Who of you can still see the harbour?”",
            "Moreno",
            "“Who of you can still see the harbour?”",
        ),
        (
            "The union released a video that says the bridge is closed.",
            "union",
            "the bridge is closed",
        ),
    ],
)
def test_a_quotation_belongs_to_the_one_who_speaks(text: str, source: str, content: str) -> None:
    assert (source, content) in [(row.source, row.content) for row in attributed(text)]
