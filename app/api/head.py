"""HEAD."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class HeadLikeGet:
    """Answers HEAD as it would GET (RFC 9110, 9.3.2); the server leaves out the content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)
