"""What the OpenAPI document says beyond types: problems, examples, and no default errors."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel

from app.api import access, flat, layers_openapi
from app.api.batches import Result
from app.api.json_ld import ClaimList, ClaimNode
from app.api.layers_openapi import header
from app.api.negotiation import CSV, JSON, JSON_LD, NDJSON, Format
from app.errors import MEDIA_TYPE, ProblemDocument
from app.incoming import NewReport

Responses = dict[int | str, dict[str, Any]]

_DESCRIPTIONS = {
    401: "No API key, or none that stands",
    403: "The API key has another scope",
    404: "There is no such row",
    406: "`Accept` or `Accept-Encoding` allows nothing that can be sent",
    410: "The cursor is of another history: start again without one",
    422: "Unknown or invalid parameters, each one listed",
    503: "The database is away or not migrated, or would take too long; or too many"
    " exports are running",
}
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "rk_ID_SECRET",
    "description": "An API key, made by `reportedly keys create`",
}
_CHALLENGE = {
    "WWW-Authenticate": header(
        "The scheme, what is wrong with the key, and the scope it should have (RFC 6750, 3)"
    )
}
_FLAT = {
    NDJSON: "An item as JSON on each line; all that match, unless there is a `limit`",
    CSV: "A line for each item, all that match, unless there is a `limit` (RFC 4180, UTF-8, with a"
    ' header). Columns with ids are named after their filter; several values are joined by " | ",'
    " `start-end` is a span; null is an empty cell. A text that a spreadsheet would take for a"
    " formula has an apostrophe in front.",
}
_MODELS: tuple[type[BaseModel], ...] = (
    ProblemDocument,
    NewReport,
    Result,
    ClaimNode,
    ClaimList,
)
"""What is only described: the framework finds the models of bodies and responses by itself."""


def reference(name: str) -> dict[str, Any]:
    """The schema of a model, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


_PROBLEM = {"schema": reference("ProblemDocument")}


def problems(*statuses: int) -> Responses:
    """The `responses` of an operation that can fail so."""
    return {
        status: {
            "description": _DESCRIPTIONS.get(status, HTTPStatus(status).phrase),
            "content": {MEDIA_TYPE: _PROBLEM},
        }
        for status in statuses
    }


def key_problems() -> Responses:
    """The `responses` of an operation that needs an API key."""
    return {status: said | {"headers": _CHALLENGE} for status, said in problems(401, 403).items()}


def needs_key(scope: str) -> dict[str, Any]:
    """The part of an operation that says which API key it needs."""
    return {"security": [{"key": [scope]}]}


def moved() -> Responses:
    """The `responses` of an operation on an actor or source that a decision can have merged."""
    headers = {"Location": header("Where it is now")}
    return {308: {"description": "It was merged into another one", "headers": headers}}


def content(form: Format, schema: dict[str, Any], example: Any) -> Responses:
    """The `responses` of an operation whose 200 has one form that is not JSON."""
    return {200: {"content": {form.media_type: {"schema": schema, "example": example}}}}


def example(answer: Any) -> Responses:
    """The `responses` of an operation with an example of its 200 in JSON."""
    return {200: {"content": {JSON.media_type: {"example": answer}}}}


def page_example(collection: str, row: Any) -> Responses:
    """A page of one real row as the example of an operation's 200, with its headers."""
    headers = {
        "Link": header('`<URL>; rel="next"` where there is a next page (RFC 8288)'),
        "Content-Disposition": header("A name for the file, of NDJSON and CSV (RFC 6266)"),
    }
    content: dict[str, Any] = {JSON.media_type: {"example": {"items": [row], "next": None}}}
    for form in flat.FORMATS:
        shown = b"".join(flat.chunks(form, collection, [[orjson.dumps(row)]])).decode()
        schema = {"type": "string", "description": _FLAT[form]}
        content[form.media_type] = {"schema": schema, "example": shown}
    return {200: {"content": content, "headers": headers}}


def also_linked(responses: Responses, schema: type[BaseModel], example: str) -> Responses:
    """The `responses` of an operation whose 200 is JSON-LD too; `example` is such a document."""
    linked = {"schema": reference(schema.__name__), "example": json.loads(example)}
    responses[200]["content"][JSON_LD.media_type] = linked
    return responses


def install(app: FastAPI) -> None:
    """Let `app.openapi()` make the document once, without the framework's own error schemas."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
    )
    _restore_nulls(app, made)
    layers_openapi.describe(made, problems(406)[406])
    schemas = made["components"]["schemas"]
    for model in _MODELS:
        described = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= described.pop("$defs", {}) | {model.__name__: described}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    made["components"]["schemas"] = dict(sorted(schemas.items()))
    made["components"]["securitySchemes"] = {"key": _KEY}
    if app.state.settings.reads == "key":
        _close_reads(made)
    return made


def _restore_nulls(app: FastAPI, made: dict[str, Any]) -> None:
    """Give examples back the nulls that the framework leaves out of everything."""
    for route in iter_route_contexts(app.routes):
        if route.path not in made["paths"]:
            continue
        for method in route.methods or ():
            responses = made["paths"][route.path][method.lower()]["responses"]
            for code, response in route.responses.items():
                for media_type, content in response.get("content", {}).items():
                    if "example" in content:
                        shown = responses[str(code)]["content"][media_type]
                        shown["example"] = content["example"]


def _close_reads(made: dict[str, Any]) -> None:
    """Say that reading needs a key, but for asking whether the service is there."""
    for path, operations in made["paths"].items():
        if "get" in operations and not path.startswith(access.OPEN):
            get = operations["get"]
            get |= needs_key("read")
            get["responses"] |= {str(code): it for code, it in key_problems().items()}
