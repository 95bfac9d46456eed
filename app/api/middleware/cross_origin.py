"""Web pages of other origins (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from app.api.problems import problem_response


class CrossOrigin(CORSMiddleware):
    """Lets pages of these origins, or of all by `*`, ask, and see what else than content is told.

    API keys go in `Authorization`, which a page sets itself: no cookies, no credentials mode.
    """

    def __init__(self, app: ASGIApp, *, origins: Sequence[str]) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=["GET", "HEAD", "POST", "DELETE"],
            allow_headers=["Authorization", "If-None-Match", "X-Request-ID"],
            expose_headers=["ETag", "Link", "Location", "Retry-After", "X-Request-ID"],
        )

    def preflight_response(self, request_headers: Headers) -> Response:
        """As Starlette answers, with a refusal as a problem."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        kept = {
            name: value
            for name, value in response.headers.items()
            if not name.startswith("content-")
        }
        return problem_response(response.status_code, bytes(response.body).decode(), kept)
