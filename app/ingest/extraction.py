"""What extraction finds in one report: plain values, joined by keys.

Every span counts Unicode code points of the report's text, half-open `[start, end)`. Keys of
actors, sources and places (`"a1"`, `"s3"`, `"p2"`) hold within one extraction only; `resolve`
turns them into slugs that hold across reports. The JSON of `reportedly extract` has the same
names in the same order (see `app.ingest.contract`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    MentionForm,
    ParticipantRole,
    Polarity,
    SourceKind,
    Stance,
    Status,
    Tense,
)


class Span(NamedTuple):
    """Code points `[start, end)` of the report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an actor or a place.

    `span` is the name or the head words ("Viktor Goremykin"), `extent` the whole noun phrase
    ("Deputy Defense Minister Viktor Goremykin").
    """

    span: Span
    extent: Span
    form: MentionForm


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted on. `country` is ISO 3166-1 alpha-2; mentions are in text order."""

    key: str
    name: str
    kind: ActorKind
    country: str | None
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who or what information is attributed to; `actor` where the source is an actor as well."""

    key: str
    name: str
    kind: SourceKind
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `country` is ISO 3166-1 alpha-2; coordinates in degrees (WGS 84)."""

    key: str
    name: str
    country: str | None
    mentions: tuple[Mention, ...]
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date expression; `edtf` (ISO 8601-2) is None where the words name no certain day.

    `basis` says what a relative expression was resolved against: "published_on", "text" (the
    date last mentioned) or None (the words alone were enough).
    """

    span: Span
    edtf: str | None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted or measured amount: "at least 14 crew members" has `low` 14 and no `high`.

    `unit` is what the number is measured in ("EUR", "km", "%"), `of` what is counted ("crew
    members"); `span` covers number, hedge and unit.
    """

    span: Span
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """One step of an attribution chain; `source` is None where the text names nobody."""

    source: str | None
    spans: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What `actor` says of the claim, and the words that say so.

    `actor` is None where the text names nobody: "the figures have not been confirmed".
    """

    actor: str | None
    stance: Stance
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition put forward in the report.

    `attribution` is outermost first, its last link the origin; empty means the report's own voice
    (narration). `quotations` are the stretches of `content` inside quotation marks. `rule` names
    the rule that found the claim. `about` are the actors that the content mentions.
    """

    content: tuple[Span, ...]
    attribution: tuple[Link, ...]
    act: Act
    directness: Directness
    certainty: Certainty
    polarity: Polarity
    status: Status
    hedges: tuple[Span, ...] = ()
    quotations: tuple[Span, ...] = ()
    responses: tuple[Response, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    said_on: Date | None = None
    about: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor's part in an event, and the words that name the actor there."""

    actor: str
    role: ParticipantRole
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something reported to happen, have happened or be planned.

    `trigger` is the word that tells the type, `mentions` every trigger of this event (the
    trigger first), `sentence` the sentence of the trigger. `claims` are positions in
    `Extraction.claims` of the claims that report it.
    """

    type: EventType
    trigger: Span
    mentions: tuple[Span, ...]
    sentence: Span
    participants: tuple[Participant, ...]
    place: str | None
    date: Date | None
    quantities: tuple[Quantity, ...]
    certainty: Certainty
    polarity: Polarity
    tense: Tense
    claims: tuple[int, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one report."""

    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[Date, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
