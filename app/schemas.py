"""What clients receive: the one source of the stored JSON bodies and of the OpenAPI document.

`start` and `end` are code points of the report's text, half-open `[start, end)`; `quote` is the
text between them. Dates are EDTF strings (ISO 8601-2).
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    ParticipantRole,
    Polarity,
    SourceKind,
    Stance,
    Status,
    Tense,
)


class Schema(BaseModel):
    """Base of all responses: closed, and every field always present."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(Schema):
    """A stretch of the report's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class SourceRef(Schema):
    """A source, in short."""

    id: str
    name: str
    kind: SourceKind


class ActorRef(Schema):
    """An actor, in short."""

    id: str
    name: str
    kind: ActorKind
    country: str | None


class PlaceRef(Schema):
    """A place, in short."""

    id: str
    name: str
    country: str | None


class ReportRef(Schema):
    """A report, in short."""

    id: str
    title: str
    publisher: SourceRef | None


class EventRef(Schema):
    """An event, in short."""

    id: str
    type: EventType


class ClaimRef(Schema):
    """A claim, in short; `origin` is null for narration and where the text names nobody."""

    id: str
    text: str
    origin: SourceRef | None


class Link(Schema):
    """One step of an attribution chain; `source` is null where the text names nobody."""

    source: SourceRef | None
    spans: list[Quote]
    cue: list[Quote]


class Response(Schema):
    """What another party says of the claim.

    `actor` is null where the report names nobody ("the figures have not been confirmed").
    """

    actor: ActorRef | None
    stance: Stance
    spans: list[Quote]


class Quantity(Schema):
    """An amount; null `low` or `high` is an open end."""

    start: int
    end: int
    quote: str
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    of: str | None


class Claim(Schema):
    """A proposition put forward in a report, with who says so.

    `text` is the content to read, its pieces joined by " … ", without a leading "that".
    `attribution` is outermost first; `origin` is the source of its last link. Narration, the
    report's own voice, has an empty `attribution`.
    """

    id: str
    report: ReportRef
    text: str
    content: list[Quote]
    attribution: list[Link]
    origin: SourceRef | None
    act: Act
    directness: Directness
    certainty: Certainty
    polarity: Polarity
    hedges: list[Quote]
    quotations: list[Quote]
    status: Status
    responses: list[Response]
    quantities: list[Quantity]
    said_on: str | None
    said_basis: str | None
    about: list[ActorRef]
    events: list[EventRef]
    rule: str


class Participant(Schema):
    """An actor's part in an event."""

    actor: ActorRef
    role: ParticipantRole
    spans: list[Quote]


class Event(Schema):
    """Something reported to happen, have happened or be planned, and the claims that say so."""

    id: str
    report: ReportRef
    type: EventType
    text: str
    trigger: Quote
    mentions: list[Quote]
    participants: list[Participant]
    place: PlaceRef | None
    date: str | None
    date_basis: str | None
    quantities: list[Quantity]
    certainty: Certainty
    polarity: Polarity
    tense: Tense
    claims: list[ClaimRef]
    rule: str


class Actor(Schema):
    """Who acts or is acted on; `aliases` are the surface forms seen, `reports` where."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    aliases: list[str]
    roles: list[str]
    reports: int


class Reading(Schema):
    """What one report says of an actor, and why it was taken for this one (`evidence`).

    `read_as` is the id that the report gives; another one than the actor's where a decision has
    merged the two.
    """

    report: ReportRef
    read_as: str
    name: str
    kind: ActorKind
    country: str | None
    evidence: str


class Source(Schema):
    """Anyone or anything that information is attributed to; `claims` counts any link."""

    id: str
    name: str
    kind: SourceKind
    actor: ActorRef | None
    claims: int


class Report(Schema):
    """One document as read; lists leave out `text`.

    `extractor` is the version that read it; null where nothing was extracted, and
    `not_extracted` says why.
    """

    id: str
    title: str
    publisher: SourceRef | None
    published_on: dt.date | None
    url: str | None
    language: str
    sha256: str
    characters: int
    extractor: str | None
    not_extracted: str | None
    loaded_at: dt.datetime
    claims: int
    events: int


class ReportWithText(Report):
    """One document with its verbatim text."""

    text: str


class _Change(Schema):
    """Something that was added, changed or removed."""

    id: str
    removed: bool = Field(description="It is not there any more, and `item` is null")


class SourceChange(_Change):
    """A source was added, changed or removed."""

    collection: Literal["sources"]
    item: Source | None


class ActorChange(_Change):
    """An actor was added, changed or removed, or merged into another one: removed, too."""

    collection: Literal["actors"]
    item: Actor | None


class ReportChange(_Change):
    """A report was added, changed or removed."""

    collection: Literal["reports"]
    item: Report | None


class ClaimChange(_Change):
    """A claim was added, changed or removed."""

    collection: Literal["claims"]
    item: Claim | None


class EventChange(_Change):
    """An event was added, changed or removed."""

    collection: Literal["events"]
    item: Event | None


Change = Annotated[
    SourceChange | ActorChange | ReportChange | ClaimChange | EventChange,
    Field(discriminator="collection"),
]


class Changes(Schema):
    """A page of the feed of changes."""

    items: list[Change] = Field(description="In the order in which to apply them")
    next: str = Field(description="The `cursor` to go on from, now or later: it is always there")
    more: bool = Field(description="There is more by now; `false`: you hold what the server does")
