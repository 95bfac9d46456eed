"""Answers to lists: pages of stored bytes, in any representation, and whole collections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import Request, Response
from sqlmodel import Session

from app.api import flat, json_ld
from app.api.asking import PageParameters
from app.api.exports import Chunks, Export
from app.api.negotiation import JSON, JSON_LD, VARY, Format, chosen
from app.api.responses import (
    database_url,
    linked,
    next_link,
    page_content,
    refuse,
    refuse_repeated,
    time_limited,
)
from app.database import driver, reading
from app.query import answer, read
from app.query.collection import Collection
from app.query.collections import ACTORS
from app.query.export import every_body
from app.query.page import page
from app.query.read import Bodies


class _Found(NamedTuple):
    """The bodies of a page, the cursor of the next one, and JSON members besides."""

    bodies: list[bytes]
    cursor: str | None
    members: Mapping[str, str]


class _Wanted(NamedTuple):
    """What a request asks for; `of` is the id of the actor whose rows it is about, if any."""

    collection: Collection
    parameters: PageParameters
    bodies: Bodies
    of: str | None
    form: Format

    def filters(self, session: Session) -> dict[str, list[Any]]:
        """The values of each filter. Raises NotFound or Moved where there is no such actor."""
        given = self.parameters.filters()
        if self.of is None:
            return given
        read.one(session, ACTORS, self.of)
        return given | {"actor": [self.of]}


def list_page(
    request: Request,
    collection: Collection,
    parameters: PageParameters,
    bodies: Bodies,
    *,
    of: str | None = None,
) -> Response:
    """One page, or all rows as a stream; they go out as they are stored, without being parsed.

    `of` is the id of the actor whose rows they are. Raises NotFound or Moved for other ids.
    """
    refuse_repeated(request, parameters.single())
    form = chosen(request, parameters.form(), (JSON, *flat.FORMATS, *linked(collection)))
    if form is not JSON:
        refuse(parameters.beyond_rows(), f"not with {form.media_type}, which has rows only")
    wanted = _Wanted(collection, parameters, bodies, of, form)
    if form in flat.FORMATS and parameters.is_whole():
        chunks = _everything(database_url(request), wanted)
        return Export(chunks, flat.headers(form, collection.name), form.content_type)
    with time_limited(request) as session:
        filters = wanted.filters(session)
        found = page(driver(session), collection, filters, parameters.wanted())
        items = bodies(session, found.rows)
        more = answer.members(session, collection, filters, found.rows, parameters.asked())
    return _answer(request, wanted, _Found(items, found.next, more))


def _answer(request: Request, wanted: _Wanted, found: _Found) -> Response:
    collection, form = wanted.collection, wanted.form
    headers = VARY | next_link(request.scope, found.cursor)
    if form in flat.FORMATS:
        content = b"".join(flat.chunks(form, collection.name, [found.bodies]))
        headers |= flat.headers(form, collection.name)
    elif form is JSON_LD:
        listed = json_ld.listed(map(bytes.decode, found.bodies), str(request.base_url))
        content = listed.encode()
    else:
        content = page_content(found.bodies, found.cursor, found.members)
    return Response(content, media_type=form.content_type, headers=headers)


def _everything(url: str, wanted: _Wanted) -> Chunks:
    """All rows that match, from one state of the database."""
    collection, parameters = wanted.collection, wanted.parameters
    with reading(url) as session:
        filters = wanted.filters(session)
        order, cursor = parameters.order(), parameters.cursor
        blocks = every_body(session, collection, filters, order, cursor, wanted.bodies)
        yield from flat.chunks(wanted.form, collection.name, blocks)
