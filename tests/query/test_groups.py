"""What is found by names and words comes in the order of names and titles, whatever these are."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from string import ascii_letters
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update
from sqlmodel import Session

from app.database import driver, engine, migrate, writing
from app.query import groups
from app.query.collection import Collection
from app.query.collections import ACTORS, REPORTS
from app.query.cursor import Position, encode
from app.query.page import Slice, page
from app.query.tables import actor, report
from tests.query.test_walks import walked

NAMES = st.lists(
    st.text(st.sampled_from("aboZ é国🙂\x01"), min_size=1, max_size=6), min_size=1, max_size=30
)
FOUND = {"q": ["minister"]}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """For one test after the other to write into."""
    url = f"sqlite:///{tmp_path_factory.mktemp('written') / 'made.db'}"
    migrate(url)
    with writing(url) as session:
        yield session
    engine(url).dispose()


def write(session: Session, names: Sequence[str]) -> None:
    """A report and an actor of each name instead of those that were there."""
    actors = [
        {
            "pk": n, "id": f"a{n}", "name": name, "names": "minister", "body": "{}", "said": {},
            "kind": "person" if n % 2 else "government",
        }
        for n, name in enumerate(names, 1)
    ]  # fmt: skip
    reports = [
        {
            "pk": n, "id": f"r{n}", "title": name, "text": "ministers met", "language": "en",
            "sha256": "", "body": "{}", "loaded_at": dt.datetime.now(dt.UTC),
        }
        for n, name in enumerate(names, 1)
    ]  # fmt: skip
    for table, rows in ((actor, actors), (report, reports)):
        session.connection().execute(delete(table))
        session.connection().execute(insert(table), rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, st.integers(1, 4), st.sampled_from([0, 2, 100]))
def test_all_of_it_comes_in_order(
    written: Session, names: list[str], limit: int, crowd: int
) -> None:
    write(written, names)
    rows = sorted((name, n) for n, name in enumerate(names, 1))
    persons = {"kind": ["person"], **FOUND}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(groups, "_CROWD", crowd)
        for sign, step in (("", 1), ("-", -1)):
            assert walked(written, REPORTS, FOUND, f"{sign}title", limit) == rows[::step]
            assert walked(written, ACTORS, FOUND, f"{sign}name", limit) == rows[::step]
            odd = [(name, n) for name, n in rows[::step] if n % 2]
            assert walked(written, ACTORS, persons, f"{sign}name", limit) == odd


def test_a_page_may_start_after_any_name(written: Session) -> None:
    """Where so many are found that FTS5 skips most on its way, and titles have all initials."""
    chance = Random(3)
    names = ["".join(chance.choices(ascii_letters, k=5)) for _ in range(30_000)]
    write(written, names)
    rows = sorted((name, n) for n, name in enumerate(names, 1))
    for collection, sort in ((REPORTS, "title"), (ACTORS, "name")):
        for at in range(0, len(rows), 1000):
            expected = rows[at + 1 : at + 6]
            assert after(written, collection, sort, rows[at]) == expected
            expected = rows[max(at - 5, 0) : at][::-1]
            assert after(written, collection, f"-{sort}", rows[at]) == expected


def after(
    session: Session, collection: Collection, sort: str, row: tuple[str, int]
) -> list[tuple[Any, int]]:
    """The five rows after one."""
    wanted = Slice(sort, 5, encode(collection.name, sort, Position(*row)))
    found = page(driver(session), collection, FOUND, wanted)
    return [(name, pk) for pk, name, *_ in found.rows]


def test_a_name_that_changes_moves(written: Session) -> None:
    write(written, ["Anna", "Bert", "Carl"])
    carl = actor.c.pk == 3
    written.connection().execute(update(actor).where(carl).values(name="Aaron"))
    written.connection().execute(delete(actor).where(actor.c.pk == 1))

    assert walked(written, ACTORS, FOUND, "name", 5) == [("Aaron", 3), ("Bert", 2)]
