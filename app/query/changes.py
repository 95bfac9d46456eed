"""The feed of changes: why a follower misses nothing stands in `app.revisions`.

What has changed is in the order of its revision; within one, collection by collection, and in each
of those first what was removed, then what is there. A page is found in two steps: which rows, by
short walks along one index each, then their bodies by `pk`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, Table, and_, literal, select, union_all
from sqlmodel import Session

from app.errors import Gone, invalid_parameter
from app.query import collection as listing
from app.query import collections
from app.query.cursor import MAX_PK, pack, unpack
from app.query.tables import revision, tombstone

COLLECTIONS: tuple[listing.Collection, ...] = (
    collections.SOURCES,
    collections.ACTORS,
    collections.REPORTS,
    collections.CLAIMS,
    collections.EVENTS,
)
"""In the order in which a revision lists them. Cursors rely on it: a new one goes to the end."""


class Place(NamedTuple):
    """A place in the feed, which is in the order of these.

    `rank` is twice the index of a collection for its tombstones, and one more for its rows.
    """

    revision: int
    rank: int
    pk: int


class _Part(NamedTuple):
    """The tombstones or the rows of a collection."""

    rank: int
    table: Table
    only: tuple[ColumnElement[bool], ...]


class Head(NamedTuple):
    """The last revision that a client has seen, and the token of no other history's."""

    number: int
    token: str


@dataclass(frozen=True)
class Changes:
    """JSON objects in order; `next` is where to go on, `more` whether there is more by now."""

    items: list[str]
    next: str
    more: bool


_TOKEN = re.compile("[0-9a-f]{16}").fullmatch
_START = Place(0, 0, 0)


def changes(session: Session, names: Collection[str], limit: int, cursor: str | None) -> Changes:
    """At most `limit` changes after the cursor in these collections, in all if there are none.

    Raises InvalidParameters for what is no cursor; Gone for one from a history that this database
    does not have, which was restored from a backup or made anew.
    """
    after, seen = (_START, None) if cursor is None else _decode(cursor)
    head = _head(session, seen)
    places = _places(session, names, after, limit + 1)
    listed = places[:limit]
    # Nothing was passed by unseen where nothing was found: the cursor stays as it is.
    following = _encode(listed[-1], head) if listed else cursor or _encode(after, head)
    return Changes(_items(session, listed), following, len(places) > limit)


def _head(session: Session, seen: Head | None) -> Head:
    """The last revision. Raises Gone where the one that a client has seen never was."""
    wanted = select(revision.c.number, revision.c.token)
    last = wanted.order_by(revision.c.number.desc()).limit(1)
    if seen is not None:
        same = wanted.where(revision.c.number == seen.number, revision.c.token == seen.token)
        if session.connection().execute(same).first() is None:
            raise Gone(
                "the cursor comes from another history of this database;"
                " drop what you hold and start again without a cursor"
            )
    return Head(*session.connection().execute(last).one())


def _places(session: Session, names: Collection[str], after: Place, limit: int) -> list[Place]:
    """The first places after one: what is left of its revision, then the revisions that follow.

    These are two statements, because SQLite finds a `pk` in an index only behind an equality.
    """
    parts = _parts(names)
    left = [_left(part, after, limit) for part in parts if part.rank >= after.rank]
    following = [_walk(part, part.table.c.revision > after.revision, limit) for part in parts]
    found: list[Place] = []
    for walks in (left, following):
        if walks and len(found) < limit:
            rows = union_all(*(select(walk.subquery()) for walk in walks))
            ordered = rows.order_by(*rows.selected_columns).limit(limit - len(found))
            found += [Place(*row) for row in session.connection().execute(ordered)]
    return found


def _parts(names: Collection[str]) -> list[_Part]:
    parts = []
    for at, collection in enumerate(COLLECTIONS):
        if not names or collection.name in names:
            parts.append(_Part(2 * at, tombstone, (tombstone.c.collection == collection.name,)))
            parts.append(_Part(2 * at + 1, collection.table, collection.only))
    return parts


def _left(part: _Part, after: Place, limit: int) -> Select[Any]:
    """What a part has in the revision of a place, and after that place."""
    last = after.pk if part.rank == after.rank else -1
    table = part.table
    return _walk(part, and_(table.c.revision == after.revision, table.c.pk > last), limit)


def _walk(part: _Part, chosen: ColumnElement[bool], limit: int) -> Select[Any]:
    """Places along an index that ends with (revision, pk)."""
    revision_, pk = part.table.c.revision, part.table.c.pk
    places = select(revision_, literal(part.rank).label("rank"), pk).where(*part.only, chosen)
    return places.order_by(revision_, pk).limit(limit)


def _items(session: Session, places: Sequence[Place]) -> list[str]:
    by_place: dict[tuple[int, int], str] = {}
    for rank in {place.rank for place in places}:
        pks = [place.pk for place in places if place.rank == rank]
        found_by = _there if rank % 2 else _gone
        for pk, item in found_by(session, COLLECTIONS[rank // 2], pks):
            by_place[rank, pk] = item
    return [by_place[place.rank, place.pk] for place in places]


def _there(
    session: Session, collection: listing.Collection, pks: Sequence[int]
) -> list[tuple[int, str]]:
    table = collection.table
    query = select(table.c.pk, table.c.id, table.c.body).where(table.c.pk.in_(pks))
    rows = session.connection().execute(query)
    return [(row.pk, _item(collection.name, row.id, "false", row.body)) for row in rows]


def _gone(
    session: Session, collection: listing.Collection, pks: Sequence[int]
) -> list[tuple[int, str]]:
    query = select(tombstone.c.pk, tombstone.c.id).where(tombstone.c.pk.in_(pks))
    rows = session.connection().execute(query)
    return [(row.pk, _item(collection.name, row.id, "true", "null")) for row in rows]


def _item(collection: str, id_: str, is_removed: str, body: str) -> str:
    public_id = orjson.dumps(id_).decode()
    return f'{{"collection":"{collection}","id":{public_id},"removed":{is_removed},"item":{body}}}'


def _encode(place: Place, head: Head) -> str:
    return pack(["changes", *place, *head])


def _decode(cursor: str) -> tuple[Place, Head]:
    try:
        name, *numbers, token = unpack(cursor)
        number, rank, pk, head = numbers
    except (ValueError, TypeError) as error:
        raise invalid_parameter("cursor", "not a cursor of this service") from error
    is_known = all(type(one) is int and 0 <= one <= MAX_PK for one in numbers)
    if name != "changes" or not is_known or not isinstance(token, str) or not _TOKEN(token):
        raise invalid_parameter("cursor", "not a cursor of the changes")
    return Place(number, rank, pk), Head(head, token)
