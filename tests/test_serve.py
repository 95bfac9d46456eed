"""`reportedly serve` as a newcomer runs it: real seeds, a real port, a signal to end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx import Client, ConnectError

SEEDS = Path(__file__).parents[1] / "seeds"


@contextmanager
def reportedly_serve(database: Path, log: Path) -> Iterator[Client]:
    """A client of the process, once it answers; the process ends by SIGTERM, with 0."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"DATABASE_URL": f"sqlite:///{database}", "SEEDS": str(SEEDS), "PORT": str(port)}
    environment = os.environ | {f"REPORTEDLY_{name}": value for name, value in settings.items()}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            with Client(base_url=f"http://127.0.0.1:{port}") as client:
                _wait_for(client, process)
                yield client
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


def test_the_seeds_are_loaded_once_and_served_at_once_ever_after(tmp_path: Path) -> None:
    database, log = tmp_path / "reportedly.db", tmp_path / "log"
    with reportedly_serve(database, log) as client:
        claims = client.get("/claims?attributed=true").json()["items"]
        assert len(claims) > 5
        assert all(claim["attribution"] for claim in claims)
        assert "swagger-ui" in client.get("/docs").text
    assert ": added, " in log.read_text()
    assert "/claims?attributed=true" in log.read_text()

    began = time.monotonic()
    with reportedly_serve(database, log) as client:
        print(f"The second start took {time.monotonic() - began:.1f} s.")
        assert client.get("/claims?attributed=true").json()["items"] == claims
    assert ": already held" in log.read_text()
    assert ": added" not in log.read_text()
    assert "Traceback" not in log.read_text()
