"""Whole collections, streamed: from one state of the database, at the pace of whoever reads.

An export holds a database connection and its snapshot from the first row to the last. Hence the
bounds: so many at once, each one in one thread at a time of its own, so that pages always find
threads and connections; and so long for a client to take a chunk, after which the connection is
closed. What goes wrong after the first byte can't be told as a problem any more: the connection
is closed before the last chunk, which every HTTP client reports as an incomplete answer.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager

from anyio import CancelScope, CapacityLimiter, WouldBlock, move_on_after, to_thread
from anyio.lowlevel import RunVar
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from app.api.middleware.head import IS_HEAD
from app.errors import Busy

AT_ONCE = 4
"""Exports at once; there is a database connection for each of them beside those of pages."""

PATIENCE = 30
"""Seconds that a client has to take a chunk of one or two megabytes."""

Chunks = Generator[bytes, None, None]

_log = logging.getLogger(__name__)
_places: RunVar[CapacityLimiter] = RunVar("places of exports")


class Export(StreamingResponse):
    """Streams `chunks`, which are made in a thread, and closes them whatever happens.

    A problem that they raise before the first one is answered as such, and so is Busy, where too
    many are streamed already.
    """

    def __init__(self, chunks: Chunks, headers: Mapping[str, str], media_type: str) -> None:
        super().__init__(self._from_first(), headers=headers, media_type=media_type)
        self._chunks = chunks
        self._first: bytes | None = None
        self._thread = CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream to the end, or until the client is gone or has stalled."""
        with _place():
            try:
                if scope.get(IS_HEAD):
                    self._chunks.close()
                    self._first = b""
                else:
                    self._first = await self._next()
                await super().__call__(scope, receive, _impatient(send))
            except Stalled:
                # The server closes the connection of an answer that is left incomplete.
                _log.warning("An export breaks off: the client has stalled")
            finally:
                with CancelScope(shield=True):
                    await to_thread.run_sync(self._chunks.close, limiter=self._thread)

    async def _from_first(self) -> AsyncIterator[bytes]:
        chunk = self._first
        while chunk is not None:
            yield chunk
            try:
                chunk = await self._next()
            except Exception as error:
                _log.error("An export breaks off: %s", error)
                raise

    async def _next(self) -> bytes | None:
        return await to_thread.run_sync(next, self._chunks, None, limiter=self._thread)


class Stalled(Exception):  # noqa: N818  (a state of the client, and no answer to it is possible)
    """The client does not read what it asked for."""


def _impatient(send: Send) -> Send:
    async def send_in_time(message: Message) -> None:
        with move_on_after(PATIENCE) as waiting:
            await send(message)
        if waiting.cancelled_caught:
            raise Stalled

    return send_in_time


@contextmanager
def _place() -> Iterator[None]:
    """One of the places that there are in this event loop, for as long as it takes."""
    try:
        places = _places.get()
    except LookupError:
        places = CapacityLimiter(AT_ONCE)
        _places.set(places)
    try:
        places.acquire_nowait()
    except WouldBlock:
        raise Busy(f"{AT_ONCE} exports are running", PATIENCE) from None
    try:
        yield
    finally:
        places.release()
