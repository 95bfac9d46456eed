"""A page costs SQLite a fraction of what it costs to read a table, wherever the page lies."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlmodel import Session

from app.database import driver
from app.query.collection import Collection
from app.query.collections import ACTORS, CLAIMS, REPORTS, SOURCES
from app.query.cursor import Position, encode
from app.query.page import Slice, page
from app.query.tables import actor, attribution_link, claim, claim_actor, report, source
from tests.query.conftest import filled

ROWS = 40_000
"""Of each table. Reading and checking them all takes SQLite ten times as many steps."""

LIMIT = 50
FIRST_DAY, DAYS = dt.date(2016, 1, 1), 3650
ACTS = ("statement", "denial", "warning")
FOUND = "officials"
"""In every text and name."""

VALUES: Mapping[str, Sequence[Any]] = {
    "source": ["s1"], "origin": ["s2"], "publisher": ["s3"], "about": ["a1"],
    "act": ACTS[:1], "attributed": [True], "language": ["en"], "kind": ["other"],
    "q": [FOUND],
    **{
        f"{what}_{side}": ["2016-01-09", "2019-06", "2025-12-20", "2020/2023"]
        for what in ("said", "published") for side in ("on", "after", "before")
    },
}  # fmt: skip
QUESTIONS = [
    pytest.param(
        collection, names, sign + sort, id=" ".join((collection.name, *names, sign + sort))
    )
    for collection in (CLAIMS, REPORTS, ACTORS, SOURCES)
    for sort in collection.sorts
    for sign in ("", "-")
    for names in (
        (),
        *((name,) for name in collection.filters if name in VALUES),
        *(("said_on", name) for name in ("source", "act", "said_after") if collection is CLAIMS),
    )
]


@pytest.fixture(scope="module")
def multitude(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    url = f"sqlite:///{tmp_path_factory.mktemp('multitude') / 'multitude.db'}"
    yield from filled(url, _fill)


def _fill(session: Session) -> None:
    """Rows that are loaded about as they are dated, with few values, which are frequent."""
    chance, connection = Random(7), session.connection()
    said = [_days(chance, n) for n in range(ROWS)]
    numbers = range(1, ROWS + 1)
    empty = {"body": "{}", "said": {}}
    kinds = [chance.choice(("other", "person")) for _ in numbers]
    named = [
        {"pk": n, "name": FOUND, "names": FOUND, "kind": kind, **empty}
        for n, kind in zip(numbers, kinds, strict=True)
    ]
    connection.execute(insert(actor), [{"id": f"a{row['pk']}", **row} for row in named])
    connection.execute(insert(source), [{"id": f"s{row['pk']}", **row} for row in named])
    connection.execute(
        insert(report),
        [
            {
                "pk": n, "id": f"r{n}", "title": f"{chance.randrange(99)} days", "language": "en",
                "published_on": said[n - 1][0], "publisher_pk": chance.randint(1, 9),
                "sha256": "", "text": FOUND, "loaded_at": dt.datetime.now(dt.UTC), "body": "{}",
            }
            for n in numbers
        ],
    )  # fmt: skip
    connection.execute(
        insert(claim),
        [
            {
                "pk": n, "id": f"c{n}", "report_pk": n, "position": 0, "text": FOUND, "content": [],
                "hedges": [], "quotations": [], "attributed": chance.random() < 0.7,
                "origin_pk": chance.randint(1, 9), "act": chance.choice(ACTS), "rule": "",
                "directness": "direct", "certainty": "certain", "polarity": "affirmed",
                "status": "denied", "said_earliest": first, "said_latest": last, "body": "{}",
            }
            for n, (first, last) in zip(numbers, said, strict=True)
        ],
    )  # fmt: skip
    links = [{"claim_pk": n, "said_earliest": said[n - 1][0]} for n in numbers]
    said_by: dict[str, Any] = {"position": 0, "spans": [], "cue": []}
    connection.execute(
        insert(attribution_link),
        [{**link, **said_by, "source_pk": chance.randint(1, 9)} for link in links],
    )
    connection.execute(
        insert(claim_actor), [{**link, "actor_pk": chance.randint(1, 9)} for link in links]
    )


def _days(chance: Random, n: int) -> tuple[dt.date | None, dt.date | None]:
    """Most rows have one day; some a month, a year or an open end."""
    first = FIRST_DAY + dt.timedelta(days=n * DAYS // ROWS + chance.randrange(9))
    last = first + dt.timedelta(days=chance.choice((0, 0, 0, 0, 30, 365)))
    kinds = [(first, last)] * 5 + [(first, None), (None, last), (None, None)]
    return chance.choice(kinds)


@pytest.mark.parametrize(("collection", "names", "sort"), QUESTIONS)
def test_a_page_costs_little(
    multitude: Session, collection: Collection, names: tuple[str, ...], sort: str
) -> None:
    for at in range(max((len(VALUES[name]) for name in names), default=1)):
        values = {name: [VALUES[name][at % len(VALUES[name])]] for name in names}
        for cursor in (None, *_cursors(multitude, collection, sort)):
            steps = _steps(multitude, collection, values, Slice(sort, LIMIT, cursor))
            assert steps < 3 * ROWS * max(len(names), 1), (values, cursor)


def _cursors(session: Session, collection: Collection, sort: str) -> Iterator[str]:
    """Of rows at the beginning and at the end of the order of loading, and near to these."""
    column = collection.sorted_by(sort)
    for pk in (1, ROWS // 50, ROWS - ROWS // 50, ROWS):
        row = select(column).where(collection.table.c.pk == pk)
        value = session.connection().execute(row).scalar_one()
        place = Position(None if column is collection.pk else value, pk)
        yield encode(collection.name, sort, place)


def _steps(
    session: Session, collection: Collection, values: Mapping[str, Sequence[Any]], wanted: Slice
) -> int:
    """Of SQLite's machine (sqlite.org/opcode.html), in hundreds."""
    below, seen = driver(session), []
    below.connection.set_progress_handler(lambda: seen.append(100), 100)
    page(below, collection, values, wanted)
    below.connection.set_progress_handler(None, 0)
    return sum(seen)
