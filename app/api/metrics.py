"""Numbers that the process keeps of itself, as plain as can be: each request adds to them."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

from starlette.types import Scope

BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the classes of durations, in seconds; a last class has no bound."""


class Label(NamedTuple):
    """What a request is counted under: few values each, whatever clients send."""

    method: str
    route: str
    status: int


class Durations:
    """How many requests took how long: one count for each class, and the sum in seconds."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0


class Requests:
    """All requests that were answered, and how many are being answered now."""

    def __init__(self) -> None:
        self.in_flight = 0
        self.durations: dict[Label, Durations] = {}

    def count(self, scope: Scope, status: int, seconds: float) -> None:
        """Count an answered request under the route that it went to (`/claims/{id}`)."""
        label = Label(scope["method"], _route(scope.get("route")), status)
        durations = self.durations.get(label)
        if durations is None:
            durations = self.durations[label] = Durations()
        durations.counts[bisect_left(BOUNDS, seconds)] += 1
        durations.seconds += seconds


def _route(route: Any) -> str:
    """The template of a route's path; empty where no route was found."""
    return getattr(route, "path_format", "")
