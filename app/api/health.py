"""`/livez` and `/readyz`, for whoever starts, restarts and routes."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.api.openapi import example, problems
from app.api.responses import database_url
from app.query import health

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


_OK = example({"status": "ok"})


@router.get("/livez", operation_id="get_livez", summary="Does the process answer?", responses=_OK)
async def get_livez(response: Response) -> Health:
    """Whether the process runs; it looks at nothing else."""
    response.headers["Cache-Control"] = "no-store"
    return Health()


@router.get(
    "/readyz",
    operation_id="get_readyz",
    summary="Can it serve?",
    responses=_OK | problems(503),
)
def get_readyz(request: Request, response: Response) -> Health:
    """Whether the database is reachable and migrated to what this version expects."""
    response.headers["Cache-Control"] = "no-store"
    health.check(database_url(request))
    return Health()
