"""Which representation a client wants: `format=`, or else `Accept` (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fastapi import Request

from app.api.weights import weighted
from app.errors import NotAcceptable


class Format(NamedTuple):
    """A representation: its `name` in `format=`, what `Accept` calls it, and what it is sent as."""

    name: str
    media_type: str
    content_type: str


JSON = Format("json", "application/json", "application/json")
NDJSON = Format("ndjson", "application/x-ndjson", "application/x-ndjson")
CSV = Format("csv", "text/csv", "text/csv; charset=utf-8; header=present")
"""RFC 4180 and, for the charset, RFC 7111."""
JSON_LD = Format("jsonld", "application/ld+json", "application/ld+json")

VARY = {"Vary": "Accept"}


def chosen(request: Request, name: str | None, offered: Sequence[Format]) -> Format:
    """The one of `offered` that was asked for by name, else the one that `Accept` ranks highest.

    What is offered first wins a tie, and where nothing was asked for. Parameters of media types
    narrow nothing. Raises NotAcceptable.
    """
    if name is not None:
        return next(one for one in offered if one.name == name)
    accept = ",".join(request.headers.getlist("accept"))
    if not accept.strip(", "):
        return offered[0]
    ranges = weighted(accept)
    best = max(offered, key=lambda one: _quality(ranges, one.media_type))
    if not _quality(ranges, best.media_type):
        names = ", ".join(one.media_type for one in offered)
        raise NotAcceptable(f"this comes as {names}")
    return best


def _quality(ranges: dict[str, float], media_type: str) -> float:
    """That of the most specific range that the type lies in."""
    family, _, _ = media_type.partition("/")
    for media_range in (media_type, f"{family}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
