"""The speed of the interface, beside bare parts of the same stack and other tools.

    python -m tests.benchmarks.http [--small] [--databases FOLDER] [--only PART ...]

Prints one table; asserts no figure. Everything that is compared is measured in turn, round after
round, on the same databases (`database.py`) and under the same server. Needs `wrk`, a quiet
machine and, unless `--small`, twelve gigabytes for three million claims.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from tests.benchmarks.http import load
from tests.benchmarks.http.database import database
from tests.benchmarks.http.export import print_export
from tests.benchmarks.http.growth import print_growth
from tests.benchmarks.http.pages import print_pages
from tests.benchmarks.http.results import Result, print_table
from tests.benchmarks.http.start import print_start
from tests.benchmarks.http.storing import print_storing

PARTS = ("pages", "growth", "export", "storing", "start")
SMALL, MIDDLE, LARGE = 10_000, 300_000, 3_000_000
"""Claims."""


def main() -> None:
    """Measure all parts, or those that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--small", action="store_true", help="300,000 claims instead of 3,000,000")
    parser.add_argument("--rounds", type=int, default=5, help="(%(default)s)")
    parser.add_argument("--seconds", type=int, default=4, help="of a measure (%(default)s)")
    parser.add_argument("--question", default="", help="growth: only those with these words")
    parser.add_argument(
        "--databases",
        type=Path,
        default=Path(tempfile.gettempdir(), "reportedly-benchmark"),
        help="folder to keep databases in (%(default)s)",
    )
    options = parser.parse_args()
    load.require()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    results: list[Result] = []
    for part in options.only:
        results += _measured(part, options)
    print_table(results)


def _measured(part: str, options: argparse.Namespace) -> list[Result]:
    folder, rounds = options.databases, options.rounds
    if part == "pages":
        return print_pages(database(folder, MIDDLE), rounds, options.seconds)
    if part == "growth":
        large = database(folder, MIDDLE if options.small else LARGE)
        return print_growth(database(folder, SMALL), large, rounds, options.question)
    if part == "export":
        return print_export(database(folder, MIDDLE), rounds)
    if part == "storing":
        return print_storing(database(folder, SMALL), rounds)
    return print_start(2 * rounds)


if __name__ == "__main__":
    main()
