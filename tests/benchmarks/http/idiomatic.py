"""The page of claims as a good reader of the manuals of FastAPI and SQLModel would write it.

Tables with relationships, loaded eagerly with as few statements as there are levels, keyset pages,
a `response_model`, long columns left out; over the same tables as ours, under the same server.
"""

import os
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from sqlalchemy import JSON, ColumnElement
from sqlalchemy.orm import joinedload, load_only, selectinload
from sqlmodel import Field, Relationship, Session, SQLModel, col, create_engine, select


class ClaimActor(SQLModel, table=True):
    __tablename__ = "claim_actor"
    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk")
    actor_pk: int = Field(primary_key=True, foreign_key="actor.pk")


class EventClaim(SQLModel, table=True):
    __tablename__ = "event_claim"
    event_pk: int = Field(primary_key=True, foreign_key="event.pk")
    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk")


class SourceBase(SQLModel):
    id: str
    name: str
    kind: str


class Source(SourceBase, table=True):
    pk: int = Field(primary_key=True)


class ActorBase(SQLModel):
    id: str
    name: str
    kind: str
    country: str | None


class Actor(ActorBase, table=True):
    pk: int = Field(primary_key=True)


class Report(SQLModel, table=True):
    pk: int = Field(primary_key=True)
    id: str
    title: str
    publisher_pk: int | None = Field(foreign_key="source.pk")
    publisher: Source | None = Relationship()


class EventBase(SQLModel):
    id: str
    type: str


class Event(EventBase, table=True):
    pk: int = Field(primary_key=True)


class LinkBase(SQLModel):
    spans: list[list[int]] = Field(sa_type=JSON)
    cue: list[list[int]] = Field(sa_type=JSON)


class AttributionLink(LinkBase, table=True):
    __tablename__ = "attribution_link"
    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk")
    position: int = Field(primary_key=True)
    source_pk: int | None = Field(foreign_key="source.pk")
    source: Source | None = Relationship()


class Response(SQLModel, table=True):
    claim_pk: int = Field(primary_key=True, foreign_key="claim.pk")
    position: int = Field(primary_key=True)
    actor_pk: int | None = Field(foreign_key="actor.pk")
    stance: str
    spans: list[list[int]] = Field(sa_type=JSON)
    actor: Actor | None = Relationship()


class QuantityBase(SQLModel):
    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    of: str | None


class Quantity(QuantityBase, table=True):
    pk: int = Field(primary_key=True)
    claim_pk: int | None = Field(foreign_key="claim.pk")


class ClaimBase(SQLModel):
    id: str
    text: str
    content: list[list[int]] = Field(sa_type=JSON)
    hedges: list[list[int]] = Field(sa_type=JSON)
    quotations: list[list[int]] = Field(sa_type=JSON)
    act: str
    directness: str
    certainty: str
    polarity: str
    status: str
    said_on: str | None
    said_basis: str | None
    rule: str


class Claim(ClaimBase, table=True):
    pk: int = Field(primary_key=True)
    report_pk: int = Field(foreign_key="report.pk")
    origin_pk: int | None = Field(foreign_key="source.pk")
    report: Report = Relationship()
    origin: Source | None = Relationship()
    attribution: list[AttributionLink] = Relationship(
        sa_relationship_kwargs={"order_by": "AttributionLink.position"}
    )
    responses: list[Response] = Relationship(
        sa_relationship_kwargs={"order_by": "Response.position"}
    )
    quantities: list[Quantity] = Relationship()
    about: list[Actor] = Relationship(link_model=ClaimActor)
    events: list[Event] = Relationship(link_model=EventClaim)


class ReportRead(SQLModel):
    id: str
    title: str
    publisher: SourceBase | None


class LinkRead(LinkBase):
    source: SourceBase | None


class ResponseRead(SQLModel):
    actor: ActorBase | None
    stance: str
    spans: list[list[int]]


class ClaimRead(ClaimBase):
    report: ReportRead
    origin: SourceBase | None
    attribution: list[LinkRead]
    responses: list[ResponseRead]
    quantities: list[QuantityBase]
    about: list[ActorBase]
    events: list[EventBase]


class Page(SQLModel):
    items: list[ClaimRead]
    next: int | None


_engine = create_engine(f"sqlite:///{os.environ.get('DATABASE', '')}")
_NESTED = (
    joinedload(Claim.report).options(  # type: ignore[arg-type]
        load_only(Report.id, Report.title, Report.publisher_pk),  # type: ignore[arg-type]
        joinedload(Report.publisher),  # type: ignore[arg-type]
    ),
    joinedload(Claim.origin),  # type: ignore[arg-type]
    selectinload(Claim.attribution).joinedload(AttributionLink.source),  # type: ignore[arg-type]
    selectinload(Claim.responses).joinedload(Response.actor),  # type: ignore[arg-type]
    selectinload(Claim.quantities),  # type: ignore[arg-type]
    selectinload(Claim.about),  # type: ignore[arg-type]
    selectinload(Claim.events),  # type: ignore[arg-type]
)

app = FastAPI()


def _session() -> Iterator[Session]:
    with Session(_engine) as session:
        yield session


@app.get("/claims", response_model=Page)
def list_claims(
    session: Annotated[Session, Depends(_session)],
    origin: Annotated[list[str], Query()] = [],  # noqa: B006
    cursor: int = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Page:
    """A page of claims, with all that belongs to them."""
    where: list[ColumnElement[bool]] = [col(Claim.pk) > cursor]
    if origin:
        where.append(col(Claim.origin_pk).in_(select(Source.pk).where(col(Source.id).in_(origin))))
    statement = select(Claim).where(*where).order_by(col(Claim.pk)).limit(limit + 1)
    found = session.exec(statement.options(*_NESTED)).all()
    following = found[limit - 1].pk if len(found) > limit else None
    return Page(items=found[:limit], next=following)  # type: ignore[arg-type]


@app.get("/")
def ready() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}
