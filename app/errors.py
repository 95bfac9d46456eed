"""What can go wrong for a client, and how it is told: problem details after RFC 9457.

    Problem
    ├── Malformed             400  the content is not what its type says
    ├── Unauthorized          401  no API key, or none that stands
    ├── Forbidden             403  an API key of another scope
    ├── NotFound              404  no such row
    ├── NotAcceptable         406  the client accepts nothing that can be sent
    ├── Gone                  410  a cursor of another history
    ├── TooLarge              413  more than is read
    ├── UnsupportedMediaType  415  content of a type that is not read
    ├── InvalidDocument       422  a document that cannot be read, or extracted
    ├── InvalidParameters     422  unknown or invalid parameters, each one listed
    ├── NotReady              503  the service cannot answer now
    │   └── Busy              503  too many requests wait already
    └── TooSlow               503  the database would take too long to answer

`app.api.problems` turns these, and everything that the framework raises, into responses. This
module knows no web framework, so that queries may raise these too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
UNKNOWN_PARAMETER = "unknown parameter"


class Invalid(NamedTuple):
    """One thing that is wrong with a request: `place` is "query", "path" or "body"."""

    place: str
    name: str
    detail: str


class Problem(Exception):  # noqa: N818  (RFC 9457 calls it a problem)
    """Base of all problems. `detail` is for the client: it names nothing internal.

    `headers` go with the response.
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    headers: Mapping[str, str] = {}

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        return document(self.status, self.detail)


class Malformed(Problem):
    """The content is not what its media type says: no JSON, no UTF-8."""

    status = HTTPStatus.BAD_REQUEST


class Unauthorized(Problem):
    """The request needs an API key (RFC 6750, section 3).

    `error` says what is wrong with the one that was sent, None where there was none.
    """

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self, detail: str, error: str | None = None) -> None:
        super().__init__(detail)
        self.headers = {"WWW-Authenticate": "Bearer" + (f' error="{error}"' if error else "")}


class Forbidden(Problem):
    """The API key is good for other things only."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, detail: str, scope: str) -> None:
        super().__init__(detail)
        challenge = f'Bearer error="insufficient_scope", scope="{scope}"'
        self.headers = {"WWW-Authenticate": challenge}


class NotFound(Problem):
    """There is no row with this id."""

    status = HTTPStatus.NOT_FOUND


class NotAcceptable(Problem):
    """The client accepts none of the forms in which the answer could be sent."""

    status = HTTPStatus.NOT_ACCEPTABLE


class Gone(Problem):
    """A cursor leads nowhere any more; a client has to start again."""

    status = HTTPStatus.GONE


class Moved(Exception):  # noqa: N818  (as HTTP calls it)
    """The row was merged into another; `id` is where it can be found now. Answered with 308."""

    def __init__(self, id_: str) -> None:
        super().__init__(id_)
        self.id = id_


class TooLarge(Problem):
    """The content is larger than anything that is read."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedMediaType(Problem):
    """The content has a type that is not read; `accepted` are those that are (RFC 9110, 12.5.1)."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE

    def __init__(self, detail: str, accepted: Sequence[str]) -> None:
        super().__init__(detail)
        self.headers = {"Accept": ", ".join(accepted)}


class InvalidDocument(Problem):
    """A document that cannot be read, or not be extracted; the loader says the same of files."""

    status = HTTPStatus(422)

    def document(self) -> dict[str, Any]:
        """The problem in the form that all of its status have."""
        error = {"in": "body", "name": "document", "detail": self.detail}
        return super().document() | {"errors": [error]}


class NotReady(Problem):
    """The service runs, but cannot answer now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class TooSlow(Problem):
    """What was asked takes longer than the service lets a query take."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class Busy(NotReady):
    """Too many requests wait already; after this many seconds one more may find a place."""

    def __init__(self, detail: str, seconds: int) -> None:
        super().__init__(detail)
        self.headers = {"Retry-After": str(seconds)}


class InvalidParameters(Problem):
    """Parts of the request are unknown or have no valid value."""

    status = HTTPStatus(422)

    def __init__(self, errors: Sequence[Invalid]) -> None:
        super().__init__("; ".join(f"{error.name}: {error.detail}" for error in errors[:5]))
        self.errors = errors

    def document(self) -> dict[str, Any]:
        """The problem with a list of all errors."""
        errors = [
            {"in": error.place, "name": error.name, "detail": error.detail} for error in self.errors
        ]
        return super().document() | {"errors": errors}


def invalid_parameter(name: str, detail: str) -> InvalidParameters:
    """The problem of one query parameter."""
    return InvalidParameters([Invalid("query", name, detail)])


def document(status: int, detail: str | None = None) -> dict[str, Any]:
    """A problem document whose meaning is that of its status code (RFC 9457, 4.2.1)."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    problem = {"type": "about:blank", "title": title, "status": int(status)}
    return problem | ({"detail": detail} if detail else {})


# RFC 9110 renamed them; Python's phrases changed in 3.13, and clients should see one name only.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}


class InvalidPart(BaseModel):
    """One thing that is wrong with a request."""

    place: str = Field(alias="in", description="`query`, `path` or `body`")
    name: str = Field(description="The parameter or member")
    detail: str


class ProblemDocument(BaseModel):
    """Problem details, RFC 9457."""

    type: str = Field(description="`about:blank`: the status code tells the kind")
    title: str = Field(description="The name of the status code")
    status: int = Field(ge=400, le=599)
    detail: str | None = Field(None, description="What is wrong with this request")
    request_id: str | None = Field(
        None,
        description="The `X-Request-ID` of the answer, by which the log knows it",
    )
    errors: list[InvalidPart] | None = Field(None, description="Each thing that is wrong (422)")
