"""A query that takes too long is ended, is told so, and holds nobody up."""

import threading
from pathlib import Path

import pytest
from fastapi import Request
from httpx import Client
from sqlalchemy import text

from app.api.responses import time_limited
from app.database import engine, migrate, reading
from app.errors import TooSlow
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving

ENDLESS = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n > 0)"
    " SELECT count(*) FROM numbers WHERE n < 0"
)


def test_a_query_ends_with_its_time(database_url: str) -> None:
    with (
        pytest.raises(TooSlow, match=r"more than 0\.1 s"),
        reading(database_url, 0.1) as session,
    ):
        session.connection().execute(ENDLESS)


def test_the_connection_is_as_good_as_before(database_url: str) -> None:
    with pytest.raises(TooSlow), reading(database_url, 0.1) as session:
        session.connection().execute(ENDLESS)

    count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000)"
    with reading(database_url) as session:
        rows = session.connection().execute(text(f"{count} SELECT count(*) FROM n"))
        assert rows.scalar_one() == 2_000_000


def test_others_are_answered_meanwhile(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'slow.db'}"
    migrate(url)
    app = create_app(Settings(database_url=url, query_seconds=5))
    started = threading.Event()

    @app.get("/slow")
    def slow(request: Request) -> None:
        with time_limited(request) as session:
            started.set()
            session.connection().execute(ENDLESS)

    with serving(app) as address, Client(base_url=address, timeout=30) as client:
        answers: list[int] = []
        asking = threading.Thread(target=lambda: answers.append(client.get("/slow").status_code))
        asking.start()
        started.wait()
        while_it_runs = [client.get("/claims").status_code for _ in range(5)]
        still_running = not answers
        asking.join()
    engine(url).dispose()

    assert while_it_runs == [200] * 5
    assert still_running
    assert answers == [503]
