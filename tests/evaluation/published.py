"""Published gold data scored: a folder with `score.py` and `data/CORPUS.jsonl`.

The folder's own scorers run as a subprocess, on what our extractor finds in their inputs; each text
is parsed once, however many scorers look at it. `published.toml` says what is measured and what
other systems get.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.evaluation.own import Extract

TABLES = Path(__file__).parent / "published.toml"


@dataclass(frozen=True)
class Table:
    """Columns of one corpus and scorer, and the figures of other systems, column by column."""

    title: str
    corpus: str
    scorer: str
    figures: Mapping[str, str]
    systems: Mapping[str, Sequence[float]]
    by_kind: str = ""
    """Where the scorer's JSON has the recall of each kind; empty where it has none."""


@dataclass(frozen=True)
class Kind:
    """What was found of one kind of gold: how many there are, and two recalls."""

    name: str
    gold: int
    content: float
    full: float


def tables() -> list[Table]:
    """What is measured, in the order of `published.toml`."""
    return [Table(**row) for row in tomllib.loads(TABLES.read_text(encoding="utf-8"))["table"]]


def measure(
    folder: Path, extract: Extract, scratch: Path
) -> Iterator[tuple[Table, dict[str, float], list[Kind]]]:
    """Each table with our figures and our recall by kind, most frequent first.

    Raises subprocess.CalledProcessError if a scorer refuses.
    """
    predicted: dict[str, Path] = {}
    for table in tables():
        if table.corpus not in predicted:
            predicted[table.corpus] = _predict(folder, table.corpus, extract, scratch)
        scores = json.loads(
            _score(
                folder, table.scorer, _gold(folder, table.corpus), predicted[table.corpus], "--json"
            )
        )
        figures = {column: float(_at(scores, path)) for column, path in table.figures.items()}
        yield table, figures, _kinds(scores, table)


def _kinds(scores: Mapping[str, Any], table: Table) -> list[Kind]:
    if not table.by_kind:
        return []
    return [
        Kind(name, row["n"], row["content_half"], row["full"])
        for name, row in _at(scores, table.by_kind).items()
    ]


def _predict(folder: Path, corpus: str, extract: Extract, scratch: Path) -> Path:
    """The file with what the extractor finds in each text of the corpus."""
    path = scratch / f"{corpus}.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for line in _score(folder, "inputs", _gold(folder, corpus)).splitlines():
            record = json.loads(line)
            try:
                found = extract(record["text"], record["published_on"])
            except Exception as error:
                error.add_note(f"while reading {record['id']} of {corpus}")
                raise
            out.write(json.dumps({"id": record["id"], **found}) + "\n")
    return path


def _gold(folder: Path, corpus: str) -> Path:
    return folder / "data" / f"{corpus}.jsonl"


def _score(folder: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(folder / "score.py"), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def _at(scores: Mapping[str, Any], path: str) -> Any:
    """What stands at a dotted path."""
    value: Any = scores
    for key in path.split("."):
        value = value[key]
    return value
