"""Documents as clients send them: what their media type says, within the bounds of the loader."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from email.message import Message
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from app.errors import (
    InvalidDocument,
    Malformed,
    Problem,
    TooLarge,
    UnsupportedMediaType,
)

if TYPE_CHECKING:
    from app.ingest.document import Document

JSON = "application/json"
TEXT = ("text/plain", "text/markdown")
LINES = ("application/x-ndjson", "application/jsonl")
MEDIA_TYPES = (JSON, *TEXT, *LINES)


class _Reader(NamedTuple):
    """How a content becomes a document, and the bytes of the largest one."""

    parse: Callable[[bytes], Document]
    limit: int


def media_type(request: Request) -> str:
    """One of MEDIA_TYPES. Raises UnsupportedMediaType for others, and for what is not UTF-8."""
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    essence = header["Content-Type"].partition(";")[0].strip().lower()
    if essence not in MEDIA_TYPES:
        raise UnsupportedMediaType(f"send one of {', '.join(MEDIA_TYPES)}", MEDIA_TYPES)
    charset = header.get_content_charset("utf-8")
    encoding = request.headers.get("content-encoding", "identity").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"} or encoding != "identity":
        raise UnsupportedMediaType("send plain UTF-8, not compressed", MEDIA_TYPES)
    return essence


async def one_document(request: Request, kind: str, name: str | None) -> Document:
    """The document in a request. Raises Malformed, TooLarge, InvalidDocument.

    `name` is the name of a text; JSON has its own.
    """
    reader = await run_in_threadpool(_reader, kind, name)
    content = bytearray()
    async for chunk in chunks(request):
        content += chunk
        if len(content) > reader.limit:
            raise _too_large(reader.limit)
    return await run_in_threadpool(_told, reader.parse, bytes(content))


def documents(file: BinaryIO) -> Iterator[tuple[int, Document | Problem]]:
    """The documents in the lines of a file, and the problems of those that are none."""
    from app.ingest.read import MAX_LINE_BYTES, numbered_lines, parse_line  # noqa: PLC0415

    for number, line in numbered_lines(file):
        try:
            if line is None:
                raise _too_large(MAX_LINE_BYTES)
            yield number, _told(partial(parse_line, None), line)
        except Problem as problem:
            yield number, problem


async def chunks(request: Request) -> AsyncIterator[bytes]:
    """The content as it comes. Raises Malformed where the client goes away before its end."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise Malformed("the content ends too early") from None


def _reader(kind: str, name: str | None) -> _Reader:
    from app.ingest import read  # noqa: PLC0415 -- who only reads never needs it

    if kind == JSON:
        return _Reader(partial(read.parse_line, None), read.MAX_LINE_BYTES)
    return _Reader(partial(read.parse, name), read.MAX_BYTES)


def _told(parse: Callable[[bytes], Document], content: bytes) -> Document:
    """The document, or as a problem what the loader says of a file that is none."""
    from app.ingest.document import DocumentError, MalformedError  # noqa: PLC0415

    try:
        return parse(content)
    except MalformedError as error:
        raise Malformed(str(error)) from None
    except DocumentError as error:
        raise InvalidDocument(str(error)) from None


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"more than {limit:,} bytes, which no document has")
