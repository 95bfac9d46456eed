"""`/claims`."""

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app import schemas
from app.api.answers import ClaimAnswer, Page
from app.api.asking import ClaimRowParameters
from app.api.examples import EXAMPLES
from app.api.json_ld import ClaimList, ClaimNode, listed, one
from app.api.lists import list_page
from app.api.openapi import also_linked, example, page_example, problems
from app.api.parameters import ClaimParameters
from app.api.responses import one_row
from app.query import read
from app.query.collections import CLAIMS

_CLAIM = EXAMPLES["claim"]
_BODY = json.dumps(_CLAIM)
_BASE = "https://reportedly.example/"

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get(
    "",
    operation_id="list_claims",
    summary="Claims, with who says so",
    response_model=Page[schemas.Claim],
    responses=also_linked(page_example("claims", _CLAIM), ClaimList, listed([_BODY], _BASE))
    | problems(406, 422, 503),
)
def list_claims(request: Request, parameters: Annotated[ClaimParameters, Query()]) -> Response:
    """Propositions put forward in reports: according to whom, how sure, and who disagrees."""
    return list_page(request, CLAIMS, parameters, read.stored)


@router.get(
    "/{id}",
    operation_id="get_claim",
    summary="One claim",
    response_model=ClaimAnswer,
    responses=also_linked(example(_CLAIM), ClaimNode, one(_BODY, _BASE))
    | problems(404, 406, 422, 503),
)
def get_claim(
    request: Request,
    public_id: Annotated[str, Path(alias="id")],
    parameters: Annotated[ClaimRowParameters, Query()],
) -> Response:
    """One claim by its id, which stays the same whenever and wherever its report is loaded."""
    return one_row(request, CLAIMS, public_id, read.stored, parameters)
