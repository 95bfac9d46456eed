"""Rows that belong to the rows of an answer (`include=`), whole and each once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, func, or_, select, union
from sqlmodel import Session

from app.errors import invalid_parameter
from app.query import read
from app.query.collections import ACTORS, CLAIMS, EVENTS, REPORTS, SOURCES
from app.query.page import Collection
from app.query.tables import (
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
    """What can be embedded: rows of `collection`, those with `keys`."""

    collection: Collection
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
        related = INCLUDES[collection.name][name]
        rows = session.connection().execute(_rows(related, held).limit(room + 1)).all()
        room -= len(rows)
        if room < 0:
            raise invalid_parameter(
                "include", f"more than {MOST} rows to embed: ask for fewer rows (`limit`) or kinds"
            )
        members.append(f'"{name}":[{",".join(read.stored(session, rows))}]')
    return f"{{{','.join(members)}}}"


def _with_merged(collection: Collection, keys: Sequence[int]) -> Any:
    """The rows with these keys, and those that they stand for."""
    columns = collection.table.c
    if "into_pk" not in columns:
        return keys
    return select(columns.pk).where(or_(columns.pk.in_(keys), columns.into_pk.in_(keys)))


def _rows(related: Related, keys: Any) -> Select[Any]:
    """The related rows in the order of loading; of merged ones the row that stands for all."""
    target = related.collection.table
    wanted = related.keys(keys)
    if "into_pk" in target.c:
        held = target.alias()
        standing = func.coalesce(held.c.into_pk, held.c.pk)
        wanted = select(standing).where(held.c.pk.in_(wanted))
    columns = (target.c.pk, target.c.pk.label("sort"), *related.collection.columns)
    return select(*columns).where(target.c.pk.in_(wanted)).order_by(target.c.pk)


def _beside(*pairs: tuple[Column[Any], Column[Any]]) -> Keys:
    """For each `(own, other)` the keys in `other` that stand beside one of the given in `own`."""
    return lambda keys: union(*(select(other).where(own.in_(keys)) for own, other in pairs))


INCLUDES: Mapping[str, Mapping[str, Related]] = {
    "claims": {
        "reports": Related(REPORTS, _beside((claim.c.pk, claim.c.report_pk))),
        "sources": Related(
            SOURCES, _beside((attribution_link.c.claim_pk, attribution_link.c.source_pk))
        ),
        "actors": Related(
            ACTORS,
            _beside(
                (claim_actor.c.claim_pk, claim_actor.c.actor_pk),
                (response.c.claim_pk, response.c.actor_pk),
            ),
        ),
        "events": Related(EVENTS, _beside((event_claim.c.claim_pk, event_claim.c.event_pk))),
    },
    "events": {
        "reports": Related(REPORTS, _beside((event.c.pk, event.c.report_pk))),
        "claims": Related(CLAIMS, _beside((event_claim.c.event_pk, event_claim.c.claim_pk))),
        "actors": Related(
            ACTORS, _beside((event_participant.c.event_pk, event_participant.c.actor_pk))
        ),
    },
    "reports": {
        "sources": Related(SOURCES, _beside((report.c.pk, report.c.publisher_pk))),
        "claims": Related(CLAIMS, _beside((claim.c.report_pk, claim.c.pk))),
        "events": Related(EVENTS, _beside((event.c.report_pk, event.c.pk))),
    },
    "actors": {"sources": Related(SOURCES, _beside((source.c.actor_pk, source.c.pk)))},
    "sources": {"actors": Related(ACTORS, _beside((source.c.pk, source.c.actor_pk)))},
}
