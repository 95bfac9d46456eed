"""Lists and rows that are answered before the framework are what the framework answers."""

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from httpx import Client, Response
from hypothesis import given
from hypothesis import strategies as st

from app.api.middleware import quick_reads
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving


@pytest.fixture(scope="module")
def framework(world_url: str) -> Iterator[Client]:
    """A client of a server that leaves all to the framework."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(quick_reads, "LISTINGS", ())
        patched.setattr(quick_reads, "SINGLES", ())
        app = create_app(Settings(database_url=world_url, cache_bytes=0))
        with serving(app) as url, Client(base_url=url) as client:
            yield client


@pytest.fixture(scope="module")
def quick(world_url: str) -> Iterator[Client]:
    """A client of a server that keeps no answers."""
    app = create_app(Settings(database_url=world_url, cache_bytes=0))
    with serving(app) as url, Client(base_url=url) as client:
        yield client


def told(answer: Response) -> tuple[int, dict[str, str], bytes]:
    """All that tells two answers apart but the server's address and the moment."""
    own = str(answer.url.copy_with(path="", query=None))
    headers = {name: value.replace(own, "") for name, value in answer.headers.items()}
    for name in ("date", "x-request-id"):
        del headers[name]
    content = answer.content
    if answer.status_code >= 400:
        problem = answer.json()
        del problem["request_id"]
        content, headers["content-length"] = repr(problem).encode(), ""
    return answer.status_code, headers, content


LISTS = [listing.path_format for listing in quick_reads.LISTINGS]
IDS = ["sweden", "le-papier", "", "nobody", "%00", "%FF", "%2Fsweden", "swed%65n", "%C3%A9", "a/b"]
PATHS = st.sampled_from(LISTS) | st.tuples(st.sampled_from(LISTS), st.sampled_from(IDS)).map(
    "/".join
)
NAMES = st.sampled_from([
    "limit", "cursor", "curs%6Fr", "sort", "source", "kind", "act", "attributed", "said_on",
    "country", "publisher", "count", "facet", "include", "highlight", "format", "wrong",
])  # fmt: skip
VALUES = st.sampled_from([
    "1", "2", "-loaded", "name", "le-papier", "sweden", "person", "statement", "true", "2025-11",
    "exact", "json", "csv", "jsonld", "sources", "%00", "%FF", "%C3%A9", "a+b", "'<>\"",
]) | st.text(max_size=5).map(lambda text: quote_plus(text, errors="replace"))  # fmt: skip
PARTS = st.tuples(NAMES, st.sampled_from(["=", ""]), VALUES).map("".join)
ACCEPTS = st.sampled_from(
    [None, "*/*", "application/json", "text/csv", "text/html, */*;q=0.5", "image/png", ""]
)


@given(path=PATHS, parts=st.lists(PARTS, max_size=3), accept=ACCEPTS)
def test_whatever_is_asked_for_the_answer_is_the_same(
    framework: Client, quick: Client, path: str, parts: list[str], accept: str | None
) -> None:
    target = f"{path}?{'&'.join(parts)}" if parts else path
    headers = {} if accept is None else {"accept": accept}

    answers = [client.get(target, headers=headers) for client in (framework, quick)]

    assert told(answers[0]) == told(answers[1])


@pytest.mark.parametrize("path", LISTS)
def test_each_row_is_as_the_framework_has_it(framework: Client, quick: Client, path: str) -> None:
    ids = [row["id"] for row in quick.get(path).json()["items"]]

    assert len(ids) >= 2
    for public_id in ids:
        one, other = (client.get(f"{path}/{public_id}") for client in (framework, quick))
        assert other.json()["id"] == public_id
        assert told(one) == told(other)


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_as_the_framework_has_them(
    framework: Client, quick: Client, path: str
) -> None:
    target = f"{path}?limit=1"
    visited = 0
    while target:
        one, other = framework.get(target), quick.get(target)
        assert told(one) == told(other)
        visited += len(other.json()["items"])
        target = other.links["next"]["url"] if "next" in other.links else ""
    assert visited >= 2


def test_the_next_page_is_asked_for_as_this_one_was(quick: Client) -> None:
    link = quick.get("/claims?sort=%6Coaded&limit=1").links["next"]["url"]

    address, _, query = link.partition("?")
    assert address == str(quick.base_url.copy_with(path="/claims"))
    assert query.startswith("sort=%6Coaded&limit=1&cursor=")
    following = quick.get(link.replace("cursor", "curs%6Fr")).links["next"]["url"]
    assert following.startswith(f"{address}?sort=%6Coaded&limit=1&cursor=")


def test_such_an_answer_is_counted_under_its_route(quick: Client) -> None:
    quick.get("/claims?limit=1")
    quick.get("/actors/sweden")

    metrics = quick.get("/metrics").text
    assert 'route="/claims"' in metrics
    assert 'route="/actors/{id}"' in metrics
