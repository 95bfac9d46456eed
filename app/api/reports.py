"""`/reports`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import schemas
from app.api.answers import Page, ReportAnswer
from app.api.asking import ReportRowParameters
from app.api.examples import ANSWERS, EXAMPLES
from app.api.lists import list_page
from app.api.negotiation import JSON_LD
from app.api.openapi import content, example, page_example, problems, reference
from app.api.parameters import ReportParameters
from app.api.responses import one_row, refuse_parameters, time_limited
from app.query import annotations, read
from app.query.collections import REPORT_WITH_TEXT, REPORTS

router = APIRouter(prefix="/reports", tags=["reports"])
Id = Annotated[str, Path(alias="id")]


_ANNOTATIONS = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""As the Web Annotation Protocol, section 4.1, wants it."""


@router.get(
    "",
    operation_id="list_reports",
    summary="Reports",
    response_model=Page[schemas.Report],
    responses=page_example("reports", EXAMPLES["report"]) | problems(406, 422, 503),
)
def list_reports(request: Request, parameters: Annotated[ReportParameters, Query()]) -> Response:
    """Documents as read, without their text."""
    return list_page(request, REPORTS, parameters, read.stored)


@router.get(
    "/{id}",
    operation_id="get_report",
    summary="One report with its text",
    response_model=ReportAnswer,
    responses=example(ANSWERS["report"]) | problems(404, 406, 422, 503),
)
def get_report(
    request: Request, public_id: Id, parameters: Annotated[ReportRowParameters, Query()]
) -> Response:
    """One document with its verbatim text, into which all `start` and `end` point."""
    return one_row(request, REPORT_WITH_TEXT, public_id, read.with_text, parameters)


@router.get(
    "/{id}/annotations",
    operation_id="get_report_annotations",
    summary="What was found in a report, as Web Annotations",
    response_class=Response,  # else the framework describes the content as a string
    response_model=annotations.AnnotationCollection,
    responses=content(JSON_LD, reference("AnnotationCollection"), ANSWERS["annotations"])
    | problems(404, 422, 503),
)
def get_report_annotations(request: Request, public_id: Id) -> Response:
    """Claims, events and mentions after the W3C Web Annotation Data Model."""
    refuse_parameters(request)
    with time_limited(request) as session:
        found = annotations.collection(session, public_id, str(request.base_url))
    return Response(found.model_dump_json(by_alias=True), media_type=_ANNOTATIONS)
