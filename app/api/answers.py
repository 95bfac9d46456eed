"""What lists answer: a page, and the members that it has when they are asked for."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app import schemas
from app.query import facets, highlights, related

Item = TypeVar("Item")


def _optional(description: str | None = None, example: Any = None) -> Any:
    """A member that is absent, never null, unless it is asked for."""
    return Field(
        None,
        description=description,
        examples=None if example is None else [example],
        json_schema_extra=lambda schema: schema.pop("default"),
    )


class FacetValue(schemas.Schema):
    """A value that rows have; one that is an id comes with the `name` of what it is the id of."""

    value: str | bool = Field(
        description="As the filter of the same name takes it (years and months: `published_on`)"
    )
    name: str | SkipJsonSchema[None] = _optional()
    count: int = Field(ge=1, description="Rows that the filters find with this value")


class Facet(schemas.Schema):
    """How often each value occurs, the most frequent first."""

    values: list[FacetValue] = Field(max_length=facets.MOST)
    distinct: int = Field(ge=0, description="The number of values, those not listed included")


class Highlight(schemas.Schema):
    """A stretch of a row's `field` that has words of the query.

    `start` and `end` are code points of the field; of reports the `text` is that of the report by
    its id. `prefix` and `suffix` are what stands around the `quote`: together they are a snippet.
    """

    field: Literal["title", "text"]
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    prefix: str
    quote: str
    suffix: str


class Included(schemas.Schema):
    """Rows that belong to the rows of the answer, each once, of each kind that was asked for."""

    reports: list[schemas.Report] | SkipJsonSchema[None] = _optional()
    sources: list[schemas.Source] | SkipJsonSchema[None] = _optional()
    actors: list[schemas.Actor] | SkipJsonSchema[None] = _optional()
    claims: list[schemas.Claim] | SkipJsonSchema[None] = _optional()
    events: list[schemas.Event] | SkipJsonSchema[None] = _optional()


_INCLUDED = f"With `include=`: what belongs to the rows, at most {related.MOST} rows of all kinds"


class Page(schemas.Schema, Generic[Item]):
    """One page of a collection."""

    items: list[Item]
    next: str | None = Field(description="The `cursor` of the next page; null on the last one")
    total: int | SkipJsonSchema[None] = _optional(
        "With `count=exact`: the number of rows that match, on all pages"
    )
    facets: dict[str, Facet] | SkipJsonSchema[None] = _optional(
        "With `facet=`: the values of each property asked for, of all rows that match",
        {
            "act": {"values": [{"value": "denial", "count": 3}], "distinct": 1},
            "source": {
                "values": [{"value": "north-korea", "name": "North Korea", "count": 2}],
                "distinct": 1,
            },
        },
    )
    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)
    highlights: dict[str, list[Highlight]] | SkipJsonSchema[None] = _optional(
        f"With `highlight=true` and `q=`: the first {highlights.MOST} stretches of each row, by id",
        {
            "c_vj4qkw2m3zpt": [
                {
                    "field": "text",
                    "start": 30,
                    "end": 40,
                    "prefix": "Pyongyang had allegedly begun ",
                    "quote": "relocating",
                    "suffix": " thousands of soldiers to Russia",
                }
            ]
        },
    )


class ClaimAnswer(schemas.Claim):
    """One claim."""

    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)


class EventAnswer(schemas.Event):
    """One event."""

    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)


class ActorAnswer(schemas.Actor):
    """One actor."""

    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)


class SourceAnswer(schemas.Source):
    """One source."""

    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)


class ReportAnswer(schemas.ReportWithText):
    """One report with its verbatim text."""

    included: Included | SkipJsonSchema[None] = _optional(_INCLUDED)
