"""`/events`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import schemas
from app.api.answers import EventAnswer, Page
from app.api.asking import EventRowParameters
from app.api.examples import EXAMPLES
from app.api.lists import list_page
from app.api.openapi import example, page_example, problems
from app.api.parameters import EventParameters
from app.api.responses import one_row
from app.query import read
from app.query.collections import EVENTS

router = APIRouter(prefix="/events", tags=["events"])


@router.get(
    "",
    operation_id="list_events",
    summary="Events, with the claims that report them",
    response_model=Page[schemas.Event],
    responses=page_example("events", EXAMPLES["event"]) | problems(406, 422, 503),
)
def list_events(request: Request, parameters: Annotated[EventParameters, Query()]) -> Response:
    """Things reported to happen, have happened or be planned."""
    return list_page(request, EVENTS, parameters, read.stored)


@router.get(
    "/{id}",
    operation_id="get_event",
    summary="One event",
    response_model=EventAnswer,
    responses=example(EXAMPLES["event"]) | problems(404, 406, 422, 503),
)
def get_event(
    request: Request,
    public_id: Annotated[str, Path(alias="id")],
    parameters: Annotated[EventRowParameters, Query()],
) -> Response:
    """One event by its id, which stays the same whenever and wherever its report is loaded."""
    return one_row(request, EVENTS, public_id, read.stored, parameters)
