"""`reportedly serve` in a process of its own, as it runs for real."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx import Client, ConnectError


@contextmanager
def reportedly_serve(
    log: Path, *arguments: str, **settings: object
) -> Iterator[tuple[Client, subprocess.Popen[bytes]]]:
    """A client and the process, once it answers; it ends by SIGTERM, with 0, if it still runs."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"port": port} | settings
    environment = {f"REPORTEDLY_{name.upper()}": str(value) for name, value in settings.items()}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", *arguments],
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        with Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            _wait_for(client, process)
            yield client, process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=10) in {0, -signal.SIGTERM}
    finally:
        process.kill()
        process.wait()


def _wait_for(client: Client, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            client.get("/readyz").raise_for_status()
        except ConnectError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("reportedly serve does not answer")


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait for something that another process does; `holds` is called until it is true."""
    deadline = time.monotonic() + 60
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(what)
        time.sleep(0.02)
