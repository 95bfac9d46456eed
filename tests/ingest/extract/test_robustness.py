"""What holds for every text, be it noise or a report that was spoilt on its way.

Hypothesis draws the same examples each time where CI is set, and new ones elsewhere.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.ingest.annotate import annotated
from app.ingest.contract import to_json
from app.ingest.extract import extract
from app.ingest.extract.claims.attributions import SMALL
from app.ingest.extract.layout.datelines import Datelines
from app.ingest.extract.layout.legible import legible
from app.ingest.extraction import Claim, Extraction, Span
from tests.benchmarks.extraction import invented_reports, timed
from tests.evaluation.__main__ import read_with_extractor
from tests.evaluation.gold import load
from tests.evaluation.spoilt import claims_of_spoilt
from tests.ingest.extract import mutations as spoil
from tests.ingest.extract.mutations import MUTATIONS, REPORTS, Mutation, spoilt_reports

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SIGNS = (
    "“”\"„«»‘’'`()[]{}<>|—–-…\n\r\t\v\x00\x85\u2028 .,;:!?&#@%$€0189aAsSté"
    "\u0301\u200b\xa0\ufeff🙂🇺🇦"
)
FRAGMENTS = st.sampled_from(
    [
        *("he said", "according to", "denied", "that", ", citing", "reportedly", "attacked"),
        *("Mr. Rao", "the minister", "in Paris", "(MES)", "the report", "who", "its", "and"),
        *("on Nov. 7", "5,000 men", "will meet", "\n\n", "Q:", "“", "”", '"', "'"),
    ]
)
CAPITALS = "BDFGHKLMNPRSTVZ"
SYLLABLES = [f"{vowel}{sign}{other}" for vowel in "aeio" for sign in "lmrst" for other in "aei"]
NOISE = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=SIGNS, max_size=300),
    st.lists(st.one_of(FRAGMENTS, st.text(alphabet=SIGNS, max_size=3)), max_size=50).map(" ".join),
)


@few
@given(NOISE)
@example("")
@example(" \n ")
@example("\x00")
@example("Delegates saw Minister\n\nIvan Petrov said no.")
def test_noise_gives_an_extraction_that_keeps_the_contract(text: str) -> None:
    keeps_the_contract(text, extract(text))


@few
@given(spoilt_reports())
def test_a_spoilt_report_gives_an_extraction_that_keeps_the_contract(text: str) -> None:
    found = extract(text)
    keeps_the_contract(text, found)
    assert largest_share(text, found) <= 0.5


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_each_way_to_spoil_a_report_leaves_claims_to_be_found(mutation: Mutation) -> None:
    text = mutation(REPORTS[0], random.Random(7))
    found = extract(text)
    keeps_the_contract(text, found)
    assert largest_share(text, found) <= 0.5
    assert found.claims


@pytest.mark.parametrize(
    ("mutation", "least"),
    [
        (spoil.all_capitals, 0.85),
        (spoil.apostrophes_as_quotation_marks, 0.85),
        (spoil.bullet_list, 0.9),
        (spoil.form_feeds, 0.9),
        (spoil.hard_wrapped, 0.9),
        (spoil.html_left_over, 0.95),
        (spoil.no_capitals, 0.9),
        (spoil.one_line, 0.9),
        (spoil.page_furniture, 0.9),
        (spoil.quotation_marks_doubled, 0.9),
        (spoil.quotation_marks_mixed, 0.9),
        (spoil.quotation_marks_nested, 0.9),
        (spoil.quotation_marks_straight, 0.9),
        (spoil.quotations_never_closed, 0.89),
        (spoil.table_rows, 0.7),
        (spoil.tags_astray, 0.7),
        (spoil.unseen_characters, 0.95),
        (spoil.windows_lines, 0.99),
        (spoil.no_punctuation, 0.5),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_claimed_of_a_spoilt_report_stays_right(
    mutation: Mutation, least: float, clean_precision: float
) -> None:
    """The share of right claims, as a part of that in the same reports unspoilt."""
    spoilt = claims_of_spoilt(load("tuning"), mutation, read_with_extractor).precision
    assert spoilt >= least * clean_precision


@pytest.fixture(scope="module")
def clean_precision() -> float:
    return claims_of_spoilt(load("tuning"), lambda text, _: text, read_with_extractor).precision


@few
@given(st.one_of(NOISE, spoilt_reports()))
def test_no_sentence_is_lost(text: str) -> None:
    """Each sentence with a word has words in the content, the chain or a response of a claim.

    A dateline states nothing and is in no claim.
    """
    told = bytearray(len(text))
    for claim in extract(text).claims:
        for start, end in spans_of(claim):
            told[start:end] = b"\1" * (end - start)
    seen = legible(text)
    datelines = Datelines(seen.text)
    with annotated(seen.text) as doc:
        sentences = [Span(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    for sentence in sentences:
        stated = datelines.out_of([sentence])
        words = [m for span in stated for m in re.compile(r"[^\W_]+").finditer(seen.text, *span)]
        places = [seen.original(Span(*word.span())) for word in words]
        assert not places or any(told[place.start] for place in places), seen.text[slice(*sentence)]


def test_the_same_text_gives_the_same_extraction() -> None:
    first = extract(REPORTS[0])
    extract(REPORTS[1])
    assert extract(REPORTS[0]) == first


@pytest.mark.parametrize(
    "text",
    [
        '"' * 5_000,
        "(" * 5_000,
        "🙂" * 5_000,
        "'s" * 2_500,
        "“He said ‘" * 500 + "yes" + "’ she said”" * 500,
        "'a " * 4_000,
        "'tis officials' " * 2_000,
        "yes\n" * 2_000,
        "Rao attacked Lima and " * 700,
        "Ana Kim met Bo Kim. " * 500,
        " ".join(f"Mr. {a}{b}n Kim spoke." for a in CAPITALS for b in SYLLABLES),
    ],
    ids=lambda text: text[:8].strip(),
)
def test_an_absurd_text_takes_seconds(text: str) -> None:
    """Each of these takes a second or two; with steps of quadratic time some took minutes."""
    start = time.process_time()
    found = extract(text)
    assert time.process_time() - start < 15
    keeps_the_contract(text, found)


def test_the_time_for_a_report_grows_no_faster_than_its_length() -> None:
    """Our own work, without the parse: a step that costs the square of the length shows here."""
    short, long = (own_time_per_word(text_of(words)) for words in (1_500, 12_000))
    assert long < 2 * short


def text_of(words: int) -> str:
    """A text of about so many words, its sentences and names from our reports and invented."""
    reports = invented_reports(REPORTS)
    return "\n".join(next(reports) for _ in range(words // 250))


def own_time_per_word(text: str) -> float:
    """Of the quickest of some rounds: in others something else may have used the memory."""
    rounds = max(3, 40_000 // len(text))
    return min(sum(timed(text)[1:]) for _ in range(rounds)) / len(text.split())


def keeps_the_contract(text: str, found: Extraction) -> None:
    """Spans are stretches of the text, references lead somewhere, and all of it can be written."""
    assert all(0 <= start < end <= len(text) for start, end in spans_of(found))
    actors = unique(actor.key for actor in found.actors)
    sources = unique(source.key for source in found.sources)
    places = unique(place.key for place in found.places)
    assert not actors & places
    assert {source.actor for source in found.sources} <= actors | {None}
    for claim in found.claims:
        assert claim.content
        assert {link.source for link in claim.attribution} <= sources | {None}
        assert {response.actor for response in claim.responses} <= actors | {None}
        assert set(claim.about) <= actors
        assert all(within(quotation, claim.content) for quotation in claim.quotations)
    for event in found.events:
        assert {participant.actor for participant in event.participants} <= actors
        assert event.place in places | {None}
        assert event.mentions[0] == event.trigger
        assert within(event.trigger, [event.sentence])
        assert all(0 <= claim < len(found.claims) for claim in event.claims)
    json.dumps(to_json(found), allow_nan=False).encode()


def largest_share(text: str, found: Extraction) -> float:
    """The part of a text that the longest attributed claim takes in; 0 for a short text."""
    if len(text) <= SMALL:
        return 0.0
    return max(
        (length(claim) / len(text) for claim in found.claims if claim.attribution), default=0
    )


def length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)


def unique(keys: Iterator[str]) -> set[str | None]:
    found = list(keys)
    assert len(found) == len(set(found))
    return set(found)


def within(span: Span, spans: tuple[Span, ...] | list[Span]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in spans)


def spans_of(value: object) -> Iterator[Span]:
    """All spans in a tree of dataclasses and tuples."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))
