"""Plain lists and single rows, answered before the framework sees them.

Finding a route, and all that stands around one, takes the framework as long as a page takes SQLite.
A request for nothing but rows as JSON is answered here, through the same model of its parameters
and the same query; whatever else is asked for, all that is wrong or not there, and what takes
longer goes on to the route, as if nothing had been tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pydantic import ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import parameters
from app.api.asking import PageParameters
from app.api.negotiation import JSON, VARY
from app.api.quick import QuickReader
from app.api.responses import next_link, page_content, repeated
from app.errors import Problem
from app.query import collections, read
from app.query.collection import Collection

_ACCEPTED = {b"*/*", JSON.media_type.encode()}
_HEADERS = [
    (b"content-type", JSON.content_type.encode()),
    *((name.lower().encode(), value.encode()) for name, value in VARY.items()),
]


class Listing(NamedTuple):
    """A route that lists the stored bodies of a collection; by its path it is counted."""

    path_format: str
    collection: Collection
    parameters: type[PageParameters]


class Single(NamedTuple):
    """A route to one row of a collection, whose answer is its stored body."""

    path_format: str
    collection: Collection


LISTINGS = (
    Listing("/claims", collections.CLAIMS, parameters.ClaimParameters),
    Listing("/events", collections.EVENTS, parameters.EventParameters),
    Listing("/actors", collections.ACTORS, parameters.ActorParameters),
    Listing("/sources", collections.SOURCES, parameters.SourceParameters),
    Listing("/reports", collections.REPORTS, parameters.ReportParameters),
)

SINGLES = (
    Single("/claims/{id}", collections.CLAIMS),
    Single("/events/{id}", collections.EVENTS),
    Single("/actors/{id}", collections.ACTORS),
    Single("/sources/{id}", collections.SOURCES),
)
"""Not reports, whose texts may have megabytes, which SQLite reads without looking at the clock."""


class _Answer(NamedTuple):
    content: bytes
    headers: Mapping[str, str] = {}


class QuickReads:
    """Answers GET of plain lists and rows, where that is quick."""

    def __init__(self, app: ASGIApp, *, reader: QuickReader) -> None:
        self.app = app
        self.reader = reader
        self.listings = {listing.path_format: listing for listing in LISTINGS}
        self.singles = {single.path_format.removesuffix("{id}"): single for single in SINGLES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        answer = None
        if scope["type"] == "http" and scope["method"] == "GET" and _is_plain_json(scope):
            answer = self._answer(scope)
        if answer is None:
            await self.app(scope, receive, send)
            return
        headers = [(b"content-length", str(len(answer.content)).encode()), *_HEADERS]
        for name, value in answer.headers.items():
            headers.append((name.lower().encode(), value.encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content})

    def _answer(self, scope: Scope) -> _Answer | None:
        answer, path = None, scope["path"]
        route: Listing | Single | None = self.listings.get(path)
        if isinstance(route, Listing):
            answer = self._page(route, scope)
        elif not scope["query_string"]:
            place = path.rfind("/") + 1
            route = self.singles.get(path[:place])
            if route is not None:
                answer = self._row(route, path[place:])
        if answer is not None:
            scope["route"] = route
        return answer

    def _page(self, listing: Listing, scope: Scope) -> _Answer | None:
        asked = _asked(listing, scope)
        if asked is None:
            return None
        try:
            found = self.reader.page(listing.collection, asked.filters(), asked.wanted())
        except Problem:
            return None
        if found is None:
            return None
        content = page_content(read.stored(None, found.rows), found.next, {})
        return _Answer(content, next_link(scope, found.next))

    def _row(self, single: Single, public_id: str) -> _Answer | None:
        found = self.reader.row(single.collection, public_id)
        return None if found is None else _Answer(read.stored(None, [found])[0])


def _is_plain_json(scope: Scope) -> bool:
    """Whether no representation but JSON is asked for by `Accept`."""
    return _ACCEPTED.issuperset(told for name, told in scope["headers"] if name == b"accept")


def _asked(listing: Listing, scope: Scope) -> PageParameters | None:
    """The parameters, where they are right and ask for rows as JSON only."""
    items = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    single = listing.parameters.single()
    if repeated([name for name, _ in items], single):
        return None
    given: dict[str, Any] = {}
    for name, value in items:
        if name in single:
            given[name] = value
        else:
            given.setdefault(name, []).append(value)
    try:
        asked = listing.parameters.model_validate(given)
    except ValidationError:
        return None
    return asked if asked.form() in {None, JSON.name} and not asked.beyond_rows() else None
