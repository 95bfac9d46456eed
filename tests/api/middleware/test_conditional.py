"""Clients need not fetch what they have: ETag, 304 and Cache-Control."""

import pytest
from httpx import Client, Response


def tag(answer: Response) -> str:
    found: str = answer.headers["etag"]
    assert found.startswith('"')
    return found


@pytest.mark.parametrize("path", ["/claims", "/actors/sweden", "/openapi.json", "/docs"])
def test_what_the_client_has_is_not_sent_again(either_client: Client, path: str) -> None:
    first = either_client.get(path)
    answer = either_client.get(path, headers={"If-None-Match": tag(first)})

    assert (answer.status_code, answer.content) == (304, b"")
    assert not {"content-type", "content-length", "content-encoding"} & set(answer.headers)
    for name in ("etag", "cache-control", "vary"):
        assert answer.headers.get(name) == first.headers.get(name)


@pytest.mark.parametrize("listed", ["{}", "W/{}", '"a,b", {} , W/"c"', "*", '"x",{}'])
def test_if_none_match_is_a_list_compared_weakly(client: Client, listed: str) -> None:
    headers = {"If-None-Match": listed.format(tag(client.get("/claims")))}

    assert client.get("/claims", headers=headers).status_code == 304
    assert client.head("/claims", headers=headers).status_code == 304


@pytest.mark.parametrize("listed", ['""', '"x"', "x", "{}x", '"', "", "W/*"])
def test_other_tags_match_nothing(client: Client, listed: str) -> None:
    bare = tag(client.get("/claims")).strip('"')
    answer = client.get("/claims", headers={"If-None-Match": listed.format(bare)})

    assert answer.status_code == 200
    assert answer.json()["items"]


def test_each_content_coding_has_its_own_tag(client: Client) -> None:
    tags = {
        tag(client.get("/claims", headers={"Accept-Encoding": coding}))
        for coding in ("identity", "gzip", "zstd")
    }

    assert len(tags) == 3


def test_an_error_is_an_error_whatever_the_client_has(client: Client) -> None:
    assert client.get("/claims/none", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "control"),
    [
        ("/claims", "no-cache"),
        ("/static-offline-docs/swagger-ui.css", "no-cache"),
        ("/claims/none", "no-store"),
        ("/claims?colour=red", "no-store"),
        ("/livez", "no-store"),
        ("/readyz", "no-store"),
    ],
)
def test_what_can_be_validated_may_be_kept(client: Client, path: str, control: str) -> None:
    answer = client.get(path)

    assert answer.headers["cache-control"] == control
    assert ("etag" in answer.headers) == (control == "no-cache")
