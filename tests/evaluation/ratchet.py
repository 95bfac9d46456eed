"""The recorded figures, which no change may lower.

`ratchet.toml` has a table for each corpus and a line for each figure. Raising a figure is done by
`python -m tests.evaluation --record`; lowering one takes an edit by hand that a reviewer sees.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

RECORD = Path(__file__).parent / "ratchet.toml"

TOLERANCE = 0.0005
"""How far a figure may fall: half of the last digit printed."""

Figures = dict[str, dict[str, float]]
"""Figure by name, by corpus."""

_HEADER = "# Raised by `python -m tests.evaluation --record`; no figure may fall below.\n"


def recorded(path: Path = RECORD) -> Figures:
    """What is recorded; nothing if there is no record yet."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def fallen(record: Figures, measured: Figures) -> list[str]:
    """One line for each recorded figure that is lower now, or gone from a corpus that was run."""
    lines = []
    for corpus, figures in record.items():
        if corpus not in measured:
            continue
        for name, before in figures.items():
            now = measured[corpus].get(name)
            if now is None:
                lines.append(f"{corpus}: {name} is no longer measured (recorded {before:.4f})")
            elif now < before - TOLERANCE:
                lines.append(f"{corpus}: {name} fell from {before:.4f} to {now:.4f}")
    return lines


def raised(record: Figures, measured: Figures) -> Figures:
    """The record with each figure at the higher of recorded and measured."""
    return {
        corpus: {
            name: max(
                record.get(corpus, {}).get(name, 0.0), measured.get(corpus, {}).get(name, 0.0)
            )
            for name in {**record.get(corpus, {}), **measured.get(corpus, {})}
        }
        for corpus in {**record, **measured}
    }


def write(record: Figures, path: Path = RECORD) -> None:
    """The record as TOML, four digits."""
    tables = [
        f"[{corpus}]\n"
        + "".join(f"{json.dumps(name)} = {value:.4f}\n" for name, value in figures.items())
        for corpus, figures in record.items()
    ]
    path.write_text(_HEADER + "\n" + "\n".join(tables), encoding="utf-8")
