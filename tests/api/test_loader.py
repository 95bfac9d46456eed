"""The loader process: extraction never holds up readers, and nothing is ever half there."""

import json
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from httpx import Client, HTTPError, Response

from app import keys
from app.keys import Scope
from tests.api.test_access import bearer
from tests.api.test_problems import problem
from tests.server import reportedly_serve, wait_until

SAID = "Harbour master Mira Okafor said on Monday that the port of Elan would stay closed. "
LONG = SAID * 600
"""Takes seconds to extract."""

LINES = {"content-type": "application/x-ndjson"}


@dataclass(frozen=True)
class Service:
    """A server process, a client that may write, and threads in which others wait."""

    client: Client
    process: subprocess.Popen[bytes]
    pool: ThreadPoolExecutor

    def post(self, text: str) -> Response:
        return self.client.post("/reports", json={"text": text, "language": "en"})

    def post_lines(self, texts: list[str]) -> Response:
        return self.client.post("/reports", content=lines(texts), headers=LINES)

    def post_meanwhile(self, text: str) -> Future[Response]:
        return self.pool.submit(self.post, text)

    def stored(self) -> set[str]:
        return {item["id"] for item in self.client.get("/reports?limit=500").json()["items"]}

    def loader_at_work(self) -> int:
        """The loader process, once it has loaded the language model for what it has to extract."""
        wait_until(lambda: any("spacy" in mapped(pid) for pid in self._loaders()), "no loader")
        (pid,) = self._loaders()
        return pid

    def _loaders(self) -> list[int]:
        """Its children that run Python code of ours (another one is Python's own)."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [int(child) for task in tasks for child in task.read_text().split()]
        return [pid for pid in children if "spawn_main" in of_process(pid, "cmdline")]


def of_process(pid: int, what: str) -> str:
    try:
        return Path(f"/proc/{pid}/{what}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def mapped(pid: int) -> str:
    return of_process(pid, "maps")


def is_running(pid: int) -> bool:
    """Whether a thread of the process runs; it stays as a zombie until the server asks for it."""
    states = (of_process(pid, f"task/{task.name}/stat") for task in threads(pid))
    return any(state.rpartition(")")[2].split()[:1] not in ([], ["Z"]) for state in states)


def threads(pid: int) -> list[Path]:
    folder = Path(f"/proc/{pid}/task")
    return list(folder.iterdir()) if folder.exists() else []


def lines(texts: list[str]) -> str:
    return "\n".join(json.dumps({"text": text, "language": "en"}) for text in texts)


@contextmanager
def service(url: str, folder: Path, **settings: object) -> Iterator[Service]:
    with (
        reportedly_serve(folder / "log", "--no-seed", database_url=url, **settings) as (
            client,
            process,
        ),
        ThreadPoolExecutor(8) as pool,
    ):
        client.headers.update(bearer(keys.create(url, "writer", [Scope.WRITE])))
        yield Service(client, process, pool)


def test_readers_are_answered_while_a_report_is_extracted(
    database_url: str, tmp_path: Path
) -> None:
    with service(database_url, tmp_path) as served:
        posted, answered = served.post_meanwhile(LONG), 0
        while not posted.done():
            assert served.client.get("/claims").status_code == 200
            answered += 1

    assert posted.result().status_code == 201
    assert answered > 20


def test_over_the_bound_of_the_queue_is_503_with_retry_after(
    sqlite_url: str, tmp_path: Path
) -> None:
    with service(sqlite_url, tmp_path, queue=2) as served:
        texts = [f"Number {number}. {SAID * 40}" for number in range(8)]
        answers = list(served.pool.map(served.post, texts))
        accepted = [answer for answer in answers if answer.status_code == 201]
        refused = [answer for answer in answers if answer.status_code != 201]
        assert len(accepted) >= 2
        assert refused
        for answer in refused:
            problem(answer, 503)
            assert int(answer.headers["retry-after"]) >= 1
        assert served.stored() == {answer.json()["id"] for answer in accepted}
        again = [served.post(text).status_code for text in texts]
        assert sorted(again) == [200] * len(accepted) + [201] * len(refused)


def test_a_batch_lets_others_in_between(sqlite_url: str, tmp_path: Path) -> None:
    with service(sqlite_url, tmp_path, queue=2) as served:
        batch = served.pool.submit(served.post_lines, [f"{n}. {SAID * 100}" for n in range(5)])
        served.loader_at_work()

        refused = served.post_lines([SAID])
        single = served.post(SAID)

        assert not batch.done()
        assert single.status_code == 201
        problem(refused, 503)
        assert {json.loads(line)["status"] for line in batch.result().text.splitlines()} == {201}


def test_who_leaves_a_batch_ends_it(sqlite_url: str, tmp_path: Path) -> None:
    with service(sqlite_url, tmp_path) as served:
        content = lines([f"{number}. {SAID * 20}" for number in range(400)])
        with served.client.stream("POST", "/reports", content=content, headers=LINES) as answer:
            assert '"status":201' in next(answer.iter_lines())
        first = served.post("Afterwards.").json()["id"]
        stored = served.stored()
        second = served.post("Still later.").json()["id"]

        assert first in stored
        assert len(stored) < 400
        assert served.stored() == stored | {second}


def test_a_loader_that_dies_is_told_and_replaced(database_url: str, tmp_path: Path) -> None:
    with service(database_url, tmp_path) as served:
        lost = served.post_meanwhile(LONG)
        os.kill(served.loader_at_work(), signal.SIGKILL)

        assert "send the request again" in problem(lost.result(), 503)["detail"]
        assert served.stored() == set()
        assert served.post(SAID).status_code == 201

        idle = served.loader_at_work()
        os.kill(idle, signal.SIGKILL)
        wait_until(lambda: not is_running(idle), "the loader is still there")
        assert served.post(SAID + "Again.").status_code == 201


def test_a_server_that_is_killed_leaves_no_loader_and_no_half_report(
    sqlite_url: str, tmp_path: Path
) -> None:
    with service(sqlite_url, tmp_path) as served:
        whole = served.post(SAID).json()["id"]
        lost = served.post_meanwhile(LONG)
        loader = served.loader_at_work()

        served.process.kill()

        wait_until(lambda: not is_running(loader), "the loader outlives the server")
        assert isinstance(lost.exception(), HTTPError)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT id FROM report").fetchall() == [(whole,)]
        assert connection.execute("SELECT count(*) FROM report_name").fetchone() == (1,)


def test_a_server_that_is_told_to_end_answers_whoever_waits(
    sqlite_url: str, tmp_path: Path
) -> None:
    with service(sqlite_url, tmp_path) as served:
        acknowledged = served.post(SAID).json()["id"]
        waiting = [served.post_meanwhile(f"{number}. {LONG}") for number in range(3)]
        loader = served.loader_at_work()

        served.process.send_signal(signal.SIGTERM)

        answers = [post.result() for post in waiting]
        assert served.process.wait(timeout=10) in {0, -signal.SIGTERM}
        wait_until(lambda: not is_running(loader), "the loader outlives the server")
    refused = [problem(answer, 503) for answer in answers if answer.status_code != 201]
    assert len(refused) >= 2
    with service(sqlite_url, tmp_path) as served:
        done = {answer.json()["id"] for answer in answers if answer.status_code == 201}
        assert served.stored() >= done | {acknowledged}
