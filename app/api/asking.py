"""What all lists, and all single rows, can be asked for: which part, and what beyond the rows."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.api.values import no_null
from app.query import facets, related
from app.query.answer import Asked
from app.query.page import Slice

MAX_VALUES = 50
"""Values of one filter. Databases bound the number of bound values in a statement."""

NONE: Any = ()
"""The values of a parameter that was not given: of a list, Pydantic would make a copy each time."""

BEYOND_ROWS = {"count", "facet", "highlight", "include"}
"""Parameters that ask for what is no row."""

RowsFormat = Literal["json", "ndjson", "csv"]
ClaimInclude = Literal["reports", "sources", "actors", "events"]
EventInclude = Literal["reports", "claims", "actors"]
ReportInclude = Literal["sources", "claims", "events"]
ActorInclude = Literal["sources"]
SourceInclude = Literal["actors"]


def faceted() -> Any:
    """A `facet` parameter."""
    return Field(
        NONE,
        max_length=MAX_VALUES,
        description=(
            "Properties whose values to count over all rows that match, not those of the page; the"
            f" {facets.MOST} most frequent values are listed. The count of a value is the number of"
            " rows with this value as the only one of the filter of the same name, whatever that"
            " filter is now; of years and months, that is the filter by date."
        ),
    )


def including() -> Any:
    """An `include` parameter."""
    return Field(
        NONE,
        max_length=MAX_VALUES,
        description=(
            "Kinds of rows to embed that belong to those of the answer, each once and whole, at"
            f" most {related.MOST} rows"
        ),
    )


def highlighting() -> Any:
    """A `highlight` parameter."""
    return Field(
        False,
        description=(
            "`true`: say where each row has the words of `q`, as positions. SQLite marks a phrase"
            " as one stretch, PostgreSQL each of its words"
        ),
    )


def represented() -> Any:
    """A `format` parameter."""
    return Field(
        None,
        description="The representation, whatever `Accept` says; by default JSON",
        json_schema_extra=no_null,
    )


class RowParameters(BaseModel):
    """What comes with a row, or with each row of a list."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)

    def form(self) -> str | None:
        """The name of the representation that was asked for by `format`."""
        given: str | None = vars(self).get("format")
        return given

    def asked(self) -> Asked:
        """What is wanted beyond the rows."""
        given = vars(self)
        return Asked(
            total=given.get("count") == "exact",
            facets=given.get("facet", ()),
            included=given.get("include", ()),
            highlights=given.get("highlight", False),
        )

    def beyond_rows(self) -> set[str]:
        """The parameters given that ask for more than rows, for which only JSON has a place."""
        return {name for name in BEYOND_ROWS if getattr(self, name, None)}


class ClaimRowParameters(RowParameters):
    """What comes with a claim."""

    format: Literal["json", "jsonld"] | None = represented()
    include: list[ClaimInclude] = including()


class EventRowParameters(RowParameters):
    """What comes with an event."""

    include: list[EventInclude] = including()


class ActorRowParameters(RowParameters):
    """What comes with an actor."""

    include: list[ActorInclude] = including()


class SourceRowParameters(RowParameters):
    """What comes with a source."""

    include: list[SourceInclude] = including()


class ReportRowParameters(RowParameters):
    """What comes with a report."""

    include: list[ReportInclude] = including()


class PageParameters(RowParameters):
    """Which part of a collection, in which order and representation, and what else."""

    limit: int = Field(
        50, ge=1, le=500, description="Rows of a page; without it, NDJSON and CSV have all rows"
    )
    cursor: str | None = Field(
        None,
        max_length=2000,
        description="Where the page starts: the `next` of the page before, with the same `sort`",
        json_schema_extra=no_null,
    )
    count: Literal["exact"] | None = Field(
        None,
        description="`exact`: the number of rows that match, as `total`; takes time with it",
        json_schema_extra=no_null,
    )

    def order(self) -> str:
        """The sort; each collection has a closed list of its own."""
        sort: str = vars(self)["sort"]
        return sort

    def wanted(self) -> Slice:
        """Which rows of those that match."""
        return Slice(self.order(), self.limit, self.cursor)

    def is_whole(self) -> bool:
        """Whether all rows are wanted, where the representation can have them all."""
        return "limit" not in self.model_fields_set

    def filters(self) -> dict[str, list[Any]]:
        """The values of each filter that was given."""
        return {
            name: value
            for name, value in vars(self).items()
            if isinstance(value, list) and name not in BEYOND_ROWS
        }

    @classmethod
    @cache
    def single(cls) -> set[str]:
        """The parameters that have one value."""
        return {name for name, field in cls.model_fields.items() if field.default is not NONE}
