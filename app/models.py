"""The tables.

`pk` is a row's internal number, in loading order; `id` is what clients see: a readable slug for
actors, sources and places, a short digest of the content for reports, claims and events
(`app.identity`). Spans are JSON lists of `[start, end]`, code points of the report's text,
half-open. `body` is the row as clients receive it, rendered when it is written
(`app.projection`).

Actors, sources and places are shared by reports. What a single report says of one of them is a
*reading*; the shared row is derived from all readings, so that the order of loading does not
matter and a report can be taken away again. `said` counts them: how many readings have which
name, kind and so on. Readings of one actor under several ids, which a decision has merged, keep
their rows: `into_pk` leads from there to the row that stands for all, and that has the counts.

An index of what rows are sorted by ends with `pk`, as the order of pages does (`app.query.page`).
`revision` is that of the write which last changed what clients receive (`app.revisions`).
"""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

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

Spans = list[list[int]]
Tally = dict[str, dict[str, int]]


# Both are partial indexes, as their migrations say; to say so here too would load the dialects of
# both databases, which takes as long as a fifth of the start.
def _index_of_merged(table: str) -> Index:
    """Merged rows are few; an index of all would draw lists of the others away from their order."""
    return Index(f"ix_{table}_into_pk", "into_pk")


def _indexes(table: str, sorts: tuple[str, ...], *columns: str) -> tuple[Index, ...]:
    """For each column, the rows with one value in the order of loading and of each other sort."""
    return tuple(
        Index(f"ix_{table}_{'_'.join((column, *sort))}", column, *sort, "pk")
        for column in columns
        for sort in ((), *((sort,) for sort in sorts))
    )


def _link_indexes(table: str, value: str, sort: str, row: str, *kind: str) -> tuple[Index, Index]:
    """The same for a table that links rows to values."""
    return (
        Index(f"ix_{table}_{value}", value, *kind, row),
        Index(f"ix_{table}_{value}_{sort}", value, *kind, sort, row),
    )


def _index_of_revisions(table: str) -> Index:
    """In it, followers walk the rows that are not merged into others."""
    return Index(f"ix_{table}_revision", "revision", "pk")


def _revision() -> Any:
    """1 is the revision of what was there before revisions were taken."""
    return Field(default=1, sa_column_kwargs={"server_default": "1"})


class Source(SQLModel, table=True):
    """Anyone or anything that information is attributed to; `actor_pk` if it is an actor too.

    `claims` counts those with any link to it; `names` is what is searched (`app.names`).
    """

    __table_args__ = (
        Index("ix_source_name", "name", "pk"),
        *_indexes("source", ("name",), "kind"),
        _index_of_merged("source"),
        _index_of_revisions("source"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    name: str
    kind: SourceKind = Field(sa_type=Text)
    actor_pk: int | None = Field(default=None, foreign_key="actor.pk", index=True)
    into_pk: int | None = Field(default=None, foreign_key="source.pk")
    said: Tally = Field(default_factory=dict, sa_type=JSON)
    claims: int = 0
    body: str = Field(default="", sa_type=Text)
    revision: int = _revision()
    names: str = Field(default="", sa_type=Text)


class Actor(SQLModel, table=True):
    """Who acts or is acted on; `country` is ISO 3166-1 alpha-2, `reports` how many speak of it.

    `into_pk` is the actor that this one was merged into; `names` is what is searched (`app.names`).
    """

    __table_args__ = (
        Index("ix_actor_name", "name", "pk"),
        *_indexes("actor", ("name",), "kind", "country"),
        _index_of_merged("actor"),
        _index_of_revisions("actor"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    name: str
    kind: ActorKind = Field(sa_type=Text)
    country: str | None = None
    into_pk: int | None = Field(default=None, foreign_key="actor.pk")
    said: Tally = Field(default_factory=dict, sa_type=JSON)
    reports: int = 0
    body: str = Field(default="", sa_type=Text)
    revision: int = _revision()
    names: str = Field(default="", sa_type=Text)


class Decision(SQLModel, table=True):
    """Somebody decided who an actor is: `actor_id` is `into_id`, in one report or in all.

    A merge has no `report_id`; a split is an id of its own for what one report says of an actor.
    Decisions name ids, not rows: they hold whatever is loaded, removed or read again.
    """

    pk: int | None = Field(default=None, primary_key=True)
    actor_id: str = Field(index=True)
    report_id: str | None = None
    into_id: str = Field(index=True)


class Revision(SQLModel, table=True):
    """A transaction that changed something. `token` is random: no other history has the same."""

    number: int | None = Field(default=None, primary_key=True)
    token: str


class Tombstone(SQLModel, table=True):
    """What `collection` ("claims") had under `id` was removed, and is not there again."""

    __table_args__ = (
        Index("ix_tombstone_collection_revision", "collection", "revision", "pk"),
        UniqueConstraint("collection", "id"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    collection: str
    id: str
    revision: int


class Place(SQLModel, table=True):
    """Where something is; coordinates in degrees (WGS 84)."""

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    name: str
    country: str | None = Field(default=None, index=True)
    latitude: float | None = None
    longitude: float | None = None
    said: Tally = Field(default_factory=dict, sa_type=JSON)


class Report(SQLModel, table=True):
    """One document as read. `text` is verbatim; `sha256` is the digest of its UTF-8 bytes.

    `extractor` is the version that read it, null where nothing was extracted; `not_extracted`
    then says why ("language: de").
    """

    __table_args__ = (
        Index("ix_report_published_on", "published_on", "pk"),
        Index("ix_report_title", "title", "pk"),
        *_indexes("report", ("published_on", "title"), "publisher_pk", "language"),
        _index_of_revisions("report"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    title: str
    publisher_pk: int | None = Field(default=None, foreign_key="source.pk")
    published_on: dt.date | None = None
    url: str | None = None
    language: str
    sha256: str
    text: str = Field(sa_type=Text)
    extractor: str | None = Field(default=None, index=True)
    not_extracted: str | None = None
    loaded_at: dt.datetime
    body: str = Field(sa_type=Text)
    revision: int = _revision()


class ReportName(SQLModel, table=True):
    """A name under which a report was loaded ("kursk.txt", "wire.jsonl:3").

    The same document under two names is one report; a report goes when its last name goes.
    """

    __tablename__ = "report_name"

    name: str = Field(primary_key=True)
    report_pk: int = Field(foreign_key="report.pk", ondelete="CASCADE", index=True)


class ActorReading(SQLModel, table=True):
    """What one report says of an actor, and why it was taken for this actor (`evidence`)."""

    __tablename__ = "actor_reading"
    __table_args__ = (Index("ix_actor_reading_actor_pk", "actor_pk", "report_pk"),)

    report_pk: int = Field(primary_key=True, foreign_key="report.pk", ondelete="CASCADE")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk")
    name: str
    kind: ActorKind = Field(sa_type=Text)
    country: str | None = None
    evidence: str


class ActorAlias(SQLModel, table=True):
    """A surface form under which a report names an actor."""

    __tablename__ = "actor_alias"

    report_pk: int = Field(primary_key=True, foreign_key="report.pk", ondelete="CASCADE")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk", index=True)
    alias: str = Field(primary_key=True)


class ActorRole(SQLModel, table=True):
    """A title or role that a report gives an actor ("Deputy Defense Minister")."""

    __tablename__ = "actor_role"

    report_pk: int = Field(primary_key=True, foreign_key="report.pk", ondelete="CASCADE")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk", index=True)
    role: str = Field(primary_key=True)


class SourceReading(SQLModel, table=True):
    """What one report says of a source."""

    __tablename__ = "source_reading"

    report_pk: int = Field(primary_key=True, foreign_key="report.pk", ondelete="CASCADE")
    source_pk: int = Field(primary_key=True, foreign_key="source.pk", index=True)
    name: str
    kind: SourceKind = Field(sa_type=Text)
    actor_pk: int | None = Field(default=None, foreign_key="actor.pk", index=True)


class PlaceReading(SQLModel, table=True):
    """What one report says of a place."""

    __tablename__ = "place_reading"

    report_pk: int = Field(primary_key=True, foreign_key="report.pk", ondelete="CASCADE")
    place_pk: int = Field(primary_key=True, foreign_key="place.pk", index=True)
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Mention(SQLModel, table=True):
    """A span that refers to an actor or a place (one of the two is set)."""

    pk: int | None = Field(default=None, primary_key=True)
    report_pk: int = Field(foreign_key="report.pk", ondelete="CASCADE", index=True)
    actor_pk: int | None = Field(default=None, foreign_key="actor.pk", index=True)
    place_pk: int | None = Field(default=None, foreign_key="place.pk", index=True)
    start: int
    end: int
    extent_start: int
    extent_end: int
    form: MentionForm = Field(sa_type=Text)


class Claim(SQLModel, table=True):
    """A proposition put forward in a report.

    `text` is the content to read: its pieces joined by " … ", without a leading "that".
    `origin_pk` is the source of the last link; `attributed` is false for narration. `said_on` is
    EDTF, `said_earliest` and `said_latest` the days that it covers (null: open or unknown).
    """

    __table_args__ = (
        Index("ix_claim_said_earliest", "said_earliest", "pk"),
        *_indexes("claim", (), "report_pk"),
        *_indexes(
            "claim",
            ("said_earliest",),
            *("attributed", "origin_pk", "act", "directness", "certainty", "status"),
        ),
        _index_of_revisions("claim"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    report_pk: int = Field(foreign_key="report.pk", ondelete="CASCADE")
    position: int
    text: str = Field(sa_type=Text)
    content: Spans = Field(sa_type=JSON)
    hedges: Spans = Field(sa_type=JSON)
    quotations: Spans = Field(sa_type=JSON)
    attributed: bool
    origin_pk: int | None = Field(default=None, foreign_key="source.pk")
    act: Act = Field(sa_type=Text)
    directness: Directness = Field(sa_type=Text)
    certainty: Certainty = Field(sa_type=Text)
    polarity: Polarity = Field(sa_type=Text)
    status: Status = Field(sa_type=Text)
    said_on: str | None = None
    said_earliest: dt.date | None = None
    said_latest: dt.date | None = Field(default=None, index=True)
    said_basis: str | None = None
    rule: str
    body: str = Field(sa_type=Text)
    revision: int = _revision()


class AttributionLink(SQLModel, table=True):
    """One step of a claim's chain; position 0 is outermost, the last one the origin.

    `said_earliest` is the claim's.
    """

    __tablename__ = "attribution_link"
    __table_args__ = _link_indexes("attribution_link", "source_pk", "said_earliest", "claim_pk")

    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    source_pk: int | None = Field(default=None, foreign_key="source.pk")
    said_earliest: dt.date | None = None
    spans: Spans = Field(sa_type=JSON)
    cue: Spans = Field(sa_type=JSON)


class Response(SQLModel, table=True):
    """What another party says of a claim; without an actor where the report names nobody."""

    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    actor_pk: int | None = Field(foreign_key="actor.pk", index=True)
    stance: Stance = Field(sa_type=Text)
    spans: Spans = Field(sa_type=JSON)


class ClaimActor(SQLModel, table=True):
    """A claim's content mentions an actor (`about`). `said_earliest` is the claim's."""

    __tablename__ = "claim_actor"
    __table_args__ = _link_indexes("claim_actor", "actor_pk", "said_earliest", "claim_pk")

    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk", ondelete="CASCADE")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk")
    said_earliest: dt.date | None = None


class Event(SQLModel, table=True):
    """Something reported to happen. `text` is the sentence of its trigger, as written.

    `date` is EDTF, `date_earliest` and `date_latest` the days that it covers (null: open or
    unknown), `date_basis` what a relative date was resolved against.
    """

    __table_args__ = (
        Index("ix_event_date_earliest", "date_earliest", "pk"),
        *_indexes("event", (), "report_pk"),
        *_indexes("event", ("date_earliest",), "type", "place_pk", "certainty", "tense"),
        _index_of_revisions("event"),
    )

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    report_pk: int = Field(foreign_key="report.pk", ondelete="CASCADE")
    position: int
    type: EventType = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    trigger_start: int
    trigger_end: int
    mentions: Spans = Field(sa_type=JSON)
    place_pk: int | None = Field(default=None, foreign_key="place.pk")
    date: str | None = None
    date_earliest: dt.date | None = None
    date_latest: dt.date | None = Field(default=None, index=True)
    date_basis: str | None = None
    certainty: Certainty = Field(sa_type=Text)
    polarity: Polarity = Field(sa_type=Text)
    tense: Tense = Field(sa_type=Text)
    rule: str
    body: str = Field(sa_type=Text)
    revision: int = _revision()


class EventParticipant(SQLModel, table=True):
    """An actor's part in an event. `date_earliest` is the event's."""

    __tablename__ = "event_participant"
    __table_args__ = _link_indexes(
        "event_participant", "actor_pk", "date_earliest", "event_pk", "role"
    )

    event_pk: int = Field(primary_key=True, foreign_key="event.pk", ondelete="CASCADE")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk")
    role: ParticipantRole = Field(sa_type=Text, primary_key=True)
    date_earliest: dt.date | None = None
    spans: Spans = Field(sa_type=JSON)


class EventSource(SQLModel, table=True):
    """A claim that reports the event is attributed to a source, by any link.

    It follows from the rows of claims (`app.links`). `date_earliest` is the event's.
    """

    __tablename__ = "event_source"
    __table_args__ = _link_indexes("event_source", "source_pk", "date_earliest", "event_pk")

    event_pk: int = Field(primary_key=True, foreign_key="event.pk", ondelete="CASCADE")
    source_pk: int = Field(primary_key=True, foreign_key="source.pk")
    date_earliest: dt.date | None = None


class EventCountry(SQLModel, table=True):
    """An event's place lies in a country, or a participant belongs to it.

    It follows from the rows of places and actors (`app.links`). `date_earliest` is the
    event's.
    """

    __tablename__ = "event_country"
    __table_args__ = _link_indexes("event_country", "country", "date_earliest", "event_pk")

    event_pk: int = Field(primary_key=True, foreign_key="event.pk", ondelete="CASCADE")
    country: str = Field(primary_key=True)
    date_earliest: dt.date | None = None


class EventClaim(SQLModel, table=True):
    """A claim reports an event."""

    __tablename__ = "event_claim"

    event_pk: int = Field(primary_key=True, foreign_key="event.pk", ondelete="CASCADE")
    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk", ondelete="CASCADE", index=True)


class Quantity(SQLModel, table=True):
    """An amount in a claim or an event (one of the two is set); null bounds are open."""

    pk: int | None = Field(default=None, primary_key=True)
    claim_pk: int | None = Field(
        default=None, foreign_key="claim.pk", ondelete="CASCADE", index=True
    )
    event_pk: int | None = Field(
        default=None, foreign_key="event.pk", ondelete="CASCADE", index=True
    )
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    approximate: bool
    unit: str | None = None
    of: str | None = None


class ApiKey(SQLModel, table=True):
    """Somebody who may read or write (`scopes`, joined by blanks) until it is revoked.

    `id` is the public part of the token, `sha256` the digest of its secret part (`app.keys`).
    """

    __tablename__ = "api_key"

    pk: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    name: str
    sha256: str
    scopes: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None = None
