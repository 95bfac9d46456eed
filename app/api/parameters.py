"""The query parameters of each collection, as clients see them.

What a filter means in SQL stands under the same name in `app.query.filters`. All filters must
hold; a filter given several times holds if one of its values does. A parameter that is not here
is an error, so that a misspelt filter never returns everything.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.api.asking import (
    MAX_VALUES,
    NONE,
    ActorInclude,
    ClaimInclude,
    EventInclude,
    PageParameters,
    ReportInclude,
    RowsFormat,
    SourceInclude,
    faceted,
    highlighting,
    including,
    represented,
)
from app.api.values import MAX_TERMS, Country, From, Interval, Text, Until, Words
from app.query.relevance import RELEVANCE
from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    SourceKind,
    Status,
    Tense,
)


def _filter(description: str, **options: Any) -> Any:
    return Field(NONE, max_length=MAX_VALUES, description=description, **options)


_EDTF = "EDTF: a day, month, year, season or an interval of them (`2025-11`, `2025-11-05/..`)."
_NEVER = (
    "Rows without a date or whose year is unknown (`XXXX-11-07`) never match; intervals with an"
    " open end (`2025-11-05/..`) reach beyond every date on that side."
)
_WORDS = (
    "All of them must occur, in any order and inflection; those in double quotes as a phrase"
    f' (`"prisoner swap"`); `*` after a word stands for any ending (`reloc*`). At most {MAX_TERMS}'
    " words and phrases; other signs (`-`, `|`) have no meaning. Of scripts without spaces between"
    " words, only what stands between other signs is found as a whole."
)
_UNDATED = "Reports without a day never match."
_SORT = "Order of the rows; `-` is descending. Equal ones are in the order of loading."
_RANKED = (
    f"{_SORT} `{RELEVANCE}`, with `q` only: the best matches first. It takes time with all rows"
    " that have the words, and what is written meanwhile can move rows to another page."
)


def _within(when: str, never: str) -> Any:
    """A filter by dates that overlap."""
    return _filter(f"{when}. {_EDTF} {never}", examples=[["2025-11-01/2025-11-07"]])


def _from(what: str, never: str) -> Any:
    """A filter by the first day of a date."""
    return _on_a_side(f"{what} on or after the first day of this date", never)


def _until(what: str, never: str) -> Any:
    """A filter by the last day of a date."""
    return _on_a_side(f"{what} on or before the last day of this date", never)


def _on_a_side(when: str, never: str) -> Any:
    return _filter(f"{when}. {_EDTF} {never}", examples=[["2025-11"]])


def _name_sorts(schema: dict[str, Any]) -> None:
    """Names for `-loaded` and the like, which generators of clients could only number."""
    schema["x-enum-varnames"] = [
        f"{sort[1:]}_descending".upper() if sort.startswith("-") else sort.upper()
        for sort in schema["enum"]
    ]


_NAMED: Any = {"json_schema_extra": _name_sorts}


class ClaimParameters(PageParameters):
    """Filters of `/claims`."""

    format: Literal["json", "ndjson", "csv", "jsonld"] | None = represented()
    source: list[Text] = _filter("A source of any link of the attribution, by id")
    origin: list[Text] = _filter("The source of the last link: whom the claim goes back to")
    about: list[Text] = _filter("An actor whom the content mentions, by id")
    event: list[Text] = _filter("An event that the claim reports, by id")
    report: list[Text] = _filter("The report that the claim stands in, by id")
    act: list[Act] = _filter("What the origin does with the content")
    directness: list[Directness] = _filter("Whether the words are quoted")
    certainty: list[Certainty] = _filter("How sure the report lets its reader be")
    status: list[Status] = _filter("Where the claim stands after its responses")
    attributed: list[bool] = _filter(
        "`true`: somebody is said to say so; `false`: narration, the report's own voice"
    )
    said_on: list[Interval] = _within(
        "May have been said within this date, if only in part", _NEVER
    )
    said_after: list[From] = _from("May have been said", _NEVER)
    said_before: list[Until] = _until("May have been said", _NEVER)
    q: list[Words] = _filter(f"Words of the content. {_WORDS}", examples=[["reloc* troops"]])
    sort: Literal["loaded", "-loaded", "said_on", "-said_on", "relevance"] = Field(
        "loaded", description=f"{_RANKED} Claims without a known day come last.", **_NAMED
    )
    facet: list[
        Literal[
            "source",
            "origin",
            "about",
            "event",
            "report",
            "act",
            "directness",
            "certainty",
            "status",
            "attributed",
        ]
    ] = faceted()
    include: list[ClaimInclude] = including()
    highlight: bool = highlighting()


class EventParameters(PageParameters):
    """Filters of `/events`."""

    format: RowsFormat | None = represented()
    type: list[EventType] = _filter("PLOVER type")
    actor: list[Text] = _filter("An actor who takes part in any role, by id")
    initiator: list[Text] = _filter("An actor who does it, by id")
    recipient: list[Text] = _filter("An actor to or with whom it is done, by id")
    country: list[Country] = _filter("ISO 3166-1 alpha-2 code of the place or of any participant")
    place: list[Text] = _filter("Where it happened, by the place's id")
    occurred_on: list[Interval] = _within(
        "May have happened within this date, if only in part", _NEVER
    )
    occurred_after: list[From] = _from("May have happened", _NEVER)
    occurred_before: list[Until] = _until("May have happened", _NEVER)
    certainty: list[Certainty] = _filter("How sure the report lets its reader be")
    tense: list[Tense] = _filter("When it lies, seen from the report")
    source: list[Text] = _filter("A source in any link of a claim that reports it, by id")
    report: list[Text] = _filter("The report that the event stands in, by id")
    q: list[Words] = _filter(
        f"Words of the sentence. {_WORDS}", examples=[['"infantry brigade" exercise*']]
    )
    sort: Literal["loaded", "-loaded", "date", "-date", "relevance"] = Field(
        "loaded", description=f"{_RANKED} Events without a known day come last.", **_NAMED
    )
    facet: list[
        Literal[
            "type",
            "actor",
            "initiator",
            "recipient",
            "country",
            "place",
            "certainty",
            "tense",
            "source",
            "report",
        ]
    ] = faceted()
    include: list[EventInclude] = including()
    highlight: bool = highlighting()


class ActorParameters(PageParameters):
    """Filters of `/actors`."""

    format: RowsFormat | None = represented()
    kind: list[ActorKind] = _filter("What acts")
    country: list[Country] = _filter("ISO 3166-1 alpha-2 code")
    q: list[Text] = _filter(
        "A part of the name or of an alias, in any case, with or without accents"
    )
    sort: Literal["name", "-name", "loaded", "-loaded"] = Field("name", description=_SORT, **_NAMED)
    facet: list[Literal["kind", "country"]] = faceted()
    include: list[ActorInclude] = including()


class ReadingParameters(PageParameters):
    """Which part of the readings of an actor."""

    format: RowsFormat | None = represented()
    sort: Literal["read_as", "-read_as"] = Field(
        "read_as",
        description="Readings of one id are together, in the order of loading",
        **_NAMED,
    )


class SourceParameters(PageParameters):
    """Filters of `/sources`."""

    format: RowsFormat | None = represented()
    kind: list[SourceKind] = _filter("What information is attributed to")
    q: list[Text] = _filter(
        "A part of the name, or of an alias of the actor that it is, in any case, with or without"
        " accents"
    )
    sort: Literal["name", "-name", "loaded", "-loaded"] = Field("name", description=_SORT, **_NAMED)
    facet: list[Literal["kind"]] = faceted()
    include: list[SourceInclude] = including()


class ReportParameters(PageParameters):
    """Filters of `/reports`."""

    format: RowsFormat | None = represented()
    publisher: list[Text] = _filter("The source that published it, by id")
    language: list[Text] = _filter("ISO 639 code of the language that it is written in (`en`)")
    published_on: list[Interval] = _within("Published within this date", _UNDATED)
    published_after: list[From] = _from("Published", _UNDATED)
    published_before: list[Until] = _until("Published", _UNDATED)
    q: list[Words] = _filter(f"Words of title and text. {_WORDS}", examples=[['"prisoner swap"']])
    sort: Literal[
        "loaded", "-loaded", "published_on", "-published_on", "title", "-title", "relevance"
    ] = Field("loaded", description=f"{_RANKED} Reports without a day come last.", **_NAMED)
    facet: list[Literal["publisher", "language", "published_year", "published_month"]] = faceted()
    include: list[ReportInclude] = including()
    highlight: bool = highlighting()
