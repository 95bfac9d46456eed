"""A bound on what a request may carry."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_response


class BodyLimit:
    """Answers 413 where a body is longer than `limit` bytes, whether its length is told or not.

    A length that is told is refused before a byte is read, whatever the method. The connection
    stays open: a client that still sends would not see the answer of a closed one. (Starlette's
    layer of this kind answers in plain text.)
    """

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            for name, value in scope["headers"]:
                if name == b"content-length" and int(value) > self.limit:  # the server checked it
                    await problem_response(413, self._detail())(scope, receive, send)
                    return
                if name == b"transfer-encoding":
                    receive = self._counting(receive)
        await self.app(scope, receive, send)

    def _counting(self, receive: Receive) -> Receive:
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                # The framework takes all but its own exceptions for a body that is malformed.
                raise HTTPException(413, self._detail())
            return message

        return counting

    def _detail(self) -> str:
        return f"a body may have {self.limit:,} bytes"
