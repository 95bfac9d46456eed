"""How many rows match, in all (`count=exact`) and for each value of a property (`facet=`).

A facet leaves out the filter of its own name, as searchers expect of filters that are ORed: the
count of a value is the number of rows that the same query finds with that value as the only one of
its filter. So the counts stay while values are picked, and each one says what picking it yields.
A row with several values (a claim with two sources) counts once for each; one without does not
count. Actors and sources that were merged are one value.

Both are linear in what they count; nothing of this runs unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, extract, func, literal_column, select
from sqlmodel import Session

from app.query.collection import Collection
from app.query.predicates import where
from app.query.tables import (
    actor,
    attribution_link,
    claim,
    claim_actor,
    event,
    event_claim,
    event_country,
    event_participant,
    event_source,
    place,
    report,
    source,
)
from app.vocabulary import ParticipantRole

MOST = 50
"""Values of a facet that are listed, the most frequent ones: all of any closed list."""

Values = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Facet:
    """A property of rows: `value`, or for several values a row the pairs of `row` and `value`.

    `row` is the key of the collection's row in another table than its own. Where values are keys
    of a `target`, clients see its `id`, and its `name` too. `only` chooses among the pairs.
    """

    value: ColumnElement[Any]
    row: ColumnElement[int] | None = None
    target: Table | None = None
    only: tuple[ColumnElement[bool], ...] = ()
    shown: Callable[[Any], Any] = lambda value: value


def total(session: Session, collection: Collection, values: Values) -> int:
    """The number of rows that match `values` (parameter → values, see `app.query.filters`)."""
    rows = select(func.count()).select_from(collection.table)
    rows = rows.where(*collection.only, *where(collection.filters, values))
    return int(session.connection().execute(rows).scalar_one())


def counts(session: Session, collection: Collection, values: Values, name: str) -> dict[str, Any]:
    """The values of one facet, most frequent first, and the number of all."""
    facet = FACETS[collection.name][name]
    others = {its_name: given for its_name, given in values.items() if its_name != name}
    found = session.connection().execute(_counted(session, collection, others, facet)).all()
    named = _names(session, facet.target, [row.value for row in found])
    listed = [
        named.get(row.value, {"value": facet.shown(row.value)}) | {"count": row.count}
        for row in found
    ]
    return {"values": listed, "distinct": found[0].distinct if found else 0}


def _counted(session: Session, collection: Collection, values: Values, facet: Facet) -> Select[Any]:
    """`(value, count, distinct)` of the most frequent values; equally frequent ones in order."""
    value, number, counted = facet.value, func.count(), select(collection.table)
    clauses = [*collection.only, *where(collection.filters, values)]
    if facet.row is not None:
        number, counted = func.count(facet.row.distinct()), select(facet.row.table)
        if clauses:
            counted = counted.join(collection.table, collection.pk == facet.row)
    if facet.target is not None and _has_merged(session, facet.target):
        held = facet.target.alias()
        counted = counted.join(held, held.c.pk == value)
        value = func.coalesce(held.c.into_pk, held.c.pk)
    counted = counted.with_only_columns(
        value.label("value"), number.label("count"), func.count().over().label("distinct")
    )
    return (
        counted.where(value.is_not(None), *facet.only, *clauses)
        .group_by(value)
        .order_by(number.desc(), value)
        .limit(MOST)
    )


def _has_merged(session: Session, target: Table) -> bool:
    """Whether keys of the target can stand for others: rarely, and it costs a look-up a row."""
    if "into_pk" not in target.c:
        return False
    merged = select(target.c.pk).where(target.c.into_pk.is_not(None)).limit(1)
    return session.connection().execute(merged).first() is not None


def _names(session: Session, target: Table | None, keys: Sequence[Any]) -> dict[Any, Any]:
    """What clients see of the keys of a target."""
    if target is None:
        return {}
    named = select(target.c.pk, target.c.id, _NAMES[target.name]).where(target.c.pk.in_(keys))
    rows = session.connection().execute(named)
    return {pk: {"value": public_id, "name": its_name} for pk, public_id, its_name in rows}


_NAMES: Mapping[str, Column[str]] = {
    "actor": actor.c.name,
    "event": event.c.text,
    "place": place.c.name,
    "report": report.c.title,
    "source": source.c.name,
}


def _participant(*roles: ParticipantRole) -> Facet:
    part = event_participant.c
    only = (part.role.in_([role.value for role in roles]),) if roles else ()
    return Facet(part.actor_pk, part.event_pk, actor, only)


_year = extract("year", report.c.published_on)
_month = _year * literal_column("100") + extract("month", report.c.published_on)

FACETS: Mapping[str, Mapping[str, Facet]] = {
    "claims": {
        "source": Facet(attribution_link.c.source_pk, attribution_link.c.claim_pk, source),
        "origin": Facet(claim.c.origin_pk, target=source),
        "about": Facet(claim_actor.c.actor_pk, claim_actor.c.claim_pk, actor),
        "event": Facet(event_claim.c.event_pk, event_claim.c.claim_pk, event),
        "report": Facet(claim.c.report_pk, target=report),
        "act": Facet(claim.c.act),
        "directness": Facet(claim.c.directness),
        "certainty": Facet(claim.c.certainty),
        "status": Facet(claim.c.status),
        "attributed": Facet(claim.c.attributed),
    },
    "events": {
        "type": Facet(event.c.type),
        "actor": _participant(),
        "initiator": _participant(ParticipantRole.INITIATOR),
        "recipient": _participant(ParticipantRole.RECIPIENT),
        "country": Facet(event_country.c.country, event_country.c.event_pk),
        "place": Facet(event.c.place_pk, target=place),
        "certainty": Facet(event.c.certainty),
        "tense": Facet(event.c.tense),
        "source": Facet(event_source.c.source_pk, event_source.c.event_pk, source),
        "report": Facet(event.c.report_pk, target=report),
    },
    "actors": {"kind": Facet(actor.c.kind), "country": Facet(actor.c.country)},
    "sources": {"kind": Facet(source.c.kind)},
    "reports": {
        "publisher": Facet(report.c.publisher_pk, target=source),
        "language": Facet(report.c.language),
        "published_year": Facet(_year, shown=lambda year: f"{int(year):04d}"),
        "published_month": Facet(
            _month, shown=lambda month: "{:04d}-{:02d}".format(*divmod(int(month), 100))
        ),
    },
}
