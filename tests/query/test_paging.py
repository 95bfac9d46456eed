"""Walking the pages visits each row exactly once, in order, for every sort and limit."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app import models
from app.database import driver, engine, migrate, reading, writing
from app.errors import InvalidParameters
from app.query.collection import Collection
from app.query.collections import ACTORS, CLAIMS, EVENTS, REPORTS, SOURCES
from app.query.page import Slice, page

SORTS = [
    (collection, sign + name)
    for collection in (CLAIMS, EVENTS, ACTORS, SOURCES, REPORTS)
    for name in collection.sorts
    for sign in ("", "-")
]
ROWS = 23


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path_factory.mktemp('paging') / 'paging.db'}"
    migrate(url)
    with writing(url) as made:
        _fill(made)
    with reading(url) as made:
        yield made
    engine(url).dispose()


def _fill(session: Session) -> None:
    """Rows with many equal sort values and many without one, in no order."""
    days = [None if n % 3 == 0 else dt.date(2024, 1, 1 + n * 7 % 5) for n in range(ROWS)]
    shared: dict[str, Any] = {"body": "{}", "rule": "", "polarity": "affirmed"}
    for n, day in enumerate(days):
        name = f"Naïve “{n * 5 % 7}”"
        session.add(models.Actor(id=f"a{n}", name=name, kind="other"))
        session.add(models.Source(id=f"s{n}", name=name, kind="other"))
        session.add(
            models.Report(
                id=f"r{n}", title=name, published_on=day, language="en", sha256="", text="",
                loaded_at=dt.datetime.now(dt.UTC), body="{}",
            )
        )  # fmt: skip
    session.flush()
    for n, day in enumerate(days):
        session.add(
            models.Claim(
                id=f"c{n}", report_pk=1, position=n, text="", content=[], hedges=[],
                quotations=[], attributed=n % 2 == 0, act="statement", directness="indirect",
                certainty="certain", status="unverified", said_earliest=day, **shared,
            )
        )  # fmt: skip
        session.add(
            models.Event(
                id=f"e{n}", report_pk=1, position=n, type="AID", text="", trigger_start=0,
                trigger_end=0, mentions=[], certainty="certain", tense="past",
                date_earliest=day, **shared,
            )
        )  # fmt: skip


def walk(session: Session, collection: Collection, sort: str, limit: int) -> list[tuple[Any, int]]:
    """The sort value and pk of all rows, page after page."""
    visited: list[tuple[Any, int]] = []
    cursor = None
    for _ in range(ROWS + 1):
        found = page(driver(session), collection, {}, Slice(sort, limit, cursor))
        assert len(found.rows) <= limit
        visited += [(row[1], row[0]) for row in found.rows]
        cursor = found.next
        if cursor is None:
            return visited
    raise AssertionError("the pages do not end")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SORTS), st.integers(1, ROWS + 2))
def test_each_row_is_visited_once(
    session: Session, sorted_by: tuple[Collection, str], limit: int
) -> None:
    visited = walk(session, *sorted_by, limit)

    assert sorted(pk for _, pk in visited) == list(range(1, ROWS + 1))


@pytest.mark.parametrize(("collection", "sort"), SORTS)
def test_rows_are_in_order_and_those_without_a_value_last(
    session: Session, collection: Collection, sort: str
) -> None:
    visited = walk(session, collection, sort, 4)

    valued = [(value, pk) for value, pk in visited if value is not None]
    unvalued = [pk for value, pk in visited if value is None]
    descending = sort.startswith("-")
    assert valued == sorted(valued, reverse=descending)
    assert unvalued == sorted(unvalued, reverse=descending)
    assert visited == valued + [(None, pk) for pk in unvalued]


def test_filters_hold_on_every_page(session: Session) -> None:
    first = page(driver(session), CLAIMS, {"attributed": [True]}, Slice("-said_on", 5))
    second = page(
        driver(session), CLAIMS, {"attributed": [True]}, Slice("-said_on", 50, first.next)
    )

    pks = [row[0] for row in [*first.rows, *second.rows]]
    assert sorted(pks) == list(range(1, ROWS + 1, 2))
    assert second.next is None


def test_a_row_added_behind_is_not_missed_and_none_is_doubled(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'growing.db'}"
    migrate(url)
    with writing(url) as session:
        session.add_all(models.Actor(id=name, name=name, kind="other", body=name) for name in "bdf")
    with reading(url) as session:
        first = page(driver(session), ACTORS, {}, Slice("name", 2))
    with writing(url) as session:
        session.add_all(models.Actor(id=name, name=name, kind="other", body=name) for name in "ae")
    with reading(url) as session:
        rest = page(driver(session), ACTORS, {}, Slice("name", 2, first.next))
    engine(url).dispose()

    assert [row[2] for row in [*first.rows, *rest.rows]] == [b"b", b"d", b"e", b"f"]


def test_a_cursor_belongs_to_one_sort(session: Session) -> None:
    found = page(driver(session), CLAIMS, {}, Slice("said_on", 2))

    with pytest.raises(InvalidParameters):
        page(driver(session), CLAIMS, {}, Slice("-said_on", 2, found.next))
