"""Whether a page costs with three million claims what it costs with ten thousand."""

from __future__ import annotations

import math
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import mean
from typing import NamedTuple

from tests.benchmarks.http.load import Client
from tests.benchmarks.http.processes import reportedly
from tests.benchmarks.http.questions import Question, paths, questions
from tests.benchmarks.http.results import Result

REQUESTS = 100
"""Different ones of a question."""

_FLOOR = 2
"""Times as long as among few claims a page may take among many."""

_PATIENCE = 10.0
"""Seconds for a question in a round: what takes so long need not be known to one percent."""


class Figures(NamedTuple):
    """Of the answers to a question at one size: the 99th percentile, in milliseconds, and how many
    kilobytes they have on average."""

    p99: float
    kilobytes: float


class Row(NamedTuple):
    """A question at both sizes."""

    question: Question
    small: Figures
    large: Figures

    @property
    def ratio(self) -> float:
        """Of the percentiles."""
        return self.large.p99 / self.small.p99

    @property
    def is_fuller(self) -> bool:
        """Whether the answers of the larger one are twice as long: among few claims a filter leaves
        less than a page."""
        return self.large.kilobytes >= 2 * self.small.kilobytes

    def __str__(self) -> str:
        figures = (self.ratio, self.small.p99, self.large.p99)
        sizes = (self.small.kilobytes, self.large.kilobytes)
        told = [*(f"{figure:8.2f}" for figure in figures), *(f"{size:6.1f}" for size in sizes)]
        return f"{''.join(told)}  {self.question}"


def print_growth(small: Path, large: Path, rounds: int, only: str) -> list[Result]:
    """The 99th percentile of each question at both sizes, one connection, no cache.

    A request is made in each round and its shortest time counts: what the machine adds goes, what
    the question costs stays.
    """
    for database in (small, large):
        _read_once(database)
    rows: list[Row] = []
    with reportedly(small, cache_bytes="0") as one, reportedly(large, cache_bytes="0") as other:
        for question in questions():
            if only not in str(question):
                continue
            requests = [_requests(database, question) for database in (small, large)]
            rows.append(Row(question, *_measured((one, other), requests, rounds)))
            print(rows[-1], file=sys.stderr)
    rows.sort(key=lambda row: row.ratio, reverse=True)
    print("p99: ratio, ms small, large; kilobytes small, large", *rows, sep="\n")
    names = f"p99 at {_claims(large)} / p99 at {_claims(small)} claims"
    fuller = sum(row.ratio > _FLOOR and row.is_fuller for row in rows)
    others = sum(row.ratio > _FLOOR and not row.is_fuller for row in rows)
    counts = f"{others} above {_FLOOR} and {fuller} more with answers twice as long"
    return [
        Result(f"{names}, {told}", [row.large.p99], [row.small.p99], _FLOOR, 1.2, True, "ms")
        for told, row in (
            (f"worst of {len(rows)} ({counts}): {rows[0].question}", rows[0]),
            ("the middle one", rows[len(rows) // 2]),
        )
    ]


def _requests(database: Path, question: Question) -> list[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return paths(connection, question, REQUESTS, Random(str(question)))


def _measured(
    urls: Sequence[str], requests: Sequence[Sequence[str]], rounds: int
) -> Iterator[Figures]:
    """The figures at each URL."""
    best = [[math.inf] * len(paths) for paths in requests]
    sizes: list[list[int]] = [[] for _ in urls]
    for _ in range(rounds):
        for url, its_paths, its_best, its_sizes in zip(urls, requests, best, sizes, strict=True):
            client, spent = Client(url), 0.0
            for at, path in enumerate(its_paths):
                seconds, length = client.ask(path)
                its_best[at] = min(its_best[at], seconds)
                its_sizes.append(length)
                spent += seconds
                if spent > _PATIENCE:
                    break
            client.close()
    for times, lengths in zip(best, sizes, strict=True):
        asked = [time for time in times if time < math.inf]
        yield Figures(_p99(asked) * 1000, mean(lengths) / 1000)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.99 * len(times)) - 1]


def _read_once(database: Path) -> None:
    """So that the first questions do not wait for the disk."""
    with database.open("rb") as file:
        while file.read(1 << 24):
            pass


def _claims(database: Path) -> str:
    return f"{int(database.name.split('-')[1]):,}"
