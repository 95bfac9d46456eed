"""The JSON bodies of all that clients list: the only place that renders them.

A body is what clients receive, rendered when its row is written, so that a page joins stored
bytes. It is made of plain values: building the objects of `app.schemas` for it takes longer than
storing the row. What a body has to be is told there all the same, and tests hold each one to it,
byte by byte.

Rows are those of the tables, on their way into the database or out of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
"""The rows of one report by table, in the order of their keys."""

Json = dict[str, Any]
Refs = Mapping[int | None, Any]
"""Rows in short (`Json`) by pk; None where there is no pk."""


class Shared(NamedTuple):
    """The actors, sources and places that a report speaks of, by the pk that its rows have.

    Of those that were merged they are the rows that stand for them.
    """

    actors: Mapping[int, Row]
    sources: Mapping[int, Row]
    places: Mapping[int, Row]


class Bodies(NamedTuple):
    """The bodies of a report, and of its claims and events in their order."""

    report: str
    claims: list[str]
    events: list[str]


class _Told(NamedTuple):
    """What the claims and events of one report show besides their own rows."""

    text: str
    report: Json
    actors: Refs
    sources: Refs
    places: Refs


def actor(row: Row) -> str:
    """The body of an actor."""
    said = row["said"]
    aliases, roles = sorted(said.get("alias", ())), sorted(said.get("role", ()))
    return _json(_actor_ref(row) | {"aliases": aliases, "roles": roles, "reports": row["reports"]})


def source(row: Row, actor: Row | None) -> str:
    """The body of a source, with the actor that it is, if it is one."""
    shown = None if actor is None else _actor_ref(actor)
    return _json(_source_ref(row) | {"actor": shown, "claims": row["claims"]})


def bodies(report: Row, rows: Rows, shared: Shared) -> Bodies:
    """The bodies of a report, its claims and its events, from all its rows."""
    sources: Refs = {None: None} | {pk: _source_ref(row) for pk, row in shared.sources.items()}
    told = _Told(
        text=report["text"],
        report={
            "id": report["id"],
            "title": report["title"],
            "publisher": sources[report["publisher_pk"]],
        },
        actors={None: None} | {pk: _actor_ref(row) for pk, row in shared.actors.items()},
        sources=sources,
        places={None: None} | {pk: _place_ref(row) for pk, row in shared.places.items()},
    )
    claims, events = rows["claim"], rows["event"]
    parts = {
        name: _grouped(rows[name], "claim_pk")
        for name in ("attribution_link", "response", "claim_actor", "quantity")
    }
    event_parts = {
        name: _grouped(rows[name], "event_pk") for name in ("event_participant", "quantity")
    }
    events_of, claims_of = _connected(claims, events, rows["event_claim"], sources)
    return Bodies(
        _report(report, told.report, len(claims), len(events)),
        [_claim(claim, parts, events_of[claim["pk"]], told) for claim in claims],
        [_event(event, event_parts, claims_of[event["pk"]], told) for event in events],
    )


def _connected(
    claims: Iterable[Row], events: Iterable[Row], links: Iterable[Row], sources: Refs
) -> tuple[Mapping[int, list[Json]], Mapping[int, list[Json]]]:
    """The events that each claim reports and the claims that report each event, in short."""
    by_pk = {claim["pk"]: claim for claim in claims}
    told = _grouped(links, "event_pk")
    events_of: defaultdict[int, list[Json]] = defaultdict(list)
    claims_of: defaultdict[int, list[Json]] = defaultdict(list)
    for event in events:
        for claim_pk in sorted(link["claim_pk"] for link in told[event["pk"]]):
            claim = by_pk[claim_pk]
            events_of[claim_pk].append({"id": event["id"], "type": event["type"]})
            origin = sources[claim["origin_pk"]]
            claims_of[event["pk"]].append(
                {"id": claim["id"], "text": claim["text"], "origin": origin}
            )
    return events_of, claims_of


def _report(row: Row, reference: Json, claims: int, events: int) -> str:
    return _json(
        reference
        | {
            "published_on": row["published_on"],
            "url": row["url"],
            "language": row["language"],
            "sha256": row["sha256"],
            "characters": len(row["text"]),
            "extractor": row["extractor"],
            "not_extracted": row["not_extracted"],
            "loaded_at": row["loaded_at"],
            "claims": claims,
            "events": events,
        }
    )


def _claim(
    row: Row, parts: Mapping[str, Mapping[int, list[Row]]], events: list[Json], told: _Told
) -> str:
    pk, text = row["pk"], told.text
    about = (told.actors[link["actor_pk"]] for link in parts["claim_actor"][pk])
    return _json(
        {
            "id": row["id"],
            "report": told.report,
            "text": row["text"],
            "content": _quotes(text, row["content"]),
            "attribution": [
                {
                    "source": told.sources[link["source_pk"]],
                    "spans": _quotes(text, link["spans"]),
                    "cue": _quotes(text, link["cue"]),
                }
                for link in parts["attribution_link"][pk]
            ],
            "origin": told.sources[row["origin_pk"]],
            "act": row["act"],
            "directness": row["directness"],
            "certainty": row["certainty"],
            "polarity": row["polarity"],
            "hedges": _quotes(text, row["hedges"]),
            "quotations": _quotes(text, row["quotations"]),
            "status": row["status"],
            "responses": [
                {
                    "actor": told.actors[response["actor_pk"]],
                    "stance": response["stance"],
                    "spans": _quotes(text, response["spans"]),
                }
                for response in parts["response"][pk]
            ],
            "quantities": [_quantity(text, quantity) for quantity in parts["quantity"][pk]],
            "said_on": row["said_on"],
            "said_basis": row["said_basis"],
            "about": sorted(
                {actor["id"]: actor for actor in about}.values(), key=lambda actor: actor["id"]
            ),
            "events": events,
            "rule": row["rule"],
        }
    )


def _event(
    row: Row, parts: Mapping[str, Mapping[int, list[Row]]], claims: list[Json], told: _Told
) -> str:
    pk, text = row["pk"], told.text
    return _json(
        {
            "id": row["id"],
            "report": told.report,
            "type": row["type"],
            "text": row["text"],
            "trigger": _quote(text, row["trigger_start"], row["trigger_end"]),
            "mentions": _quotes(text, row["mentions"]),
            "participants": _participants(text, parts["event_participant"][pk], told.actors),
            "place": told.places[row["place_pk"]],
            "date": row["date"],
            "date_basis": row["date_basis"],
            "quantities": [_quantity(text, quantity) for quantity in parts["quantity"][pk]],
            "certainty": row["certainty"],
            "polarity": row["polarity"],
            "tense": row["tense"],
            "claims": claims,
            "rule": row["rule"],
        }
    )


def _participants(text: str, rows: Iterable[Row], actors: Refs) -> list[Json]:
    """One for each role and actor, in this order: two rows may have been merged."""
    spans: defaultdict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    shown = {}
    for row in rows:
        actor = actors[row["actor_pk"]]
        part = row["role"], actor["id"]
        shown[part] = actor
        spans[part].update((start, end) for start, end in row["spans"])
    return [
        {"actor": shown[part], "role": part[0], "spans": _quotes(text, sorted(spans[part]))}
        for part in sorted(shown)
    ]


def _actor_ref(row: Row) -> Json:
    return {"id": row["id"], "name": row["name"], "kind": row["kind"], "country": row["country"]}


def _source_ref(row: Row) -> Json:
    return {"id": row["id"], "name": row["name"], "kind": row["kind"]}


def _place_ref(row: Row) -> Json:
    return {"id": row["id"], "name": row["name"], "country": row["country"]}


def _quantity(text: str, row: Row) -> Json:
    return _quote(text, row["start"], row["end"]) | {
        "low": row["low"],
        "high": row["high"],
        "approximate": row["approximate"],
        "unit": row["unit"],
        "of": row["of"],
    }


def _quotes(text: str, spans: Iterable[Sequence[int]]) -> list[Json]:
    return [_quote(text, start, end) for start, end in spans]


def _quote(text: str, start: int, end: int) -> Json:
    return {"start": start, "end": end, "quote": text[start:end]}


def _grouped(rows: Iterable[Row], key: str) -> Mapping[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _json(value: Json) -> str:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z).decode()
