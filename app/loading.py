"""Loading documents from the command line, with a word on each."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.database import reading
from app.ingest import pipeline, read
from app.query.sizes import count_rows
from app.terminal import complain, console, database_errors, say


def load(url: str, paths: list[Path]) -> int:
    """Load documents into the database; the exit code."""
    with database_errors():
        return _show(url, pipeline.load(url, paths), read.count(paths))


def refresh(url: str) -> int:
    """Read again what another version of the extractor has read; the exit code."""
    with database_errors():
        return _show(url, pipeline.refresh(url), pipeline.outdated(url))


def _show(url: str, outcomes: Iterable[pipeline.Outcome], total: int) -> int:
    """Show each outcome as it comes, and at the end the table; the exit code.

    On a terminal a progress bar stands for the good outcomes; elsewhere each has its line.
    """
    began = time.perf_counter()
    refused = 0
    with _progress() as progress:
        task = progress.add_task("reading", total=total)
        for outcome in outcomes:
            progress.advance(task)
            if isinstance(outcome, read.Refusal):
                complain(f"warning: {outcome}" if outcome.warning else str(outcome))
                refused += not outcome.warning
            elif not console().is_terminal:
                say(str(outcome))
    _print_table(url, time.perf_counter() - began)
    return 1 if refused else 0


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console(),
        transient=True,
        disable=not console().is_terminal,
    )


def _print_table(url: str, seconds: float) -> None:
    with reading(url) as session:
        counts = count_rows(session)
    table = Table("", *(f"{name}s" for name in counts), "seconds")
    table.add_row("in the database", *(f"{count:,}" for count in counts.values()), f"{seconds:.1f}")
    console().print(table)
