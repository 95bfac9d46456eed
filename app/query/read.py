"""Rows as clients receive them: stored bodies where there are some, built ones otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Collection as Several
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Dialect, Row, Table, bindparam, func, select
from sqlmodel import Session

from app import schemas
from app.database import Driver, driver
from app.errors import Moved, NotFound
from app.incoming import storable
from app.query.collection import Collection
from app.query.prepared import Prepared, prepared
from app.query.tables import decision, report, source

Rows = Sequence[Sequence[Any]]
Bodies = Callable[[Session, Rows], list[bytes]]


def stored(_session: Session | None, rows: Rows) -> list[bytes]:
    """The stored bodies: `rows` are `(pk, sort value, body)`."""
    return [body for _, _, body in rows]


def with_text(_session: Session, rows: Rows) -> list[bytes]:
    """The bodies of reports with their texts: `rows` are `(pk, sort value, body, text)`."""
    return [body[:-1] + b',"text":' + orjson.dumps(text) + b"}" for _, _, body, text in rows]


def one(session: Session, collection: Collection, public_id: str) -> Sequence[Any]:
    """The row with this id, `(pk, sort value, *columns)`. Raises NotFound, or Moved."""
    if collection.only:
        refuse_merged(session, public_id)
    found = row(driver(session), collection, public_id) if _is_storable(public_id) else None
    if found is None:
        raise _not_found(collection.table)
    return found


def row(driver: Driver, collection: Collection, public_id: str) -> Sequence[Any] | None:
    """The row with this id, `(pk, sort value, *columns)`, if there is one and it was not merged
    into another one.
    """
    rows = _by_id(collection, driver.dialect).rows(driver, {"id": public_id})
    return rows[0] if rows else None


@lru_cache(maxsize=100)
def _by_id(collection: Collection, dialect: Dialect) -> Prepared:
    pk, its_id = collection.table.c.pk, collection.table.c.id
    statement = select(pk, pk.label("sort"), *collection.columns)
    statement = statement.where(its_id == bindparam("id", type_=its_id.type), *collection.only)
    return prepared(statement, dialect)


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


def readings(session: Session, rows: Rows) -> list[bytes]:
    """The bodies of what reports say of one actor: `rows` as of `collections.READINGS`."""
    keys = {pk for pk, *_ in rows}
    columns = (report.c.pk, report.c.id, report.c.title, report.c.publisher_pk)
    reports = session.connection().execute(select(*columns).where(report.c.pk.in_(keys))).all()
    refs = _source_refs(session, {row.publisher_pk for row in reports if row.publisher_pk})
    titles = {
        row.pk: schemas.ReportRef(id=row.id, title=row.title, publisher=refs.get(row.publisher_pk))
        for row in reports
    }
    return [
        schemas.Reading(
            report=titles[pk], read_as=id_, name=name, kind=kind, country=country, evidence=evidence
        )
        .model_dump_json()
        .encode()
        for pk, _, name, kind, country, evidence, id_ in rows
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
        raise _not_found(table)
    return found


def _not_found(table: Table) -> NotFound:
    return NotFound(f"{table.name}s has nothing with this id")


def _is_storable(text: str) -> bool:
    """No database takes other texts."""
    try:
        storable(text)
    except ValueError:
        return False
    return True


def _source_refs(session: Session, keys: Several[int]) -> dict[int, schemas.SourceRef]:
    held = source.alias()
    standing = source.c.pk == func.coalesce(held.c.into_pk, held.c.pk)
    statement = select(held.c.pk, source.c.id, source.c.name, source.c.kind)
    statement = statement.join_from(held, source, standing).where(held.c.pk.in_(list(keys)))
    rows = session.connection().execute(statement)
    return {row.pk: schemas.SourceRef(id=row.id, name=row.name, kind=row.kind) for row in rows}
