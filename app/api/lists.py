"""Answers to lists: pages of stored bytes, in any representation, and whole collections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from app.api import flat, json_ld
from app.api.asking import PageParameters
from app.api.exports import Chunks, Export
from app.api.negotiation import JSON, JSON_LD, VARY, Format, chosen
from app.api.quick import QuickReader
from app.api.responses import (
    database_url,
    joined,
    linked,
    next_link,
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


async def list_page(
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
    if form in flat.FORMATS and parameters.is_whole():
        url = database_url(request)
        chunks = _everything(url, collection, parameters, bodies, of, form)
        return Export(chunks, flat.headers(form, collection.name), form.content_type)
    if form is JSON and bodies is read.stored and not parameters.beyond_rows():
        quick: QuickReader | None = request.app.state.quick
        part = quick and quick.page(collection, parameters.filters(), parameters.wanted())
        if part:
            found = _Found(read.stored(None, part.rows), part.next, {})
            return _answer(request, collection, form, found)
    return await run_in_threadpool(_read, request, collection, parameters, bodies, of, form)


def _read(  # noqa: PLR0913, PLR0917
    request: Request,
    collection: Collection,
    parameters: PageParameters,
    bodies: Bodies,
    of: str | None,
    form: Format,
) -> Response:
    with time_limited(request) as session:
        filters = _filters(session, parameters, of)
        found = page(driver(session), collection, filters, parameters.wanted())
        items = bodies(session, found.rows)
        more = answer.members(session, collection, filters, found.rows, parameters.asked())
    return _answer(request, collection, form, _Found(items, found.next, more))


def _answer(request: Request, collection: Collection, form: Format, found: _Found) -> Response:
    headers = VARY | next_link(request, found.cursor)
    if form in flat.FORMATS:
        content = b"".join(flat.chunks(form, collection.name, [found.bodies]))
        headers |= flat.headers(form, collection.name)
    elif form is JSON_LD:
        listed = json_ld.listed(map(bytes.decode, found.bodies), str(request.base_url))
        content = listed.encode()
    else:
        cursor = f'"{found.cursor}"' if found.cursor else "null"
        end = f'],"next":{cursor}{joined(found.members)}}}'
        content = b'{"items":[' + b",".join(found.bodies) + end.encode()
    return Response(content, media_type=form.content_type, headers=headers)


def _everything(  # noqa: PLR0913, PLR0917
    url: str,
    collection: Collection,
    parameters: PageParameters,
    bodies: Bodies,
    of: str | None,
    form: Format,
) -> Chunks:
    """All rows that match, from one state of the database."""
    with reading(url) as session:
        filters = _filters(session, parameters, of)
        order, cursor = parameters.order(), parameters.cursor
        blocks = every_body(session, collection, filters, order, cursor, bodies)
        yield from flat.chunks(form, collection.name, blocks)


def _filters(session: Session, parameters: PageParameters, of: str | None) -> dict[str, list[Any]]:
    if of is None:
        return parameters.filters()
    read.one(session, ACTORS, of)
    return parameters.filters() | {"actor": [of]}
