"""The collections: what is read, filtered and sorted.

The default sort is the first one. `loaded` is the order of loading, which within a report is the
order of the text.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from app.query import filters
from app.query.collection import Collection
from app.query.tables import actor, actor_reading, claim, event, report, source
from app.query.utf8 import utf8

CLAIMS = Collection(
    name="claims",
    table=claim,
    columns=(utf8(claim.c.body).label("body"),),
    filters=filters.CLAIMS,
    sorts={"loaded": claim.c.pk, "said_on": claim.c.said_earliest},
)

EVENTS = Collection(
    name="events",
    table=event,
    columns=(utf8(event.c.body).label("body"),),
    filters=filters.EVENTS,
    sorts={"loaded": event.c.pk, "date": event.c.date_earliest},
)

REPORTS = Collection(
    name="reports",
    table=report,
    columns=(utf8(report.c.body).label("body"),),
    filters=filters.REPORTS,
    sorts={"loaded": report.c.pk, "published_on": report.c.published_on, "title": report.c.title},
)

REPORT_WITH_TEXT = replace(REPORTS, columns=(*REPORTS.columns, report.c.text))

ACTORS = Collection(
    name="actors",
    table=actor,
    columns=(utf8(actor.c.body).label("body"),),
    filters=filters.ACTORS,
    sorts={"name": actor.c.name, "loaded": actor.c.pk},
    only=(actor.c.into_pk.is_(None),),
)

READINGS = Collection(
    name="readings",
    table=actor_reading,
    columns=(
        actor_reading.c.name,
        actor_reading.c.kind,
        actor_reading.c.country,
        actor_reading.c.evidence,
        select(actor.c.id)
        .where(actor.c.pk == actor_reading.c.actor_pk)
        .scalar_subquery()
        .label("read_as"),
    ),
    filters=filters.READINGS,
    sorts={"read_as": actor_reading.c.actor_pk},
    key=actor_reading.c.report_pk,
)

SOURCES = Collection(
    name="sources",
    table=source,
    columns=(utf8(source.c.body).label("body"),),
    filters=filters.SOURCES,
    sorts={"name": source.c.name, "loaded": source.c.pk},
    only=(source.c.into_pk.is_(None),),
)
