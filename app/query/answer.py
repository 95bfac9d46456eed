"""What an answer says beyond its rows, as JSON members; nothing unless it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlmodel import Session

from app.query import facets, highlights, related
from app.query.collection import Collection


class Asked(NamedTuple):
    """What is wanted beyond the rows: names of facets, kinds of rows to embed, and so on."""

    total: bool = False
    facets: Sequence[str] = ()
    included: Sequence[str] = ()
    highlights: bool = False


def members(
    session: Session,
    collection: Collection,
    values: Mapping[str, Sequence[Any]],
    rows: Sequence[Sequence[Any]],
    asked: Asked,
) -> dict[str, str]:
    """Name → JSON of each member: of all rows that match `values`, or of the `rows` at hand.

    Raises InvalidParameters when too many rows would have to be embedded.
    """
    found = {}
    keys = [row[0] for row in rows] if asked.included or asked.highlights else []
    if asked.total:
        found["total"] = str(facets.total(session, collection, values))
    if asked.facets:
        counted = {name: facets.counts(session, collection, values, name) for name in asked.facets}
        found["facets"] = orjson.dumps(counted).decode()
    if asked.included:
        found["included"] = related.embedded(session, collection, asked.included, keys)
    if asked.highlights:
        marked = highlights.highlights(session, collection, values.get("q", ()), keys)
        found["highlights"] = orjson.dumps(marked).decode()
    return found
