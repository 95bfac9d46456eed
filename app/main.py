"""The web application. Serving reads never loads the language model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from app import __version__
from app.api import (
    actors,
    changes,
    claims,
    events,
    health,
    openapi,
    problems,
    reports,
    sources,
    writes,
)
from app.api.access import ClosedReads
from app.api.loader import Loader
from app.api.middleware.compression import Compressed
from app.api.middleware.conditional import Conditional
from app.api.middleware.head import HeadLikeGet
from app.api.middleware.response_cache import Kept, ResponseCache
from app.api.middleware.validators import Validators
from app.api.revision import SqliteRevision
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
    chosen = settings or process_settings()
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
        middleware=_layers(chosen),
    )
    app.state.settings = chosen
    app.state.loader = Loader(chosen.database_url, chosen.queue, chosen.log_level)
    for room in (claims, events, actors, sources, reports, writes, changes, health):
        app.include_router(room.router)
    problems.install(app)
    openapi.install(app)
    return app


def _layers(chosen: Settings) -> list[Middleware]:
    """What a request passes on its way to a route: the first is the outermost one."""
    closed = chosen.reads == "key"
    closed_reads = [Middleware(ClosedReads, url=chosen.database_url)] if closed else []
    return [
        *closed_reads,  # outside of what answers from memory
        Middleware(HeadLikeGet),  # all below know GET only
        Middleware(Conditional),  # 304, whether the answer was kept or made just now
        *_response_cache(chosen),  # keeps what is ready to be sent
        Middleware(Validators, private=closed),  # the ETag of the bytes as they are sent
        Middleware(Compressed),
    ]


def _response_cache(chosen: Settings) -> list[Middleware]:
    if chosen.cache_bytes == 0 or not chosen.database_url.startswith("sqlite"):
        return []
    revision = SqliteRevision(chosen.database_url)
    return [Middleware(ResponseCache, kept=Kept(chosen.cache_bytes), revision=revision)]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    await run_in_threadpool(app.state.loader.close)
    engine(app.state.settings.database_url).dispose()
