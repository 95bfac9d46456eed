"""What the loader makes of tasks that fail, hang, or are no longer wanted."""

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.api import loader as loaders
from app.api.loader import Loader
from app.errors import Busy, InvalidDocument, NotFound, NotReady, Problem
from app.incoming import Metadata
from app.ingest import worker
from app.ingest.document import document
from tests.dump import whole


@pytest.fixture
def loader() -> Iterator[Loader]:
    made = Loader("sqlite:///none.db", 4, ("critical", "text"))
    yield made
    made.close()


def echo(_url: str, value: str) -> str:
    return value


def fail(_url: str, _value: None) -> None:
    raise ValueError("a secret")


def find_nothing(_url: str, _value: None) -> None:
    raise NotFound("nothing")


def lose_the_database(_url: str, _value: None) -> None:
    raise OperationalError("SELECT", {}, Exception("gone"))


def die(_url: str, _value: None) -> None:
    os._exit(3)


def sleep(_url: str, seconds: float) -> None:
    time.sleep(seconds)


def touch(_url: str, path: str) -> None:
    Path(path).touch()


@pytest.mark.parametrize(
    ("task", "kind", "detail"),
    [
        (fail, Problem, "this report cannot be written, the server's log says why"),
        (find_nothing, NotFound, "nothing"),
        (lose_the_database, NotReady, "the database does not answer"),
        (die, NotReady, "the loader process ended before it was done; send the request again"),
    ],
)
def test_a_task_that_fails_is_a_problem_and_the_next_is_done(
    loader: Loader, task: worker.Task, kind: type[Problem], detail: str
) -> None:
    with pytest.raises(kind) as raised:
        asyncio.run(loader.do(task, None))
    assert (type(raised.value), raised.value.detail) == (kind, detail)
    assert asyncio.run(loader.do(echo, "next")) == "next"


def test_a_task_that_never_ends_is_given_up(
    loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(loader.do(echo, "started"))
    monkeypatch.setattr(loaders, "LONGEST", 0.5)
    with pytest.raises(NotReady):
        asyncio.run(loader.do(sleep, 3600))
    monkeypatch.setattr(loaders, "LONGEST", 60)
    assert asyncio.run(loader.do(echo, "next")) == "next"


def test_a_task_that_nobody_waits_for_is_not_begun(loader: Loader, tmp_path: Path) -> None:
    async def leave() -> None:
        running = asyncio.create_task(loader.do(sleep, 1))
        left = asyncio.create_task(loader.do(touch, str(tmp_path / "left")))
        await asyncio.sleep(0)
        left.cancel()
        await running
        await loader.do(touch, str(tmp_path / "stayed"))

    asyncio.run(leave())
    assert [path.name for path in tmp_path.iterdir()] == ["stayed"]


def test_a_closed_loader_refuses(loader: Loader) -> None:
    loader.close()
    with pytest.raises(NotReady, match="the server is ending"):
        asyncio.run(loader.do(echo, "late"))


def test_batches_have_half_of_the_places(loader: Loader) -> None:
    with loader.place(batch=True), loader.place(batch=True):
        with pytest.raises(Busy), loader.place(batch=True):
            pass
        with loader.place(), loader.place(), pytest.raises(Busy), loader.place():
            pass
    assert loader.waiting == 0


def test_a_report_whose_extraction_fails_is_refused_and_not_stored(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_to_extract(*_: object) -> None:
        raise ValueError("too odd")

    monkeypatch.setattr("app.ingest.extract.extract", fail_to_extract)
    before = whole(sqlite_url)
    read = document(None, "It rained.", Metadata(language="en"))
    with pytest.raises(InvalidDocument, match=f"extraction of {read.id} failed"):
        worker.load(sqlite_url, read)
    assert whole(sqlite_url) == before
