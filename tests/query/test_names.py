"""A part of a name finds it in any case and without accents, whatever it is made of."""

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app import models, names
from app.database import driver
from app.query import groups
from app.query.collections import ACTORS
from app.query.ways import led
from tests.query.conftest import filled, on_each
from tests.query.test_walks import walked

KNOWN_AS = [
    ["Ministry of Défense", "MoD"],
    ["Åsa “Doe” O'Brien", 'A "quoted" one', "100%_/\\*"],
    ["İstanbul ΟΔΟΣ", "straße STRASSE", "K\u212aelvin"],
    ["aaaaaaa", "aab"],
    ["国防部", "Минобороны", "ﬁnance"],
    ["the the then of one name that goes on and on as names of bodies in some reports do"],
]


def fill(session: Session) -> None:
    for n, (name, *aliases) in enumerate(KNOWN_AS):
        row: dict[str, Any] = {"name": name, "said": {"alias": dict.fromkeys(aliases, 1)}}
        session.add(models.Actor(pk=n, id=f"a{n}", kind="other", names=names.of_actor(row), **row))


@pytest.fixture(scope="module")
def named_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    yield from filled(f"sqlite:///{tmp_path_factory.mktemp('named') / 'made.db'}", fill)


@pytest.fixture(scope="module")
def named_on_postgresql(new_postgresql: Callable[[], str]) -> Iterator[Session]:
    yield from filled(new_postgresql(), fill)


named = on_each("named")


@st.composite
def parts(draw: st.DrawFn) -> str:
    """A part of a name, in another case."""
    name = draw(st.sampled_from([name for known_as in KNOWN_AS for name in known_as]))
    start = draw(st.integers(0, len(name) - 1))
    part = name[start : draw(st.integers(start + 1, len(name)))]
    plain = normalize("NFKD", part).encode("ascii", "ignore").decode() or part
    return draw(
        st.sampled_from([part, part.lower(), part.upper(), part.title(), plain, part + "x"])
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(parts(), min_size=1, max_size=3), st.sampled_from(["name", "-loaded"]))
def test_a_part_in_any_case_finds_the_name(named: Session, given: list[str], sort: str) -> None:
    expected = [
        n
        for n, known_as in enumerate(KNOWN_AS)
        if any(names.folded(part) in names.folded(name) for part in given for name in known_as)
    ]
    for crowd in (0, 1000):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(groups, "_CROWD", crowd)
            found = walked(named, ACTORS, {"q": given}, sort, 2)
        assert sorted(pk for _, pk in found) == expected


def test_only_rows_with_its_trigrams_are_looked_at(named_on_sqlite: Session) -> None:
    def tables(part: str, sort: str) -> list[str]:
        ways = led(driver(named_on_sqlite), ACTORS, sort, {"q": [part]})
        return [str(way.lead.table) for way in ways if way.lead]

    assert tables("Défense", "loaded") == ["actor_search"]
    assert tables("Défense", "name") == ["actor_search_by_start"]
    assert tables("Mo", "name") == ["actor_search_by_start"]
    assert tables("国防", "-loaded") == ["actor_search"]
    assert tables("Ми", "name") == []  # FTS5 may take other letters for the same
    assert tables("M", "name") == []
