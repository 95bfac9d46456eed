"""`POST /reports` and `DELETE /reports/{id}`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from app import schemas
from app.api import batches, receiving
from app.api.access import may_write
from app.api.loader import Loader
from app.api.negotiation import JSON
from app.api.openapi import needs_key
from app.api.responses import database_url, refuse_parameters
from app.api.values import Text, no_null
from app.api.writes_openapi import CREATE, CREATED, DELETED
from app.database import reading
from app.errors import invalid_parameter
from app.query import read
from app.query.tables import report

router = APIRouter(prefix="/reports", tags=["reports"], dependencies=[Depends(may_write)])


class NewReportParameters(BaseModel):
    """What a text cannot say of itself."""

    model_config = ConfigDict(extra="forbid")

    name: Text | None = Field(
        None,
        description="As `name` in JSON, for `text/plain` and `text/markdown` only",
        json_schema_extra=no_null,
    )


@router.post(
    "",
    operation_id="create_report",
    summary="Add a report, or several",
    status_code=201,
    response_model=schemas.Report,
    responses=CREATED,
    openapi_extra=CREATE,
)
async def create_report(
    request: Request, parameters: Annotated[NewReportParameters, Query()]
) -> Response:
    """Extract and store a document: JSON, or the text itself with optional YAML front matter.

    A document that is held already gives its report and 200; under another name, it has both. One
    that is new takes its name from the report that had it, and replaces that if it had no other.
    Without a name, it has its id for one. A document is stored whole or not at all, and it is
    stored once the answer comes; sending it again changes nothing.

    Lines of JSON (`application/x-ndjson`) are several documents: each gets a line of the answer,
    with the status that it alone would have got, in order, as soon as it is done. The whole content
    has to arrive first.
    """
    kind, loader = receiving.media_type(request), _loader(request)
    if parameters.name is not None:
        _check_name(request, kind)
    if kind in receiving.LINES:
        return batches.Batch(loader)
    from app.ingest import worker  # noqa: PLC0415 -- who only reads never needs it

    with loader.place():
        document = await receiving.one_document(request, kind, parameters.name)
        loaded = await loader.do(worker.load, document)
    location = str(request.url_for("get_report", id=loaded.id))
    status = 201 if loaded.created else 200
    return Response(loaded.body, status, {"Location": location}, JSON.media_type)


@router.delete(
    "/{id}",
    operation_id="delete_report",
    summary="Delete a report",
    status_code=204,
    responses=DELETED,
    openapi_extra=needs_key("write"),
)
async def delete_report(request: Request, public_id: Annotated[str, Path(alias="id")]) -> Response:
    """Delete a report under all its names, with its claims and events.

    Actors and sources that other reports speak of stay, and are what those say of them. A document
    that still lies in the seeds folder comes back when that is loaded again.
    """
    refuse_parameters(request)
    await run_in_threadpool(_require, database_url(request), public_id)
    from app.ingest import worker  # noqa: PLC0415 -- who only reads never needs it

    with _loader(request).place():
        await _loader(request).do(worker.delete, public_id)
    return Response(status_code=204)


def _check_name(request: Request, kind: str) -> None:
    if kind not in receiving.TEXT:
        raise invalid_parameter("name", "goes into the JSON")
    if len(request.query_params.getlist("name")) > 1:
        raise invalid_parameter("name", "can be given once only")


def _require(url: str, public_id: str) -> None:
    """Raises NotFound at once: nobody waits for a place in the queue for that."""
    with reading(url) as session:
        read.by_id(session, report, (report.c.pk,), public_id)


def _loader(request: Request) -> Loader:
    loader: Loader = request.app.state.loader
    return loader
