"""What is known of every request: its id, its line in the log, its place in the numbers."""

from __future__ import annotations

import itertools
import logging
import re
import secrets
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.metrics import Requests
from app.logs import REQUEST_ID

_log = logging.getLogger("app.access")

_SANE = re.compile(rb"[A-Za-z0-9._~:+/=@-]{1,128}")
"""Ids that clients and proxies make: UUIDs, ULIDs, base64, trace ids."""

_PROCESS = secrets.token_hex(4)
_number = itertools.count(1)

_LONGEST_TARGET = 2000


class Observed:
    """Names, counts and logs every request. It stands outside of all that can answer one.

    A sane `X-Request-ID` is taken over, else one is made; answers carry it, and so do all log lines
    and problem documents on the way. The line in the log has no header, and so no secret.
    """

    def __init__(self, app: ASGIApp, *, requests: Requests) -> None:
        self.app = app
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        identifier = _identifier(scope)
        REQUEST_ID.set(identifier.decode())  # each request is a task, with a context of its own
        status, size = 500, 0  # unless something is sent

        async def observed(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((b"x-request-id", identifier))
            else:
                size += len(message.get("body", b""))
            await send(message)

        self.requests.in_flight += 1
        try:
            await self.app(scope, receive, observed)
        finally:
            seconds = perf_counter() - began
            self.requests.in_flight -= 1
            self.requests.count(scope, status, seconds)
            if _log.isEnabledFor(logging.INFO):
                _write_line(scope, status, seconds, size)


def _identifier(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE.fullmatch(value):
            given: bytes = value
            return given
    return f"{_PROCESS}-{next(_number):x}".encode()


def _write_line(scope: Scope, status: int, seconds: float, size: int) -> None:
    """The target is as it was sent, with its percent-encoding."""
    target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    path = target[:_LONGEST_TARGET].decode("ascii", "backslashreplace")
    milliseconds = round(seconds * 1000, 2)
    size = 0 if scope["method"] == "HEAD" else size
    client = scope["client"][0] if scope.get("client") else None
    _log.info(
        "%s %s %d in %s ms, %d bytes", scope["method"], path, status, milliseconds, size,
        extra={
            "client": client, "method": scope["method"], "path": path, "status": status,
            "duration_ms": milliseconds, "bytes": size,
        },
    )  # fmt: skip
