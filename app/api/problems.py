"""Every error as `application/problem+json` (RFC 9457), whoever raised it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.errors import (
    MEDIA_TYPE,
    UNKNOWN_PARAMETER,
    Invalid,
    InvalidParameters,
    Moved,
    NotReady,
    Problem,
    document,
)
from app.logs import REQUEST_ID

_log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Let `app` answer with problem documents only."""

    @app.exception_handler(Problem)
    def on_problem(_request: Request, error: Problem) -> Response:
        return answer(error)

    @app.exception_handler(Moved)
    def on_moved(request: Request, error: Moved) -> Response:
        """To the same place of the other actor or source, whatever the service's own prefix is."""
        path = request.url.path.rstrip("/").split("/")
        above = "../" if path[-1] == "readings" else ""
        location = f"{above}{error.id}" + ("/readings" if above else "")
        query = f"?{request.url.query}" if request.url.query else ""
        return Response(status_code=308, headers={"Location": location + query})

    @app.exception_handler(RequestValidationError)
    def on_invalid_request(_request: Request, error: RequestValidationError) -> Response:
        return answer(InvalidParameters([_invalid(found) for found in error.errors()]))

    @app.exception_handler(HTTPException)
    def on_http_exception(request: Request, error: HTTPException) -> Response:
        headers = _allow(request) if error.status_code == 405 else error.headers
        return problem_response(error.status_code, headers=headers)

    @app.exception_handler(OperationalError)
    def on_database_away(_request: Request, error: OperationalError) -> Response:
        return answer(database_away(error))

    @app.exception_handler(Exception)
    def on_bug(_request: Request, _error: Exception) -> Response:
        """The server logs the traceback; the client learns nothing about our insides."""
        return problem_response(500)


def answer(problem: Problem) -> Response:
    """The response that tells a problem."""
    return _answer(problem.document(), problem.headers)


def problem_response(
    status: int, detail: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The response of a problem that its status tells."""
    return _answer(document(status, detail), headers)


def database_away(error: OperationalError) -> NotReady:
    """What clients learn of a database that fails; the log has the rest."""
    _log.error("The database does not answer: %s", error)
    return NotReady("the database does not answer")


def _answer(problem: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    if identifier := REQUEST_ID.get():
        problem = {**problem, "request_id": identifier}
    # ASCII only: a lone surrogate in what a client sent has no UTF-8.
    content = json.dumps(problem, ensure_ascii=True)
    headers = {"Cache-Control": "no-store"} | dict(headers or {})
    return Response(content, problem["status"], headers, MEDIA_TYPE)


def _allow(request: Request) -> dict[str, str]:
    """All methods that the path has; the framework names those of the first route only."""
    methods = {"HEAD"}
    for route in iter_route_contexts(request.app.routes):
        match, _ = route.original_route.matches(request.scope)
        if match is Match.PARTIAL:
            methods |= route.methods or set()
    return {"Allow": ", ".join(sorted(methods))}


def _invalid(found: Mapping[str, Any]) -> Invalid:
    """One of Pydantic's errors: its location is `("query", "act", 0)`."""
    place, *rest = found["loc"]
    name = ".".join(str(part) for part in rest if isinstance(part, str)) or str(place)
    detail = found["msg"].removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        detail = UNKNOWN_PARAMETER
    return Invalid(str(place), name[:100], detail)
