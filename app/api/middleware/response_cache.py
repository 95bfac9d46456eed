"""Whole answers, kept in memory for as long as the data stays as it is.

Nothing stale is ever answered: a read that begins after a commit never shows the state before.
For each request the revision of the data is read before anything else (`app.api.revision`), and

1. an answer is kept only for the revision read *before* its query began, so that what it shows is
   that revision or, if somebody committed meanwhile, a newer one;
2. it is given out only while the revision is that very one: then nobody has committed between the
   two readings, its query ran between them, and so it shows exactly what a query now would show.

An answer overtaken by a commit is thus kept for a revision that never comes again; with the first
request that sees a new revision all that was kept goes.

PostgreSQL has nothing that tells a revision without a round trip, which costs more than most
pages; and a notification may come too late. There nothing is kept, and clients have their ETags.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, NamedTuple

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.middleware.content_coding import Accepted, accepted
from app.api.middleware.first_content import on_first_content
from app.api.revision import SqliteRevision

_LARGEST = 16
"""An answer may take this part of the room: else one large export pushes out a thousand pages."""

_OVERHEAD = 2000
"""Bytes for the key, the headers and the objects around them, about."""


class Key(NamedTuple):
    """All that an answer to GET depends on besides the data.

    Host and scheme are in the URLs of `Link` and of annotations. A route whose answer depends on
    another header, or on anything but the database, says `no-store`.
    """

    scheme: str
    path: bytes
    query: bytes
    host: bytes
    accept: bytes
    coding: Accepted


class Entry(NamedTuple):
    """An answer as it is sent, and the route that made it."""

    headers: tuple[tuple[bytes, bytes], ...]
    content: bytes
    route: Any


class Kept:
    """The answers of one revision, the least recently used first.

    `hits` of them were given again; `misses` had to be made. What may not be kept is neither.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.bytes = self.hits = self.misses = 0
        self.entries: OrderedDict[Key, Entry] = OrderedDict()

    def find(self, key: Key) -> Entry | None:
        """The answer, which is then the most recently used one."""
        entry = self.entries.get(key)
        if entry is not None:
            self.hits += 1
            self.entries.move_to_end(key)
        return entry

    def keep(self, key: Key, entry: Entry) -> None:
        """Keep an answer in the place of the least recently used ones, unless it is too large."""
        self.misses += 1
        size = _size(key, entry)
        if size > self.room // _LARGEST:
            return
        if (replaced := self.entries.pop(key, None)) is not None:
            self.bytes -= _size(key, replaced)
        self.entries[key] = entry
        self.bytes += size
        while self.bytes > self.room:
            self.bytes -= _size(*self.entries.popitem(last=False))

    def clear(self) -> None:
        """Forget all answers; the counts go on."""
        self.entries.clear()
        self.bytes = 0


def _size(key: Key, entry: Entry) -> int:
    return len(entry.content) + len(key.path) + len(key.query) + len(key.accept) + _OVERHEAD


class ResponseCache:
    """Answers GET from memory where the same was asked before, on the same data."""

    def __init__(self, app: ASGIApp, *, kept: Kept, revision: SqliteRevision) -> None:
        self.app = app
        self.kept = kept
        self.revision = revision
        self.kept_for: int | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on and keep the answer."""
        if scope["type"] == "http" and scope["method"] == "GET":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        now = self.revision.current()
        if now is None:
            await self.app(scope, receive, send)
            return
        if now != self.kept_for:
            self.kept.clear()
            self.kept_for = now
        key = _key(scope)
        entry = self.kept.find(key)
        if entry is None:
            await self.app(scope, receive, self._keeping(now, key, scope, send))
            return
        scope["route"] = entry.route
        headers = list(entry.headers)  # a copy, to which other layers may add
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": entry.content})

    def _keeping(self, before: int, key: Key, scope: Scope, send: Send) -> Send:
        async def keep(start: Message, content: Message) -> None:
            whole = start["status"] == 200 and not content.get("more_body")
            control = Headers(raw=start["headers"]).get("cache-control", "")
            if whole and "no-store" not in control and before == self.kept_for:
                entry = Entry(tuple(start["headers"]), content["body"], scope.get("route"))
                self.kept.keep(key, entry)

        return on_first_content(send, keep)


def _key(scope: Scope) -> Key:
    host = accept = coding = b""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept":
            accept += b"," + value
        elif name == b"accept-encoding":
            coding += b"," + value
    return Key(
        scope["scheme"],
        scope["raw_path"],
        scope["query_string"],
        host,
        accept,
        accepted(coding.decode("latin-1")),
    )
