"""Servers as processes of their own: ours as it is started for real, and those beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[3]


@contextmanager
def reportedly(database: Path, **settings: str) -> Iterator[str]:
    """The URL of `reportedly serve`; settings are those of the environment, in small letters."""
    port = free_port()
    environment = environment_of(database, port, **settings)
    with _running([*SERVE, "--no-seed"], environment, port, "/readyz") as url:
        yield url


SERVE = (sys.executable, "-m", "app.cli", "serve")


def environment_of(database: Path, port: int, **settings: str) -> dict[str, str]:
    """The environment in which `reportedly serve` serves this database."""
    chosen = {"database_url": f"sqlite:///{database}", "port": str(port), "log_level": "warning"}
    chosen |= settings
    return os.environ | {f"REPORTEDLY_{name.upper()}": value for name, value in chosen.items()}


@contextmanager
def reference(name: str, database: Path, **environment: str) -> Iterator[str]:
    """The URL of an application of this package, under the server that we run under."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"tests.benchmarks.http.{name}"]
    options = ["--port", str(port), "--log-level", "warning"]
    environment = {**os.environ, "DATABASE": str(database), **environment}
    with _running([*command, *options], environment, port, "/") as url:
        yield url


@contextmanager
def datasette(database: Path) -> Iterator[str]:
    """The URL of the tables as Datasette serves them, told that they never change."""
    port = free_port()
    command = [sys.executable, "-m", "datasette", "-i", str(database), "-p", str(port)]
    with _running(command, dict(os.environ), port, "/-/versions.json") as url:
        yield f"{url}/{database.stem}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(
    command: Sequence[str], environment: dict[str, str], port: int, path: str
) -> Iterator[str]:
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=None
    )
    try:
        await_answer(process, port, path)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def await_answer(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Wait until the server answers. Raises RuntimeError when it ends or takes a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port)
        try:
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except (OSError, HTTPException):
            time.sleep(0.002)
        finally:
            connection.close()
    raise RuntimeError(f"{' '.join(process.args)} does not answer")  # type: ignore[arg-type]
