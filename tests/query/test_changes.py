"""Whoever follows the changes holds what the database does, however many write meanwhile."""

import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.event import listen
from sqlalchemy.event import remove as unlisten
from sqlmodel import Session

from app.database import driver, reading, writing
from app.ingest import deciding
from app.ingest.deciding import ImpossibleError
from app.ingest.document import Metadata, document, with_language
from app.ingest.extraction import Extraction
from app.ingest.store import remove, store
from app.query.changes import COLLECTIONS, changes
from app.query.page import Slice, page
from tests import world
from tests.ingest.test_deciding import told_by

NAMES = ("Ana Ruiz", "Ana RUIZ", "Bo Kim", "Elan Trust")

Step = tuple[str, Any, Any, Any]
Copy = dict[tuple[str, str], Any]


def held(session: Session) -> Copy:
    """All that can be listed at this moment."""
    found: Copy = {}
    for collection in COLLECTIONS:
        rows = page(driver(session), collection, {}, Slice("loaded", 500))
        assert rows.next is None
        for row in rows.rows:
            item = json.loads(row[2])
            found[collection.name, item["id"]] = item
    return found


def tombstones(session: Session) -> set[tuple[str, str]]:
    """Collection and id of what was removed."""
    rows = session.connection().execute(text("SELECT collection, id FROM tombstone"))
    return {(row.collection, row.id) for row in rows}


@dataclass
class Follower:
    """Keeps a copy by page after page of the changes."""

    url: str
    limit: int
    copy: Copy = field(default_factory=dict)
    cursor: str | None = None
    pages: int = 0

    def turn(self) -> bool:
        """Apply the next page; False where there is no more, and the copy is as it must be."""
        with reading(self.url) as session:
            found = changes(session, (), self.limit, self.cursor)
            assert len(found.items) <= self.limit
            for item in map(json.loads, found.items):
                key = item["collection"], item["id"]
                if item["removed"]:
                    assert item["item"] is None
                    self.copy.pop(key, None)
                else:
                    self.copy[key] = item["item"]
            self.cursor = found.next
            self.pages += 1
            if not found.more:
                assert self.copy == held(session)
                assert not self.copy.keys() & tombstones(session)
        return found.more

    def catch_up(self) -> None:
        while self.turn():
            pass

    def follow(self, until: threading.Event) -> None:
        """Keep up with the writers, and once more when they have ended."""
        while not until.is_set():
            if not self.turn():
                until.wait(0.01)
        self.catch_up()


def take(url: str, step: Step) -> None:
    """One transaction, if it is possible; numbers choose from what is there."""
    kind, one, other, said = step
    with suppress(ImpossibleError), writing(url) as session:
        connection = session.connection()
        if kind == "store":
            loaded = with_language(document(f"N{one}", f"T{other}.", Metadata(publisher="Gazette")))
            store(connection, loaded, _told(said), f"version {len(said)}")
        elif kind == "remove":
            remove(connection, f"N{one}")
        elif kind == "undo":
            deciding.undo(connection, one)
        else:
            _decide(session, kind, one, other)


def _told(said: list[str]) -> Extraction:
    """The first one says something; the others are only spoken of."""
    told = told_by(*said)
    return replace(told, sources=told.sources[:1], claims=told.claims[:1])


def _decide(session: Session, kind: str, one: int, other: int) -> None:
    connection = session.connection()
    query = text("SELECT id FROM actor WHERE into_pk IS NULL ORDER BY id")
    known = connection.execute(query).scalars().all()
    reports = connection.execute(text("SELECT id FROM report ORDER BY id")).scalars().all()
    if known and kind == "merge":
        deciding.merge(connection, known[one % len(known)], known[other % len(known)])
    elif known and reports:
        deciding.split(connection, known[one % len(known)], [reports[other % len(reports)]])


SAID = st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("store"), st.integers(0, 3), st.integers(0, 4), SAID),
        st.tuples(st.just("store"), st.integers(0, 3), st.integers(0, 4), SAID),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just(0), st.just(None)),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3), st.just(None)),
        st.tuples(st.just("split"), st.integers(0, 3), st.integers(0, 3), st.just(None)),
        st.tuples(st.just("undo"), st.integers(1, 3), st.just(0), st.just(None)),
    ),
    min_size=2,
    max_size=8,
)
BOUNDED = settings(
    deadline=None,
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],  # the next example goes on from where this one ended
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@BOUNDED
@given(st.lists(STEPS, min_size=2, max_size=3))
def test_followers_hold_what_the_database_does_while_others_write(
    database_url: str, writers: list[list[Step]]
) -> None:
    def write(steps: list[Step]) -> None:
        for step in steps:
            take(database_url, step)

    followers = [Follower(database_url, limit) for limit in (1, 7, 500)]
    ended = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        following = [pool.submit(follower.follow, ended) for follower in followers]
        writing_ = [pool.submit(write, steps) for steps in writers]
        try:
            for one in writing_:
                one.result()
        finally:
            ended.set()
        for one in following:
            one.result()


@BOUNDED
@given(STEPS)
@example(
    [
        ("store", 0, 0, ["Ana Ruiz"]),
        ("store", 1, 1, ["Bo Kim", "Ana RUIZ"]),  # so the source of the first is another actor
    ]
)
@example([("store", 0, 0, ["Ana Ruiz"]), ("remove", 0, 0, None), ("store", 0, 0, ["Ana Ruiz"])])
@example(
    [
        ("store", 0, 0, ["Ana Ruiz", "Bo Kim"]),
        ("merge", 0, 1, None),
        ("store", 1, 1, ["Ana Ruiz", "Elan Trust"]),
        ("undo", 1, 0, None),
        ("remove", 0, 0, None),
    ]
)
def test_after_each_change_all_followers_are_told(database_url: str, steps: list[Step]) -> None:
    quick, slow = Follower(database_url, 3), Follower(database_url, 1)
    for step in steps:
        take(database_url, step)
        quick.catch_up()
        slow.turn()
    slow.catch_up()
    assert quick.copy == slow.copy


def test_nothing_is_told_twice(database_url: str) -> None:
    world.fill(database_url)
    follower = Follower(database_url, 4)
    follower.catch_up()
    assert follower.pages == -(-len(follower.copy) // 4)
    with reading(database_url) as session:
        again = changes(session, (), 4, follower.cursor)
    assert (again.items, again.next, again.more) == ([], follower.cursor, False)


def test_what_comes_back_has_no_tombstone(database_url: str) -> None:
    def buried() -> set[str]:
        with reading(database_url) as session:
            return {collection for collection, _ in tombstones(session)}

    take(database_url, ("store", 0, 0, ["Ana Ruiz"]))
    assert buried() == set()
    take(database_url, ("remove", 0, 0, None))
    assert buried() == {"sources", "actors", "reports", "claims", "events"}
    take(database_url, ("store", 0, 0, ["Ana Ruiz"]))
    assert buried() == set()


def test_what_changes_nothing_takes_no_revision(database_url: str) -> None:
    take(database_url, ("store", 0, 0, ["Ana Ruiz"]))
    follower = Follower(database_url, 500)
    follower.catch_up()
    take(database_url, ("store", 0, 0, ["Bo Kim"]))  # held, read by the same version
    take(database_url, ("remove", 3, 0, None))
    with reading(database_url) as session:
        query = text("SELECT max(number) FROM revision")
        assert session.connection().execute(query).scalar_one() == 2
        assert changes(session, (), 1, follower.cursor).items == []


def plans(session: Session, explain: str, run: Callable[[], Any]) -> list[str]:
    """How the database answers each statement that runs meanwhile."""
    statements: list[tuple[str, Any]] = []

    def remember(*event: Any) -> None:
        statements.append((event[2], event[3]))

    connection = session.connection()
    listen(connection, "before_cursor_execute", remember)
    run()
    unlisten(connection, "before_cursor_execute", remember)
    return [
        "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(explain + sql, values))
        for sql, values in statements
    ]


def test_a_page_is_a_few_walks_along_indexes(sqlite_url: str) -> None:
    world.fill(sqlite_url)
    with reading(sqlite_url) as session:
        first = changes(session, (), 3, None)
        found = plans(session, "EXPLAIN QUERY PLAN ", lambda: changes(session, (), 50, first.next))
    left, following = (plan for plan in found if "tombstone" in plan)
    for collection in COLLECTIONS:
        index = f"INDEX ix_{collection.table.name}_revision"
        assert left.count(f"{index} (revision=? AND pk>?)") == 1
        assert following.count(f"{index} (revision>?)") == 1
    assert "SCAN" not in re.sub("SCAN (anon_|revision)", "", "".join(found))


@pytest.mark.postgresql
def test_postgresql_walks_along_the_same_indexes(postgresql_url: str) -> None:
    world.fill(postgresql_url)
    with reading(postgresql_url) as session:
        first = changes(session, (), 3, None)
        session.execute(text("SET LOCAL enable_seqscan = off"))  # else it would on so few rows
        session.execute(text("SET LOCAL enable_bitmapscan = off"))
        found = plans(session, "EXPLAIN ", lambda: changes(session, (), 50, first.next))
    left, following = (plan for plan in found if "tombstone" in plan)
    for collection in COLLECTIONS:
        index = f"Index Only Scan using ix_{collection.table.name}_revision"
        assert left.count(index) == following.count(index) == 1
    assert "Seq Scan" not in "".join(found)
