"""The stored JSON bodies of all that clients list: the only place that renders them.

A body is what clients receive (`app.schemas`), rendered when its rows are written, so that a page
joins stored bytes. The rows come from the database, never from memory: what is rendered is what is
stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Table, bindparam, func, select, update
from sqlmodel import SQLModel

import app.models  # noqa: F401  (defines the tables)
from app import revisions, schemas
from app.vocabulary import ParticipantRole

_tables = SQLModel.metadata.tables
_CHUNK = 500
"""Rows asked for at once: SQLite takes 32,766 parameters, plans get slow long before."""

Ref = TypeVar("Ref")
Rows = dict[int, list[Row[Any]]]


@dataclass(frozen=True, slots=True)
class _Shared:
    """Actors, sources and places in short, by pk."""

    actors: dict[int, schemas.ActorRef]
    sources: dict[int, schemas.SourceRef]
    places: dict[int, schemas.PlaceRef]


def render(connection: Connection, report_pk: int) -> None:
    """Write the bodies of a report, its claims and its events anew, from their rows."""
    report_table = _tables["report"]
    report = connection.execute(select(report_table).where(report_table.c.pk == report_pk)).one()
    claims = _of_report(connection, "claim", report_pk)
    events = _of_report(connection, "event", report_pk)
    claim_rows = {claim.pk: claim for claim in claims}
    event_rows = {event.pk: event for event in events}
    event_claims = _linked(connection, "event_claim", "event_pk", event_rows)
    shared = _shared(connection, report_pk)
    reference = schemas.ReportRef(
        id=report.id,
        title=report.title,
        publisher=_maybe(shared.sources, report.publisher_pk),
    )
    claim_parts = {
        name: _linked(connection, name, "claim_pk", claim_rows)
        for name in ("attribution_link", "response", "claim_actor", "quantity")
    }
    event_parts = {
        name: _linked(connection, name, "event_pk", event_rows)
        for name in ("event_participant", "quantity")
    }
    events_of: dict[int, list[schemas.EventRef]] = defaultdict(list)
    claims_of: dict[int, list[schemas.ClaimRef]] = defaultdict(list)
    for event in events:
        told = sorted(row.claim_pk for row in event_claims.get(event.pk, ()))
        for claim_pk in told:
            events_of[claim_pk].append(schemas.EventRef(id=event.id, type=event.type))
            claims_of[event.pk].append(_claim_ref(claim_rows[claim_pk], shared))
    _write(
        connection,
        "claim",
        {
            claim.pk: _claim(
                claim, reference, report.text, claim_parts, shared, events_of
            ).model_dump_json()
            for claim in claims
        },
    )
    _write(
        connection,
        "event",
        {
            event.pk: _event(
                event, reference, report.text, event_parts, shared, claims_of
            ).model_dump_json()
            for event in events
        },
    )
    _write(
        connection,
        "report",
        {
            report_pk: _report(
                report, reference, claims=len(claims), events=len(events)
            ).model_dump_json()
        },
    )


def actor(row: Mapping[str, Any]) -> str:
    """The body of an actor, from its row."""
    said = row["said"]
    return schemas.Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        aliases=sorted(said.get("alias", ())),
        roles=sorted(said.get("role", ())),
        reports=row["reports"],
    ).model_dump_json()


def source(row: Mapping[str, Any], actor: schemas.ActorRef | None) -> str:
    """The body of a source, from its row and the actor that it is, if it is one."""
    return schemas.Source(
        id=row["id"], name=row["name"], kind=row["kind"], actor=actor, claims=row["claims"]
    ).model_dump_json()


def actor_refs(
    connection: Connection, pks: Collection[int | None]
) -> dict[int | None, schemas.ActorRef]:
    """Actors in short by pk; of one that was merged the one that stands for it."""
    held, standing = _tables["actor"], _tables["actor"].alias()
    stands = standing.c.pk == func.coalesce(held.c.into_pk, held.c.pk)
    query = select(held.c.pk.label("held_pk"), standing).join_from(held, standing, stands)
    wanted = sorted(pk for pk in pks if pk is not None)
    return {
        row.held_pk: _actor_ref(row)
        for start in range(0, len(wanted), _CHUNK)
        for row in connection.execute(query.where(held.c.pk.in_(wanted[start : start + _CHUNK])))
    }


def render_sources(connection: Connection, actor_pks: Collection[int]) -> None:
    """Write the bodies of sources that are one of these actors anew."""
    if not actor_pks:
        return
    table = _tables["source"]
    refs = actor_refs(connection, actor_pks)
    rows = [
        row._asdict()
        for row in _chosen(connection, table, "actor_pk", actor_pks)
        if row.into_pk is None
    ]
    _write(connection, "source", {row["pk"]: source(row, refs[row["actor_pk"]]) for row in rows})


def _claim(  # noqa: PLR0913, PLR0917
    row: Row[Any],
    report: schemas.ReportRef,
    text: str,
    parts: dict[str, Rows],
    shared: _Shared,
    events: dict[int, list[schemas.EventRef]],
) -> schemas.Claim:
    about = {shared.actors[link.actor_pk] for link in parts["claim_actor"].get(row.pk, ())}
    return schemas.Claim(
        id=row.id,
        report=report,
        text=row.text,
        content=_quotes(text, row.content),
        attribution=[
            schemas.Link(
                source=_maybe(shared.sources, link.source_pk),
                spans=_quotes(text, link.spans),
                cue=_quotes(text, link.cue),
            )
            for link in _in_order(parts["attribution_link"].get(row.pk, ()))
        ],
        origin=_maybe(shared.sources, row.origin_pk),
        act=row.act,
        directness=row.directness,
        certainty=row.certainty,
        polarity=row.polarity,
        hedges=_quotes(text, row.hedges),
        quotations=_quotes(text, row.quotations),
        status=row.status,
        responses=[
            schemas.Response(
                actor=_maybe(shared.actors, response.actor_pk),
                stance=response.stance,
                spans=_quotes(text, response.spans),
            )
            for response in _in_order(parts["response"].get(row.pk, ()))
        ],
        quantities=[_quantity(text, quantity) for quantity in parts["quantity"].get(row.pk, ())],
        said_on=row.said_on,
        said_basis=row.said_basis,
        about=sorted(about, key=lambda actor: actor.id),
        events=events.get(row.pk, []),
        rule=row.rule,
    )


def _event(  # noqa: PLR0913, PLR0917
    row: Row[Any],
    report: schemas.ReportRef,
    text: str,
    parts: dict[str, Rows],
    shared: _Shared,
    claims: dict[int, list[schemas.ClaimRef]],
) -> schemas.Event:
    participants = _participants(text, parts["event_participant"].get(row.pk, ()), shared)
    return schemas.Event(
        id=row.id,
        report=report,
        type=row.type,
        text=row.text,
        trigger=_quote(text, row.trigger_start, row.trigger_end),
        mentions=_quotes(text, row.mentions),
        participants=sorted(participants, key=lambda part: (part.role, part.actor.id)),
        place=_maybe(shared.places, row.place_pk),
        date=row.date,
        date_basis=row.date_basis,
        quantities=[_quantity(text, quantity) for quantity in parts["quantity"].get(row.pk, ())],
        certainty=row.certainty,
        polarity=row.polarity,
        tense=row.tense,
        claims=claims.get(row.pk, []),
        rule=row.rule,
    )


def _participants(
    text: str, rows: Iterable[Row[Any]], shared: _Shared
) -> Iterable[schemas.Participant]:
    """One for each actor and role: two rows may have been merged."""
    quotes: dict[tuple[str, schemas.ActorRef], set[schemas.Quote]] = defaultdict(set)
    for row in rows:
        quotes[row.role, shared.actors[row.actor_pk]].update(_quotes(text, row.spans))
    for (role, actor), spans in quotes.items():
        in_order = sorted(spans, key=lambda quote: (quote.start, quote.end))
        yield schemas.Participant(actor=actor, role=ParticipantRole(role), spans=in_order)


def _report(
    row: Row[Any], reference: schemas.ReportRef, *, claims: int, events: int
) -> schemas.Report:
    return schemas.Report(
        id=row.id,
        title=row.title,
        publisher=reference.publisher,
        published_on=row.published_on,
        url=row.url,
        language=row.language,
        sha256=row.sha256,
        characters=len(row.text),
        extractor=row.extractor,
        not_extracted=row.not_extracted,
        loaded_at=row.loaded_at,
        claims=claims,
        events=events,
    )


def _actor_ref(row: Row[Any]) -> schemas.ActorRef:
    return schemas.ActorRef(id=row.id, name=row.name, kind=row.kind, country=row.country)


def _claim_ref(row: Row[Any], shared: _Shared) -> schemas.ClaimRef:
    return schemas.ClaimRef(id=row.id, text=row.text, origin=_maybe(shared.sources, row.origin_pk))


def _quantity(text: str, row: Row[Any]) -> schemas.Quantity:
    return schemas.Quantity(
        start=row.start,
        end=row.end,
        quote=text[row.start : row.end],
        low=row.low,
        high=row.high,
        approximate=row.approximate,
        unit=row.unit,
        of=row.of,
    )


def _quotes(text: str, spans: Iterable[tuple[int, int]]) -> list[schemas.Quote]:
    return [_quote(text, start, end) for start, end in spans]


def _quote(text: str, start: int, end: int) -> schemas.Quote:
    return schemas.Quote(start=start, end=end, quote=text[start:end])


def _maybe(refs: dict[int, Ref], pk: int | None) -> Ref | None:
    return None if pk is None else refs[pk]


def _in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda row: row.position)


def _of_report(connection: Connection, name: str, report_pk: int) -> list[Row[Any]]:
    """A report's claims or events, in text order."""
    table = _tables[name]
    query = select(table).where(table.c.report_pk == report_pk).order_by(table.c.position)
    return list(connection.execute(query))


def _linked(connection: Connection, name: str, key: str, pks: Iterable[int]) -> Rows:
    """The rows of a table that belong to one of `pks`, by it."""
    found: Rows = defaultdict(list)
    for row in _chosen(connection, _tables[name], key, pks):
        found[getattr(row, key)].append(row)
    return found


def _chosen(
    connection: Connection, table: Table, key: str, pks: Iterable[int]
) -> Iterable[Row[Any]]:
    wanted = list(pks)
    order = list(table.primary_key.columns)
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        yield from connection.execute(select(table).where(table.c[key].in_(chunk)).order_by(*order))


def _shared(connection: Connection, report_pk: int) -> _Shared:
    """What the report's readings point to, or what stands for it after a merge."""
    rows = {}
    for name in ("actor", "source", "place"):
        table, readings = _tables[name], _tables[f"{name}_reading"]
        pk = table.c.pk
        standing = table.alias()
        stands = standing.c.pk == (
            func.coalesce(table.c.into_pk, pk) if "into_pk" in table.c else pk
        )
        query = select(pk.label("held_pk"), standing).join_from(table, standing, stands)
        query = query.join(readings, readings.c[f"{name}_pk"] == pk)
        rows[name] = connection.execute(query.where(readings.c.report_pk == report_pk)).all()
    return _Shared(
        actors={row.held_pk: _actor_ref(row) for row in rows["actor"]},
        sources={
            row.held_pk: schemas.SourceRef(id=row.id, name=row.name, kind=row.kind)
            for row in rows["source"]
        },
        places={
            row.held_pk: schemas.PlaceRef(id=row.id, name=row.name, country=row.country)
            for row in rows["place"]
        },
    )


def _write(connection: Connection, name: str, bodies: Mapping[int, str]) -> None:
    if not bodies:
        return
    table = _tables[name]
    rendered = {"body": bindparam("rendered"), "revision": revisions.revision(connection)}
    change = update(table).where(table.c.pk == bindparam("row")).values(rendered)
    values = [{"row": pk, "rendered": body} for pk, body in bodies.items()]
    connection.execute(change, values)
