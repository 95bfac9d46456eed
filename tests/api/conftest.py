"""A real, migrated SQLite file with a small world in it, served by a real uvicorn."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Client

from app.database import engine
from app.main import create_app, within_layers
from app.settings import Settings
from tests import world


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The URL of the application, served in a thread of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(within_layers(app), log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def world_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('world') / 'world.db'}"
    world.fill(url)
    yield url
    engine(url).dispose()


@pytest.fixture(scope="session")
def server(world_url: str) -> Iterator[str]:
    with serving(create_app(Settings(database_url=world_url))) as url:
        yield url


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[Client]:
    with Client(base_url=server) as made:
        yield made


@pytest.fixture(scope="session")
def postgresql_client(new_postgresql: Callable[[], str]) -> Iterator[Client]:
    """A client of the same application on PostgreSQL."""
    url = new_postgresql()
    world.fill(url)
    with (
        serving(create_app(Settings(database_url=url))) as address,
        Client(base_url=address) as made,
    ):
        yield made
    engine(url).dispose()


@pytest.fixture(
    params=["client", pytest.param("postgresql_client", marks=pytest.mark.postgresql)],
    ids=["sqlite", "postgresql"],
)
def either_client(request: pytest.FixtureRequest) -> Client:
    client: Client = request.getfixturevalue(request.param)
    return client


def names(client: Client) -> dict[str, str]:
    """Public id → what tests call the row."""
    rows = [
        *((item["id"], item["text"]) for item in client.get("/claims").json()["items"]),
        *((item["id"], item["type"]) for item in client.get("/events").json()["items"]),
        *((item["id"], item["title"]) for item in client.get("/reports").json()["items"]),
    ]
    return {public_id: world.NAMES[text] for public_id, text in rows}


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    yield url
    engine(url).dispose()
