"""Slow queries are ended in time, and hold nobody up meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fastapi import Request
from httpx import Client
from sqlalchemy import text

from app.api.responses import time_limited
from app.database import engine, migrate
from app.main import create_app
from app.settings import Settings
from tests.api.conftest import serving

SLOW = 30
_ENDLESS = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n > 0)"
    " SELECT count(*) FROM numbers WHERE n < 0"
)


def test_many_slow_queries_hold_nobody_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'slow.db'}"
    migrate(url)
    app = create_app(Settings(database_url=url, query_seconds=5, cache_bytes=0))
    running = threading.Semaphore(0)

    @app.get("/slow")
    def slow(request: Request) -> None:
        with time_limited(request) as session:
            running.release()
            session.connection().execute(_ENDLESS)

    with (
        serving(app) as address,
        ThreadPoolExecutor(SLOW) as pool,
        Client(base_url=address, timeout=60) as client,
    ):
        asked = [pool.submit(client.get, "/slow") for _ in range(SLOW)]
        for _ in range(SLOW):
            assert running.acquire(timeout=30)
        others = [client.get(path).status_code for path in ("/livez", "/claims", "/reports")]
        still_running = sum(not answer.done() for answer in asked)
        answers = [answer.result().status_code for answer in asked]
    engine(url).dispose()

    assert others == [200, 200, 200]
    assert still_running == SLOW
    assert answers == [503] * SLOW
