"""Connections that do not wait for ever, and say in a problem document what is no HTTP.

uvicorn waits for the head and the body of a request as long as it takes, and keeps a head of any
length in memory: a thousand clients that send a byte a minute would each hold a connection.
"""

from __future__ import annotations

import asyncio
import json

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import MEDIA_TYPE, document

HEAD_SECONDS = 10
"""In which the head of a request has to come, from the connection or its first byte on."""

BODY_SECONDS = 300
"""In which the body has to come: 16 megabytes at half a megabit a second."""

IDLE_SECONDS = 5
"""In which the next request has to begin."""

LOOK_SECONDS = 2
"""Between two looks at a connection, which so is closed up to twice as much later."""

MAX_HEAD_BYTES = 65_536
"""Of the longest head, as h11 and most proxies have it."""


class Connection(HttpToolsProtocol):
    """One connection; it is closed where a request does not come in time.

    A timer looks now and then whether the same is still waited for: to set one for each head and
    body, and uvicorn's own after each answer, costs a fifth of an answer from memory.
    """

    _timer: asyncio.TimerHandle
    _patience: float | None = HEAD_SECONDS  # None while it is not the client's turn
    _since: float | None = None  # when that was first seen
    _head_bytes = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(LOOK_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse a head that is too long."""
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MAX_HEAD_BYTES and not self.transport.is_closing():
            self._refuse(431, f"the head of a request may have {MAX_HEAD_BYTES:,} bytes")

    def on_message_begin(self) -> None:
        """The first byte of a head."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._patience, self._since = HEAD_SECONDS, None

    def on_headers_complete(self) -> None:
        """The head is there, the body may follow."""
        self._in_head = False
        self._patience, self._since = BODY_SECONDS, None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All is there, of a body that was refused too."""
        self._patience = IDLE_SECONDS if self.cycle.response_complete else None
        self._since = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Go on to what was sent meanwhile, or wait for it.

        All but the timer is as uvicorn has it.
        """
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._patience is None:
            self._patience, self._since = IDLE_SECONDS, None

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(400, msg)

    def _look(self) -> None:
        """Close the connection if it is time, or come back when it may be."""
        now = self.loop.time()
        if self._since is None:
            self._since = now
        elif self._patience is not None and now - self._since >= self._patience:
            self.transport.close()
            return
        self._timer = self.loop.call_later(LOOK_SECONDS, self._look)

    def _refuse(self, status: int, detail: str) -> None:
        problem = document(status, detail)
        content = json.dumps(problem).encode()
        head = (
            f"HTTP/1.1 {status} {problem['title']}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()
