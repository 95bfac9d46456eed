"""No page reads rows that an index would leave out, whatever is filtered and sorted together."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from sqlmodel import Session

from app.database import Driver, driver
from app.query.collection import Collection
from app.query.dates import DateFilter
from app.query.page import Slice, page
from tests.query import crowd

SCAN = re.compile(r"SCAN (?!found|first|cell|step|CONSTANT ROW|\w+_search\w* )")
"""Of a whole table: not of what a subquery found, nor of what FTS5 finds."""

Values = Mapping[str, Sequence[Any]]


class Statement(NamedTuple):
    """SQL and the values bound in it."""

    sql: str
    parameters: Any


class Listener:
    """A driver's connection that remembers what it is asked."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.statements: list[Statement] = []

    def execute(self, sql: str, parameters: Any) -> Any:
        self.statements.append(Statement(sql, parameters))
        return self.connection.execute(sql, parameters)


SORTS = [
    pytest.param(collection, sign + name, id=f"{collection.name}-{sign}{name}")
    for collection in crowd.COLLECTIONS
    for name in collection.sorts
    for sign in ("", "-")
]


def _combined(collection: Collection) -> Iterator[tuple[str, ...]]:
    """Up to two filters."""
    for number in (0, 1, 2):
        yield from itertools.combinations(collection.filters, number)


def _statements(
    session: Session, collection: Collection, names: Sequence[str], sort: str
) -> list[Statement]:
    """What the first page and the one after it read, if there is one."""
    below = driver(session)
    values = {name: [crowd.VALUES[name][0]] for name in names}
    listener = Listener(below.connection)
    listening = Driver(listener, below.dialect)
    first = page(listening, collection, values, Slice(sort, 1))
    if first.next is not None:
        page(listening, collection, values, Slice(sort, 1, first.next))
    return listener.statements


@pytest.mark.parametrize(("collection", "sort"), SORTS)
def test_a_page_is_a_walk_along_an_index(
    sqlite_crowd: Session, collection: Collection, sort: str
) -> None:
    below = driver(sqlite_crowd).connection
    order = collection.sorted_by(sort)
    for names in _combined(collection):
        filters = [collection.filters[name] for name in names]
        leads = [lead.along(order) for predicate in filters for lead in predicate.leads]
        may_lead = leads or any(isinstance(predicate, DateFilter) for predicate in filters)
        sorts = any(lead.few or lead.order(order) is None for lead in leads)
        for sql, values in _statements(sqlite_crowd, collection, names, sort):
            steps = [row[3] for row in below.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
            whole = [step for step in steps if SCAN.match(step)]
            sorted_by = [step for step in steps if step == "USE TEMP B-TREE FOR ORDER BY"]

            assert not whole or not may_lead, (names, steps)
            # What was found, a page at most, may be sorted again after its rows were fetched.
            assert len(sorted_by) <= ("SCAN found" in steps) + sorts, (names, steps)


@pytest.mark.postgresql
@pytest.mark.parametrize(("collection", "sort"), SORTS)
def test_so_it_is_on_postgresql(
    postgresql_crowd: Session, collection: Collection, sort: str
) -> None:
    """Such a small table would be scanned anyway; forbidding it shows whether an index serves."""
    below = driver(postgresql_crowd).connection
    below.execute("SET LOCAL enable_seqscan = off")
    for names in _combined(collection):
        for sql, values in _statements(postgresql_crowd, collection, names, sort):
            plan = "\n".join(line for (line,) in below.execute(f"EXPLAIN {sql}", values))

            assert "Seq Scan" not in plan, (names, plan)
