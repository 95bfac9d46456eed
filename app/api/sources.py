"""`/sources`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import schemas
from app.api.answers import Page, SourceAnswer
from app.api.asking import SourceRowParameters
from app.api.examples import EXAMPLES
from app.api.lists import list_page
from app.api.openapi import example, moved, page_example, problems
from app.api.parameters import SourceParameters
from app.api.responses import one_row
from app.query import read
from app.query.collections import SOURCES

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get(
    "",
    operation_id="list_sources",
    summary="Sources",
    response_model=Page[schemas.Source],
    responses=page_example("sources", EXAMPLES["source"]) | problems(406, 422, 503),
)
def list_sources(request: Request, parameters: Annotated[SourceParameters, Query()]) -> Response:
    """Anyone or anything that information is attributed to."""
    return list_page(request, SOURCES, parameters, read.stored)


@router.get(
    "/{id}",
    operation_id="get_source",
    summary="One source",
    response_model=SourceAnswer,
    responses=example(EXAMPLES["source"]) | moved() | problems(404, 406, 422, 503),
)
def get_source(
    request: Request,
    public_id: Annotated[str, Path(alias="id")],
    parameters: Annotated[SourceRowParameters, Query()],
) -> Response:
    """One source by its id, which stays the same whenever and wherever its report is loaded."""
    return one_row(request, SOURCES, public_id, read.stored, parameters)
