"""Whatever has happened to rows, words are found where they stand now, in the order of now."""

from random import Random
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session

from app.database import engine, reading, writing
from app.query.collection import Collection
from app.query.collections import CLAIMS, EVENTS, REPORTS
from tests.query import crowd
from tests.query.crowd import WORDS
from tests.query.test_walks import plain, walked

TEXTS = {"claims": ("text",), "events": ("text",), "reports": ("title", "text")}
DAYS = {"claims": "said_earliest", "events": "date_earliest", "reports": "published_on"}

SORTS = [
    (collection, sign + name)
    for collection in (CLAIMS, EVENTS, REPORTS)
    for name in collection.sorts
    for sign in ("", "-")
]


def change(session: Session, collection: Collection, chance: Random) -> None:
    """One row says something else, or lies on another day or on none, or both; or it is gone."""
    table = collection.table
    pks = session.connection().execute(select(collection.pk)).scalars().all()
    chosen = collection.pk == chance.choice(pks)
    day = {DAYS[collection.name]: crowd.days(chance)[0]}
    words = {name: crowd.words(chance) for name in TEXTS[collection.name]}
    if collection is not REPORTS and chance.random() < 0.2:
        session.execute(delete(table).where(chosen))
    else:
        values = chance.choice((day, words, day | words))
        session.execute(update(table).where(chosen).values(values))


def scanned(session: Session, collection: Collection, word: str, sort: str) -> list[Any]:
    """The sort value and pk of the rows that have the word, found by reading all of them."""
    column, descending = collection.sorted_by(sort), sort.startswith("-")
    columns = (collection.table.c[name] for name in TEXTS[collection.name])
    rows = session.connection().execute(select(column, collection.pk, *columns)).all()
    found = [(plain(value), pk) for value, pk, *said in rows if word in " ".join(said).split()]
    valued = sorted((row for row in found if row[0] is not None), reverse=descending)
    return valued + sorted((row for row in found if row[0] is None), reverse=descending)


def test_words_are_found_where_they_stand_now(database_url: str) -> None:
    chance = Random(1)
    with writing(database_url) as session:
        crowd.fill(session)
    for _ in range(8):
        with writing(database_url) as session:
            for collection in (CLAIMS, EVENTS, REPORTS) * 5:
                change(session, collection, chance)
        with reading(database_url) as session:
            for collection, sort in SORTS:
                word = chance.choice(WORDS)
                expected = scanned(session, collection, word, sort)
                assert walked(session, collection, {"q": [word]}, sort, 4) == expected
    engine(database_url).dispose()
