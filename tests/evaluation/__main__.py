"""`python -m tests.evaluation [FOLDER] [--record]`: every figure of the extraction.

Scores the extractor on our own gold reports and on the published gold data in FOLDER, prints ours
beside what other systems get, with the recall of each kind of attribution, and exits with 1 if a
figure fell below the recorded one. Without the folder only our own gold is scored.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.ingest.contract import to_json
from app.ingest.extract import extract
from tests.evaluation import own, ratchet
from tests.evaluation.agreement import Tallies
from tests.evaluation.gold import SPLITS, load
from tests.evaluation.published import Kind, Table, measure

US = "Reportedly"


def main() -> int:
    arguments = _arguments()
    started = time.perf_counter()
    measured: ratchet.Figures = {}
    for split in SPLITS:
        totals = own.tallies(load(split), read_with_extractor)
        measured[f"own_{split}"] = own.figures(totals)
        print(_own_table(split, totals))
    if arguments.folder.is_dir():
        with tempfile.TemporaryDirectory() as scratch:
            scored = measure(arguments.folder, read_with_extractor, Path(scratch))
            for table, figures, kinds in scored:
                names = {f"{table.scorer} {name}": value for name, value in figures.items()}
                measured.setdefault(table.corpus, {}).update(names)
                print(_published_table(table, figures))
                if kinds:
                    print(_kinds_table(kinds))
    else:
        print(f"{arguments.folder} does not exist: only our own gold was scored.\n")
    print(f"{time.perf_counter() - started:.0f} seconds", file=sys.stderr)
    return _hold(measured, record=arguments.record)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/evaluation"))
    parser.add_argument("--record", action="store_true", help="raise the recorded figures")
    return parser.parse_args()


def read_with_extractor(text: str, published_on: str | None) -> Mapping[str, Any]:
    """What `reportedly extract` prints for the text; `published_on` is an ISO date."""
    return to_json(extract(text, date.fromisoformat(published_on) if published_on else None))


def _hold(measured: ratchet.Figures, *, record: bool) -> int:
    """Compare with the record; 1 if a figure fell."""
    before = ratchet.recorded()
    fallen = ratchet.fallen(before, measured)
    for line in fallen:
        print(f"LOWER  {line}")
    if record:
        ratchet.write(ratchet.raised(before, measured))
    if not fallen:
        print("No recorded figure fell.")
    return 1 if fallen else 0


def _own_table(split: str, totals: Tallies) -> str:
    lines = [f"Our own gold, {split.replace('_', ' ')}", f"{'':18}     P      R     F1   gold"]
    for name, tally in totals.items():
        three = f"{tally.precision:.3f}  {tally.recall:.3f}  {tally.f1:.3f}"
        lines.append(f"{name:18}  {three}  {tally.gold:5.0f}")
    return "\n".join(lines) + "\n"


def _published_table(table: Table, figures: Mapping[str, float]) -> str:
    lines = [table.title, f"{'':34}" + "".join(f"{name:>16}" for name in table.figures)]
    rows: list[tuple[str, Sequence[float]]] = [
        (US, [*figures.values()]),
        *table.systems.items(),
    ]
    for name, values in rows:
        cells = "".join(f"{'':16}" if math.isnan(value) else f"{value:16.3f}" for value in values)
        lines.append(f"{name:34}{cells}")
    return "\n".join(lines) + "\n"


def _kinds_table(kinds: Sequence[Kind]) -> str:
    """The recall of each kind of the table above: with content half right, and source too."""
    lines = [f"{'recall by kind':34}{'gold':>16}{'content':>16}{'full':>16}"]
    lines += [f"{k.name:34}{k.gold:16}{k.content:16.3f}{k.full:16.3f}" for k in kinds]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
