"""Whether the database can answer: reachable, and migrated to what this code expects."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.database import reading
from app.errors import NotReady

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def check(url: str) -> None:
    """Raises NotReady when the database is away or has another schema than this code."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415  (slow to import)

    try:
        with reading(url) as session:
            revision = MigrationContext.configure(session.connection()).get_current_revision()
    except SQLAlchemyError as error:
        raise NotReady("the database does not answer") from error
    if revision != _head():
        raise NotReady("the database is not migrated; `reportedly migrate` does it")


@cache
def _head() -> str | None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  (slow to import)

    return ScriptDirectory(str(MIGRATIONS)).get_current_head()
