"""However a query is led, its pages have the rows that match, each once and in order."""

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session

from app.database import driver
from app.query import leading
from app.query.collection import Collection
from app.query.collections import CLAIMS, REPORTS
from app.query.page import Slice, page
from app.query.predicates import where
from app.query.ways import led
from tests.query import crowd

Values = Mapping[str, Sequence[Any]]


@st.composite
def queries(draw: st.DrawFn) -> tuple[Collection, Values, str]:
    """A collection, values of some of its filters, and a sort."""
    collection = draw(st.sampled_from(crowd.COLLECTIONS))
    dated = [name for name in collection.filters if name.endswith(("_on", "_after", "_before"))]
    names = draw(st.lists(st.sampled_from(list(collection.filters)), max_size=3, unique=True))
    if dated and draw(st.booleans()):  # they are answered together
        names = [*{*names[:1], *draw(st.lists(st.sampled_from(dated), min_size=1, unique=True))}]
    values = {
        name: draw(st.lists(st.sampled_from(list(crowd.VALUES[name])), min_size=1, max_size=3))
        for name in names
    }
    sort = draw(st.sampled_from([sign + name for name in collection.sorts for sign in ("", "-")]))
    return collection, values, sort


@settings(deadline=None, max_examples=400)
@given(queries(), st.integers(1, 9), st.sampled_from([0, 5, 1000]))
def test_pages_have_what_matches_in_order(
    sqlite_crowd: Session, query: tuple[Collection, Values, str], limit: int, plenty: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(leading, "PLENTY", plenty)
        patched.setattr(leading, "CHECKABLE", plenty)
        assert walked(sqlite_crowd, *query, limit) == _matching(sqlite_crowd, *query)


@pytest.mark.parametrize("sort", ["title", "-title"])
def test_equal_titles_of_several_days_are_one_list(sqlite_crowd: Session, sort: str) -> None:
    for name in ("published_on", "published_after", "published_before"):
        for date, limit in itertools.product(crowd.DATES, (1, 2, 5)):
            query = REPORTS, {name: [date]}, sort
            assert walked(sqlite_crowd, *query, limit) == _matching(sqlite_crowd, *query)


@pytest.mark.postgresql
@settings(deadline=None, max_examples=100)
@given(queries(), st.integers(1, 9))
def test_so_they_do_on_postgresql(
    postgresql_crowd: Session, query: tuple[Collection, Values, str], limit: int
) -> None:
    assert walked(postgresql_crowd, *query, limit) == _matching(postgresql_crowd, *query)


def test_a_prefix_is_never_looked_for_row_by_row(sqlite_crowd: Session) -> None:
    """FTS5 would read all words that begin so for each row."""
    values = {"q": ["harb*"], "report": ["r1"], "act": ["denial"], "said_after": ["2024"]}
    ways = led(driver(sqlite_crowd), CLAIMS, "loaded", values)

    assert ways
    assert not any("q" in way.checked for way in ways)


def _matching(
    session: Session, collection: Collection, values: Values, sort: str
) -> list[tuple[Any, int]]:
    """The sort value and pk of all rows that match, sorted here."""
    column = collection.sorted_by(sort)
    clauses = (*collection.only, *where(collection.filters, values))
    rows = session.connection().execute(select(column, collection.pk).where(*clauses)).all()
    found = [(plain(value), pk) for value, pk in rows]
    descending = sort.startswith("-")
    valued = sorted((row for row in found if row[0] is not None), reverse=descending)
    return valued + sorted((row for row in found if row[0] is None), reverse=descending)


def walked(
    session: Session, collection: Collection, values: Values, sort: str, limit: int
) -> list[tuple[Any, int]]:
    """The same of all pages."""
    found: list[tuple[Any, int]] = []
    cursor = None
    while True:
        part = page(driver(session), collection, values, Slice(sort, limit, cursor))
        assert len(part.rows) == limit or (len(part.rows) < limit and part.next is None)
        found += [(plain(sort), pk) for pk, sort, *_ in part.rows]
        cursor = part.next
        if cursor is None:
            return found


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
