"""`reportedly actors`: decisions on who is who, which hold for all that is loaded later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal import chosen_settings, database_errors, fail, migrate_database, say

if TYPE_CHECKING:
    from sqlalchemy import Connection

commands = typer.Typer(
    help="Decide which actors are one and which are not, also for all that is loaded later.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

ActorId = Annotated[str, typer.Argument(metavar="ACTOR", help="The id of an actor or source.")]


@commands.command()
def merge(
    actor: ActorId,
    into: Annotated[str, typer.Argument(help="The id under which both are one.")],
) -> None:
    """Let two actors be one. The old id leads to the new one from then on.

    Example: `reportedly actors merge gop republican-party`
    """
    from app.ingest import deciding  # noqa: PLC0415

    with _deciding() as connection:
        number = deciding.merge(connection, actor, into)
    say(f"decision {number}: {actor} is {into}")


@commands.command()
def split(
    actor: ActorId,
    report: Annotated[
        list[str], typer.Option(help="A report that means somebody else; may be repeated.")
    ],
) -> None:
    """Let an actor be somebody else in some reports, with an id of its own in each.

    Example: `reportedly actors split john-smith --report r_oqktawi7xpbw`
    """
    from app.ingest import deciding  # noqa: PLC0415
    from app.ingest.decisions import split_id  # noqa: PLC0415

    with _deciding() as connection:
        numbers = deciding.split(connection, actor, report)
    for number, report_id in zip(numbers, dict.fromkeys(report), strict=True):
        say(f"decision {number}: {actor} is {split_id(actor, report_id)} in {report_id}")


@commands.command()
def undo(
    number: Annotated[int, typer.Argument(help="The number of the decision.")],
) -> None:
    """Take a decision back, whatever it was. Example: `reportedly actors undo 3`."""
    from app.ingest import deciding  # noqa: PLC0415

    with _deciding() as connection:
        deciding.undo(connection, number)
    say(f"decision {number} undone")


@commands.command(name="list")
def list_() -> None:
    """List the decisions that stand. Example: `reportedly actors list`."""
    from app.ingest import deciding  # noqa: PLC0415

    with _deciding() as connection:
        rows = deciding.all_rows(connection)
    for row in rows:
        where = f" in {row.report_id}" if row.report_id else ""
        say(f"decision {row.pk}: {row.actor_id} is {row.into_id}{where}")


@contextmanager
def _deciding() -> Iterator[Connection]:
    """A transaction of the migrated database, and one line where a decision is impossible."""
    from app.database import writing  # noqa: PLC0415
    from app.ingest.deciding import ImpossibleError  # noqa: PLC0415

    chosen = chosen_settings()
    migrate_database(chosen)
    try:
        with database_errors(), writing(chosen.database_url) as session:
            yield session.connection()
    except ImpossibleError as error:
        fail(str(error))
