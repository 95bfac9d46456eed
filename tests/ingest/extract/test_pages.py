"""Reports as pages carry them: with markup, unseen characters, credits, links, and transcripts."""

from __future__ import annotations

import pytest

from app.ingest.extract import extract
from app.ingest.extract.layout.legible import legible
from app.ingest.extraction import Span
from app.vocabulary import Act, Certainty

BODY = "Officials said on Monday that the bridge would stay closed until June."


def attributed(text: str) -> list[tuple[list[str], str]]:
    """The chain of each attributed claim, by the words of its links, and its content."""
    return [
        (
            [" ".join(text[slice(*span)] for span in link.spans) for link in claim.attribution],
            " … ".join(text[slice(*span)] for span in claim.content),
        )
        for claim in extract(text).claims
        if claim.attribution
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Roe and Bo Kim",
        "JANE ROE, Harbour Gazette",
        "Updated 10:32 GMT",
        "Published: 7 November 2025",
        "Photo: Ana Ruiz/Harbour Gazette",
        "A crane above the old town in March. (Ana Ruiz/Harbour Gazette)",
        "FILE - The mayor speaks to reporters in Lima, March 3, 2025. (AP Photo/Ana Ruiz, File)",
        "Image credit: Ana Ruiz",
        "Read more: The mayor says he will resign",
        "ALSO READ: What the mayor said about the bridge",
        "Video: Mayor denies he will resign",
        "(Reporting by Jane Roe in Lima; writing by Bo Kim; editing by Al Finn)",
        "Additional reporting by Bo Kim",
        "© 2025 Harbour Gazette. All rights reserved.",
        "Share this",
        "Click here to read what the mayor said",
        "Source: Ministry of Health",
        "Follow Jane Roe on Twitter: @janeroe",
        "Tags: bridge, mayor, Lima",
        "Editor's note: This story was updated to show what the mayor said.",
        "Correction: An earlier version of this story said the bridge opened in May.",
        "This story was first published by the Harbour Gazette",
    ],
)
def test_what_stands_beside_a_report_attributes_nothing(line: str) -> None:
    expected = [(["Officials"], "that the bridge would stay closed until June")]
    assert attributed(f"{line}\n\n{BODY}\n\n{line}\n") == expected


@pytest.mark.parametrize(
    ("line", "chain"),
    [
        ("Source: Minister to resign over bridge", ["Source"]),
        ("Ferry operators: Bridge will never open", ["Ferry operators"]),
        ("Published reports say the mayor will resign.", ["Published reports"]),
    ],
)
def test_a_sentence_that_begins_like_a_line_of_the_page_still_speaks(
    line: str, chain: list[str]
) -> None:
    assert attributed(line)[0][0] == chain


def test_each_turn_of_a_transcript_is_what_its_speaker_says() -> None:
    assert attributed(
        "Interviewer: When did the talks begin?\n"
        "Ana Ruiz: They began in May. They ended badly.\n\nIt was a long summer.\n"
        "Interviewer: And now?\n"
        "Ana Ruiz: We wait.\n"
        "The next round is in March."
    ) == [
        (["Interviewer"], "When did the talks begin?"),
        (["Ana Ruiz"], "They began in May. They ended badly.\n\nIt was a long summer"),
        (["Interviewer"], "And now?"),
        (["Ana Ruiz"], "We wait"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Will the border open?\nA: Not before June.",
        "Q. Will the border open?\nA. Not before June.",
        "**Q:** Will the border open?\n**A:** Not before June.",
        "Q: Will the border open? A: Not before June.",
        "Q (through interpreter): Will the border open?\nMR. RAO: Not before June.\nA: No.",
    ],
)
def test_turns_are_found_in_every_layout(text: str) -> None:
    contents = [content for _, content in attributed(text)]
    assert contents[:2] == ["Will the border open?", "Not before June"]


def test_a_turn_that_only_asks_is_a_question_and_leaves_it_open() -> None:
    question, answer, *_ = extract("Q: Will the border open?\nA: Not before June.").claims
    assert (question.act, question.certainty) == (Act.QUESTION, Certainty.UNKNOWN)
    assert answer.act is Act.STATEMENT


def test_what_a_speaker_reports_of_others_has_the_speaker_as_first_link() -> None:
    text = "Q: What did you hear?\nA: Little. The minister told us that the plan was dead."
    assert (["A", "The minister"], "that the plan was dead") in attributed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Minister: Bridge will close in June",
        "Price: three pounds\nWeight: two pounds\nPrice: four pounds",
    ],
)
def test_a_single_label_and_a_list_make_no_transcript(text: str) -> None:
    assert "turn" not in {claim.rule for claim in extract(text).claims}


MARKED = (
    "<p>Jane&nbsp;Roe, the health min\xadister, said &ldquo;the bridge is <b>closed</b>,&rdquo; "
    "on\u200b Monday.</p><p>Jose\u0301 Lima&#8217;s of\ufb01ce denied the report.</p>"
)


def test_markup_and_unseen_characters_are_read_over() -> None:
    assert legible(MARKED).text.split("\n") == [
        "",
        "Jane Roe, the health minister, said “the bridge is closed,” on Monday.",
        "",
        "José Lima’s office denied the report.",
        "",
    ]


def test_spans_lie_in_the_text_as_it_came() -> None:
    assert attributed(MARKED)[0] == (
        ["Jane&nbsp;Roe, the health min\xadister"],
        "&ldquo;the bridge is <b>closed</b>,&rdquo;",
    )
    assert {"Jane Roe", "José Lima"} <= {actor.name for actor in extract(MARKED).actors}


@pytest.mark.parametrize("text", ["", "plain", "a < b & c > d", "<!-- never closed", "&nothing;"])
def test_a_text_without_markup_is_left_as_it_is(text: str) -> None:
    assert legible(text).text == text


def test_each_character_of_a_legible_text_leads_to_its_place() -> None:
    seen = legible(MARKED)
    word = seen.text.index("minister")
    place = seen.original(Span(word, word + len("minister")))
    assert MARKED[slice(*place)] == "min\xadister"
