"""Whole collections, streamed, beside a bare script that writes the same rows to a file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.http.processes import reportedly
from tests.benchmarks.http.results import Result, compared

_STORED = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.text_factory = bytes
rows = connection.execute("SELECT body FROM claim ORDER BY pk")
sys.stdout.buffer.writelines(body + b"\\n" for (body,) in rows)
"""
_WRITTEN = """
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
columns = [c[1] for c in connection.execute("PRAGMA table_info(claim)") if c[1] != "body"]
rows = connection.execute(f"SELECT {', '.join(columns)} FROM claim ORDER BY pk")
for row in rows:
    sys.stdout.write(json.dumps(dict(zip(columns, row))) + "\\n")
"""


def print_export(database: Path, rounds: int) -> list[Result]:
    """Rows a second of all claims as NDJSON. Raises RuntimeError where some are missing."""
    with reportedly(database) as url:
        if (sent := _lines(url, "/claims?format=ndjson")) != _script(_STORED, database):
            raise RuntimeError(f"the export has {sent:,} rows")
        figures = compared(
            {
                "export": lambda: _rate(lambda: _lines(url, "/claims?format=ndjson")),
                "json.dumps": lambda: _rate(lambda: _script(_WRITTEN, database)),
                "stored": lambda: _rate(lambda: _script(_STORED, database)),
            },
            rounds,
        )
    name = "NDJSON export / sqlite3 in a bare script"
    export, dumped, unit = figures["export"], figures["json.dumps"], "rows/s"
    return [
        Result(f"{name}, json.dumps of flat rows", export, dumped, 0.5, 0.9, unit=unit),
        Result(f"{name}, bodies as they are stored", export, figures["stored"], unit=unit),
    ]  # fmt: skip


def _rate(count: Callable[[], int]) -> float:
    began = time.perf_counter()
    return count() / (time.perf_counter() - began)


def _lines(url: str, path: str) -> int:
    """How many lines are sent. Raises RuntimeError unless they are NDJSON."""
    connection = HTTPConnection(urlsplit(url).netloc)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200 or "ndjson" not in answer.headers["content-type"]:
        raise RuntimeError(f"{path}: {answer.status} {answer.read(500)!r}")
    lines = 0
    while chunk := answer.read(1 << 20):
        lines += chunk.count(b"\n")
    connection.close()
    return lines


def _script(code: str, database: Path) -> int:
    command = [sys.executable, "-c", code, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as script:
        lines = 0
        while script.stdout and (chunk := script.stdout.read(1 << 20)):
            lines += chunk.count(b"\n")
    return lines
