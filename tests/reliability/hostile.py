"""What nobody in good faith sends: in every parameter of every operation, in bodies and headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.reliability.exchange import Connection
from tests.reliability.hostile_bodies import bodies
from tests.reliability.hostile_values import HEADERS, VALUES


class Hostile(NamedTuple):
    """A request, and what it is called."""

    name: str
    method: str
    target: str
    content: bytes
    headers: dict[str, str]


def ask_all(port: int, token: str) -> tuple[Counter[int], list[str]]:
    """Send all of them to a server; the statuses, and what it should not have answered."""
    counts: Counter[int] = Counter()
    wrong = []
    with Connection(port) as connection:
        document = connection.get("/openapi.json").json()
        for request in requests(document, token):
            answer = connection.send(
                request.method, request.target, request.content, request.headers
            )
            counts[answer.status] += 1
            if answer.status >= 500 or (answer.status >= 400 and not answer.problem()):
                wrong.append(f"{request.name}: {answer.status} {answer.content[:100]!r}")
    return counts, wrong


def requests(document: dict[str, Any], token: str) -> Iterator[Hostile]:
    """All of them: each value in each parameter that the OpenAPI document knows."""
    key = {"Authorization": f"Bearer {token}"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                for name, value in VALUES.items():
                    target = _target(path, parameter, value)
                    called = f"{method} {path} {parameter['name']}: {name}"
                    yield Hostile(called, method.upper(), target, b"", key)
    for path in document["paths"]:
        target = path.replace("{id}", "c_aaaaaaaaaaaa")
        for header, values in HEADERS.items():
            for value in values:
                yield Hostile(
                    f"get {path} {header}: {value[:20]}", "GET", target, b"", {header: value}
                )
        yield Hostile(f"get {path} an unknown parameter", "GET", f"{target}?a%00=1&%FF", b"", {})
        yield Hostile(f"get {path} 5,000 parameters", "GET", f"{target}?" + "q=a&" * 5_000, b"", {})
    for name, kind, content in bodies():
        headers = key | {"Content-Type": kind}
        yield Hostile(f"post /reports {name}", "POST", "/reports", content, headers)


def _target(path: str, parameter: dict[str, Any], value: str) -> str:
    if parameter["in"] == "path":
        return path.replace("{id}", value or "%20")
    return f"{path.replace('{id}', 'france')}?{parameter['name']}={value}"
