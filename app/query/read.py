"""Rows as clients receive them: stored bodies where there are some, built ones otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Column, Row, select
from sqlmodel import Session

from app import schemas
from app.errors import NotFound
from app.query.page import Collection
from app.query.tables import actor, actor_alias, actor_role, report


def stored(_session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of claims, events or reports: `rows` are `(pk, sort value, body)`."""
    return [row.body for row in rows]


def actors(session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of actors, with their aliases and roles in alphabetical order."""
    keys = [row.pk for row in rows]
    aliases = _texts(session, actor_alias.c.actor_pk, actor_alias.c.alias, keys)
    roles = _texts(session, actor_role.c.actor_pk, actor_role.c.role, keys)
    return [
        schemas.Actor(
            id=row.id,
            name=row.name,
            kind=row.kind,
            country=row.country,
            aliases=aliases[row.pk],
            roles=roles[row.pk],
            reports=row.reports,
        ).model_dump_json()
        for row in rows
    ]


def sources(session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of sources, each with the actor that it is, if it is one."""
    refs = _actor_refs(session, {row.actor_pk for row in rows if row.actor_pk is not None})
    return [
        schemas.Source(
            id=row.id,
            name=row.name,
            kind=row.kind,
            actor=refs.get(row.actor_pk),
            claims=row.claims,
        ).model_dump_json()
        for row in rows
    ]


def one(session: Session, collection: Collection, public_id: str) -> Row[Any]:
    """The row with this id, `(pk, sort value, *columns)`. Raises NotFound."""
    pk = collection.table.c.pk
    statement = select(pk, pk.label("sort"), *collection.columns)
    found = _first(session, statement.where(collection.table.c.id == public_id), public_id)
    if found is None:
        raise NotFound(f"{collection.name} has nothing with this id")
    return found


def report_with_text(session: Session, public_id: str) -> bytes:
    """The JSON of `schemas.ReportWithText`: the stored body and the text. Raises NotFound."""
    statement = select(report.c.body, report.c.text).where(report.c.id == public_id)
    found = _first(session, statement, public_id)
    if found is None:
        raise NotFound("reports has nothing with this id")
    body: str = found.body
    return body.removesuffix("}").encode() + b',"text":' + orjson.dumps(found.text) + b"}"


def _first(session: Session, statement: Any, public_id: str) -> Row[Any] | None:
    if "\0" in public_id or not _encodes(public_id):
        return None  # no database takes these, and no row has them
    found: Row[Any] | None = session.connection().execute(statement).first()
    return found


def _encodes(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _texts(
    session: Session, key: Column[Any], text: Column[str], keys: Iterable[int]
) -> Mapping[int, list[str]]:
    """The distinct texts of each key, sorted."""
    statement = select(key, text).where(key.in_(list(keys))).distinct()
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for its_key, its_text in session.connection().execute(statement):
        texts[its_key].append(its_text)
    for several in texts.values():
        several.sort()
    return texts


def _actor_refs(session: Session, keys: Several[int]) -> dict[int, schemas.ActorRef]:
    statement = select(actor.c.pk, actor.c.id, actor.c.name, actor.c.kind, actor.c.country)
    rows = session.connection().execute(statement.where(actor.c.pk.in_(list(keys))))
    return {
        row.pk: schemas.ActorRef(id=row.id, name=row.name, kind=row.kind, country=row.country)
        for row in rows
    }
