"""The web application. Serving reads never loads the language model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline

from app import __version__
from app.api import actors, changes, claims, events, health, openapi, problems, reports, sources
from app.api.access import ClosedReads
from app.api.head import HeadLikeGet
from app.database import engine
from app.settings import Settings
from app.settings import settings as process_settings

_DESCRIPTION = """
News reports as structured data that keeps the question *who says so?* in every row.

Lists come in pages: `next` is the `cursor` of the next one, and the `Link` header its URL. Filters
combine with AND, a repeated one with OR; unknown parameters are refused. `start` and `end` count
Unicode code points of the report's text, half-open. Dates are EDTF (ISO 8601-2). Every error is a
problem document (RFC 9457).
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings, by default those of the process."""
    app: FastAPI = FastAPIOffline(
        title="Reportedly",
        version=__version__,
        summary="Who says so?",
        description=_DESCRIPTION.strip(),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        redoc_url=None,
        # The page would otherwise ask validator.swagger.io about documents not on localhost.
        swagger_ui_parameters={"validatorUrl": None, "tryItOutEnabled": False},
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.settings = settings or process_settings()
    for room in (claims, events, actors, sources, reports, changes, health):
        app.include_router(room.router)
    app.add_middleware(HeadLikeGet)
    if app.state.settings.reads == "key":
        app.add_middleware(ClosedReads, url=app.state.settings.database_url)
    problems.install(app)
    openapi.install(app)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    engine(app.state.settings.database_url).dispose()
