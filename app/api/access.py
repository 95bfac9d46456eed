"""Who may do what: API keys as bearer tokens (RFC 6750)."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app import keys
from app.api.problems import answer, database_away
from app.api.responses import database_url
from app.errors import Forbidden, Problem, Unauthorized

OPEN = ("/livez", "/readyz", "/docs", "/openapi.json", "/static-offline-docs/")
"""What stays open where reads are closed: whoever starts the service, or asks how to use it."""


def may_write(request: Request) -> None:
    """The dependency of operations that write. Raises Unauthorized or Forbidden."""
    authorize(database_url(request), request.headers.get("authorization"), keys.Scope.WRITE)


def authorize(url: str, authorization: str | None, scope: keys.Scope) -> None:
    """Raises Unauthorized or Forbidden unless the header has a key of this scope.

    Every request looks the key up, so that a revoked one stops at once.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized("an API key is needed: `Authorization: Bearer rk_…`")
    scopes = keys.scopes_of(url, token.strip())
    if scopes is None:
        raise Unauthorized("there is no such API key, or it was revoked", "invalid_token")
    if scope not in scopes:
        raise Forbidden(f"the API key has no scope {scope}", scope)


class ClosedReads:
    """Lets those read only who have an API key of scope read.

    It stands outside of whatever answers from memory.
    """

    def __init__(self, app: ASGIApp, url: str) -> None:
        self.app = app
        self.url = url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with a problem."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and not _is_open(scope):
            authorization = Headers(scope=scope).get("authorization")
            try:
                await run_in_threadpool(authorize, self.url, authorization, keys.Scope.READ)
            except Problem as problem:
                return await answer(problem)(scope, receive, send)
            except OperationalError as error:
                return await answer(database_away(error))(scope, receive, send)
        return await self.app(scope, receive, send)


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path.startswith(OPEN)
