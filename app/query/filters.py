"""What each filter means: for each collection, its parameters and what they are made of.

A row matches a filter if one of the values holds for it, and a query if it matches all filters.
An id that does not exist matches no row. Of filters with as many rows the one that stands first
leads (`app.query.leading`): those that find rows at random before those that most rows match.

Dates are EDTF strings and rows cover intervals, from an earliest to a latest day. `*_after=D`
finds the rows whose latest day is on or after the first day of D, `*_before=D` those whose
earliest day is on or before the last day of D: a row matches if it *may* lie there. An interval
that is open on that side (`2025-11-05/..`: one day is null) matches. A row whose year is unknown
(`XXXX-11-07`) or that has no date (both days are null) never matches. `*_on=D` is both at once: the
row and D have a day in common, or may have; on the side where D itself is open, any row does.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, literal_column

from app.query.dates import Days, on_or_after, on_or_before, overlapping
from app.query.names import named
from app.query.predicates import (
    Filter,
    linked_as,
    linked_to,
    mentions_words,
    one_of,
    refers_to,
    sorted_by,
)
from app.query.tables import (
    actor,
    actor_reading,
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

REPORT_TEXT: ColumnElement[str] = report.c.title + literal_column("' '") + report.c.text

SAID = Days("said", claim.c.said_earliest, claim.c.said_latest)
OCCURRED = Days("occurred", event.c.date_earliest, event.c.date_latest)
PUBLISHED = Days("published", report.c.published_on, report.c.published_on)


def _participant(*roles: ParticipantRole) -> Filter:
    part = event_participant.c
    return linked_as(event.c.pk, part.event_pk, part.actor_pk, actor, part.role, roles)


CLAIMS: Mapping[str, Filter] = {
    "event": linked_to(claim.c.pk, event_claim.c.claim_pk, event_claim.c.event_pk, event, few=True),
    "report": refers_to(claim.c.report_pk, report, few=True),
    "q": mentions_words(claim, claim.c.text, claim.c.said_earliest),
    "source": linked_to(
        claim.c.pk,
        attribution_link.c.claim_pk,
        attribution_link.c.source_pk,
        source,
        repeats=True,
    ),
    "origin": refers_to(claim.c.origin_pk, source),
    "about": linked_to(claim.c.pk, claim_actor.c.claim_pk, claim_actor.c.actor_pk, actor),
    "act": one_of(claim.c.act),
    "status": one_of(claim.c.status),
    "certainty": one_of(claim.c.certainty),
    "directness": one_of(claim.c.directness),
    "attributed": one_of(claim.c.attributed),
    "said_on": overlapping(SAID),
    "said_after": on_or_after(SAID),
    "said_before": on_or_before(SAID),
}

EVENTS: Mapping[str, Filter] = {
    "report": refers_to(event.c.report_pk, report, few=True),
    "q": mentions_words(event, event.c.text, event.c.date_earliest),
    "initiator": _participant(ParticipantRole.INITIATOR),
    "recipient": _participant(ParticipantRole.RECIPIENT),
    "actor": _participant(*ParticipantRole),
    "place": refers_to(event.c.place_pk, place),
    "source": linked_to(event.c.pk, event_source.c.event_pk, event_source.c.source_pk, source),
    "country": linked_to(event.c.pk, event_country.c.event_pk, event_country.c.country),
    "type": one_of(event.c.type),
    "tense": one_of(event.c.tense),
    "certainty": one_of(event.c.certainty),
    "occurred_on": overlapping(OCCURRED),
    "occurred_after": on_or_after(OCCURRED),
    "occurred_before": on_or_before(OCCURRED),
}

ACTORS: Mapping[str, Filter] = {
    "q": named(actor.c.names, actor.c.name),
    "country": one_of(actor.c.country),
    "kind": one_of(actor.c.kind),
}

READINGS: Mapping[str, Filter] = {"actor": sorted_by(actor_reading.c.actor_pk, actor)}

SOURCES: Mapping[str, Filter] = {
    "q": named(source.c.names, source.c.name),
    "kind": one_of(source.c.kind),
}

REPORTS: Mapping[str, Filter] = {
    "q": mentions_words(report, REPORT_TEXT, report.c.published_on, report.c.title),
    "publisher": refers_to(report.c.publisher_pk, source),
    "language": one_of(report.c.language),
    "published_on": overlapping(PUBLISHED),
    "published_after": on_or_after(PUBLISHED),
    "published_before": on_or_before(PUBLISHED),
}
