"""Rows as clients receive them: stored bodies where there are some, built ones otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Row, Table, func, or_, select
from sqlmodel import Session

from app import schemas
from app.errors import Moved, NotFound
from app.query.page import Collection
from app.query.tables import actor, actor_alias, actor_role, decision, report, source


def stored(_session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of claims, events or reports: `rows` are `(pk, sort value, body)`."""
    return [row.body for row in rows]


def with_text(_session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of reports with their texts: `rows` are `(pk, sort value, body, text)`."""
    return [f'{row.body[:-1]},"text":{orjson.dumps(row.text).decode()}}}' for row in rows]


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
    """The row with this id, `(pk, sort value, *columns)`. Raises NotFound, or Moved."""
    if collection.only:
        refuse_merged(session, public_id)
    pk = collection.table.c.pk
    columns = (pk, pk.label("sort"), *collection.columns)
    return by_id(session, collection.table, columns, public_id)


def refuse_merged(session: Session, public_id: str) -> None:
    """Raises Moved where an actor or source was merged into another one."""
    current = public_id
    while following := _merged_into(session, current):
        current = following
    if current != public_id:
        raise Moved(current)


def _merged_into(session: Session, public_id: str) -> str | None:
    if not _is_storable(public_id):
        return None
    merges = select(decision.c.into_id).where(decision.c.report_id.is_(None))
    found: str | None = (
        session.connection().execute(merges.where(decision.c.actor_id == public_id)).scalar()
    )
    return found


def readings(session: Session, rows: Sequence[Row[Any]]) -> list[str]:
    """The bodies of what reports say of one actor: `rows` as of `collections.READINGS`."""
    keys = {row.report_pk for row in rows}
    columns = (report.c.pk, report.c.id, report.c.title, report.c.publisher_pk)
    reports = session.connection().execute(select(*columns).where(report.c.pk.in_(keys))).all()
    refs = _source_refs(session, {row.publisher_pk for row in reports if row.publisher_pk})
    titles = {
        row.pk: schemas.ReportRef(id=row.id, title=row.title, publisher=refs.get(row.publisher_pk))
        for row in reports
    }
    return [
        schemas.Reading(
            report=titles[row.report_pk],
            read_as=row.read_as,
            name=row.name,
            kind=row.kind,
            country=row.country,
            evidence=row.evidence,
        ).model_dump_json()
        for row in rows
    ]


def by_id(
    session: Session, table: Table, columns: Iterable[ColumnElement[Any]], public_id: str
) -> Row[Any]:
    """The columns of the row with this id. Raises NotFound."""
    found = None
    if _is_storable(public_id):
        statement = select(*columns).where(table.c.id == public_id)
        found = session.connection().execute(statement).first()
    if found is None:
        raise NotFound(f"{table.name}s has nothing with this id")
    return found


def _is_storable(text: str) -> bool:
    """No database takes other texts."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _texts(
    session: Session, key: Column[Any], text: Column[str], keys: Iterable[int]
) -> Mapping[int, list[str]]:
    """The distinct texts of each actor and of those merged into it, sorted."""
    standing = func.coalesce(actor.c.into_pk, actor.c.pk)
    wanted = list(keys)
    chosen = or_(actor.c.pk.in_(wanted), actor.c.into_pk.in_(wanted))
    statement = select(standing, text).join(actor, actor.c.pk == key).where(chosen).distinct()
    texts: defaultdict[int, list[str]] = defaultdict(list)
    for its_key, its_text in session.connection().execute(statement):
        texts[its_key].append(its_text)
    for several in texts.values():
        several.sort()
    return texts


def _source_refs(session: Session, keys: Several[int]) -> dict[int, schemas.SourceRef]:
    held = source.alias()
    standing = source.c.pk == func.coalesce(held.c.into_pk, held.c.pk)
    statement = select(held.c.pk, source.c.id, source.c.name, source.c.kind)
    statement = statement.join_from(held, source, standing).where(held.c.pk.in_(list(keys)))
    rows = session.connection().execute(statement)
    return {row.pk: schemas.SourceRef(id=row.id, name=row.name, kind=row.kind) for row in rows}


def _actor_refs(session: Session, keys: Several[int]) -> dict[int, schemas.ActorRef]:
    held = actor.alias()
    standing = actor.c.pk == func.coalesce(held.c.into_pk, held.c.pk)
    statement = select(held.c.pk, actor.c.id, actor.c.name, actor.c.kind, actor.c.country)
    statement = statement.join_from(held, actor, standing).where(held.c.pk.in_(list(keys)))
    rows = session.connection().execute(statement)
    return {
        row.pk: schemas.ActorRef(id=row.id, name=row.name, kind=row.kind, country=row.country)
        for row in rows
    }
