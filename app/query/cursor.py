"""Where the next page starts, as an opaque string.

A cursor is base64url (RFC 4648, without padding) of a small JSON list: the collection, the sort
and the sort values of the last row. It holds no secret: a forged one that passes is merely
another place to start from.
"""

from __future__ import annotations

import datetime as dt
import math
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, NamedTuple

import orjson

from app.errors import invalid_parameter

MAX_PK = 2**31 - 1
"""The greatest `pk` on PostgreSQL, which refuses to look for greater ones."""


class Position(NamedTuple):
    """The last row of a page: the value it was sorted by (None: it has none) and its `pk`."""

    value: str | dt.date | int | float | None
    pk: int


def encode(collection: str, sort: str, position: Position) -> str:
    """The cursor for the rows after `position`."""
    value = position.value.isoformat() if isinstance(position.value, dt.date) else position.value
    return pack([collection, sort, value, position.pk])


def decode(cursor: str, collection: str, sort: str, kind: type) -> Position:
    """The position that a cursor names; `kind` is the Python type of the sort's values.

    Raises InvalidParameters for a cursor that is none, or belongs to another collection or sort.
    """
    try:
        its_collection, its_sort, value, pk = unpack(cursor)
        position = Position(_value(value, kind), _pk(pk))
    except (ValueError, TypeError) as error:
        raise invalid_parameter("cursor", "not a cursor of this service") from error
    if its_collection != collection:
        raise invalid_parameter("cursor", "a cursor of another collection")
    if its_sort != sort:
        raise invalid_parameter("cursor", "a cursor of another sort")
    return position


def pack(content: list[Any]) -> str:
    """A cursor of these values."""
    return urlsafe_b64encode(orjson.dumps(content)).decode().rstrip("=")


def unpack(cursor: str) -> Any:
    """What a cursor was made of. Raises ValueError for what is none."""
    padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
    return orjson.loads(urlsafe_b64decode(padded))


def _value(value: Any, kind: type) -> str | dt.date | int | float | None:
    if kind is float:
        return _rank(value)
    if value is None:
        return None
    if kind is int:
        return _pk(value)
    if not isinstance(value, str):
        raise TypeError("not a sort value")
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    value.encode()  # a lone surrogate is a UnicodeEncodeError, hence a ValueError
    if "\0" in value:
        raise ValueError("NUL")
    return value


def _rank(rank: Any) -> float:
    if type(rank) is not float or not math.isfinite(rank):
        raise ValueError("not a rank")
    return rank


def _pk(pk: Any) -> int:
    if type(pk) is not int or not 0 <= pk <= MAX_PK:
        raise ValueError("not a pk")
    return pk
