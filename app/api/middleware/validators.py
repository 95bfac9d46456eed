"""`ETag` and `Cache-Control`."""

from __future__ import annotations

import base64

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from xxhash import xxh3_128_digest

from app.api.middleware.first_content import on_first_content


class Validators:
    """Lets clients keep answers, as long as they ask each time whether one still holds.

    A whole answer to GET gets a strong `ETag`, a digest of its bytes as they are sent: each content
    coding has its own (RFC 9110, 8.8.3.3). What can be validated may be stored (`no-cache` means:
    ask first), by shared caches too unless `private`; errors, redirects and streams may not.
    """

    def __init__(self, app: ASGIApp, *, private: bool) -> None:
        self.app = app
        self.keep = b"private, no-cache" if private else b"no-cache"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def validate(start: Message, content: Message) -> None:
            headers = start["headers"]
            told = dict(headers)
            whole = start["status"] == 200 and not content.get("more_body")
            kept = b"no-store" not in told.get(b"cache-control", b"")
            tagged = b"etag" in told
            if whole and kept and scope["method"] == "GET" and not tagged:
                headers.append((b"etag", _tag(content.get("body", b""))))
                tagged = True
            if b"cache-control" not in told:
                headers.append((b"cache-control", self.keep if tagged else b"no-store"))

        await self.app(scope, receive, on_first_content(send, validate))


def _tag(content: bytes) -> bytes:
    """XXH3 of 128 bits (xxhash.com): nobody meets a digest twice by chance, and no secret rests on
    one; SHA-1 would take a tenth of a page's time."""
    return b'"%b"' % base64.urlsafe_b64encode(xxh3_128_digest(content)).rstrip(b"=")
