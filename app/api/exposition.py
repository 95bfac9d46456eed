"""`/metrics`: the numbers of the process in the format of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import State

from app.api.metrics import BOUNDS, Durations, Label
from app.api.openapi import Responses, problems
from app.api.responses import refuse_parameters

if TYPE_CHECKING:
    from prometheus_client.core import Metric

router = APIRouter(tags=["health"])

_EXAMPLE = {"schema": {"type": "string"}, "example": 'reportedly_rows{table="claim"} 26.0\n'}
_OK: Responses = {
    200: {"content": {"text/plain": _EXAMPLE, "application/openmetrics-text": _EXAMPLE}}
}


@router.get(
    "/metrics",
    operation_id="get_metrics",
    summary="Numbers for Prometheus",
    response_class=PlainTextResponse,
    responses=_OK | problems(422),
)
def get_metrics(request: Request) -> Response:
    """Requests by route, answers from memory, what was loaded, rows, and the process itself.

    Prometheus' text format, or OpenMetrics where that is asked for. Counts are of this process,
    since its start.
    """
    # Not needed to serve, and half the processes are never asked.
    from prometheus_client import CollectorRegistry, ProcessCollector  # noqa: PLC0415
    from prometheus_client.exposition import choose_encoder  # noqa: PLC0415

    refuse_parameters(request)
    registry = CollectorRegistry()
    registry.register(_Numbers(request.app.state))
    ProcessCollector(registry=registry)
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    headers = {"Cache-Control": "no-store", "Content-Type": media_type, "Vary": "Accept"}
    return Response(encode(registry), headers=headers)


class _Numbers:
    """All that the application counts, as metrics; a collector as `prometheus_client` wants it."""

    def __init__(self, state: State) -> None:
        self.state = state

    def collect(self) -> Iterator[Metric]:
        """The metrics, as of now."""
        from prometheus_client.core import CounterMetricFamily as Counter  # noqa: PLC0415
        from prometheus_client.core import GaugeMetricFamily as Gauge  # noqa: PLC0415

        requests, kept, loader = self.state.requests, self.state.kept, self.state.loader
        yield _durations(requests.durations)
        yield Gauge("reportedly_requests_in_flight", "Requests being answered", requests.in_flight)
        answers = Counter(
            "reportedly_kept_answers", "Whether they were in memory", labels=["found"]
        )
        answers.add_metric(["yes"], kept.hits)
        answers.add_metric(["no"], kept.misses)
        yield answers
        yield Gauge("reportedly_kept_answers_bytes", "Memory for answers in use", kept.bytes)
        yield Gauge("reportedly_loader_waiting", "Requests that wait to be loaded", loader.waiting)
        yield Counter("reportedly_loader_seconds", "Extracting and storing", loader.seconds)
        documents = Counter("reportedly_documents", "What became of documents", labels=["outcome"])
        for outcome, number in loader.outcomes.items():
            documents.add_metric([outcome.replace(" ", "_")], number)
        yield documents
        rows = Gauge("reportedly_rows", "Rows of the database", labels=["table"])
        with suppress(SQLAlchemyError):  # away: the other numbers are wanted all the more
            for table, number in self.state.sizes.rows().items():
                rows.add_metric([table], number)
        yield rows

    def describe(self) -> list[Metric]:
        """Nothing: a registry of one request need not look for names that are taken."""
        return []


def _durations(durations: Mapping[Label, Durations]) -> Metric:
    from prometheus_client.core import HistogramMetricFamily  # noqa: PLC0415

    metric = HistogramMetricFamily(
        "reportedly_request_duration_seconds", "Time to the end of an answer", labels=Label._fields
    )
    bounds = [*map(str, BOUNDS), "+Inf"]
    for label, taken in list(durations.items()):  # a copy: other requests add to them
        buckets = list(zip(bounds, accumulate(taken.counts), strict=True))
        metric.add_metric([*map(str, label)], buckets, taken.seconds)
    return metric
