"""Answers to single rows, and what those to lists have in common with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from urllib.parse import urlencode

from fastapi import Request, Response
from sqlmodel import Session

from app.api import json_ld
from app.api.asking import RowParameters
from app.api.negotiation import JSON, JSON_LD, VARY, Format, chosen
from app.database import reading
from app.errors import UNKNOWN_PARAMETER, Invalid, InvalidParameters
from app.query import answer, read
from app.query.collection import Collection
from app.query.collections import CLAIMS
from app.query.read import Bodies


def one_row(
    request: Request,
    collection: Collection,
    public_id: str,
    bodies: Bodies,
    parameters: RowParameters,
) -> Response:
    """One row, with what belongs to it if asked for. Raises NotFound or Moved."""
    form = chosen(request, parameters.form(), (JSON, *linked(collection)))
    if form is not JSON:
        refuse(parameters.beyond_rows(), f"not with {form.media_type}, which has the row only")
    with time_limited(request) as session:
        row = read.one(session, collection, public_id)
        (body,) = bodies(session, [row])
        more = answer.members(session, collection, {}, [row], parameters.asked())
    if form is JSON_LD:
        content = json_ld.one(body.decode(), str(request.base_url)).encode()
    else:
        content = body[:-1] + f"{joined(more)}}}".encode()
    return Response(content, media_type=form.content_type, headers=VARY)


def linked(collection: Collection) -> tuple[Format, ...]:
    """JSON-LD, for which there are terms for claims only."""
    return (JSON_LD,) if collection is CLAIMS else ()


def refuse_parameters(request: Request) -> None:
    """What takes no query parameters ignores none either."""
    refuse(set(request.query_params), UNKNOWN_PARAMETER)


def database_url(request: Request) -> str:
    """The database that this app serves."""
    url: str = request.app.state.settings.database_url
    return url


def time_limited(request: Request) -> AbstractContextManager[Session]:
    """A session for reading; what takes longer than the settings let it take raises TooSlow."""
    return reading(database_url(request), request.app.state.settings.query_seconds)


def joined(members: Mapping[str, str]) -> str:
    """What follows the members that an object always has."""
    return "".join(f',"{name}":{content}' for name, content in members.items())


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """`Link` to the page after the cursor (RFC 8288); none for no cursor."""
    if cursor is None:
        return {}
    given = [item for item in request.query_params.multi_items() if item[0] != "cursor"]
    query = urlencode([*given, ("cursor", cursor)])
    return {"Link": f'<{str(request.url).partition("?")[0]}?{query}>; rel="next"'}


def refuse_repeated(request: Request, single: Iterable[str]) -> None:
    """`limit=5&limit=6` has no meaning; the framework would take the last one silently."""
    names = [name for name, _ in request.query_params.multi_items()]
    if len(names) > len(set(names)):
        repeated = {name for name in single if names.count(name) > 1}
        refuse(repeated, "can be given once only")


def refuse(names: set[str], why: str) -> None:
    """Raises InvalidParameters for each of the names, if there are any."""
    if names:
        raise InvalidParameters([Invalid("query", name, why) for name in sorted(names)])
