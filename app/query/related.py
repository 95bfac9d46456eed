"""Rows that belong to the rows of an answer (`include=`), whole and each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, Table, func, or_, select, union
from sqlmodel import Session

from app.errors import invalid_parameter
from app.query.collection import Collection
from app.query.tables import (
    actor,
    attribution_link,
    claim,
    claim_actor,
    event,
    event_claim,
    event_participant,
    report,
    response,
    source,
)

MOST = 5000
"""Rows that an answer embeds, of all kinds: some ten megabytes."""

Keys = Callable[[Any], Any]
"""From the keys of rows (any operand of IN) to a select of the keys of what belongs to them."""


class Related(NamedTuple):
    """What can be embedded: the rows of a table that have these keys."""

    table: Table
    keys: Keys


def embedded(
    session: Session, collection: Collection, names: Sequence[str], keys: Sequence[int]
) -> str:
    """A JSON object: for each name the rows that belong to those with these keys.

    Raises InvalidParameters when it would be more than 5,000 rows.
    """
    room = MOST
    members = []
    held = _with_merged(collection, keys)
    for name in dict.fromkeys(names):
        bodies = _bodies(INCLUDES[collection.name][name], held).limit(room + 1)
        found = session.connection().execute(bodies).scalars().all()
        room -= len(found)
        if room < 0:
            raise invalid_parameter(
                "include", f"more than {MOST} rows to embed: ask for fewer rows (`limit`) or kinds"
            )
        members.append(f'"{name}":[{",".join(found)}]')
    return f"{{{','.join(members)}}}"


def _with_merged(collection: Collection, keys: Sequence[int]) -> Any:
    """The rows with these keys, and those that they stand for."""
    columns = collection.table.c
    if "into_pk" not in columns:
        return keys
    return select(columns.pk).where(or_(columns.pk.in_(keys), columns.into_pk.in_(keys)))


def _bodies(related: Related, keys: Any) -> Select[Any]:
    """The related rows in the order of loading; of merged ones the row that stands for all."""
    table, wanted = related.table, related.keys(keys)
    if "into_pk" in table.c:
        held = table.alias()
        standing = func.coalesce(held.c.into_pk, held.c.pk)
        wanted = select(standing).where(held.c.pk.in_(wanted))
    return select(table.c.body).where(table.c.pk.in_(wanted)).order_by(table.c.pk)


def _beside(*pairs: tuple[Column[Any], Column[Any]]) -> Keys:
    """For each `(own, other)` the keys in `other` that stand beside one of the given in `own`."""
    return lambda keys: union(*(select(other).where(own.in_(keys)) for own, other in pairs))


INCLUDES: Mapping[str, Mapping[str, Related]] = {
    "claims": {
        "reports": Related(report, _beside((claim.c.pk, claim.c.report_pk))),
        "sources": Related(
            source, _beside((attribution_link.c.claim_pk, attribution_link.c.source_pk))
        ),
        "actors": Related(
            actor,
            _beside(
                (claim_actor.c.claim_pk, claim_actor.c.actor_pk),
                (response.c.claim_pk, response.c.actor_pk),
            ),
        ),
        "events": Related(event, _beside((event_claim.c.claim_pk, event_claim.c.event_pk))),
    },
    "events": {
        "reports": Related(report, _beside((event.c.pk, event.c.report_pk))),
        "claims": Related(claim, _beside((event_claim.c.event_pk, event_claim.c.claim_pk))),
        "actors": Related(
            actor, _beside((event_participant.c.event_pk, event_participant.c.actor_pk))
        ),
    },
    "reports": {
        "sources": Related(source, _beside((report.c.pk, report.c.publisher_pk))),
        "claims": Related(claim, _beside((claim.c.report_pk, claim.c.pk))),
        "events": Related(event, _beside((event.c.report_pk, event.c.pk))),
    },
    "actors": {"sources": Related(source, _beside((source.c.actor_pk, source.c.pk)))},
    "sources": {"actors": Related(actor, _beside((source.c.pk, source.c.actor_pk)))},
}
