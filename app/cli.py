"""The `reportedly` command.

Whatever needs spaCy or the web is imported where it is used: `--help` and a second `serve` answer
at once. Exit codes: 0 all went well, 1 some input was refused or something failed, 2 usage.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import __version__
from app.actor_commands import commands as actor_commands
from app.key_commands import commands as key_commands
from app.settings import Settings
from app.terminal import (
    chosen_settings,
    complain,
    database_errors,
    fail,
    migrate_database,
    say,
)

app = typer.Typer(
    help="Turns news reports into structured data that keeps the question “who says so?”",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(actor_commands, name="actors")
app.add_typer(key_commands, name="keys")


def main() -> None:
    """Run the command line."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        print(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    del version


@app.command()
def serve(
    no_seed: Annotated[
        bool, typer.Option("--no-seed", help="Do not load the seeds folder first.")
    ] = False,
) -> None:
    """Migrate the database, load the seeds folder, and serve the API.

    Example: `REPORTEDLY_PORT=8080 reportedly serve`
    """
    gc.disable()  # nothing that starting makes is garbage; `run` lets the collector in
    from app.serving import bound_socket, reachable_url, run  # noqa: PLC0415

    chosen = chosen_settings()
    try:
        listener = bound_socket(chosen.host, chosen.port)
    except OSError as error:
        fail(f"cannot serve on {chosen.host}:{chosen.port}: {error.strerror or error}")
    with listener:
        migrate_database(chosen)
        if not no_seed:
            _seed_before_serving(chosen)
        base = reachable_url(chosen.host, chosen.port)
        for path, what in (
            ("/docs", "try the API"),
            ("/claims?attributed=true", "who says what"),
            ("/events", "what happened"),
        ):
            say(f"  {base}{path}  {what}")
        run(listener, chosen)


@app.command()
def seed() -> None:
    """Load the seeds folder (`REPORTEDLY_SEEDS`) into the database.

    What is there already stays as it is. Example: `reportedly seed`
    """
    from app.loading import load  # noqa: PLC0415

    chosen = chosen_settings()
    migrate_database(chosen)
    raise typer.Exit(load(chosen.database_url, [chosen.seeds]))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to load.")],
) -> None:
    """Load documents into the database: `.txt`, `.md` and `.jsonl` files, and folders of them.

    A changed document under the same name replaces what it was. Examples:
    `reportedly ingest report.md` · `reportedly ingest archive/ wire.jsonl`
    """
    from app.loading import load  # noqa: PLC0415

    chosen = chosen_settings()
    migrate_database(chosen)
    raise typer.Exit(load(chosen.database_url, paths))


@app.command()
def refresh() -> None:
    """Read again what another version of the extractor has read.

    Example: `reportedly refresh`, after an upgrade
    """
    from app import loading  # noqa: PLC0415

    chosen = chosen_settings()
    migrate_database(chosen)
    raise typer.Exit(loading.refresh(chosen.database_url))


@app.command()
def migrate() -> None:
    """Create the tables, or bring them to the newest version.

    Example: `REPORTEDLY_DATABASE_URL=sqlite:///news.db reportedly migrate`
    """
    migrate_database(chosen_settings())


@app.command()
def extract(
    files: Annotated[list[Path] | None, typer.Argument(help="Documents to read.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read lines of JSON on standard input, write as many.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print which rule found which words.")
    ] = False,
) -> None:
    """Print what can be found in documents, without any database.

    With `--jsonl`, each line on standard input is `{"id", "text", "published_on"}`, and each line
    printed is what was found there, in order. Examples: `reportedly extract report.txt` ·
    `reportedly extract --explain report.txt` · `reportedly extract --jsonl < in > out`
    """
    from app.extracting import extract_files, extract_lines  # noqa: PLC0415

    if jsonl == bool(files) or (jsonl and explain):
        raise typer.BadParameter("give either files or --jsonl")
    if files:
        good = extract_files(files, sys.stdout.buffer, complain, explain=explain)
    else:
        good = extract_lines(sys.stdin.buffer, sys.stdout.buffer, complain)
    raise typer.Exit(0 if good else 1)


def _seed_before_serving(chosen: Settings) -> None:
    """Load the seeds folder, in a process of its own: the language model would stay in this one."""
    from app.ingest.held import all_held  # noqa: PLC0415
    from app.ingest.read import Refusal  # noqa: PLC0415

    with database_errors():
        held = all_held(chosen.database_url, [chosen.seeds])
    if held is None:
        subprocess.run([sys.executable, "-m", "app.cli", "seed"], check=False)
        return
    for found in held:
        if isinstance(found, Refusal):
            complain(str(found))
        else:
            say(f"{found.name}: already held")


if __name__ == "__main__":
    main()
