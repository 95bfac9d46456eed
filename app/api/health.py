"""`/livez` and `/readyz`, for whoever starts, restarts and routes."""

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from app.api.openapi import problems
from app.api.responses import database_url
from app.query import health

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


@router.get("/livez", operation_id="get_livez", summary="Does the process answer?")
async def get_livez() -> Health:
    """Whether the process runs; it looks at nothing else."""
    return Health()


@router.get(
    "/readyz",
    operation_id="get_readyz",
    summary="Can it serve?",
    responses=problems(503),
)
def get_readyz(request: Request) -> Health:
    """Whether the database is reachable and migrated to what this version expects."""
    health.check(database_url(request))
    return Health()
