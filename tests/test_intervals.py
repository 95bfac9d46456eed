import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intervals import MAX_LENGTH, days


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-11-07", "2025-11-07", "2025-11-07"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("2025-11-XX", "2025-11-01", "2025-11-30"),
        ("2025-22", "2025-06-01", "2025-08-31"),
        ("2025-24", "2025-12-01", "2026-02-28"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2025-41", "2025-07-01", "2025-12-31"),
        ("2025-11-05/2025-11-07", "2025-11-05", "2025-11-07"),
        ("2025-33/2026-34", "2025-01-01", "2026-06-30"),
        ("2025-11-07T10:00:00", "2025-11-07", "2025-11-07"),
        ("{2019,2021}", "2019-01-01", "2021-12-31"),
    ],
)
def test_covers_the_days_from_first_to_last(edtf: str, first: str, last: str) -> None:
    assert days(edtf) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("edtf", ["2025-11~", "2025-11?", "2025-11%", "2025-11"])
def test_qualifiers_do_not_move_the_days(edtf: str) -> None:
    assert days(edtf) == (dt.date(2025, 11, 1), dt.date(2025, 11, 30))


def test_an_open_or_unknown_end_is_none() -> None:
    assert days("2025-11-05/..") == days("2025-11-05/") == (dt.date(2025, 11, 5), None)
    assert days("../2025-11-05") == days("/2025-11-05") == (None, dt.date(2025, 11, 5))


@pytest.mark.parametrize("edtf", ["XXXX-11-07", "XXXX-11", "XXXX-22", "XXXX-11-05/XXXX-11-07"])
def test_an_unknown_year_bounds_nothing(edtf: str) -> None:
    assert days(edtf) == (None, None)


@pytest.mark.parametrize("edtf", ["0000", "Y99999", "-0044", "Y17E999999999"])
def test_a_year_that_no_calendar_date_has_bounds_nothing(edtf: str) -> None:
    assert days(edtf) == (None, None)


@pytest.mark.parametrize(
    ("edtf", "message"),
    [
        ("2025-02-31", "there is no such date: '2025-02-31'"),
        ("2025-02-29", "there is no such date: '2025-02-29'"),
        ("2025-13", "there is no such date: '2025-13'"),
        ("2025-22-01", "there is no such date: '2025-22-01'"),
        ("2025-XX-01", "there is no such date: '2025-XX-01'"),
        ("yesterday", "not a date in EDTF: 'yesterday'"),
        ("99999", "not a date in EDTF: '99999'"),
        ("[2025,Y17E999999999]", r"not a date in EDTF: '\[2025,Y17E999999999\]'"),
        ("", "not a date in EDTF: ''"),
        ("../..", "not a date in EDTF: '../..'"),
        ("2025/2026/2027", "not a date in EDTF: '2025/2026/2027'"),
        ("2026/2025", "the interval ends before it starts: '2026/2025'"),
        ("2" * (MAX_LENGTH + 1), "at most 100 characters"),
    ],
)
def test_anything_else_is_refused_with_the_reason(edtf: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        days(edtf)


@given(st.dates())
def test_a_day_covers_itself(day: dt.date) -> None:
    assert days(day.isoformat()) == (day, day)


@settings(deadline=None)  # the edtf package takes its time
@given(st.one_of(st.text(max_size=20), st.text("0123456789X-/.~?%TYE[]{},", max_size=20)))
def test_any_string_gives_days_in_order_or_a_value_error(edtf: str) -> None:
    try:
        first, last = days(edtf)
    except ValueError:
        return
    assert first is None or last is None or first <= last
