"""The five collections: what is read, filtered and sorted.

The default sort is the first one. `loaded` is the order of loading, which within a report is the
order of the text.
"""

from __future__ import annotations

from sqlalchemy import func, select

from app.query import filters
from app.query.page import Collection
from app.query.tables import (
    actor,
    actor_reading,
    attribution_link,
    claim,
    event,
    report,
    source,
)

CLAIMS = Collection(
    name="claims",
    table=claim,
    columns=(claim.c.body,),
    filters=filters.CLAIMS,
    sorts={"loaded": claim.c.pk, "said_on": claim.c.said_earliest},
)

EVENTS = Collection(
    name="events",
    table=event,
    columns=(event.c.body,),
    filters=filters.EVENTS,
    sorts={"loaded": event.c.pk, "date": event.c.date_earliest},
)

REPORTS = Collection(
    name="reports",
    table=report,
    columns=(report.c.body,),
    filters=filters.REPORTS,
    sorts={"loaded": report.c.pk, "published_on": report.c.published_on, "title": report.c.title},
)

ACTORS = Collection(
    name="actors",
    table=actor,
    columns=(
        actor.c.id,
        actor.c.name,
        actor.c.kind,
        actor.c.country,
        select(func.count())
        .where(actor_reading.c.actor_pk == actor.c.pk)
        .scalar_subquery()
        .label("reports"),
    ),
    filters=filters.ACTORS,
    sorts={"name": actor.c.name, "loaded": actor.c.pk},
)

SOURCES = Collection(
    name="sources",
    table=source,
    columns=(
        source.c.id,
        source.c.name,
        source.c.kind,
        source.c.actor_pk,
        select(func.count(attribution_link.c.claim_pk.distinct()))
        .where(attribution_link.c.source_pk == source.c.pk)
        .scalar_subquery()
        .label("claims"),
    ),
    filters=filters.SOURCES,
    sorts={"name": source.c.name, "loaded": source.c.pk},
)
