"""What the OpenAPI document says of what layers add to the answers of every route."""

from __future__ import annotations

from typing import Any


def header(description: str, kind: str = "string") -> dict[str, Any]:
    """A response header, whose value is of a kind of JSON Schema."""
    return {"description": description, "schema": {"type": kind}}


_VALIDATORS = {
    "ETag": header("Changes with the content; not where it is streamed (RFC 9110, 8.8.3)"),
    "Cache-Control": header(
        "`no-cache`: keep it, but ask each time whether it still holds; `no-store` for streams"
    ),
    "Vary": header("What the content depends on besides the URL"),
}
_CODING = {"Content-Encoding": header("`gzip` or `zstd`, where `Accept-Encoding` allows it")}
_UNCHANGED = {
    "description": "The content has not changed since the `ETag` sent as `If-None-Match`",
    "headers": _VALIDATORS,
}
_UNKEPT = {"Cache-Control": header("`no-store`")}
_REQUEST_ID = {"X-Request-ID": header("What the server's log calls this request")}
_RETRY = {"Retry-After": header("Seconds, where there is too much to do at once", "integer")}


def describe(made: dict[str, Any], not_acceptable: dict[str, Any]) -> None:
    """Add headers and status codes to all operations of the document."""
    for operations in made["paths"].values():
        for method, operation in operations.items():
            responses = operation["responses"]
            if method == "get":
                responses.setdefault("406", dict(not_acceptable))
            if method == "get" and "health" not in operation["tags"]:
                _add(responses["200"], _VALIDATORS | _CODING)
                responses["304"] = dict(_UNCHANGED)
            for status, response in responses.items():
                _add(response, _REQUEST_ID)
                if status >= "400":
                    _add(response, _UNKEPT)
            if "503" in responses:
                _add(responses["503"], _RETRY)
            operation["responses"] = dict(sorted(responses.items()))


def _add(response: dict[str, Any], headers: dict[str, Any]) -> None:
    response["headers"] = headers | response.get("headers", {})
