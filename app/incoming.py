"""A report as it is handed in: front matter, a line of JSON Lines, the content of a POST.

All of them have the same keys, and the OpenAPI document says what these are.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_LINE = 500
"""Code points of the longest title, publisher or URL: PostgreSQL indexes up to 2,704 bytes."""

_URL = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s\u0000]*)?$"
"""The usual ones; others are looked at more closely (`_http`)."""


def storable(value: str) -> str:
    """Text that a database can keep: PostgreSQL keeps no NUL, UTF-8 has no lone surrogates."""
    if "\0" in value:
        raise ValueError("contains a NUL character")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("contains half of a surrogate pair")
    return value


def _day(value: object) -> object:
    """A day as YAML or JSON give it; numbers are no days, though Pydantic takes them for some."""
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("should be a day such as 2025-11-07")


def _http(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in value:
        raise ValueError("should be an address that starts with http:// or https://")
    return value


def _described(pattern: str) -> Any:
    """What the JSON Schema says of texts beyond what is checked with a better message."""
    return Field(json_schema_extra={"pattern": pattern})


Line = Annotated[
    str,
    Field(strict=True, min_length=1, max_length=MAX_LINE, pattern=r"^[^\r\n]*\S[^\r\n]*$"),
    AfterValidator(storable),
    _described(r"^[^\r\n\u0000]*[^\s\u0000][^\r\n\u0000]*$"),
]
Language = Annotated[str, Field(strict=True, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class Metadata(BaseModel):
    """What a document says of itself, in its front matter or its JSON; all of it optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line | None = Field(None, description="Told from the text if left out")
    publisher: Line | None = Field(None, description="The outlet or agency whose report it is")
    published_on: Annotated[dt.date | None, BeforeValidator(_day)] = Field(
        None, description="Relative dates (“yesterday”) are resolved against it"
    )
    url: Annotated[Line, AfterValidator(_http), _described(_URL)] | None = Field(
        None, description="Where it was published"
    )
    language: Language | None = Field(
        None,
        description="IETF tag; told from the text if left out. What is not English is stored, but"
        " nothing is extracted from it",
    )


class NewReport(Metadata):
    """One document with its text. What it does not say of itself is told from the text."""

    text: Annotated[str, Field(strict=True)] = Field(
        json_schema_extra={"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"},
        description="The text, kept verbatim; at most 1,000,000 characters",
    )
    name: Line | None = Field(
        None,
        description="What its sender calls it, by default its id. A report whose last name goes to"
        " another document is replaced by it",
    )
