"""Answers come in the coding that suits the client best."""

import gzip
import time
from collections.abc import Iterator

import pytest
import zstandard
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from httpx import Client, Response

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving

IDENTITY = {"Accept-Encoding": "identity"}


def raw(client: Client, path: str, accept_encoding: str) -> tuple[Response, bytes]:
    """The answer and its bytes as they were sent."""
    with client.stream("GET", path, headers={"Accept-Encoding": accept_encoding}) as answer:
        return answer, b"".join(answer.iter_raw())


def decoded(coding: str | None, content: bytes) -> bytes:
    if coding == "gzip":
        return gzip.decompress(content)
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return content


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP;q=1.0", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=0.9, zstd;q=0.1", "gzip"),
        ("zstd;q=0, *", "gzip"),
        ("*", "zstd"),
        ("gzip;q=0", None),
        ("br", None),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0", "gzip"),
        ("gzip;q=many, ;;, =", None),
    ],
)
def test_the_client_chooses_the_coding(
    client: Client, accept_encoding: str, coding: str | None
) -> None:
    answer, content = raw(client, "/claims", accept_encoding)

    assert answer.headers.get("content-encoding") == coding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert int(answer.headers["content-length"]) == len(content)
    assert decoded(coding, content) == client.get("/claims", headers=IDENTITY).content
    assert coding is None or len(content) < len(decoded(coding, content)) / 2


@pytest.mark.parametrize("refusing", ["identity;q=0", "*;q=0", "br, identity;q=0"])
def test_a_client_that_refuses_everything_gets_406(client: Client, refusing: str) -> None:
    answer = client.get("/claims", headers={"Accept-Encoding": refusing})

    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_fits_into_a_packet_is_sent_as_it_is(client: Client) -> None:
    answer, _ = raw(client, "/actors/sweden", "gzip")
    insisting, content = raw(client, "/actors/sweden", "gzip, identity;q=0")

    assert "content-encoding" not in answer.headers
    assert insisting.headers["content-encoding"] == "gzip"
    assert gzip.decompress(content) == client.get("/actors/sweden").content


def test_pictures_are_not_compressed_again(client: Client) -> None:
    answer, _ = raw(client, "/static-offline-docs/favicon.png", "gzip")

    assert "content-encoding" not in answer.headers


def test_a_file_that_is_coded_on_the_way_has_a_weak_tag(client: Client) -> None:
    answer, content = raw(client, "/static-offline-docs/swagger-ui.css", "gzip")

    plain = client.get("/static-offline-docs/swagger-ui.css", headers=IDENTITY)
    assert gzip.decompress(content) == plain.content
    assert answer.headers["etag"] == "W/" + plain.headers["etag"]


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_stream_is_readable_piece_by_piece(world_url: str, coding: str) -> None:
    asked_for = 0
    app: FastAPI = create_app(Settings(database_url=world_url))

    def lines() -> Iterator[bytes]:
        for number in range(3):
            deadline = time.monotonic() + 10
            while asked_for < number and time.monotonic() < deadline:
                time.sleep(0.001)
            yield b'{"number": %d}\n' % number

    app.add_api_route(
        "/lines", lambda: StreamingResponse(lines(), media_type="application/x-ndjson")
    )
    with (
        serving(app) as url,
        Client(base_url=url) as client,
        client.stream("GET", "/lines", headers={"Accept-Encoding": coding}) as answer,
    ):
        assert answer.headers["content-encoding"] == coding
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        decoder = (
            zstandard.ZstdDecompressor().decompressobj()
            if coding == "zstd"
            else gzip.zlib.decompressobj(31)
        )
        seen = b""
        for piece in answer.iter_raw():
            seen += decoder.decompress(piece)
            asked_for = seen.count(b"\n")
    assert seen == b'{"number": 0}\n{"number": 1}\n{"number": 2}\n'
