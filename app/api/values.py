"""What the values of filters can be, apart from words of closed lists."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from app.intervals import MAX_LENGTH, days
from app.query.terms import terms

MAX_TERMS = 32
"""Words and phrases of a query: each one costs a walk through an index."""


def _plain(text: str) -> str:
    """U+FFFD is what the server makes of bytes that are not UTF-8."""
    if "\0" in text or "\ufffd" in text:
        raise ValueError("NUL and what is not UTF-8 cannot be looked for")
    return text


def _few_terms(query: str) -> str:
    if len(terms(query)) > MAX_TERMS:
        raise ValueError(f"at most {MAX_TERMS} words and phrases can be looked for at once")
    return query


def _with_first_day(edtf: str) -> str:
    if days(edtf)[0] is None:
        raise ValueError("a date whose first day is known is needed: with a year, and not `../…`")
    return edtf


def _with_last_day(edtf: str) -> str:
    if days(edtf)[1] is None:
        raise ValueError("a date whose last day is known is needed: with a year, and not `…/..`")
    return edtf


def _with_a_day(edtf: str) -> str:
    if days(edtf) == (None, None):
        raise ValueError("a date that is known at one end at least is needed: with a year")
    return edtf


def no_null(schema: dict[str, Any]) -> None:
    """Describe a parameter that can be left out: a query has no null."""
    given, _null = schema.pop("anyOf")
    schema.update(given)


_Edtf = Annotated[
    str,
    StringConstraints(min_length=4, max_length=MAX_LENGTH),
    Field(json_schema_extra={"format": "edtf"}),
]

Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    AfterValidator(_plain),
    Field(json_schema_extra={"pattern": r"^[^\u0000\uFFFD]*$"}),
]
Words = Annotated[Text, AfterValidator(_few_terms)]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
From = Annotated[_Edtf, AfterValidator(_with_first_day)]
Until = Annotated[_Edtf, AfterValidator(_with_last_day)]
Interval = Annotated[_Edtf, AfterValidator(_with_a_day)]
