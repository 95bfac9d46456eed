"""The rows of one report: claims, events and what belongs to them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app.identity import digest
from app.ingest.decisions import Place
from app.ingest.extraction import (
    Claim,
    Date,
    Event,
    Extraction,
    Link,
    Mention,
    Participant,
    Quantity,
    Span,
)
from app.ingest.resolve import Resolution
from app.intervals import days

_tables = SQLModel.metadata.tables

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Keys:
    """What the extraction's keys have become: ids, where they belong, the pks of shared rows."""

    resolution: Resolution
    places: Mapping[str, Place]
    pks: Mapping[str, Mapping[str, int]]

    def actor(self, key: str) -> int:
        """The pk of an actor."""
        return self.actor_of(self.resolution.actor_ids[key])

    def responder(self, key: str | None) -> int | None:
        """The pk of whoever responds; None where the text names nobody."""
        return None if key is None else self.actor(key)

    def source(self, key: str | None) -> int | None:
        """The pk of a source; None where the text names nobody."""
        return None if key is None else self.source_of(self.resolution.source_ids[key])

    def place(self, key: str | None) -> int | None:
        """The pk of a place, if there is one."""
        return None if key is None else self.pks["place"][self.resolution.place_ids[key]]

    def actor_of(self, id_: str) -> int:
        """The pk of the row that holds what the report says of an actor."""
        return self.pks["actor"][self.places[id_].held_as]

    def source_of(self, id_: str) -> int:
        """The pk of the row that holds what the report says of a source."""
        return self.pks["source"][self.places[id_].held_as]


def insert_readings(connection: Connection, report_pk: int, keys: Keys) -> None:
    """Insert what a report says of actors, sources and places."""
    said = keys.resolution
    rows: dict[str, list[Row]] = defaultdict(list)
    for id_, actor in said.actors.items():
        pks = {"report_pk": report_pk, "actor_pk": keys.actor_of(id_)}
        rows["actor_reading"].append(
            pks
            | {
                "name": actor.name,
                "kind": actor.kind,
                "country": actor.country,
                "evidence": actor.evidence,
            }
        )
        rows["actor_alias"] += [pks | {"alias": alias} for alias in sorted(actor.aliases)]
        rows["actor_role"] += [pks | {"role": role} for role in sorted(actor.roles)]
    for id_, source in said.sources.items():
        rows["source_reading"].append(
            {
                "report_pk": report_pk,
                "source_pk": keys.source_of(id_),
                "name": source.name,
                "kind": source.kind,
                "actor_pk": keys.actor_of(source.actor) if source.actor else None,
            }
        )
    for id_, place in said.places.items():
        rows["place_reading"].append(
            {
                "report_pk": report_pk,
                "place_pk": keys.pks["place"][id_],
                "name": place.name,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
        )
    for name, of_table in rows.items():
        _insert(connection, name, of_table)


def insert_rows(
    connection: Connection,
    report: tuple[int, str],
    text: str,
    extraction: Extraction,
    keys: Keys,
) -> None:
    """Insert all that belongs to one report (pk and id) only; bodies are left empty."""
    report_pk, report_id = report
    _insert(connection, "mention", list(_mention_rows(report_pk, extraction, keys)))
    ids = _claim_ids(report_id, extraction.claims, keys.resolution)
    claim_rows = [
        _claim_row(claim, text, keys) | {"report_pk": report_pk, "id": id_, "position": position}
        for position, (id_, claim) in enumerate(zip(ids, extraction.claims, strict=True))
    ]
    claims = _insert_with_pks(connection, "claim", claim_rows, report_pk)
    ids = _event_ids(report_id, extraction.events)
    event_rows = [
        _event_row(event, text, keys) | {"report_pk": report_pk, "id": id_, "position": position}
        for position, (id_, event) in enumerate(zip(ids, extraction.events, strict=True))
    ]
    events = _insert_with_pks(connection, "event", event_rows, report_pk)
    _insert_parts_of_claims(connection, list(zip(claims, extraction.claims, strict=True)), keys)
    _insert_parts_of_events(
        connection, list(zip(events, extraction.events, strict=True)), claims, keys
    )


def _claim_ids(report_id: str, claims: Sequence[Claim], resolution: Resolution) -> list[str]:
    """Ids from where a claim stands in its report and who says it."""
    return _distinct(
        (
            report_id,
            claim.content,
            [
                (resolution.source_ids.get(link.source or ""), link.cue)
                for link in claim.attribution
            ],
        )
        for claim in claims
    )


def _event_ids(report_id: str, events: Sequence[Event]) -> list[str]:
    """Ids from where an event stands in its report and its type."""
    return _distinct(
        ((report_id, event.type, event.trigger) for event in events),
        prefix="e",
    )


def _distinct(identities: Iterable[tuple[Any, ...]], prefix: str = "c") -> list[str]:
    """One id for each identity; the second of two equal ones is numbered."""
    seen: dict[str, int] = {}
    ids = []
    for identity in identities:
        id_ = digest(prefix, *identity)
        seen[id_] = seen.get(id_, 0) + 1
        ids.append(id_ if seen[id_] == 1 else digest(prefix, *identity, seen[id_]))
    return ids


def _mention_rows(report_pk: int, extraction: Extraction, keys: Keys) -> Iterable[Row]:
    for actor in extraction.actors:
        for mention in actor.mentions:
            yield _mention_row(report_pk, mention, actor_pk=keys.actor(actor.key))
    for place in extraction.places:
        for mention in place.mentions:
            yield _mention_row(report_pk, mention, place_pk=keys.place(place.key))


def _mention_row(
    report_pk: int,
    mention: Mention,
    *,
    actor_pk: int | None = None,
    place_pk: int | None = None,
) -> Row:
    return {
        "report_pk": report_pk,
        "actor_pk": actor_pk,
        "place_pk": place_pk,
        "start": mention.span.start,
        "end": mention.span.end,
        "extent_start": mention.extent.start,
        "extent_end": mention.extent.end,
        "form": mention.form,
    }


def _readable(pieces: Iterable[str]) -> str:
    """The content as a statement: without the "that" which ties it to its cue."""
    return " … ".join(pieces).removeprefix("that ")


def _claim_row(claim: Claim, text: str, keys: Keys) -> Row:
    origin = claim.attribution[-1].source if claim.attribution else None
    earliest, latest = _days(claim.said_on)
    return {
        "text": _readable(text[start:end] for start, end in claim.content),
        "content": claim.content,
        "hedges": claim.hedges,
        "quotations": claim.quotations,
        "attributed": bool(claim.attribution),
        "origin_pk": keys.source(origin),
        "act": claim.act,
        "directness": claim.directness,
        "certainty": claim.certainty,
        "polarity": claim.polarity,
        "status": claim.status,
        "said_on": claim.said_on and claim.said_on.edtf,
        "said_earliest": earliest,
        "said_latest": latest,
        "said_basis": claim.said_on and claim.said_on.basis,
        "rule": claim.rule,
        "body": "",
    }


def _event_row(event: Event, text: str, keys: Keys) -> Row:
    earliest, latest = _days(event.date)
    return {
        "type": event.type,
        "text": text[event.sentence.start : event.sentence.end].strip(),
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "mentions": event.mentions,
        "place_pk": keys.place(event.place),
        "date": event.date and event.date.edtf,
        "date_earliest": earliest,
        "date_latest": latest,
        "date_basis": event.date and event.date.basis,
        "certainty": event.certainty,
        "polarity": event.polarity,
        "tense": event.tense,
        "rule": event.rule,
        "body": "",
    }


def _insert_parts_of_claims(
    connection: Connection, claims: Sequence[tuple[int, Claim]], keys: Keys
) -> None:
    links = [
        _link_row(link, keys) | {"claim_pk": pk, "position": position}
        for pk, claim in claims
        for position, link in enumerate(claim.attribution)
    ]
    responses = [
        {
            "claim_pk": pk,
            "position": position,
            "actor_pk": keys.responder(response.actor),
            "stance": response.stance,
            "spans": response.spans,
        }
        for pk, claim in claims
        for position, response in enumerate(claim.responses)
    ]
    about = [
        {"claim_pk": pk, "actor_pk": actor_pk}
        for pk, claim in claims
        for actor_pk in sorted({keys.actor(key) for key in claim.about})
    ]
    quantities = [
        _quantity_row(quantity) | {"claim_pk": pk, "event_pk": None}
        for pk, claim in claims
        for quantity in claim.quantities
    ]
    _insert(connection, "attribution_link", links)
    _insert(connection, "response", responses)
    _insert(connection, "claim_actor", about)
    _insert(connection, "quantity", quantities)


def _insert_parts_of_events(
    connection: Connection,
    events: Sequence[tuple[int, Event]],
    claims: Sequence[int],
    keys: Keys,
) -> None:
    told = [
        {"event_pk": pk, "claim_pk": claims[position]}
        for pk, event in events
        for position in sorted(set(event.claims))
    ]
    participants = [
        row | {"event_pk": pk}
        for pk, event in events
        for row in _participant_rows(event.participants, keys)
    ]
    quantities = [
        _quantity_row(quantity) | {"claim_pk": None, "event_pk": pk}
        for pk, event in events
        for quantity in event.quantities
    ]
    _insert(connection, "event_claim", told)
    _insert(connection, "event_participant", participants)
    _insert(connection, "quantity", quantities)


def _link_row(link: Link, keys: Keys) -> Row:
    return {"source_pk": keys.source(link.source), "spans": link.spans, "cue": link.cue}


def _participant_rows(participants: Iterable[Participant], keys: Keys) -> Iterable[Row]:
    """One row an actor and role: two keys may have become one actor."""
    spans: dict[tuple[int, str], list[Span]] = {}
    for participant in participants:
        found = spans.setdefault((keys.actor(participant.actor), participant.role), [])
        found.extend(span for span in participant.spans if span not in found)
    for (actor_pk, role), found in spans.items():
        yield {"actor_pk": actor_pk, "role": role, "spans": found}


def _quantity_row(quantity: Quantity) -> Row:
    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "low": quantity.low,
        "high": quantity.high,
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "of": quantity.of,
    }


def _days(date: Date | None) -> tuple[dt.date | None, dt.date | None]:
    return days(date.edtf) if date and date.edtf else (None, None)


def _insert(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(_tables[name]), rows)


def _insert_with_pks(
    connection: Connection, name: str, rows: Sequence[Row], report_pk: int
) -> list[int]:
    """Insert rows of one report; their pks in the same order."""
    _insert(connection, name, rows)
    table = _tables[name]
    query = select(table.c.pk).where(table.c.report_pk == report_pk).order_by(table.c.position)
    return list(connection.execute(query).scalars())
