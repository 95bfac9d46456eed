"""Conditional requests: 304 for what the client already has."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OPAQUE_TAG = re.compile(rb'"[\x21\x23-\x7e\x80-\xff]*"')
"""RFC 9110, 8.8.3. The `W/` before it plays no part: If-None-Match compares weakly (13.1.2)."""


class Conditional:
    """Answers GET with 304 (RFC 9110, 15.4.5) where `If-None-Match` lists the answer's ETag."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and leave out the content that the client has."""
        if scope["type"] == "http" and scope["method"] == "GET":
            held = [value for name, value in scope["headers"] if name == b"if-none-match"]
            if held:
                send = _leave_out(b",".join(held), send)
        await self.app(scope, receive, send)


def _leave_out(held: bytes, send: Send) -> Send:
    unchanged = False

    async def conditional(message: Message) -> None:
        nonlocal unchanged
        if message["type"] == "http.response.start":
            unchanged = message["status"] == 200 and _matches(held, message)
            await send(_not_modified(message) if unchanged else message)
        elif not unchanged:
            await send(message)
        elif not message.get("more_body"):
            await send({"type": "http.response.body"})

    return conditional


def _matches(held: bytes, start: Message) -> bool:
    current = _OPAQUE_TAG.search(Headers(raw=start["headers"]).get("etag", "").encode("latin-1"))
    if held.strip() == b"*":
        return True
    return current is not None and current[0] in _OPAQUE_TAG.findall(held)


def _not_modified(start: Message) -> Message:
    """The same head without what describes the content (RFC 9110, 15.4.5)."""
    headers = [header for header in start["headers"] if not header[0].startswith(b"content-")]
    return {**start, "status": 304, "headers": headers}
