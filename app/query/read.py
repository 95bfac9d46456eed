"""Rows as clients receive them: stored bodies where there are some, built ones otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Row, Table, select
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
    columns = (pk, pk.label("sort"), *collection.columns)
    return by_id(session, collection.table, columns, public_id)


def report_with_text(session: Session, public_id: str) -> bytes:
    """The JSON of `schemas.ReportWithText`: the stored body and the text. Raises NotFound."""
    found = by_id(session, report, (report.c.body, report.c.text), public_id)
    body: str = found.body
    return body.removesuffix("}").encode() + b',"text":' + orjson.dumps(found.text) + b"}"


def by_id(
    session: Session, table: Table, columns: Iterable[ColumnElement[Any]], public_id: str
) -> Row[Any]:
    """The columns of the row with this id. Raises NotFound."""
    found = None
    if "\0" not in public_id and _encodes(public_id):  # no database takes other ids
        statement = select(*columns).where(table.c.id == public_id)
        found = session.connection().execute(statement).first()
    if found is None:
        raise NotFound(f"{table.name}s has nothing with this id")
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
