"""What Alembic runs: one history for SQLite and for PostgreSQL, each upgrade one transaction."""

import warnings

from alembic import context
from sqlalchemy.sql.schema import SchemaItem
from sqlmodel import SQLModel

import app.models  # noqa: F401 -- fills the metadata
from app.database import engine, lock_out_writers
from app.settings import settings


def include_object(
    item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None
) -> bool:
    """Leave out what only the migrations know: full-text search, which has no words in SQLAlchemy,
    and indexes that only SQLite has.
    """
    del item, compare_to
    is_own = "_search" in (name or "") or (name or "").startswith("walk_")
    return not (reflected and kind in {"table", "index"} and is_own)


warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index walk_")


def run() -> None:
    url = context.config.attributes.get("url") or settings().database_url
    with engine(url).execution_options(writes=True).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_object=include_object,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        with context.begin_transaction():
            lock_out_writers(connection)
            context.run_migrations()


run()
