"""What clients ask: each filter with each sort, first pages and deep, frequent values and rare.

Values are taken from rows drawn by lot, so that they are asked for as often as they occur, and,
for a part of the first pages, from actors, sources and places drawn by lot, of which most are rare.
A deep page starts after a row that has the value, wherever that stands.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from app.query import collections
from app.query.cursor import Position, encode

COLLECTIONS = (
    collections.CLAIMS,
    collections.EVENTS,
    collections.ACTORS,
    collections.SOURCES,
    collections.REPORTS,
)
_RARE = 4
"""Every fourth first page asks for somebody drawn by lot."""

_SOURCE = "SELECT source.id FROM {} JOIN source ON source.pk = {} WHERE {} = ?"
_ACTOR = "SELECT actor.id FROM {} JOIN actor ON actor.pk = actor_pk WHERE {} = ?"
_PARTICIPANT = _ACTOR.format("event_participant", "event_pk")

_VALUES: Mapping[str, Mapping[str, str]] = {
    "claims": {
        "source": _SOURCE.format("attribution_link", "source_pk", "claim_pk"),
        "origin": _SOURCE.format("claim", "origin_pk", "claim.pk"),
        "about": _ACTOR.format("claim_actor", "claim_pk"),
        "event": "SELECT id FROM event_claim JOIN event ON pk = event_pk WHERE claim_pk = ?",
        "report": "SELECT report.id FROM claim JOIN report ON report.pk = report_pk"
        " WHERE claim.pk = ?",
        "act": "SELECT act FROM claim WHERE pk = ?",
        "directness": "SELECT directness FROM claim WHERE pk = ?",
        "certainty": "SELECT certainty FROM claim WHERE pk = ?",
        "status": "SELECT status FROM claim WHERE pk = ?",
        "attributed": "SELECT iif(attributed, 'true', 'false') FROM claim WHERE pk = ?",
        "said_on": "SELECT said_earliest FROM claim WHERE pk = ?",
        "said_after": "SELECT said_earliest FROM claim WHERE pk = ?",
        "said_before": "SELECT said_latest FROM claim WHERE pk = ?",
        "q": "SELECT text FROM claim WHERE pk = ?",
    },
    "events": {
        "type": "SELECT type FROM event WHERE pk = ?",
        "actor": _PARTICIPANT,
        "initiator": f"{_PARTICIPANT} AND role = 'initiator'",
        "recipient": f"{_PARTICIPANT} AND role = 'recipient'",
        "country": _PARTICIPANT.replace("actor.id", "actor.country"),
        "place": "SELECT place.id FROM event JOIN place ON place.pk = place_pk WHERE event.pk = ?",
        "occurred_on": "SELECT date_earliest FROM event WHERE pk = ?",
        "occurred_after": "SELECT date_earliest FROM event WHERE pk = ?",
        "occurred_before": "SELECT date_latest FROM event WHERE pk = ?",
        "certainty": "SELECT certainty FROM event WHERE pk = ?",
        "tense": "SELECT tense FROM event WHERE pk = ?",
        "source": "SELECT source.id FROM event_claim JOIN attribution_link USING (claim_pk)"
        " JOIN source ON source.pk = source_pk WHERE event_pk = ?",
        "report": "SELECT report.id FROM event JOIN report ON report.pk = report_pk"
        " WHERE event.pk = ?",
        "q": "SELECT text FROM event WHERE pk = ?",
    },
    "actors": {
        "kind": "SELECT kind FROM actor WHERE pk = ?",
        "country": "SELECT country FROM actor WHERE pk = ?",
        "q": "SELECT name FROM actor WHERE pk = ?",
    },
    "sources": {
        "kind": "SELECT kind FROM source WHERE pk = ?",
        "q": "SELECT name FROM source WHERE pk = ?",
    },
    "reports": {
        "publisher": _SOURCE.format("report", "publisher_pk", "report.pk"),
        "language": "SELECT language FROM report WHERE pk = ?",
        "published_on": "SELECT published_on FROM report WHERE pk = ?",
        "published_after": "SELECT published_on FROM report WHERE pk = ?",
        "published_before": "SELECT published_on FROM report WHERE pk = ?",
        "q": "SELECT text FROM report WHERE pk = ?",
    },
}
_DRAWN = {
    "source": "source", "origin": "source", "publisher": "source", "about": "actor",
    "actor": "actor", "initiator": "actor", "recipient": "actor", "place": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A filter (None: all rows) with a sort, and whether pages are deep ones."""

    collection: str
    filter: str | None
    sort: str
    deep: bool

    def __str__(self) -> str:
        page = "deep" if self.deep else "first"
        return f"/{self.collection} {self.filter or '(all)'} sort={self.sort} {page}"


def questions() -> Iterator[Question]:
    """All that the collections offer."""
    for collection in COLLECTIONS:
        for name in (None, *collection.filters):
            for sort in (f"{sign}{sort}" for sort in collection.sorts for sign in ("", "-")):
                for deep in (False, True):
                    yield Question(collection.name, name, sort, deep)


def paths(
    connection: sqlite3.Connection, question: Question, count: int, chance: Random
) -> list[str]:
    """So many different requests. Raises KeyError for a filter whose values nobody told here."""
    collection = next(c for c in COLLECTIONS if c.name == question.collection)
    table = collection.table.name
    highest = connection.execute(f"SELECT max(pk) FROM {table}").fetchone()[0]
    found: list[str] = []
    while len(found) < count:
        pk = chance.randint(1, highest)
        asked: dict[str, Any] = {"sort": question.sort}
        if question.filter is not None:
            value = _value(connection, question, pk, chance)
            if not question.deep and len(found) % _RARE == 0:
                value = _drawn(connection, question.filter, chance) or value
            if value is None:
                continue
            asked[question.filter] = value
        if question.deep:
            asked["cursor"] = _cursor(connection, collection, question.sort, pk)
        found.append(f"/{question.collection}?{urlencode(asked)}")
    return found


def _value(
    connection: sqlite3.Connection, question: Question, pk: int, chance: Random
) -> str | None:
    sql = _VALUES[question.collection][question.filter or ""]
    values = [value for (value,) in connection.execute(sql, [pk]) if value is not None]
    if not values:
        return None
    value: str = chance.choice(values)
    return chance.choice(value.split()).strip("“”.,") or None if question.filter == "q" else value


def _drawn(connection: sqlite3.Connection, name: str, chance: Random) -> str | None:
    if name not in _DRAWN:
        return None
    table = _DRAWN[name]
    highest = connection.execute(f"SELECT max(pk) FROM {table}").fetchone()[0]
    sql = f"SELECT id FROM {table} WHERE pk >= ? LIMIT 1"
    id_: str = connection.execute(sql, [chance.randint(1, highest)]).fetchone()[0]
    return id_


def _cursor(connection: sqlite3.Connection, collection: Any, sort: str, pk: int) -> str:
    """The place right after a row."""
    column = collection.sorts[sort.removeprefix("-")]
    value = None
    if column.name != "pk":
        sql = f"SELECT {column.name} FROM {collection.table.name} WHERE pk = ?"
        (value,) = connection.execute(sql, [pk]).fetchone()
    kind: Callable[[str], Any] = str
    if column.type.python_type is dt.date:
        kind = dt.date.fromisoformat
    return encode(collection.name, sort, Position(value and kind(value), pk))
