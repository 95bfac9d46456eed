"""A running server and those who mean it no good: it refuses, says why, and goes on."""

import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app import connections, keys
from app.database import engine
from app.keys import Scope
from tests import world
from tests.reliability.exchange import Connection
from tests.reliability.hostile import ask_all
from tests.server import reportedly_serve

IDLE = 1_000


class Server(NamedTuple):
    port: int
    token: str
    log: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    url = f"sqlite:///{folder / 'world.db'}"
    world.fill(url)
    token = keys.create(url, "somebody", [Scope.READ, Scope.WRITE])
    settings = {"database_url": url, "log_level": "warning"}
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))  # as some shells have it
    with reportedly_serve(folder / "log", "--no-seed", **settings) as (client, _):
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert client.base_url.port
        yield Server(client.base_url.port, token, folder / "log")
    engine(url).dispose()


def test_each_gets_a_problem_document_or_a_plain_answer(server: Server) -> None:
    counts, wrong = ask_all(server.port, server.token)
    print(f"{counts.total():,} hostile requests: {dict(sorted(counts.items()))}")
    assert not wrong
    assert counts[422] > counts.total() / 2
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
        b"GET /claims?q=\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /claims HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET /claims HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /reports HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 50_000,
        b"EVIL / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\0" * 1_000,
    ],
    ids=lambda raw: ascii(raw[:40]),
)
def test_what_is_hardly_http_gets_one_too(server: Server, raw: bytes) -> None:
    answer = Connection(server.port).raw(raw)

    assert 400 <= answer.status < 500
    assert answer.problem()


def test_idle_and_slow_connections_hold_nobody_up_and_are_closed(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(IDLE)]
    for number, connection in enumerate(slow):
        connection.sendall(b"GET /claims HTTP/1.1\r\nHost: a\r\nX-A: "[: number % 40])
    began = time.monotonic()
    connection = Connection(server.port)
    for _ in range(20):
        assert connection.get("/claims").status == 200
    assert time.monotonic() - began < connections.HEAD_SECONDS  # all were open meanwhile
    connection.close()

    for connection in slow:
        connection.settimeout(3 * connections.HEAD_SECONDS)
        assert connection.recv(1) == b""
        connection.close()


def test_a_connection_is_closed_a_while_after_its_last_answer(server: Server) -> None:
    get, too_much = b"GET /claims HTTP/1.1\r\nHost: a\r\n\r\n", 20_000_000
    post = b"POST /reports HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % too_much
    sent = [get, get + get, post + b" " * too_much]  # the last is refused before its body is read
    opened = [socket.create_connection(("127.0.0.1", server.port)) for _ in sent]
    for connection, content in zip(opened, sent, strict=True):
        connection.settimeout(3 * connections.HEAD_SECONDS)
        connection.sendall(content)
    answered = time.monotonic()
    read = [_to_the_end(connection) for connection in opened]

    assert time.monotonic() - answered > connections.IDLE_SECONDS / 2  # not at once, for the next
    assert [content.count(b"HTTP/1.1 200") for content in read] == [1, 2, 0]
    assert read[2].startswith(b"HTTP/1.1 413")


def _to_the_end(connection: socket.socket) -> bytes:
    with connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))
