"""Several reports in one request: NDJSON in, a line of NDJSON for each back, as it is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from fastapi import Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import iterate_in_threadpool
from starlette.types import Receive, Scope, Send

from app.api.loader import Loader
from app.api.receiving import chunks, documents
from app.errors import Problem, ProblemDocument

MEDIA_TYPE = "application/x-ndjson"

IN_MEMORY = 1_000_000
"""Bytes of a batch up to which it needs no file."""


class Result(BaseModel):
    """What became of one line of a batch."""

    line: int = Field(ge=1, description="The number of the line; blank ones count")
    status: int = Field(description="The status that this document alone would have got")
    id: str | None = Field(None, description="The report's id (200, 201)")
    url: str | None = Field(None, description="Where the report is (200, 201)")
    problem: ProblemDocument | None = Field(None, description="Why there is none (other statuses)")


class Batch(Response):
    """Loads the documents one after the other, and tells what became of each.

    The whole content has to arrive first: most clients read no answer before they have sent all,
    and would wait for us for ever while we wait for them.
    """

    media_type = MEDIA_TYPE

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        super().__init__()
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Busy before anything is read, Malformed where the client goes away meanwhile."""
        request = Request(scope, receive)
        with self.loader.place(batch=True), SpooledTemporaryFile(IN_MEMORY) as spool:
            async for chunk in chunks(request):
                spool.write(chunk)
            spool.seek(0)
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(start)
            async for result in self._results(request, cast("BinaryIO", spool)):
                line = result.model_dump_json(by_alias=True, exclude_none=True) + "\n"
                body = {"type": "http.response.body", "body": line.encode(), "more_body": True}
                await send(body)
            await send({"type": "http.response.body", "body": b""})

    async def _results(self, request: Request, file: BinaryIO) -> AsyncIterator[Result]:
        """One for each line, until the client has gone."""
        from app.ingest import worker  # noqa: PLC0415 -- who only reads never needs it

        async for number, found in iterate_in_threadpool(documents(file)):
            if await request.is_disconnected():
                return
            try:
                if isinstance(found, Problem):
                    raise found
                loaded = await self.loader.do(worker.load, found)
            except Problem as problem:
                told = ProblemDocument.model_validate(problem.document())
                yield Result(line=number, status=problem.status, problem=told)
            else:
                url = str(request.url_for("get_report", id=loaded.id))
                status = 201 if loaded.created else 200
                yield Result(line=number, status=status, id=loaded.id, url=url)
