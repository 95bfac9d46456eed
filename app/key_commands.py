"""`reportedly keys`: who may write, and who may read where reading is closed."""

from __future__ import annotations

from typing import Annotated

import typer

from app.terminal import chosen_settings, database_errors, fail, migrate_database, say

commands = typer.Typer(
    help="Make and revoke the API keys that writing needs, and reading where it is closed.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@commands.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, for your own memory.")],
    read: Annotated[bool, typer.Option("--read/--no-read", help="It may read.")] = True,
    write: Annotated[bool, typer.Option("--write", help="It may add and delete reports.")] = False,
) -> None:
    """Make a key and print its token, this once: only a digest of it is kept.

    Example: `reportedly keys create newsroom --write`
    """
    from app import keys  # noqa: PLC0415

    wanted = {keys.Scope.READ: read, keys.Scope.WRITE: write}
    scopes = [scope for scope, given in wanted.items() if given]
    if not name.strip():
        raise typer.BadParameter("a key without a name cannot be told from others")
    if not scopes:
        raise typer.BadParameter("a key that may neither read nor write is good for nothing")
    with database_errors():
        say(keys.create(_migrated_url(), name, scopes))


@commands.command(name="list")
def list_() -> None:
    """List all keys, revoked ones too. Example: `reportedly keys list`."""
    from app import keys  # noqa: PLC0415

    with database_errors():
        rows = keys.all_keys(_migrated_url())
    for row in rows:
        revoked = f", revoked {row.revoked_at:%Y-%m-%d}" if row.revoked_at else ""
        say(f"{row.id}  {row.name}: {row.scopes}, made {row.created_at:%Y-%m-%d}{revoked}")


@commands.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the key, as listed.")],
) -> None:
    """Let a key be good for nothing, at once and for ever. Example: `reportedly keys revoke ID`."""
    from app import keys  # noqa: PLC0415

    with database_errors():
        if not keys.revoke(_migrated_url(), key_id):
            fail(f"no key that stands has the id {key_id}")
    say(f"{key_id} revoked")


def _migrated_url() -> str:
    chosen = chosen_settings()
    migrate_database(chosen)
    return chosen.database_url
