"""What extraction costs: time beside the parse, memory over many reports, cores, long texts.

Prints the four promises of extraction and asserts none, for a figure depends on the machine; the
targets stand beside the figures. Times are processor time, so that a machine that is busy with
other things shows nearly the same. Takes about eight minutes; `--reports 500` makes it one. Run
from the project's folder, by default on the texts of seeds/ and tests/gold:

    python -m tests.benchmarks.extraction [--reports N] [CORPUS.jsonl ...]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from app.ingest.annotate import annotated
from app.ingest.extract import extract
from app.ingest.extract.claims.claims import find_claims
from app.ingest.extract.dates.dates import find_dates
from app.ingest.extract.entities.entities import find_entities
from app.ingest.extract.events.events import find_events
from app.ingest.extract.quantities.quantities import find_quantities
from app.ingest.read import Refusal, read

PUBLISHED_ON = dt.date(2025, 11, 10)
STEPS = ("parse", "dates", "quantities", "entities", "claims", "events")
LENGTHS = (12_500, 25_000, 50_000, 100_000)
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Set before numpy is loaded: a second thread of one process would pass for a second process."""
_SENTENCE = re.compile(r"\S.*?[.?!][”\"]?(?=\s|$)")
_SURNAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}\b")
_SYLLABLES = ("ba", "de", "ko", "li", "mu", "na", "pe", "ri", "so", "tu", "va", "zha", "dra", "gor")

T = TypeVar("T")


def main() -> None:
    """Measure everything, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument("--reports", type=int, default=10_000, help="for the memory (%(default)s)")
    options = parser.parse_args()
    if not ONE_THREAD.items() <= os.environ.items():
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **ONE_THREAD})
    texts = _texts(options.corpora)
    extract(texts[0])  # loads the model and the lexicon
    print_shares(texts)
    print_lengths(texts)
    print_cores(texts, max(options.reports // 25, 40))
    print_memory(texts, options.reports)


def print_shares(texts: Sequence[str]) -> None:
    """Words a second of the bare parse, and what each step adds to it."""
    words = 0
    seconds = [0.0] * len(STEPS)
    while seconds[0] < 5:  # of parsing: enough for a second digit
        for text in texts:
            seconds = [sum(pair) for pair in zip(seconds, timed(text), strict=True)]
        words += sum(map(_words, texts))
    parse, *own = seconds
    print(f"{words:,} words of {len(texts)} texts, one core")
    print(f"  parse       {words / parse:8,.0f} words/s")
    for step, spent in zip(STEPS[1:], own, strict=True):
        print(f"  {step:11} {spent / parse:8.1%} of the parse")
    print(f"  own / parse {sum(own) / parse:8.1%}  (target: at most 25 %)")
    print(f"  altogether  {words / sum(seconds):8,.0f} words/s")


def print_lengths(texts: Sequence[str]) -> None:
    """Seconds for 10,000 words of texts of growing length: constant if time is linear."""
    print("seconds for 10,000 words    parse      own  (target: constant)")
    for length in LENGTHS:
        reports = invented_reports(texts)
        pieces: list[str] = []
        words = 0
        while words < length:
            pieces.append(next(reports))
            words += _words(pieces[-1])
        parse, *own = (seconds / words * 10_000 for seconds in timed("\n".join(pieces)))
        print(f"{words:>13,} in one text {parse:8.2f} {sum(own):8.2f}", flush=True)


def print_cores(texts: Sequence[str], number: int) -> None:
    """What a second process adds, by processor time and by the clock.

    Two processes that do not disturb each other need as much processor time for a report as one
    alone: twice that share is what two free cores give. The clock tells it only on a machine with
    two cores to spare.
    """
    reports = [text for _, text in zip(range(number), invented_reports(texts), strict=False)]
    print(f"{number} reports, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    rates, spent = [], []
    for processes in (1, 2):
        # A fresh interpreter each, as separate workers have; the model is loaded before the clock.
        with multiprocessing.get_context("spawn").Pool(processes, extract, (texts[0],)) as pool:
            pool.map(_extracted, reports[: 4 * processes], chunksize=1)
            start = time.perf_counter()
            all_threads, main_thread = map(sum, zip(*pool.map(_extracted, reports), strict=True))
            rates.append(number / (time.perf_counter() - start))
        spent.append(all_threads / number)
        print(
            f"  {processes} process(es) {rates[-1]:6.1f} reports/s,"
            f" {spent[-1] * 1000:.0f} ms of processor time each,"
            f" {main_thread / all_threads:.0%} of it in one thread"
        )
    print(f"  two do {2 * spent[0] / spent[1]:.2f} × the work of one on free cores", end="")
    print(f", {rates[1] / rates[0]:.2f} × by the clock  (target: 1.8 ×)")


def print_memory(texts: Sequence[str], number: int) -> None:
    """The resident memory of one process while it reads many different reports."""
    print(f"memory over {number:,} reports whose vocabulary grows  (target: flat)")
    step = max(1, number // 10)
    for count, text in zip(range(number + 1), invented_reports(texts), strict=False):
        if count % step == 0:
            print(f"  {count:>7,} reports {_resident():7.0f} MiB", flush=True)
        extract(text, PUBLISHED_ON)


def invented_reports(texts: Sequence[str]) -> Iterator[str]:
    """Reports of a few hundred words without end: sentences permuted, each report's names new."""
    sentences = [found.group() for text in texts for found in _SENTENCE.finditer(text)]
    chance = random.Random(1)
    while True:
        chosen = chance.sample(sentences, k=min(12, len(sentences)))
        names = cycle([_name(chance) for _ in range(4)])
        for position in range(3, len(chosen), 4):
            chosen[position] += "\n\n"
        yield _SURNAME.sub(partial(_next, names), " ".join(chosen))


def _next(names: Iterator[str], _: re.Match[str]) -> str:
    return next(names)


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=4)).title()


def _extracted(text: str) -> tuple[float, float]:
    """Extract in another process; processor seconds of all its threads, and of the main one."""
    start = time.process_time(), time.thread_time()
    extract(text, PUBLISHED_ON)
    return time.process_time() - start[0], time.thread_time() - start[1]


def timed(text: str) -> list[float]:
    """Seconds of processor time for each of STEPS on one text."""
    seconds: list[float] = []

    def step(function: Callable[..., T], *arguments: object) -> T:
        start = time.process_time()
        result = function(*arguments)
        seconds.append(time.process_time() - start)
        return result

    start = time.process_time()
    with annotated(text) as doc:
        seconds.append(time.process_time() - start)
        dates = step(find_dates, text, PUBLISHED_ON)
        quantities = step(find_quantities, doc, dates)
        entities = step(find_entities, doc, dates)
        claims, _, answering = step(find_claims, doc, entities, dates, quantities)
        entities = replace(entities, actors=entities.actors + answering)
        step(find_events, doc, entities, dates, quantities, claims)
    return seconds


def _texts(corpora: Sequence[Path]) -> list[str]:
    """The texts of the corpora (objects with "text", one a line), or of our own documents."""
    if corpora:
        lines = (line for path in corpora for line in path.read_text("utf-8").splitlines())
        return [json.loads(line)["text"] for line in lines if line.strip()]
    paths = [*sorted(Path("seeds").iterdir()), *sorted(Path("tests/gold").glob("*/*.md"))]
    return [found.text for found in read(paths) if not isinstance(found, Refusal)]


def _words(text: str) -> int:
    return len(text.split())


def _resident() -> float:
    """MiB of this process that are in memory; Linux only."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
