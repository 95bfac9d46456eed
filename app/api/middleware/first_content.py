"""Answers whose head depends on their content."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

Prepare = Callable[[Message, Message], Awaitable[None]]
"""Takes the start of an answer and its first piece of content, and may change both.

The answer is whole when the piece has no `more_body`; otherwise it is a stream.
"""


def on_first_content(send: Send, prepare: Prepare) -> Send:
    """A `send` that holds back the start of an answer until its first content is there."""
    start: Message | None = None

    async def held(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        if start is not None:
            await prepare(start, message)
            await send(start)
            start = None
        await send(message)

    return held
