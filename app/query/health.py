"""Whether the database can answer: reachable, and migrated to what this code expects."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from app.database import newest_revision, reading, revision_of
from app.errors import NotReady


def check(url: str) -> None:
    """Raises NotReady when the database is away or has another schema than this code."""
    try:
        with reading(url) as session:
            revision = revision_of(session.connection())
    except SQLAlchemyError as error:
        raise NotReady("the database does not answer") from error
    if revision != newest_revision():
        raise NotReady("the database is not migrated; `reportedly migrate` does it")
