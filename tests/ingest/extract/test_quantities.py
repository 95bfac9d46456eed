import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.ingest.annotate import annotated
from app.ingest.extract.dates.dates import find_dates
from app.ingest.extract.quantities.quantities import find_quantities
from app.ingest.extraction import Quantity


def quantities(text: str) -> tuple[Quantity, ...]:
    with annotated(text) as doc:
        return find_quantities(doc, find_dates(text, dt.date(2025, 11, 10)))


def only(text: str) -> tuple[str, Quantity]:
    [quantity] = quantities(text)
    return text[quantity.span.start : quantity.span.end], quantity


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "approximate"),
    [
        ("The storm killed 14 sailors.", "14", 14, 14, False),
        ("The storm killed at least 14 sailors.", "at least 14", 14, None, False),
        ("The army lost more than 300 tanks.", "more than 300", 300, None, False),
        ("The army lost nearly 2,500 trucks.", "nearly 2,500", None, 2500, True),
        ("The army lost up to 2,500 trucks.", "up to 2,500", None, 2500, False),
        ("The army lost about 2,500 trucks.", "about 2,500", 2500, 2500, True),
        ("The army lost some 1,200 trucks.", "some 1,200", 1200, 1200, True),
        ("The camp holds between 600 and 800 prisoners.", "between 600 and 800", 600, 800, False),
        ("Some 20-30 prisoners fled.", "Some 20-30", 20, 30, True),
        ("The camp holds 600 to 800 prisoners.", "600 to 800", 600, 800, False),
        ("The camp holds two to three million prisoners.", "two to three million", 2e6, 3e6, False),
        (
            "The camp holds two hundred and fifty prisoners.",
            "two hundred and fifty",
            250,
            250,
            False,
        ),
        ("The camp holds half a million prisoners.", "half a million", 500000, 500000, False),
        ("The camp holds a dozen prisoners.", "a dozen", 12, 12, False),
        ("The camp holds dozens of prisoners.", "dozens", 24, 99, True),
        ("The camp holds hundreds of prisoners.", "hundreds", 200, 999, True),
        ("The camp holds several hundred prisoners.", "several hundred", 200, 999, True),
        ("The camp holds a few thousand prisoners.", "a few thousand", 2000, 9999, True),
        ("The camp holds a couple of prisoners.", "a couple", 2, 2, True),
        ("The camp holds a total of 61 prisoners.", "a total of 61", 61, 61, False),
        ("The number of prisoners rose to 61.", "61", 61, 61, False),
        ("The camp holds thousands of prisoners.", "thousands", 2000, 9999, True),
        ("The camp holds tens of thousands of prisoners.", "tens of thousands", 20000, 99999, True),
    ],
)
def test_bounds_a_number_as_its_hedge_does(
    text: str, words: str, low: float | None, high: float | None, approximate: bool
) -> None:
    written, quantity = only(text)
    assert (written, quantity.low, quantity.high) == (words, low, high)
    assert quantity.approximate is approximate


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The loan is €40 million.", "€40 million", 40_000_000, "EUR"),
        ("The loan is 40 million euros.", "40 million euros", 40_000_000, "EUR"),
        ("The loan is $1.2 billion.", "$1.2 billion", 1_200_000_000, "USD"),
        ("Prices rose by 3.5 percent.", "3.5 percent", 3.5, "%"),
        ("Prices rose by 7%.", "7%", 7, "%"),
        ("Two-thirds of the voters stayed away.", "Two-thirds", 66.7, "%"),
        ("They lost half of the crop.", "half", 50, "%"),
        ("The fine is 300,000 pesos.", "300,000 pesos", 300_000, "pesos"),
        ("The front is 20km away.", "20km", 20, "km"),
        ("The front is 20 kilometres away.", "20 kilometres", 20, "km"),
    ],
)
def test_gives_money_in_full_and_units_as_symbols(
    text: str, words: str, value: float, unit: str
) -> None:
    written, quantity = only(text)
    assert (written, quantity.low, quantity.high, quantity.unit) == (words, value, value, unit)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "Approximately 9,000 South Korean medical volunteers arrived.",
            "South Korean medical volunteers",
        ),
        ("Two officials resigned.", "officials"),
        ("Thousands of soldiers left.", "soldiers"),
        ("More than 300 of the soldiers left.", "soldiers"),
        ("They shipped 20 tons of grain.", "grain"),
        ("A third of the sailors left.", "sailors"),
    ],
)
def test_says_what_is_counted(text: str, counted: str) -> None:
    assert only(text)[1].of == counted


@pytest.mark.parametrize(
    "text",
    [
        "They met on 7 November 2025.",
        "One of the men spoke, and no one listened.",
        "The second battalion left.",
        "Jane Roe, 56, is a judge.",
        "A 25-year-old was arrested.",
        "The hosts won 3-2.",
        "See Section 5.2 of the treaty.",
        "Call +44 20 7946 0958.",
        "It was a Boeing 747.",
        "He got six years in prison and a two-week ban.",
        "They published a 300-page report.",
        "Not one ship was lost.",
        "",
    ],
)
def test_dates_ordinals_ages_durations_scores_and_names_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


PIECES = (
    "at least|some|between|and|to|-|5|1,000|3.5|%|€|million|dozens|of|thousands|two|hundred|men|km"
    "|or more|a|half|7 May 2025|+|\n|.|é|👩\u200d👧|\u0301|٣|²"
)


@settings(deadline=None, max_examples=60)
@example("0;0%")
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(PIECES.split("|")), max_size=20).map(" ".join),
    )
)
def test_any_text_gives_ordered_spans_and_bounds(text: str) -> None:
    found = quantities(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    for one in found:
        assert one.low is not None or one.high is not None
        assert one.low is None or one.high is None or one.low <= one.high
