"""A real, migrated SQLite file with a small world in it, served by a real uvicorn."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Client

from app.database import engine, migrate, writing
from app.main import create_app
from app.settings import Settings
from tests import world


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The URL of the application, served in a thread of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
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
    migrate(url)
    with writing(url) as session:
        world.fill(session)
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


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    yield url
    engine(url).dispose()
