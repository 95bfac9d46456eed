"""How long the start takes, and what a server that does nothing holds in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.http.processes import ROOT, SERVE, await_answer, environment_of, free_port
from tests.benchmarks.http.results import Result, compared

_IMPORTS = (sys.executable, "-c", "import fastapi, sqlmodel, uvicorn")
_SETTLED = 1.0
"""Seconds after the first answer, when a server is idle."""


def print_start(rounds: int) -> list[Result]:
    """`reportedly serve` in a folder where the seeds are loaded already, to its first answer.

    All modules are compiled before, as they are from the second start on.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "reportedly.db"
        compiled = {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        _serve(database, compiled)  # loads the seeds
        memory: list[float] = []

        def served() -> float:
            seconds, resident = _serve(database, compiled)
            memory.append(resident)
            return seconds

        seconds = compared({"serve": served, "imports": lambda: _imports(compiled)}, rounds)
    name = "reportedly serve to its first answer / import fastapi, sqlmodel, uvicorn"
    return [
        Result(name, seconds["serve"], seconds["imports"], 1.8, 1.3, low=True, unit="s"),
        Result("resident memory of an idle server", memory, [], 130, 90, low=True, unit="MB"),
    ]


def _serve(database: Path, compiled: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first answer, and megabytes of the process and its children soon after."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        SERVE, env=environment_of(database, port) | compiled, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        await_answer(process, port, "/claims?limit=1")
        seconds = time.perf_counter() - began
        time.sleep(_SETTLED)
        return seconds, _resident(process.pid)
    finally:
        process.terminate()
        process.wait()


def _imports(compiled: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(_IMPORTS, env=os.environ | compiled, check=True)
    return time.perf_counter() - began


def _resident(pid: int) -> float:
    """Megabytes of a process and its children; Linux only."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    kilobytes = int(status.partition("VmRSS:")[2].split()[0])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return kilobytes * 1024 / 1e6 + sum(_resident(int(child)) for child in children)
