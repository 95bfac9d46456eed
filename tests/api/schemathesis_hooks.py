"""What schemathesis has to be told: rules of the interface that JSON Schema cannot express.

Loaded by `SCHEMATHESIS_HOOKS`. Requests that are to be accepted are made to follow these rules;
those that are to be refused stay as they are.
"""

from __future__ import annotations

from functools import cache

import httpx
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext, SerializationContext
from schemathesis.core.parameters import ParameterLocation

schemathesis.openapi.format(
    "edtf", st.dates().map(str) | st.sampled_from(["2025", "2025-11", "2024-01-01/2024-02-03"])
)

WORDS = "said"
"""What many rows have."""


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def lines(_context: SerializationContext, value: object) -> dict[str, bytes]:
    return {"data": str(value).encode(errors="surrogatepass")}


@schemathesis.hook
def filter_case(_context: HookContext, case: Case) -> bool:
    """Whatever bytes are sent as text or lines are a string: its schema cannot be violated."""
    is_string = case.media_type not in {None, "application/json"}
    return not (is_string and case.meta and case.meta.is_negative_at(ParameterLocation.BODY))


@schemathesis.hook
def map_case(_context: HookContext, case: Case) -> Case:
    """Relevance is that of words, a cursor of the same list and sort; only JSON has more."""
    if case.meta is None or case.meta.generation.mode.is_negative:
        return case
    query = case.query
    if query.get("sort") == "relevance":
        query["q"] = WORDS
    if "cursor" in query:
        del query["cursor"]
        if found := cursor(f"{case.operation.base_url}{case.formatted_path}", query.get("sort")):
            query["cursor"] = found
    if query.get("format", "json") != "json":
        for name in ("count", "facet", "include", "highlight"):
            query.pop(name, None)
    if case.media_type not in {"text/plain", "text/markdown"}:
        query.pop("name", None)
    return case


@cache
def cursor(url: str, sort: str | None) -> str | None:
    """That of the second page, if there are two."""
    asked = {"limit": "1"} | ({"sort": sort} if sort else {})
    if sort == "relevance":
        asked["q"] = WORDS
    answer = httpx.get(url, params=asked)
    following: str | None = answer.json()["next"] if answer.status_code == 200 else None
    return following
