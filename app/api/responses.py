"""Answers to single rows, and what those to lists have in common with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes

from fastapi import Request, Response
from sqlmodel import Session
from starlette.datastructures import URL
from starlette.types import Scope

from app.api import json_ld
from app.api.asking import RowParameters
from app.api.negotiation import JSON, JSON_LD, VARY, Format, chosen
from app.database import reading
from app.errors import UNKNOWN_PARAMETER, Invalid, InvalidParameters
from app.query import answer, read
from app.query.collection import Collection
from app.query.collections import CLAIMS
from app.query.read import Bodies

_IN_QUERIES = "%!$&'()*+,;=:@/?"
"""What a query may hold besides letters, digits and `-._~` (RFC 3986, 3.4), and what is quoted."""


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


def page_content(bodies: list[bytes], cursor: str | None, members: Mapping[str, str]) -> bytes:
    """A page as JSON: bodies of rows, the cursor of the next page, and members besides."""
    following = f'"{cursor}"' if cursor else "null"
    end = f'],"next":{following}{joined(members)}}}'.encode()
    return b"".join([b'{"items":[', b",".join(bodies), end])


def next_link(scope: Scope, cursor: str | None) -> dict[str, str]:
    """`Link` to the page after the cursor (RFC 8288), asked as this one was; none for no cursor."""
    if cursor is None:
        return {}
    asked = [
        part for part in scope["query_string"].split(b"&") if part and _name(part) != b"cursor"
    ]
    query = quote(b"&".join([*asked, b"cursor=" + cursor.encode()]), safe=_IN_QUERIES)
    address = _address(scope["scheme"], scope["path"], _host(scope), scope["server"])
    return {"Link": f'<{address}?{query}>; rel="next"'}


def _name(part: bytes) -> bytes:
    return unquote_to_bytes(part.partition(b"=")[0].replace(b"+", b" "))


def _host(scope: Scope) -> bytes:
    return next((value for name, value in scope["headers"] if name == b"host"), b"")


@lru_cache(maxsize=1000)
def _address(scheme: str, path: str, host: bytes, server: tuple[str, int]) -> str:
    """The URL of a path, as the client called this server."""
    named = [(b"host", host)] if host else []
    return str(URL(scope={"scheme": scheme, "path": path, "headers": named, "server": server}))


def refuse_repeated(request: Request, single: Iterable[str]) -> None:
    """`limit=5&limit=6` has no meaning; the framework would take the last one silently."""
    names = [name for name, _ in request.query_params.multi_items()]
    refuse(repeated(names, single), "can be given once only")


def repeated(names: Sequence[str], single: Iterable[str]) -> set[str]:
    """Those of the single ones that were given several times."""
    if len(names) == len(set(names)):
        return set()
    return {name for name in single if names.count(name) > 1}


def refuse(names: set[str], why: str) -> None:
    """Raises InvalidParameters for each of the names, if there are any."""
    if names:
        raise InvalidParameters([Invalid("query", name, why) for name in sorted(names)])
