"""Answers: pages of stored bytes, single rows, and what OpenAPI says of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from fastapi import Request, Response
from sqlalchemy import Row
from sqlmodel import Session

from app.api.asking import PageParameters, RowParameters
from app.database import reading
from app.errors import UNKNOWN_PARAMETER, Invalid, InvalidParameters
from app.query import answer, read
from app.query.collections import ACTORS
from app.query.page import Collection, Slice, page

JSON = "application/json"
Bodies = Callable[[Session, Sequence[Row[Any]]], list[str]]


def list_page(
    request: Request,
    collection: Collection,
    parameters: PageParameters,
    bodies: Bodies,
    *,
    of: str | None = None,
) -> Response:
    """One page as JSON: rows go out as they are stored, without being parsed on the way.

    `of` is the id of the actor whose rows they are. Raises NotFound or Moved for other ids.
    """
    refuse_repeated(request, parameters.single())
    wanted = Slice(parameters.order(), parameters.limit, parameters.cursor)
    with time_limited(request) as session:
        filters = parameters.filters()
        if of is not None:
            read.one(session, ACTORS, of)
            filters["actor"] = [of]
        found = page(session, collection, filters, wanted)
        items = bodies(session, found.rows)
        more = answer.members(session, collection, filters, found.rows, parameters.asked())
    cursor = f'"{found.next}"' if found.next else "null"
    content = f'{{"items":[{",".join(items)}],"next":{cursor}{_joined(more)}}}'
    return Response(content.encode(), media_type=JSON, headers=next_link(request, found.next))


def one_row(
    request: Request,
    collection: Collection,
    public_id: str,
    bodies: Bodies,
    parameters: RowParameters,
) -> Response:
    """One row as JSON, with what belongs to it if asked for. Raises NotFound or Moved."""
    with time_limited(request) as session:
        row = read.one(session, collection, public_id)
        (body,) = bodies(session, [row])
        more = answer.members(session, collection, {}, [row], parameters.asked())
    return Response(f"{body[:-1]}{_joined(more)}}}".encode(), media_type=JSON)


def refuse_parameters(request: Request) -> None:
    """What takes no query parameters ignores none either."""
    if names := sorted(set(request.query_params)):
        raise InvalidParameters([Invalid("query", name, UNKNOWN_PARAMETER) for name in names])


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
    if repeated:
        raise InvalidParameters(
            [Invalid("query", name, "can be given once only") for name in sorted(repeated)]
        )
