"""The columns of CSV: for each collection, how a cell is read from a row of `app.schemas`.

Columns that hold ids are named after the filter that takes them. What is nested has no place in a
flat row: several values of one cell are joined by " | ", a span is `start-end`, and a missing value
is an empty cell. A test holds that each field of a schema has its place here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Value = str | int | float | bool | None
Row = dict[str, Any]
Column = Callable[[Row], Value]

SEPARATOR = " | "
ATTRIBUTED_TO = " ← "
UNNAMED = "?"
"""In a chain, whom the text does not name."""


def member(*path: str) -> Column:
    """The value at a path; nothing where an object on the way is null or not there.

    A row that an older version has stored may lack what this one knows.
    """

    def value(row: Any) -> Any:
        for name in path:
            if row is None:
                return None
            row = row.get(name)
        return row

    return value


def each(several: str, *path: str) -> Column:
    """The values at a path of each row of a list, without those that are null."""
    of_one = member(*path)
    return lambda row: _joined(of_one(one) for one in row.get(several, ()))


def texts(several: str) -> Column:
    """The texts of a list."""
    return lambda row: _joined(row.get(several, ()))


def spans(several: str) -> Column:
    """Where each one of a list stands in the report's text."""
    return lambda row: _joined(f"{one['start']}-{one['end']}" for one in row.get(several, ()))


def participants(role: str) -> Column:
    """The ids of the actors in a role."""
    return lambda row: _joined(
        one["actor"]["id"] for one in row.get("participants", ()) if one["role"] == role
    )


def _joined(values: Any) -> str:
    return SEPARATOR.join(str(value) for value in values if value is not None)


def _chain(row: Row) -> str:
    """Who says so, outermost first: "South Korean media ← National Intelligence Service"."""
    name = member("source", "name")
    return ATTRIBUTED_TO.join(str(name(link) or UNNAMED) for link in row.get("attribution", ()))


def _responses(row: Row) -> str:
    """Whoever responds, and how: "Russia: does_not_confirm"."""
    name = member("actor", "name")
    return _joined(f"{name(one) or UNNAMED}: {one['stance']}" for one in row.get("responses", ()))


_REPORT: Mapping[str, Column] = {
    "report": member("report", "id"),
    "report_title": member("report", "title"),
    "publisher": member("report", "publisher", "id"),
    "publisher_name": member("report", "publisher", "name"),
}

CLAIMS: Mapping[str, Column] = {
    "id": member("id"),
    "text": member("text"),
    "attribution": _chain,
    "source": each("attribution", "source", "id"),
    "origin": member("origin", "id"),
    "origin_name": member("origin", "name"),
    "act": member("act"),
    "directness": member("directness"),
    "certainty": member("certainty"),
    "polarity": member("polarity"),
    "status": member("status"),
    "responses": _responses,
    "said_on": member("said_on"),
    "said_basis": member("said_basis"),
    "about": each("about", "id"),
    "event": each("events", "id"),
    "event_type": each("events", "type"),
    "hedges": each("hedges", "quote"),
    "quotations": each("quotations", "quote"),
    "quantities": each("quantities", "quote"),
    "content": spans("content"),
    **_REPORT,
    "rule": member("rule"),
}

EVENTS: Mapping[str, Column] = {
    "id": member("id"),
    "type": member("type"),
    "text": member("text"),
    "initiator": participants("initiator"),
    "recipient": participants("recipient"),
    "other": participants("other"),
    "place": member("place", "id"),
    "place_name": member("place", "name"),
    "place_country": member("place", "country"),
    "date": member("date"),
    "date_basis": member("date_basis"),
    "certainty": member("certainty"),
    "polarity": member("polarity"),
    "tense": member("tense"),
    "quantities": each("quantities", "quote"),
    "claim": each("claims", "id"),
    "origin": each("claims", "origin", "id"),
    "trigger": member("trigger", "quote"),
    "mentions": spans("mentions"),
    **_REPORT,
    "rule": member("rule"),
}

ACTORS: Mapping[str, Column] = {
    "id": member("id"),
    "name": member("name"),
    "kind": member("kind"),
    "country": member("country"),
    "aliases": texts("aliases"),
    "roles": texts("roles"),
    "reports": member("reports"),
}

READINGS: Mapping[str, Column] = {
    "read_as": member("read_as"),
    "name": member("name"),
    "kind": member("kind"),
    "country": member("country"),
    "evidence": member("evidence"),
    **_REPORT,
}

SOURCES: Mapping[str, Column] = {
    "id": member("id"),
    "name": member("name"),
    "kind": member("kind"),
    "actor": member("actor", "id"),
    "claims": member("claims"),
}

REPORTS: Mapping[str, Column] = {
    "id": member("id"),
    "title": member("title"),
    "publisher": member("publisher", "id"),
    "publisher_name": member("publisher", "name"),
    "published_on": member("published_on"),
    "url": member("url"),
    "language": member("language"),
    "characters": member("characters"),
    "claims": member("claims"),
    "events": member("events"),
    "sha256": member("sha256"),
    "extractor": member("extractor"),
    "not_extracted": member("not_extracted"),
    "loaded_at": member("loaded_at"),
}

COLUMNS: Mapping[str, Mapping[str, Column]] = {
    "claims": CLAIMS,
    "events": EVENTS,
    "actors": ACTORS,
    "readings": READINGS,
    "sources": SOURCES,
    "reports": REPORTS,
}
"""By the name of the collection."""
