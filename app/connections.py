"""Connections that do not wait for ever, and say in a problem document what is no HTTP.

uvicorn waits for the head and the body of a request as long as it takes, and keeps a head of any
length in memory: a thousand clients that send a byte a minute would each hold a connection.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import MEDIA_TYPE, document

HEAD_SECONDS = 10
"""In which the head of a request has to come, from the connection or its first byte on."""

BODY_SECONDS = 300
"""In which the body has to come: 16 megabytes at half a megabit a second."""

IDLE_SECONDS = 5
"""In which the next request has to begin; an idle connection is closed at most as long after."""

MAX_HEAD_BYTES = 65_536
"""Of the longest head, as h11 and most proxies have it."""


class Connection(HttpToolsProtocol):
    """One connection; it is closed where a request does not come in time.

    It has one timer, which outlives what it was set for and then looks again: to set and cancel
    one for each head and body, and uvicorn's own after each answer, costs a fifth of an answer from
    memory.
    """

    _timer: asyncio.TimerHandle | None = None
    _until: float | None = None
    _head_bytes = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(cast("asyncio.Transport", _Gathering(transport)))
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        if self._timer is not None:
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
        self._wait(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        """The head is there, the body may follow."""
        self._in_head = False
        self._wait(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All is there, of a body that was refused too."""
        self._wait(IDLE_SECONDS if self.cycle.response_complete else None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Send a head that no content has followed, and go on to what was sent meanwhile.

        All but the timer is as uvicorn has it.
        """
        cast("_Gathering", self.transport).flush()
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._until is None:
            self._wait(IDLE_SECONDS)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(400, msg)

    def _wait(self, seconds: float | None) -> None:
        self._until = None if seconds is None else self.loop.time() + seconds
        if self._timer is None and seconds is not None:
            self._timer = self.loop.call_later(HEAD_SECONDS, self._look)

    def _look(self) -> None:
        """Close the connection if it is time, or come back when it may be."""
        self._timer = None
        if self._until is None:
            return
        left = self._until - self.loop.time()
        if left <= 0:
            self.transport.close()
        else:
            # Not the whole time of a body: the next thing waited for may be a head.
            self._timer = self.loop.call_later(min(left, HEAD_SECONDS), self._look)

    def _refuse(self, status: int, detail: str) -> None:
        problem = document(status, detail)
        content = json.dumps(problem).encode()
        head = (
            f"HTTP/1.1 {status} {problem['title']}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(content)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + content)
        self.transport.close()


class _Gathering:
    """A transport that sends the head of an answer with the first of its content.

    uvicorn writes one after the other, and the system takes ten microseconds for each.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""
        self.is_closing = transport.is_closing  # asked after each answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Keep a head, send everything else."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 100"):
            self._head = data
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Send what is kept."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def close(self) -> None:
        """Close the connection when all is sent."""
        self.flush()
        self._transport.close()
