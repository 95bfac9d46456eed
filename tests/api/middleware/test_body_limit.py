"""What is too large is refused, before it is read where that is possible."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from httpx import Client

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving
from tests.api.test_problems import problem

LIMIT = 1000


@pytest.fixture(scope="module")
def limited(world_url: str) -> Iterator[Client]:
    app: FastAPI = create_app(Settings(database_url=world_url, max_body_bytes=LIMIT))

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    @app.post("/json")
    async def parsed(content: list[int]) -> int:
        return len(content)

    with serving(app) as url, Client(base_url=url) as made:
        yield made


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(size // 100):
        yield b"1" * 100


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/length", "/claims", "/nowhere"])
def test_a_long_body_is_413_whatever_is_asked(limited: Client, method: str, path: str) -> None:
    problem(limited.request(method, path, content=b"x" * (LIMIT + 1)), 413)


@pytest.mark.parametrize("path", ["/length", "/json"])
def test_a_body_that_does_not_tell_its_length_is_413_too(limited: Client, path: str) -> None:
    problem(limited.post(path, content=chunks(LIMIT + 100)), 413)


def test_a_body_up_to_the_limit_is_read(limited: Client) -> None:
    assert limited.post("/length", content=b"x" * LIMIT).json() == LIMIT
    assert limited.post("/length", content=chunks(LIMIT)).json() == LIMIT


def test_fifty_megabytes_are_answered_and_the_connection_goes_on(limited: Client) -> None:
    problem(limited.post("/length", content=b"x" * 50_000_000), 413)
    assert limited.post("/length", content=b"x").json() == 1
