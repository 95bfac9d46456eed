"""What the OpenAPI document says of writing: contents, answers, problems."""

from __future__ import annotations

from typing import Any

from app.api.examples import EXAMPLES
from app.api.layers_openapi import header
from app.api.openapi import Responses, key_problems, needs_key, problems, reference
from app.api.receiving import JSON, LINES, TEXT

_TEXT = "The river rose on Friday.\n\nGovernor Ada Lind said that nobody was hurt."
_METADATA = {"title": "Flood in Elan", "publisher": "Harbour Gazette", "published_on": "2025-11-07"}
_FRONT_MATTER = "\n".join(["---", *(f"{key}: {it}" for key, it in _METADATA.items()), "---", _TEXT])
_CONTROL = r"\u0000-\u0008\u000B\u000E-\u001F"
_TEXT_CONTENT = {
    "schema": {
        "type": "string",
        "pattern": rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$",
        "description": "UTF-8, with optional YAML front matter",
    },
    "example": _FRONT_MATTER,
}
_LINES_CONTENT = {
    "schema": {"type": "string", "description": "A `NewReport` as JSON on each line"},
    "example": '{"text": "First report …"}\n{"text": "Second report …", "title": "Flood"}\n',
}
_RESULTS = (
    '{"line":1,"status":201,"id":"r_oqktawi7xpbw","url":"http://127.0.0.1:8000/reports/r_oqktawi7xpbw"}\n'
    '{"line":2,"status":400,"problem":{"type":"about:blank","title":"Bad Request","status":400,'
    '"detail":"not JSON: unexpected character (character 1)"}}\n'
)
_REPORT_CONTENT = {"schema": reference("Report"), "example": EXAMPLES["report"]}


_LOCATION = {"headers": {"Location": header("The report's URL; not for several reports")}}
_RETRY = {"headers": {"Retry-After": header("Seconds, where too many requests wait", "integer")}}
_BUSY = "Too many requests wait, the loader process ended, or the database is away"

CREATE: dict[str, Any] = needs_key("write") | {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": reference("NewReport"), "example": _METADATA | {"text": _TEXT}},
            **dict.fromkeys(TEXT, _TEXT_CONTENT),
            **dict.fromkeys(LINES, _LINES_CONTENT),
        },
    }
}
"""What `create_report` takes."""

_CREATE_PROBLEMS: dict[int, dict[str, Any]] = {
    400: {"description": "The content is not JSON, or not UTF-8"},
    413: {"description": "The content is larger than any document"},
    415: {"description": "The content has another type, or is compressed"}
    | {"headers": {"Accept": header("The types that are read")}},
    422: {"description": "The document cannot be read, or nothing can be extracted from it"},
    503: {"description": _BUSY} | _RETRY,
}

CREATED: Responses = {
    200: {
        "description": "The report was there already; or several reports, with a line for each",
        "content": {
            JSON: _REPORT_CONTENT,
            LINES[0]: {
                "schema": {"type": "string", "description": "A `Result` as JSON on each line"},
                "example": _RESULTS,
            },
        },
    }
    | _LOCATION,
    201: {"description": "Stored", "content": {JSON: _REPORT_CONTENT}} | _LOCATION,
    **key_problems(),
    **{code: problems(code)[code] | said for code, said in _CREATE_PROBLEMS.items()},
}
"""What `create_report` answers."""

DELETED: Responses = {
    204: {"description": "Deleted"},
    **key_problems(),
    **problems(404, 422),
    503: problems(503)[503] | {"description": _BUSY} | _RETRY,
}
"""What `delete_report` answers."""
