"""By relevance, the best matches come first, and pages have each of them once."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlmodel import Session

from app.database import driver, engine, reading, writing
from app.errors import InvalidParameters
from app.query.collection import Collection
from app.query.collections import CLAIMS, EVENTS, REPORTS
from app.query.cursor import pack
from app.query.export import every_body
from app.query.page import Page, Slice, page
from app.query.predicates import where
from app.query.read import stored
from app.query.relevance import RELEVANCE
from app.query.tables import claim
from tests.query import crowd
from tests.query.conftest import fill
from tests.query.test_walks import Values

BEST_FIRST = [
    "Grain, grain and more grain",
    "Grain is shipped and the grain is sold",
    "Grain ships have left the harbour",
    "The ministers of many countries met in the capital and spoke of bridges, roads and grain",
    "Nobody spoke of bread",
]


def relevant(session: Session, values: Values, limit: int = 500, cursor: str | None = None) -> Page:
    return page(driver(session), CLAIMS, values, Slice(RELEVANCE, limit, cursor))


def texts(session: Session, *queries: str) -> list[str]:
    """Those of the claims that match, best first."""
    pks = [pk for pk, *_ in relevant(session, {"q": queries}).rows]
    found = session.connection().execute(select(claim.c.pk, claim.c.text)).all()
    return [dict(map(tuple, found))[pk] for pk in pks]


def test_the_best_matches_come_first(database_url: str) -> None:
    with writing(database_url) as session:
        fill(session)
        for n, text in enumerate(reversed(BEST_FIRST)):
            session.execute(update(claim).where(claim.c.position == n).values(text=text))
    with reading(database_url) as session:
        assert texts(session, "grain") == BEST_FIRST[:4]
        assert texts(session, "harbour grain") == [BEST_FIRST[2]]
        assert texts(session, "bread", "minister") == [BEST_FIRST[4], BEST_FIRST[3]]
        assert texts(session, "grai*") == BEST_FIRST[:4]
    engine(database_url).dispose()


@st.composite
def searches(draw: st.DrawFn) -> tuple[Collection, Values]:
    """A collection, queries, and values of some other filters."""
    collection = draw(st.sampled_from([CLAIMS, EVENTS, REPORTS]))
    others = draw(st.lists(st.sampled_from(list(collection.filters)), max_size=2, unique=True))
    return collection, {
        name: draw(st.lists(st.sampled_from(list(crowd.VALUES[name])), min_size=1, max_size=3))
        for name in {"q", *others}
    }


def visited(session: Session, search: tuple[Collection, Values], limit: int) -> None:
    """Walk all pages; they have the rows that match, in the order that an export has them in."""
    collection, values = search
    found: list[tuple[Any, ...]] = []
    cursor = None
    while True:
        part = page(driver(session), collection, values, Slice(RELEVANCE, limit, cursor))
        found += part.rows
        cursor = part.next
        if cursor is None:
            break
    matching = select(collection.pk).where(*where(collection.filters, values))
    pks = session.connection().execute(matching).scalars().all()

    places = [row[:2] for row in found]
    assert places == sorted(places, key=lambda place: place[::-1])
    assert sorted(pk for pk, _ in places) == sorted(pks)
    blocks = every_body(session, collection, values, RELEVANCE, None, stored)
    assert [body for block in blocks for body in block] == [body for _, _, body in found]


@settings(deadline=None, max_examples=150)
@given(searches(), st.integers(1, 9))
def test_pages_have_each_row_once_in_order(
    sqlite_crowd: Session, search: tuple[Collection, Values], limit: int
) -> None:
    visited(sqlite_crowd, search, limit)


@pytest.mark.postgresql
@settings(deadline=None, max_examples=75)
@given(searches(), st.integers(1, 9))
def test_so_they_have_on_postgresql(
    postgresql_crowd: Session, search: tuple[Collection, Values], limit: int
) -> None:
    visited(postgresql_crowd, search, limit)


def test_of_several_queries_the_best_one_counts(searchable: Session) -> None:
    def ranks(*queries: str) -> dict[int, float]:
        return {pk: rank for pk, rank, _ in relevant(searchable, {"q": queries}).rows}

    one, other, both = ranks("peace"), ranks("harbour"), ranks("peace", "harbour")
    assert len(one.keys() & other.keys()) == 1
    assert both == {
        pk: min(found[pk] for found in (one, other) if pk in found) for pk in {*one, *other}
    }


@pytest.mark.parametrize("value", [None, 1, "1", True])
def test_a_cursor_by_relevance_has_a_rank(searchable: Session, value: Any) -> None:
    with pytest.raises(InvalidParameters):
        relevant(searchable, {"q": ["peace"]}, cursor=pack(["claims", RELEVANCE, value, 1]))
