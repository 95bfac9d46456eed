"""Whether a page costs with three million claims what it costs with ten thousand."""

from __future__ import annotations

import math
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from tests.benchmarks.http.load import Client
from tests.benchmarks.http.processes import reportedly
from tests.benchmarks.http.questions import Question, paths, questions
from tests.benchmarks.http.results import Result

REQUESTS = 100
"""Different ones of a question."""

_PATIENCE = 10.0
"""Seconds for a question in a round: what takes so long need not be known to one percent."""


def print_growth(small: Path, large: Path, rounds: int, only: str) -> list[Result]:
    """The 99th percentile of each question at both sizes, one connection, no cache.

    A request is made in each round and its shortest time counts: what the machine adds goes, what
    the question costs stays.
    """
    for database in (small, large):
        _read_once(database)
    rows: list[tuple[float, float, Question]] = []
    with reportedly(small, cache_bytes="0") as one, reportedly(large, cache_bytes="0") as other:
        for question in questions():
            if only not in str(question):
                continue
            requests = [_requests(database, question) for database in (small, large)]
            fast, slow = _percentiles((one, other), requests, rounds)
            rows.append((fast, slow, question))
            print(f"  {slow / fast:5.2f} {fast:8.2f} {slow:8.2f} ms  {question}", file=sys.stderr)
    print_rows(rows)
    rows.sort(key=lambda row: row[1] / row[0])
    names = f"p99 at {_claims(large)} / p99 at {_claims(small)} claims"
    return [
        Result(f"{names}, {told}", [slow], [fast], 2, 1.2, low=True, unit="ms")
        for told, (fast, slow, _) in (
            (f"worst of {len(rows)}: {rows[-1][2]}", rows[-1]),
            ("the middle one", rows[len(rows) // 2]),
        )
    ]


def print_rows(rows: Sequence[tuple[float, float, Question]]) -> None:
    """All questions, the worst first."""
    print("p99 in ms: ratio, small, large")
    for fast, slow, question in sorted(rows, key=lambda row: row[0] / row[1]):
        print(f"{slow / fast:6.2f} {fast:9.2f} {slow:9.2f}  {question}")


def _requests(database: Path, question: Question) -> list[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return paths(connection, question, REQUESTS, Random(str(question)))


def _percentiles(
    urls: Sequence[str], requests: Sequence[Sequence[str]], rounds: int
) -> tuple[float, ...]:
    """Milliseconds in which all but one percent of the requests are answered, at each URL."""
    best = [[math.inf] * len(paths) for paths in requests]
    for _ in range(rounds):
        for url, its_paths, its_best in zip(urls, requests, best, strict=True):
            client, spent = Client(url), 0.0
            for at, path in enumerate(its_paths):
                seconds = client.seconds(path)
                its_best[at] = min(its_best[at], seconds)
                spent += seconds
                if spent > _PATIENCE:
                    break
            client.close()
    return tuple(_p99([time for time in times if time < math.inf]) * 1000 for times in best)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.99 * len(times)) - 1]


def _read_once(database: Path) -> None:
    """So that the first questions do not wait for the disk."""
    with database.open("rb") as file:
        while file.read(1 << 24):
            pass


def _claims(database: Path) -> str:
    return f"{int(database.name.split('-')[1]):,}"
