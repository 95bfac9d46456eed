"""The application in a process of its own, as it runs for real."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from httpx import Client, ConnectError

from tests.world import NAMES


@pytest.fixture(scope="module")
def process(world_url: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "app.main:create_service"]
    running = subprocess.Popen(
        [*command, "--port", str(port), "--log-level", "warning"],
        env=os.environ | {"REPORTEDLY_DATABASE_URL": world_url},
    )
    url = f"http://127.0.0.1:{port}"
    _wait_for(url)
    yield url, running
    running.kill()
    running.wait()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with Client(base_url=url) as client:
                if client.get("/readyz").status_code == 200:
                    return
        except ConnectError:
            time.sleep(0.05)
    pytest.fail("the server does not get ready")


def test_pages_are_walked_by_their_links(process: tuple[str, subprocess.Popen[bytes]]) -> None:
    url, found = (
        f"{process[0]}/claims?limit=1&act=intention&act=statement&act=allegation&sort=-said_on",
        [],
    )
    with Client() as client:
        while url:
            answer = client.get(url)
            found += [NAMES[item["text"]] for item in answer.json()["items"]]
            url = answer.links["next"]["url"] if "next" in answer.links else ""

    assert found == ["c_attack", "c_met", "c_fine"]


def test_next_is_the_cursor_of_the_next_page(
    process: tuple[str, subprocess.Popen[bytes]],
) -> None:
    with Client(base_url=process[0]) as client:
        first = client.get("/claims", params={"limit": 2}).json()
        rest = client.get("/claims", params={"cursor": first["next"]}).json()

    assert [NAMES[item["text"]] for item in first["items"] + rest["items"]] == [
        "c_met",
        "c_fine",
        "c_attack",
    ]
    assert rest["next"] is None


def test_it_ends_at_once_when_asked_to(process: tuple[str, subprocess.Popen[bytes]]) -> None:
    process[1].send_signal(signal.SIGTERM)

    assert process[1].wait(timeout=5) in (0, -signal.SIGTERM)
