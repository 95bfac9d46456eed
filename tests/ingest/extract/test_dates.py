import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ingest.extract.dates.dates import find_dates
from app.intervals import days

MONDAY = dt.date(2025, 11, 10)


_LATE_OCTOBER = "2025-10-25/2025-10-31"
_WEEK = "2024-05-01/2024-05-07"


def found(text: str, published_on: dt.date | None = MONDAY) -> list[tuple[str, str | None]]:
    dates = find_dates(text, published_on)
    return [(text[date.span.start : date.span.end], date.edtf) for date in dates]


def test_reads_dates_of_the_calendar_in_any_order() -> None:
    text = "Signed on 7 November 2025, in force March 3, 2026, void after 2030-01-01 or 12.5.2031."
    assert found(text, None) == [
        ("7 November 2025", "2025-11-07"),
        ("March 3, 2026", "2026-03-03"),
        ("2030-01-01", "2030-01-01"),
        ("12.5.2031", "2031-05-12"),
    ]


@pytest.mark.parametrize(
    ("text", "expression", "edtf"),
    [
        ("It opened in June 2024.", "June 2024", "2024-06"),
        ("It opened in early June 2024.", "early June 2024", "2024-06"),
        ("The mine closed in 1998.", "1998", "1998"),
        ("Prices fell in the late 1990s.", "the late 1990s", "199X"),
        ("It was the bloodiest war of the 20th century.", "the 20th century", "19XX"),
        ("Sales rose in the third quarter of 2024.", "the third quarter of 2024", "2024-35"),
        ("They met in the spring of 2019.", "the spring of 2019", "2019-21"),
        ("The war of 1914-18 changed that.", "1914-18", "1914/1918"),
        ("Talks ran on 5–7 November 2025 in Oslo.", "5–7 November 2025", "2025-11-05/2025-11-07"),
        ("He left on Christmas Day 2023.", "Christmas Day 2023", "2023-12-25"),
        ("They broke up on Easter Sunday 2024.", "Easter Sunday 2024", "2024-03-31"),
        ("It began in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("Sales rose in Q3 2024.", "Q3 2024", "2024-35"),
        ("Sales fell in FY2024.", "FY2024", "2024"),
        ("Sales fell in fiscal 2024-25.", "fiscal 2024-25", "2024/2025"),
        ("In 2024 more people died.", "2024", "2024"),
        ("In 2019 cases fell.", "2019", "2019"),
        ("They fell in the last quarter of 2023.", "the last quarter of 2023", "2023-36"),
        ("Snow fell in the winter of 2023-24.", "the winter of 2023-24", "2023-24"),
        ("The league of 1998/99 was theirs.", "1998/99", "1998/1999"),
        ("It rained in the first week of May 2024.", "the first week of May 2024", _WEEK),
        ("It rained between 5 and 7 May 2024.", "5 and 7 May 2024", "2024-05-05/2024-05-07"),
        ("She saw the Sept. 11 memorial.", "Sept. 11", "2001-09-11"),
    ],
)
def test_reads_what_needs_no_anchor(text: str, expression: str, edtf: str) -> None:
    for published_on in (None, MONDAY):
        assert found(text, published_on) == [(expression, edtf)]
        assert find_dates(text, published_on)[0].basis is None


@pytest.mark.parametrize(
    ("text", "expression", "edtf"),
    [
        ("Yesterday the bridge fell.", "Yesterday", "2025-11-09"),
        ("It fell late last night.", "late last night", "2025-11-09"),
        ("The envoy arrived on Friday night.", "Friday night", "2025-11-07"),
        ("The envoy arrived on Monday.", "Monday", "2025-11-10"),
        ("The envoy will arrive on Thursday.", "Thursday", "2025-11-13"),
        ("The vote is scheduled for Thursday.", "Thursday", "2025-11-13"),
        ("She resigned last Tuesday.", "last Tuesday", "2025-11-04"),
        ("She resigned last week.", "last week", "2025-11-03/2025-11-09"),
        ("Shelling went on over the weekend.", "the weekend", "2025-11-08/2025-11-09"),
        ("They met two days ago.", "two days ago", "2025-11-08"),
        ("They met nearly two years ago.", "nearly two years ago", "2023~"),
        ("The court ruled in October.", "October", "2025-10"),
        ("The court will rule early next month.", "early next month", "2025-12"),
        ("The court ruled on Oct. 3.", "Oct. 3", "2025-10-03"),
        ("The strike began on April 28.", "April 28", "2025-04-28"),
        ("The strike will begin on Jan. 4.", "Jan. 4", "2026-01-04"),
        ("The strike ended on Jan. 4.", "Jan. 4", "2025-01-04"),
        ("The vote was held in January.", "January", "2025-01"),
        ("The vote will be held in January.", "January", "2026-01"),
        ("It was the worst flood last summer.", "last summer", "2025-22"),
        ("Trade grew this year.", "this year", "2025"),
        ("The mine was closed a decade ago.", "a decade ago", "2015"),
        ("They must answer by Thursday.", "Thursday", "2025-11-13"),
        ("Nobody would speak of Thursday's vote.", "Thursday", "2025-11-06"),
        ("They spoke ahead of Thursday's vote.", "Thursday", "2025-11-13"),
        ("It is to open this coming Sunday, Nov. 16.", "this coming Sunday, Nov. 16", "2025-11-16"),
        ("Sales fell in the quarter ended Sept. 30.", "the quarter", "2025-35"),
        ("Sales fell in the quarter ended Aug. 31.", "the quarter", "2025-06/2025-08"),
        ("Sales fell in the fiscal third quarter.", "the fiscal third quarter", "2025-35?"),
        ("They met under a June agreement.", "June", "2025-06"),
        ("The roof fell in a century ago.", "a century ago", "1925"),
        ("The bell was cast two centuries ago.", "two centuries ago", "1825"),
        ("They will meet two weeks from now.", "two weeks from now", "2025-11-24/2025-11-30"),
        ("They will leave within weeks.", "within weeks", "2025-11-10/.."),
        ("They will leave within two weeks.", "within two weeks", "2025-11-10/2025-11-24"),
        ("It was sold on Tuesday of last week.", "Tuesday of last week", "2025-11-04"),
        (
            "They vote on the first Monday in December.",
            "the first Monday in December",
            "2025-12-01",
        ),
        ("It rained on the last Friday of October.", "the last Friday of October", "2025-10-31"),
        ("It fell on the last day of May.", "the last day of May", "2025-05-31"),
        ("It burned in the last week of October.", "the last week of October", _LATE_OCTOBER),
        ("It rained over the weekend of Nov. 1.", "the weekend of Nov. 1", "2025-11-01/2025-11-02"),
        ("Prices fell in the second half of the year.", "the second half of the year", "2025-41"),
        ("Q1 results were poor.", "Q1", "2025-33"),
    ],
)
def test_resolves_relative_dates_against_the_day_of_publication(
    text: str, expression: str, edtf: str
) -> None:
    assert found(text)[0] == (expression, edtf)
    assert find_dates(text, MONDAY)[0].basis == "published_on"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The convoy left on 3 March 2024. It arrived two days later.", "2024-03-05"),
        ("The convoy left on 3 March 2024. It arrived the following day.", "2024-03-04"),
        ("The convoy left on 3 March 2024. It arrived the next morning.", "2024-03-04"),
        ("The convoy left on 3 March 2024 and arrived that same evening.", "2024-03-03"),
        ("The convoy left on 3 March 2024. Snow had fallen the day before.", "2024-03-02"),
        ("The convoy will drive from Wednesday to Friday.", "2025-11-14"),
        ("The convoy left on 3 March 2024 and came back the next month.", None),
        ("He was elected in 1996. That year prices doubled.", "1996"),
        ("He was elected in 1996 and resigned the following year.", "1997"),
    ],
)
def test_resolves_against_the_date_just_mentioned_where_the_words_ask(
    text: str, last: str | None
) -> None:
    date = find_dates(text, MONDAY)[-1]
    assert (date.edtf, date.basis) == (last, "text") if last else date.basis == "published_on"


def test_a_missing_year_stays_missing_when_the_report_has_no_date() -> None:
    text = "On November 7 and again on Wednesday, Nov. 5, shells fell; in July none did."
    assert found(text, None) == [
        ("November 7", "XXXX-11-07"),
        ("Wednesday, Nov. 5", "XXXX-11-05"),
        ("July", "XXXX-07"),
    ]


@pytest.mark.parametrize(
    "text",
    ["They met yesterday.", "They met last week.", "They met on Friday.", "They met two days ago."],
)
def test_without_a_date_of_publication_relative_dates_are_null(text: str) -> None:
    [date] = find_dates(text, None)
    assert (date.edtf, date.basis) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "It is now quiet.",
        "It was recently bombed.",
        "Nobody knows the future.",
        "It fell several years ago.",
    ],
)
def test_the_vague_present_past_and_future_have_no_day(text: str) -> None:
    assert [edtf for _, edtf in found(text)] == [None]


@pytest.mark.parametrize(
    "text", ["Due on 31 February 2025.", "Due on February 29, 2025.", "Due on 7/8/2025."]
)
def test_a_day_that_does_not_exist_or_reads_two_ways_is_null(text: str) -> None:
    assert [edtf for _, edtf in found(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "It lasted for two years.",
        "They meet every Monday.",
        "Talks take three days.",
        "He is 25 and she is 1,998 days older.",
        "They won 3-2 and lost 21 to 14.",
        "About 2000 troops crossed.",
        "Year 0 and 99999 are no years, nor is the year 0.",
        "It was painted in the 3rd century BC, half a year ago they found it.",
        "They work 24/7 and read it at 9/11 Main Street, 7-Eleven and Route 66.",
        "Flight 1998, Psalm 1984, Resolution 1701, ISBN 978-3-16-148410-0, Python 3.12.10.",
        "Some 1900 fled, 2000 of them on foot, nearly 1998 died, as did 1950 others in room 2010.",
        "They live in 17 November Street, in Spring Hill, and read Sunday papers.",
        "It was the last week of the campaign and the past 13 days; a Christmas tree stood there.",
        "They watch Friday Night Lights and Monday Night Football.",
        "It followed from the Good Friday agreement.",
        "The vote was 52-48, then 3/4, and two thirds; Q1 of the exam was hard.",
        "She may march on.",
        "Theresa May spoke to USA Today.",
        "The Sunday Times has it.",
        "They flew to Easter Island.",
        "Call 555-1234 or write to 10.11.12.13.",
        "",
    ],
)
def test_durations_sets_numbers_and_names_are_no_dates(text: str) -> None:
    assert found(text) == []


def test_spans_leave_out_prepositions_and_the_possessive() -> None:
    text = "By Friday's deadline, since July and until the end of 2026 nothing moved."
    assert [words for words, _ in found(text)] == ["Friday", "July", "the end of 2026"]


def test_a_span_takes_in_no_line_break_before_it() -> None:
    assert [words for words, _ in found("The dam broke.\n\nLast week it held.")] == ["Last week"]


PIECES = (
    "the|early|late|last|next|this|Friday|Nov.|November|May|5|31|99|2025|0000|'80s|1990s|quarter"
    "|year|two|days|weeks|ago|later|-|–|,|.|/|:|first|of|week|to|will|\n|\r\n|12:30|p.m.|now|é"
    "|within|before|from now|Q3|last|weekend|'s|between|ended|decade|19th|that|13.13.2013"
    "|2014/15|T|Z|this|p.m. on|night|eve|BC|9999|0001|fourth|next|next year|since|same"
    "|👩\u200d👧|\u0301|٣|fiscal|and|a|century|season|spring|Easter|every|half"
)


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map(" ".join),
    ),
    st.one_of(st.none(), st.dates(), st.sampled_from((dt.date.min, dt.date.max))),
)
def test_any_text_gives_ordered_spans_and_edtf_that_names_days(
    text: str, published_on: dt.date | None
) -> None:
    dates = find_dates(text, published_on)
    assert all(0 <= date.span.start < date.span.end <= len(text) for date in dates)
    assert all(before.span.end <= after.span.start for before, after in pairwise(dates))
    for date in dates:
        assert date.basis in (None, "published_on", "text")
        if date.edtf is not None:
            days(date.edtf)


def test_a_month_of_what_was_done_is_past_and_of_what_was_only_said_the_nearest() -> None:
    day = dt.date(2025, 11, 12)
    assert found("The rebels seized the town in January.", day) == [("January", "2025-01")]
    assert found("The club said it opens in January.", day) == [("January", "2026-01")]
