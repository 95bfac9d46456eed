"""`/actors`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import schemas
from app.api.answers import ActorAnswer, Page
from app.api.asking import ActorRowParameters
from app.api.examples import ANSWERS, EXAMPLES
from app.api.lists import list_page
from app.api.openapi import example, moved, page_example, problems
from app.api.parameters import ActorParameters, ReadingParameters
from app.api.responses import one_row
from app.query import read
from app.query.collections import ACTORS, READINGS

router = APIRouter(prefix="/actors", tags=["actors"])


@router.get(
    "",
    operation_id="list_actors",
    summary="Actors",
    response_model=Page[schemas.Actor],
    responses=page_example("actors", EXAMPLES["actor"]) | problems(406, 422, 503),
)
def list_actors(request: Request, parameters: Annotated[ActorParameters, Query()]) -> Response:
    """Who acts or is acted on, with each name that reports use."""
    return list_page(request, ACTORS, parameters, read.stored)


@router.get(
    "/{id}",
    operation_id="get_actor",
    summary="One actor",
    response_model=ActorAnswer,
    responses=example(EXAMPLES["actor"]) | moved() | problems(404, 406, 422, 503),
)
def get_actor(
    request: Request,
    public_id: Annotated[str, Path(alias="id")],
    parameters: Annotated[ActorRowParameters, Query()],
) -> Response:
    """One actor by its id, which stays the same whenever and wherever its report is loaded.

    The id of an actor that was merged into another one leads there.
    """
    return one_row(request, ACTORS, public_id, read.stored, parameters)


@router.get(
    "/{id}/readings",
    operation_id="list_readings",
    summary="What each report says of an actor, and why it is this one",
    response_model=Page[schemas.Reading],
    responses=page_example("readings", ANSWERS["reading"]) | moved() | problems(404, 406, 422, 503),
)
def list_readings(
    request: Request,
    public_id: Annotated[str, Path(alias="id")],
    parameters: Annotated[ReadingParameters, Query()],
) -> Response:
    """The evidence on which reports are taken to mean one actor, report by report."""
    return list_page(request, READINGS, parameters, read.readings, of=public_id)
