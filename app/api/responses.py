"""Answers: pages of stored bytes, single rows, and what OpenAPI says of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Row
from sqlmodel import Session

from app.api import flat, json_ld
from app.api.asking import PageParameters, RowParameters
from app.api.exports import Chunks, Export
from app.api.negotiation import JSON, JSON_LD, VARY, Format, chosen
from app.database import driver, reading
from app.errors import UNKNOWN_PARAMETER, Invalid, InvalidParameters
from app.query import answer, read
from app.query.collection import Collection
from app.query.collections import ACTORS, CLAIMS
from app.query.export import every_body
from app.query.page import Slice, page

Bodies = Callable[[Session, Sequence[Row[Any]]], list[str]]


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
    form = chosen(request, parameters.form(), (JSON, *flat.FORMATS, *_linked(collection)))
    if form is not JSON:
        _refuse(parameters.beyond_rows(), f"not with {form.media_type}, which has rows only")
    if form in flat.FORMATS and parameters.is_whole():
        url = database_url(request)
        chunks = _everything(url, collection, parameters, bodies, of, form)
        return Export(chunks, flat.headers(form, collection.name), form.content_type)
    wanted = Slice(parameters.order(), parameters.limit, parameters.cursor)
    with time_limited(request) as session:
        filters = _filters(session, parameters, of)
        found = page(driver(session), collection, filters, wanted)
        items = bodies(session, found.rows)
        more = answer.members(session, collection, filters, found.rows, parameters.asked())
    headers = VARY | next_link(request, found.next)
    if form in flat.FORMATS:
        content = b"".join(flat.chunks(form, collection.name, [[it.encode() for it in items]]))
        headers |= flat.headers(form, collection.name)
    elif form is JSON_LD:
        content = json_ld.listed(items, str(request.base_url)).encode()
    else:
        cursor = f'"{found.next}"' if found.next else "null"
        content = f'{{"items":[{",".join(items)}],"next":{cursor}{_joined(more)}}}'.encode()
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


def _linked(collection: Collection) -> tuple[Format, ...]:
    """JSON-LD, for which there are terms for claims only."""
    return (JSON_LD,) if collection is CLAIMS else ()


def one_row(
    request: Request,
    collection: Collection,
    public_id: str,
    bodies: Bodies,
    parameters: RowParameters,
) -> Response:
    """One row, with what belongs to it if asked for. Raises NotFound or Moved."""
    form = chosen(request, parameters.form(), (JSON, *_linked(collection)))
    if form is not JSON:
        _refuse(parameters.beyond_rows(), f"not with {form.media_type}, which has the row only")
    with time_limited(request) as session:
        row = read.one(session, collection, public_id)
        (body,) = bodies(session, [row])
        more = answer.members(session, collection, {}, [row], parameters.asked())
    if form is JSON_LD:
        content = json_ld.one(body, str(request.base_url))
    else:
        content = f"{body[:-1]}{_joined(more)}}}"
    return Response(content.encode(), media_type=form.content_type, headers=VARY)


def refuse_parameters(request: Request) -> None:
    """What takes no query parameters ignores none either."""
    _refuse(set(request.query_params), UNKNOWN_PARAMETER)


def database_url(request: Request) -> str:
    """The database that this app serves."""
    url: str = request.app.state.settings.database_url
    return url


def time_limited(request: Request) -> AbstractContextManager[Session]:
    """A session for reading; what takes longer than the settings let it take raises TooSlow."""
    return reading(database_url(request), request.app.state.settings.query_seconds)


def _joined(members: Mapping[str, str]) -> str:
    """What follows the members that an object always has."""
    return "".join(f',"{name}":{content}' for name, content in members.items())


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """`Link` to the page after the cursor (RFC 8288); none for no cursor."""
    if cursor is None:
        return {}
    return {"Link": f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'}


def refuse_repeated(request: Request, single: Iterable[str]) -> None:
    """`limit=5&limit=6` has no meaning; the framework would take the last one silently."""
    names = [name for name, _ in request.query_params.multi_items()]
    repeated = {name for name in single if names.count(name) > 1}
    _refuse(repeated, "can be given once only")


def _refuse(names: set[str], why: str) -> None:
    if names:
        raise InvalidParameters([Invalid("query", name, why) for name in sorted(names)])
