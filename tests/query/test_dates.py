"""Date filters find exactly the rows that may lie there, for any EDTF on either side."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session

from app import models
from app.database import driver
from app.intervals import days
from app.query import collections
from app.query.filters import EVENTS
from app.query.page import Slice, page
from app.query.predicates import where
from app.query.tables import event
from tests.query.conftest import filled, on_each

WINDOW = [dt.date(2022, 11, 1) + dt.timedelta(n) for n in range(800)]
"""All days that there are, for the model: more than the dates below reach."""

POINTS = ["2024-01-31", "2024-02-01", "2024-02-28", "2024-02-29", "2024-03-01", "2024-02",
          "2024-01", "2024-24", "2024", "2023", "2023-12~", "2024-XX"]  # fmt: skip


def is_date(edtf: str) -> bool:
    try:
        days(edtf)
    except ValueError:
        return False
    return True


INTERVALS = [
    edtf
    for first in ["..", "", *POINTS]
    for last in ["..", "", *POINTS]
    if is_date(edtf := f"{first}/{last}")
]
DATES = [None, "XXXX-02-01", "XXXX", *POINTS, *INTERVALS]


@pytest.fixture(scope="session")
def dated_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    yield from filled(f"sqlite:///{tmp_path_factory.mktemp('dated') / 'made.db'}", _fill)


@pytest.fixture(scope="session")
def dated_on_postgresql(new_postgresql: Callable[[], str]) -> Iterator[Session]:
    yield from filled(new_postgresql(), _fill)


def _fill(session: Session) -> None:
    """An event of each of the dates."""
    session.add(
        models.Report(
            id="r1", title="", language="en", sha256="", body="{}", text="",
            loaded_at=dt.datetime.now(dt.UTC),
        )
    )  # fmt: skip
    session.flush()
    for number, edtf in enumerate(DATES):
        first, last = days(edtf) if edtf else (None, None)
        session.add(
            models.Event(
                id=f"e{number}", report_pk=1, position=number, type="AID", text="",
                trigger_start=0, trigger_end=0, mentions=[], certainty="certain", rule="",
                tense="past", polarity="affirmed", body="{}", date=edtf,
                date_earliest=first, date_latest=last,
            )
        )  # fmt: skip


dated = on_each("dated")


def may_lie(edtf: str | None) -> set[dt.date]:
    """Every day on which something with this date can have happened."""
    first, last = days(edtf) if edtf else (None, None)
    if first is None and last is None:
        return set()
    return {day for day in WINDOW if (first or day) <= day <= (last or day)}


def matches(name: str, value: str, row: set[dt.date]) -> bool:
    """The filter by its words: a day of the row's lies within, after or before the value."""
    first, last = days(value)
    if name == "occurred_on":
        return bool(row & may_lie(value))
    if name == "occurred_after":
        return any(day >= first for day in row if first)
    return any(day <= last for day in row if last)


ROWS = {edtf: may_lie(edtf) for edtf in DATES}
VALUES = {
    "occurred_on": [edtf for edtf in DATES if edtf and days(edtf) != (None, None)],
    "occurred_after": [edtf for edtf in DATES if edtf and days(edtf)[0]],
    "occurred_before": [edtf for edtf in DATES if edtf and days(edtf)[1]],
}
given_dates = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), st.lists(st.sampled_from(VALUES[name]), min_size=1))
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_dates)
def test_a_row_matches_if_it_may_lie_there(dated: Session, asked: tuple[str, list[str]]) -> None:
    name, values = asked
    statement = select(event.c.date).where(*where(EVENTS, {name: values}))
    found = set(dated.connection().execute(statement).scalars())

    assert found == {
        edtf for edtf, row in ROWS.items() if any(matches(name, value, row) for value in values)
    }


@pytest.mark.parametrize("sort", ["loaded", "-date"])
@pytest.mark.parametrize("name", sorted(VALUES))
def test_lists_have_these_rows(dated: Session, name: str, sort: str) -> None:
    for value in VALUES[name]:
        listed = page(driver(dated), collections.EVENTS, {name: [value]}, Slice(sort, 500)).rows

        assert sorted(DATES[pk - 1] or "" for pk, *_ in listed) == sorted(
            edtf or "" for edtf, row in ROWS.items() if matches(name, value, row)
        ), value
