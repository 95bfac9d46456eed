"""The web application. Serving reads never loads the language model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.types import ASGIApp

from app import __version__
from app.api import (
    actors,
    changes,
    claims,
    events,
    exposition,
    health,
    openapi,
    problems,
    reports,
    sources,
    writes,
)
from app.api.access import ClosedReads
from app.api.loader import Loader
from app.api.metrics import Requests
from app.api.middleware.body_limit import BodyLimit
from app.api.middleware.compression import Compressed
from app.api.middleware.conditional import Conditional
from app.api.middleware.cross_origin import CrossOrigin
from app.api.middleware.head import HeadLikeGet
from app.api.middleware.observing import Observed
from app.api.middleware.quick_reads import QuickReads
from app.api.middleware.response_cache import Kept, ResponseCache
from app.api.middleware.validators import Validators
from app.api.quick import QuickReader
from app.api.revision import SqliteRevision
from app.database import engine
from app.query.sizes import Sizes
from app.settings import Settings
from app.settings import settings as process_settings

Layer = Callable[[ASGIApp], ASGIApp]

_DESCRIPTION = """
News reports as structured data that keeps the question *who says so?* in every row.

Lists come in pages: `next` is the `cursor` of the next one, and the `Link` header its URL; as
NDJSON or CSV (`Accept` or `format=`) they come whole. Filters combine with AND, a repeated one with
OR; unknown parameters are refused. `start` and `end` count Unicode code points of the report's
text, half-open. Dates are EDTF (ISO 8601-2). Every error is a problem document (RFC 9457).
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
    )
    app.state.settings = chosen
    log = (chosen.log_level, chosen.log_format)
    app.state.loader = Loader(chosen.database_url, chosen.queue, log)
    app.state.requests = Requests()
    app.state.kept = Kept(chosen.cache_bytes)
    on_sqlite = chosen.database_url.startswith("sqlite")
    app.state.quick = QuickReader(chosen.database_url) if on_sqlite else None
    app.state.revision = SqliteRevision(chosen.database_url) if on_sqlite else None
    app.state.sizes = Sizes(chosen.database_url)
    for room in (claims, events, actors, sources, reports, writes, changes, health, exposition):
        app.include_router(room.router)
    problems.install(app)
    openapi.install(app)
    return app


def create_service(settings: Settings | None = None) -> ASGIApp:
    """What is served: the application within its layers."""
    return within_layers(create_app(settings))


def within_layers(app: FastAPI) -> ASGIApp:
    """The application within all that a request passes on its way to it.

    The layers stand around the whole of FastAPI, not inside: so an answer from memory costs 5 µs
    less, which is a quarter of what the server needs for a request, and an answer to a bug has its
    request id too.
    """
    service: ASGIApp = app
    for layer in reversed(_layers(app.state)):
        service = layer(service)
    return service


def _layers(state: State) -> list[Layer]:
    """The first is the outermost one."""
    chosen: Settings = state.settings
    closed = chosen.reads == "key"
    keeps = state.revision is not None and state.kept.room > 0
    layers: list[Layer | None] = [
        partial(Observed, requests=state.requests),  # sees every answer, whoever gives it
        partial(CrossOrigin, origins=origins) if (origins := chosen.origins()) else None,
        partial(BodyLimit, limit=chosen.max_body_bytes),  # before anything is read
        partial(ClosedReads, url=chosen.database_url) if closed else None,  # before all answers
        HeadLikeGet,  # from here on there is GET only
        Conditional,  # 304, for kept and new answers
        # keeps what is ready to be sent
        partial(ResponseCache, kept=state.kept, revision=state.revision) if keeps else None,
        partial(Validators, private=closed),  # the ETag of the bytes as they are sent
        Compressed,
        partial(QuickReads, reader=state.quick) if state.quick is not None else None,
    ]
    return [layer for layer in layers if layer is not None]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    await run_in_threadpool(app.state.loader.close)
    for own in (app.state.quick, app.state.revision):
        if own is not None:
            own.close()
    engine(app.state.settings.database_url).dispose()
