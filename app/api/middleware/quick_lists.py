"""Plain lists, answered before the framework sees them.

Finding a route, and all that stands around one, takes the framework as long as a page takes SQLite.
A request for nothing but rows as JSON is answered here, through the same model of its parameters
and the same query; whatever else is asked for, all that is wrong, and pages that take longer go on
to the route, as if nothing had been tried.
"""

from __future__ import annotations

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


LISTINGS = (
    Listing("/claims", collections.CLAIMS, parameters.ClaimParameters),
    Listing("/events", collections.EVENTS, parameters.EventParameters),
    Listing("/actors", collections.ACTORS, parameters.ActorParameters),
    Listing("/sources", collections.SOURCES, parameters.SourceParameters),
    Listing("/reports", collections.REPORTS, parameters.ReportParameters),
)


class QuickLists:
    """Answers GET of plain lists, where that is quick."""

    def __init__(self, app: ASGIApp, *, reader: QuickReader) -> None:
        self.app = app
        self.reader = reader
        self.listings = {listing.path_format: listing for listing in LISTINGS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        page = None
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in self.listings:
            page = self._page(self.listings[scope["path"]], scope)
        if page is None:
            await self.app(scope, receive, send)
            return
        content, headers = page
        scope["route"] = self.listings[scope["path"]]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _page(
        self, listing: Listing, scope: Scope
    ) -> tuple[bytes, list[tuple[bytes, bytes]]] | None:
        """Content and headers."""
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
        headers = [(b"content-length", str(len(content)).encode()), *_HEADERS]
        for name, value in next_link(scope, found.next).items():
            headers.append((name.lower().encode(), value.encode()))
        return content, headers


def _asked(listing: Listing, scope: Scope) -> PageParameters | None:
    """The parameters, where they are right and ask for rows as JSON only."""
    if not _ACCEPTED.issuperset(told for name, told in scope["headers"] if name == b"accept"):
        return None
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
