"""The least that our interface is measured against, under the same server.

`bare` answers with as little as ASGI can, `page` with as many bytes as a page of ours, `framework`
is one FastAPI route that returns a small dict.
"""

from __future__ import annotations

import os
from typing import Any

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

PAGE = b"x" * int(os.environ.get("PAGE_BYTES", "80000"))


async def bare(scope: Scope, _receive: Receive, send: Send) -> None:
    """Thirteen bytes."""
    await _answer(scope, send, b'{"status":1}\n')


async def page(scope: Scope, _receive: Receive, send: Send) -> None:
    """As many bytes as a page has."""
    await _answer(scope, send, PAGE)


async def _answer(scope: Scope, send: Send, body: bytes) -> None:
    if scope["type"] == "http":
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


framework = FastAPI()


@framework.get("/")
async def small() -> dict[str, Any]:
    """A small dict."""
    return {"status": "ok", "items": [1, 2, 3]}
