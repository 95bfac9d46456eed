"""What each filter means in SQL: one table of pure builder functions for each collection.

A builder takes the values of one parameter, of which any may hold (OR), and returns a clause;
clauses of different parameters must all hold (AND). An id that does not exist matches no row.

Dates are EDTF strings and rows cover intervals, from an earliest to a latest day. `*_after=D`
finds the rows whose latest day is on or after the first day of D, `*_before=D` those whose
earliest day is on or before the last day of D: a row matches if it *may* lie there. An interval
that is open on that side (`2025-11-05/..`: one day is null) matches. A row whose year is unknown
(`XXXX-11-07`) or that has no date (both days are null) never matches. `*_on=D` is both at once: the
row and D have a day in common, or may have; on the side where D itself is open, any row does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    and_,
    func,
    literal_column,
    or_,
    select,
)

from app.intervals import days
from app.query import search
from app.query.tables import (
    actor,
    actor_alias,
    actor_reading,
    attribution_link,
    claim,
    claim_actor,
    event,
    event_claim,
    event_participant,
    place,
    report,
    source,
)
from app.vocabulary import ParticipantRole

Clause = ColumnElement[bool]
Filter = Callable[[Sequence[Any]], Clause]


def where(filters: Mapping[str, Filter], values: Mapping[str, Sequence[Any]]) -> list[Clause]:
    """The clauses for the parameters that were given; parameters without values don't filter."""
    return [filters[name](given) for name, given in values.items() if given]


def one_of(column: Column[Any]) -> Filter:
    """The column has one of the values."""
    return column.in_


def refers_to(key: Column[Any], target: Table) -> Filter:
    """The foreign key points to a row with one of these public ids."""
    return lambda ids: key.in_(_keys(target, ids))


def linked_to(pk: Column[Any], own: Column[Any], other: Column[Any], target: Table) -> Filter:
    """A row of the link table joins this row (`own`) to one of these ids (`other`)."""
    return lambda ids: pk.in_(select(own).where(other.in_(_keys(target, ids))))


def on_or_after(earliest: Column[Any], latest: Column[Any]) -> Filter:
    """The row's latest day is on or after the first day of a value, or open."""
    is_open = and_(latest.is_(None), earliest.is_not(None))
    return lambda values: or_(
        is_open, *(latest >= (days(value)[0] or dt.date.min) for value in values)
    )


def on_or_before(earliest: Column[Any], latest: Column[Any]) -> Filter:
    """The row's earliest day is on or before the last day of a value, or open."""
    is_open = and_(earliest.is_(None), latest.is_not(None))
    return lambda values: or_(
        is_open, *(earliest <= (days(value)[1] or dt.date.max) for value in values)
    )


def overlapping(earliest: Column[Any], latest: Column[Any]) -> Filter:
    """The row and a value have a day in common, or may have."""
    after, before = on_or_after(earliest, latest), on_or_before(earliest, latest)
    return lambda values: or_(*(and_(after([value]), before([value])) for value in values))


def mentions_words(rows: Table, text: ColumnElement[str]) -> Filter:
    """Full-text search (`app.query.search`)."""
    return lambda queries: or_(*(search.matches(rows, text, query) for query in queries))


def named(name: Column[str], actor_pk: Column[Any]) -> Filter:
    """The name, or an alias of the actor (merged ones included), has the words, in any case.

    `%` and `_` are themselves.
    """

    def clause(words: Sequence[str]) -> Clause:
        alias = or_(*(actor_alias.c.alias.icontains(part, autoescape=True) for part in words))
        return or_(
            *(name.icontains(part, autoescape=True) for part in words),
            actor_pk.in_(_same_as(actor, select(actor_alias.c.actor_pk).where(alias))),
        )

    return clause


def _keys(target: Table, ids: Sequence[str]) -> Select[Any]:
    """The rows with these ids; of actors and sources also those that were merged with them."""
    named = select(target.c.pk).where(target.c.id.in_(ids))
    return _same_as(target, named) if "into_pk" in target.c else named


def _same_as(target: Table, pks: Select[Any]) -> Select[Any]:
    """These rows, the ones that stand for them, and all others that those stand for."""
    standing = select(func.coalesce(target.c.into_pk, target.c.pk)).where(target.c.pk.in_(pks))
    return select(target.c.pk).where(or_(target.c.pk.in_(standing), target.c.into_pk.in_(standing)))


def _participates(*roles: ParticipantRole) -> Filter:
    """An actor with one of these ids takes part, in one of these roles if any are given."""

    def clause(ids: Sequence[str]) -> Clause:
        part = select(event_participant.c.event_pk).where(
            event_participant.c.actor_pk.in_(_keys(actor, ids))
        )
        if roles:
            part = part.where(event_participant.c.role.in_([role.value for role in roles]))
        return event.c.pk.in_(part)

    return clause


def _event_country(countries: Sequence[str]) -> Clause:
    """The event's place lies in a country, or a participant belongs to it."""
    there = select(place.c.pk).where(place.c.country.in_(countries))
    theirs = (
        select(event_participant.c.event_pk)
        .join(actor, actor.c.pk == event_participant.c.actor_pk)
        .where(actor.c.country.in_(countries))
    )
    return or_(event.c.place_pk.in_(there), event.c.pk.in_(theirs))


def _event_source(ids: Sequence[str]) -> Clause:
    """A claim that reports the event is attributed to the source, by any link."""
    said = (
        select(event_claim.c.event_pk)
        .join(attribution_link, attribution_link.c.claim_pk == event_claim.c.claim_pk)
        .where(attribution_link.c.source_pk.in_(_keys(source, ids)))
    )
    return event.c.pk.in_(said)


REPORT_TEXT: ColumnElement[str] = report.c.title + literal_column("' '") + report.c.text

CLAIMS: Mapping[str, Filter] = {
    "source": linked_to(
        claim.c.pk, attribution_link.c.claim_pk, attribution_link.c.source_pk, source
    ),
    "origin": refers_to(claim.c.origin_pk, source),
    "about": linked_to(claim.c.pk, claim_actor.c.claim_pk, claim_actor.c.actor_pk, actor),
    "event": linked_to(claim.c.pk, event_claim.c.claim_pk, event_claim.c.event_pk, event),
    "report": refers_to(claim.c.report_pk, report),
    "act": one_of(claim.c.act),
    "directness": one_of(claim.c.directness),
    "certainty": one_of(claim.c.certainty),
    "status": one_of(claim.c.status),
    "attributed": one_of(claim.c.attributed),
    "said_on": overlapping(claim.c.said_earliest, claim.c.said_latest),
    "said_after": on_or_after(claim.c.said_earliest, claim.c.said_latest),
    "said_before": on_or_before(claim.c.said_earliest, claim.c.said_latest),
    "q": mentions_words(claim, claim.c.text),
}

EVENTS: Mapping[str, Filter] = {
    "type": one_of(event.c.type),
    "actor": _participates(),
    "initiator": _participates(ParticipantRole.INITIATOR),
    "recipient": _participates(ParticipantRole.RECIPIENT),
    "country": _event_country,
    "place": refers_to(event.c.place_pk, place),
    "occurred_on": overlapping(event.c.date_earliest, event.c.date_latest),
    "occurred_after": on_or_after(event.c.date_earliest, event.c.date_latest),
    "occurred_before": on_or_before(event.c.date_earliest, event.c.date_latest),
    "certainty": one_of(event.c.certainty),
    "tense": one_of(event.c.tense),
    "source": _event_source,
    "report": refers_to(event.c.report_pk, report),
    "q": mentions_words(event, event.c.text),
}

ACTORS: Mapping[str, Filter] = {
    "kind": one_of(actor.c.kind),
    "country": one_of(actor.c.country),
    "q": named(actor.c.name, actor.c.pk),
}

READINGS: Mapping[str, Filter] = {"actor": refers_to(actor_reading.c.actor_pk, actor)}

SOURCES: Mapping[str, Filter] = {
    "kind": one_of(source.c.kind),
    "q": named(source.c.name, source.c.actor_pk),
}

REPORTS: Mapping[str, Filter] = {
    "publisher": refers_to(report.c.publisher_pk, source),
    "language": one_of(report.c.language),
    "published_on": overlapping(report.c.published_on, report.c.published_on),
    "published_after": on_or_after(report.c.published_on, report.c.published_on),
    "published_before": on_or_before(report.c.published_on, report.c.published_on),
    "q": mentions_words(report, REPORT_TEXT),
}
