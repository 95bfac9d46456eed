"""The rows of one report, by table: what is said of whom, claims, events and their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.ingest.decisions import Place
from app.ingest.extraction import Claim, Date, Event, Extraction, Mention, Quantity, Span
from app.ingest.ids import claim_ids, event_ids
from app.ingest.resolve import Resolution
from app.intervals import days

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Keys:
    """What the extraction's keys have become: ids, where they belong, the pks of shared rows."""

    resolution: Resolution
    places: Mapping[str, Place]
    pks: Mapping[str, Mapping[str, int]]

    def actor(self, key: str | None) -> int | None:
        """The pk of an actor; None where the text names nobody."""
        return None if key is None else self.actor_of(self.resolution.actor_ids[key])

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


def rows_of_report(
    report: Row, extraction: Extraction, keys: Keys, claims: Sequence[int], events: Sequence[int]
) -> Rows:
    """All rows that belong to one report only, without bodies; its claims and events have pks."""
    rows = _readings(report["pk"], keys) | _mentions(report["pk"], extraction, keys)
    told = list(zip(claims, extraction.claims, strict=True))
    happened = list(zip(events, extraction.events, strict=True))
    ids = claim_ids(report["id"], extraction.claims, keys.resolution)
    rows["claim"] = [
        {"pk": pk, "id": id_, "report_pk": report["pk"], "position": position}
        | _claim(claim, report["text"], keys)
        for position, (id_, (pk, claim)) in enumerate(zip(ids, told, strict=True))
    ]
    ids = event_ids(report["id"], extraction.events)
    rows["event"] = [
        {"pk": pk, "id": id_, "report_pk": report["pk"], "position": position}
        | _event(event, report["text"], keys)
        for position, (id_, (pk, event)) in enumerate(zip(ids, happened, strict=True))
    ]
    return (
        rows
        | _parts_of_claims(told, keys)
        | _parts_of_events(happened, claims, keys)
        | {
            "quantity": [
                _quantity(quantity) | {"claim_pk": pk, "event_pk": None}
                for pk, claim in told
                for quantity in claim.quantities
            ]
            + [
                _quantity(quantity) | {"claim_pk": None, "event_pk": pk}
                for pk, event in happened
                for quantity in event.quantities
            ]
        }
    )


def _readings(report_pk: int, keys: Keys) -> Rows:
    """What a report says of actors, sources and places."""
    said = keys.resolution
    actors = [
        ({"report_pk": report_pk, "actor_pk": keys.actor_of(id_)}, actor)
        for id_, actor in said.actors.items()
    ]
    return {
        "actor_reading": [
            pks
            | {
                "name": actor.name,
                "kind": actor.kind,
                "country": actor.country,
                "evidence": actor.evidence,
            }
            for pks, actor in actors
        ],
        "actor_alias": [
            pks | {"alias": alias} for pks, actor in actors for alias in sorted(actor.aliases)
        ],
        "actor_role": [
            pks | {"role": role} for pks, actor in actors for role in sorted(actor.roles)
        ],
        "source_reading": [
            {
                "report_pk": report_pk,
                "source_pk": keys.source_of(id_),
                "name": source.name,
                "kind": source.kind,
                "actor_pk": keys.actor_of(source.actor) if source.actor else None,
            }
            for id_, source in said.sources.items()
        ],
        "place_reading": [
            {
                "report_pk": report_pk,
                "place_pk": keys.pks["place"][id_],
                "name": place.name,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            for id_, place in said.places.items()
        ],
    }


def _mentions(report_pk: int, extraction: Extraction, keys: Keys) -> Rows:
    return {
        "mention": [
            _mention(mention) | {"report_pk": report_pk, "actor_pk": pk, "place_pk": None}
            for actor in extraction.actors
            for pk in (keys.actor(actor.key),)
            for mention in actor.mentions
        ]
        + [
            _mention(mention) | {"report_pk": report_pk, "actor_pk": None, "place_pk": pk}
            for place in extraction.places
            for pk in (keys.place(place.key),)
            for mention in place.mentions
        ]
    }


def _mention(mention: Mention) -> Row:
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "extent_start": mention.extent.start,
        "extent_end": mention.extent.end,
        "form": mention.form,
    }


def _readable(pieces: Iterable[str]) -> str:
    """The content as a statement: without the "that" which ties it to its cue."""
    return " … ".join(pieces).removeprefix("that ")


def _claim(claim: Claim, text: str, keys: Keys) -> Row:
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
    }


def _event(event: Event, text: str, keys: Keys) -> Row:
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
    }


def _parts_of_claims(claims: Sequence[tuple[int, Claim]], keys: Keys) -> Rows:
    return {
        "attribution_link": [
            {
                "claim_pk": pk,
                "position": position,
                "source_pk": keys.source(link.source),
                "said_earliest": _days(claim.said_on)[0],
                "spans": link.spans,
                "cue": link.cue,
            }
            for pk, claim in claims
            for position, link in enumerate(claim.attribution)
        ],
        "response": [
            {
                "claim_pk": pk,
                "position": position,
                "actor_pk": keys.actor(response.actor),
                "stance": response.stance,
                "spans": response.spans,
            }
            for pk, claim in claims
            for position, response in enumerate(claim.responses)
        ],
        "claim_actor": [
            {"claim_pk": pk, "actor_pk": actor_pk, "said_earliest": _days(claim.said_on)[0]}
            for pk, claim in claims
            for actor_pk in dict.fromkeys(keys.actor(key) for key in claim.about)
        ],
    }


def _parts_of_events(
    events: Sequence[tuple[int, Event]], claims: Sequence[int], keys: Keys
) -> Rows:
    return {
        "event_claim": [
            {"event_pk": pk, "claim_pk": claims[position]}
            for pk, event in events
            for position in sorted(set(event.claims))
        ],
        "event_participant": [
            {
                "event_pk": pk,
                "actor_pk": actor_pk,
                "role": role,
                "date_earliest": _days(event.date)[0],
                "spans": spans,
            }
            for pk, event in events
            for (actor_pk, role), spans in _participants(event, keys).items()
        ],
    }


def _participants(event: Event, keys: Keys) -> dict[tuple[int | None, str], list[Span]]:
    """The spans of each actor and role: two keys may have become one actor."""
    spans: dict[tuple[int | None, str], list[Span]] = {}
    for participant in event.participants:
        found = spans.setdefault((keys.actor(participant.actor), participant.role), [])
        found.extend(span for span in participant.spans if span not in found)
    return spans


def _quantity(quantity: Quantity) -> Row:
    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "low": None if quantity.low is None else float(quantity.low),
        "high": None if quantity.high is None else float(quantity.high),
        "approximate": quantity.approximate,
        "unit": quantity.unit,
        "of": quantity.of,
    }


def _days(date: Date | None) -> tuple[dt.date | None, dt.date | None]:
    return days(date.edtf) if date and date.edtf else (None, None)
