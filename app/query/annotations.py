"""A report's claims, events and mentions as W3C Web Annotations.

After the Web Annotation Data Model (https://www.w3.org/TR/annotation-model/): each annotation
points into the report by the words with those around them (TextQuoteSelector) and by their
position (TextPositionSelector, code points, half-open). A claim's content in several pieces is
one annotation with several targets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import case, func, select
from sqlmodel import Session

from app.query.read import by_id
from app.query.tables import actor, claim, event, mention, place, report

CONTEXT = 64
"""Code points of `prefix` and `suffix`: enough to tell one occurrence from another in news."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class TextQuoteSelector(_Model):
    """The exact words, and those before and after."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class TextPositionSelector(_Model):
    """Code points of the report's text, half-open."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Target(_Model):
    """A stretch of the report, selected in two ways."""

    source: str
    selector: list[TextQuoteSelector | TextPositionSelector]


class Resource(_Model):
    """The row that the words stand for."""

    id: str
    type: Literal["Dataset"] = "Dataset"
    format: Literal["application/json"] = "application/json"


class TextualBody(_Model):
    """An event's type, or a place's name, as a tag."""

    type: Literal["TextualBody"] = "TextualBody"
    value: str
    purpose: Literal["tagging"] = "tagging"


class Annotation(_Model):
    """Some words of the report, and what they are."""

    id: str
    type: Literal["Annotation"] = "Annotation"
    motivation: Literal["describing", "classifying", "identifying"] = Field(
        description="A claim's content; an event's trigger; a mention of an actor or place"
    )
    body: list[Resource | TextualBody]
    target: list[Target]


class AnnotationPage(_Model):
    """All annotations of the report, in the order of its text for each motivation."""

    id: str
    type: Literal["AnnotationPage"] = "AnnotationPage"
    start_index: int = Field(0, alias="startIndex")
    items: list[Annotation]


class AnnotationCollection(_Model):
    """The annotations of one report."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = Field(
        "http://www.w3.org/ns/anno.jsonld", alias="@context"
    )
    id: str
    type: Literal["AnnotationCollection"] = "AnnotationCollection"
    label: str
    total: int
    first: AnnotationPage


def collection(session: Session, report_id: str, base: str) -> AnnotationCollection:
    """The annotations of a report; `base` is the service's URL, with a slash at its end.

    Raises NotFound.
    """
    columns = (report.c.pk, report.c.id, report.c.title, report.c.text)
    found = by_id(session, report, columns, report_id)
    url = f"{base}reports/{found.id}"
    pointer = _Pointer(url, found.text)
    items = [
        *_claims(session, found.pk, base, pointer),
        *_events(session, found.pk, base, pointer),
        *_mentions(session, found.pk, base, pointer),
    ]
    page = AnnotationPage(id=f"{url}/annotations#all", items=items)
    return AnnotationCollection(
        id=f"{url}/annotations", label=found.title, total=len(items), first=page
    )


class _Pointer:
    """Makes annotations into one report."""

    def __init__(self, url: str, text: str) -> None:
        self.url = url
        self.text = text

    def target(self, start: int, end: int) -> Target:
        quote = TextQuoteSelector(
            exact=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
        )
        position = TextPositionSelector(start=start, end=end)
        return Target(source=self.url, selector=[quote, position])

    def name(self, fragment: str) -> str:
        return f"{self.url}/annotations#{fragment}"


def _claims(session: Session, report_pk: int, base: str, point: _Pointer) -> Iterable[Annotation]:
    statement = select(claim.c.id, claim.c.content).where(claim.c.report_pk == report_pk)
    for row in session.connection().execute(statement.order_by(claim.c.pk)):
        yield Annotation(
            id=point.name(row.id),
            motivation="describing",
            body=[Resource(id=f"{base}claims/{row.id}")],
            target=[point.target(start, end) for start, end in row.content],
        )


def _events(session: Session, report_pk: int, base: str, point: _Pointer) -> Iterable[Annotation]:
    columns = (event.c.id, event.c.type, event.c.trigger_start, event.c.trigger_end)
    statement = select(*columns).where(event.c.report_pk == report_pk).order_by(event.c.pk)
    for row in session.connection().execute(statement):
        yield Annotation(
            id=point.name(row.id),
            motivation="classifying",
            body=[Resource(id=f"{base}events/{row.id}"), TextualBody(value=row.type)],
            target=[point.target(row.trigger_start, row.trigger_end)],
        )


def _mentions(session: Session, report_pk: int, base: str, point: _Pointer) -> Iterable[Annotation]:
    standing = actor.alias()
    statement = (
        select(
            mention.c.start,
            mention.c.end,
            standing.c.id.label("actor"),
            place.c.name.label("place"),
        )
        .outerjoin(actor, actor.c.pk == mention.c.actor_pk)
        .outerjoin(standing, standing.c.pk == func.coalesce(actor.c.into_pk, actor.c.pk))
        .outerjoin(place, place.c.pk == mention.c.place_pk)
        .where(mention.c.report_pk == report_pk)
        .order_by(mention.c.start, mention.c.end, case((mention.c.actor_pk.is_(None), 1), else_=0))
    )
    for row in session.connection().execute(statement):
        kind = "actor" if row.actor is not None else "place"
        yield Annotation(
            id=point.name(f"{kind}-{row.start}-{row.end}"),
            motivation="identifying",
            body=[_referent(row.actor, row.place, base)],
            target=[point.target(row.start, row.end)],
        )


def _referent(actor_id: str | None, place_name: str, base: str) -> Resource | TextualBody:
    if actor_id is not None:
        return Resource(id=f"{base}actors/{actor_id}")
    return TextualBody(value=place_name)
