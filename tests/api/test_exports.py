"""Exports run on one state of the database, at the client's pace, and never at others' cost."""

import datetime as dt
import logging
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from httpx import Client, RemoteProtocolError
from sqlalchemy import QueuePool, delete, insert
from sqlmodel import SQLModel

from app.api import exports
from app.database import engine, migrate, writing
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving
from tests.api.test_problems import problem

ROWS = 4000
BODY = '{"id":"c%06d","padding":"' + "x" * 8000 + '"}'
"""32 MB in all: far more than the buffers between server and client hold."""

_tables = SQLModel.metadata.tables


def fill(url: str) -> None:
    report = {
        "id": "r", "title": "", "language": "en", "sha256": "", "text": "", "body": "{}",
        "loaded_at": dt.datetime.now(dt.UTC),
    }  # fmt: skip
    claim = {
        "report_pk": 1, "text": "", "content": [], "hedges": [], "quotations": [],
        "attributed": False, "act": "statement", "directness": "indirect", "certainty": "certain",
        "polarity": "affirmed", "status": "unverified", "rule": "",
    }  # fmt: skip
    claims = [claim | {"id": f"c{n}", "position": n, "body": BODY % n} for n in range(ROWS)]
    migrate(url)
    with writing(url) as session:
        session.connection().execute(insert(_tables["report"]), report)
        session.connection().execute(insert(_tables["claim"]), claims)


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.db"
    fill(f"sqlite:///{path}")
    engine(f"sqlite:///{path}").dispose()  # the last connection moves the log into the file
    return path


@pytest.fixture
def sqlite(large_file: Path, tmp_path: Path) -> Iterator[str]:
    copy = tmp_path / "copy.db"
    shutil.copyfile(large_file, copy)
    yield f"sqlite:///{copy}"
    engine(f"sqlite:///{copy}").dispose()


@pytest.fixture
def postgresql(postgresql_url: str) -> str:
    fill(postgresql_url)
    return postgresql_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    """Of a large database of one's own."""
    made: str = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def address(url: str) -> Iterator[str]:
    with serving(create_app(Settings(database_url=url))) as at:
        yield at


def began(address: str) -> socket.socket:
    """An export of which a client has read the first kilobyte, and reads no more by itself."""
    host, port = address.removeprefix("http://").split(":")
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**17)
    made.connect((host, int(port)))
    made.sendall(b"GET /claims?format=ndjson HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert made.recv(1000).startswith(b"HTTP/1.1 200 OK\r\n")
    return made


def read_on(client: socket.socket) -> bytearray:
    client.settimeout(10)
    content = bytearray()
    while chunk := client.recv(2**20):
        content += chunk
    return content


def held(url: str) -> int:
    """Database connections in use."""
    pool = engine(url).pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_export_is_one_state_of_the_database(url: str, address: str) -> None:
    with began(address) as client:
        with writing(url) as session:
            session.connection().execute(delete(_tables["claim"]))
        content = read_on(client)
    with Client(base_url=address) as now:
        assert now.get("/claims").json()["items"] == []

    assert content.endswith(b"0\r\n\r\n")
    assert content.count(b'{"id":"c') >= ROWS - 1  # the first may have come before
    eventually(lambda: held(url) == 0)


def test_a_client_that_stalls_is_given_up(
    url: str, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(exports, "PATIENCE", 0.3)
    with began(address) as client:
        eventually(lambda: held(url) == 0)
        content = read_on(client)

    assert not content.endswith(b"0\r\n\r\n")
    assert "stalled" in caplog.text


def test_a_client_that_goes_away_is_given_up(url: str, address: str) -> None:
    with began(address):
        assert held(url) == 1

    eventually(lambda: held(url) == 0)


def test_many_exports_leave_room_for_pages(url: str, address: str) -> None:
    with ExitStack() as running, Client(base_url=address) as client:
        for _ in range(exports.AT_ONCE):
            running.enter_context(began(address))
        refused = client.get("/claims?format=csv")
        problem(refused, 503)
        assert int(refused.headers["retry-after"]) > 0
        assert len(client.get("/claims?limit=3").json()["items"]) == 3
        assert len(client.get("/claims?limit=3&format=ndjson").text.splitlines()) == 3

    eventually(lambda: held(url) == 0)
    with Client(base_url=address) as client:
        assert client.get("/claims?format=ndjson").text.count("\n") == ROWS


def test_a_break_in_the_middle_is_seen(sqlite: str, caplog: pytest.LogCaptureFixture) -> None:
    path = Path(sqlite.removeprefix("sqlite:///"))
    with path.open("r+b") as file:  # a disk that fails at two thirds
        file.seek(path.stat().st_size * 2 // 3)
        file.write(b"\xff" * 2**20)

    with (
        caplog.at_level(logging.ERROR),
        serving(create_app(Settings(database_url=sqlite))) as address,
        Client(base_url=address) as client,
        client.stream("GET", "/claims?format=ndjson") as answer,
    ):
        assert answer.status_code == 200
        with pytest.raises(RemoteProtocolError, match="incomplete chunked read"):
            answer.read()

    assert "malformed" in caplog.text
    eventually(lambda: held(sqlite) == 0)


def test_a_break_before_the_first_row_is_a_problem() -> None:
    application = create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))
    with serving(application) as address, Client(base_url=address) as client:
        problem(client.get("/claims?format=ndjson"), 503)


def test_head_reads_no_rows(url: str, address: str) -> None:
    with Client(base_url=address) as client:
        head = client.head("/claims?format=ndjson")
        assert held(url) == 0
        assert client.get("/claims?format=ndjson").text.count("\n") == ROWS

    assert head.headers["content-type"] == "application/x-ndjson"
    assert head.headers["cache-control"] == "no-store"
