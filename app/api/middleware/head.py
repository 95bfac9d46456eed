"""HEAD."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

IS_HEAD = "reportedly.head"
"""Set in the scope of such a request, for those whose content takes long to make for nobody."""


class HeadLikeGet:
    """Answers HEAD as it would GET (RFC 9110, 9.3.2); the server leaves out the content."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the route that answers is known outside too."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        like_get = {**scope, "method": "GET", IS_HEAD: True}
        try:
            await self.app(like_get, receive, send)
        finally:
            scope["route"] = like_get.get("route")
