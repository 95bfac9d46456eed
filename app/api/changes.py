"""`/changes`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app import schemas
from app.api.examples import EXAMPLES
from app.api.layers_openapi import header
from app.api.negotiation import JSON
from app.api.openapi import problems
from app.api.responses import next_link, refuse_repeated, time_limited
from app.api.values import no_null
from app.query.changes import changes

router = APIRouter(prefix="/changes", tags=["changes"])

_CURSOR = "WyJjaGFuZ2VzIiw0MSw3LDU2LDQyLCI1ZjA5YjZkMGM0MWUzYTdmIl0"
_EXAMPLE: dict[str, Any] = {
    "items": [
        {"collection": "claims", "id": "c_ucxhp3nk5eyo", "removed": True, "item": None},
        {
            "collection": "claims",
            "id": EXAMPLES["claim"]["id"],
            "removed": False,
            "item": EXAMPLES["claim"],
        },
    ],
    "next": _CURSOR,
    "more": False,
}
_LINK = header('`<URL>; rel="next"` where there is more by now (RFC 8288)')
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"content": {JSON.media_type: {"example": _EXAMPLE}}, "headers": {"Link": _LINK}}
}


class ChangesParameters(BaseModel):
    """Which part of the feed."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=500, description="Changes of a page")
    cursor: str | None = Field(
        None,
        max_length=2000,
        description="Where to go on: the `next` of the page before. Without it, from the start",
        json_schema_extra=no_null,
    )
    collection: list[Literal["sources", "actors", "reports", "claims", "events"]] = Field(
        [], max_length=5, description="Follow these only"
    )


@router.get(
    "",
    operation_id="list_changes",
    summary="What was added, changed or removed",
    response_model=schemas.Changes,
    responses=_RESPONSES | problems(410, 422, 503),
)
def list_changes(request: Request, parameters: Annotated[ChangesParameters, Query()]) -> Response:
    """Follow the archive: all of it from the start, then all that happens to it.

    Without a `cursor` the feed begins with everything that is there, so there is nothing else
    to copy first. For each item, put `item` under `collection` and `id` into your copy, or drop
    what you have there if it was `removed` (something you never had, maybe). Then go on from
    `next`: at once while there is `more`, else whenever you like. Nothing is ever left out, however
    many write meanwhile, and each time `more` is false your copy is exactly what the server holds.

    Only the latest change of each thing is listed: what changes while you are under way comes
    later, once. An `item` is what `/claims/{id}` and the like answer, reports without their
    text. An actor or source that was merged into another one counts as removed.

    410 means that the database has another history than the cursor, as when a backup was
    restored: drop your copy and start again without a cursor.
    """
    refuse_repeated(request, ("limit", "cursor"))
    with time_limited(request) as session:
        found = changes(session, parameters.collection, parameters.limit, parameters.cursor)
    more = "true" if found.more else "false"
    content = f'{{"items":[{",".join(found.items)}],"next":"{found.next}","more":{more}}}'
    headers = next_link(request.scope, found.next if found.more else None)
    return Response(content.encode(), media_type=JSON.media_type, headers=headers)
