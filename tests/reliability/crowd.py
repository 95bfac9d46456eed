"""Many who write and read at once: through the server, and by the command line beside it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.reliability.clients import all_rows, follow, ingest, read, write
from tests.reliability.documents import Sent
from tests.reliability.exchange import Answer
from tests.server import reportedly_serve


@dataclass
class Crowd:
    """What all of them have seen; `held` is what somebody holds who followed `/changes`."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    held: dict[tuple[str, str], Any] = field(default_factory=dict)
    ingested: int = 0

    def __str__(self) -> str:
        counts = [
            f"{method} {status}: {n:,}" for (method, status), n in sorted(self.answers.items())
        ]
        return (
            f"{', '.join(counts)}; {self.ingested} reports by the command line;"
            f" {len(self.problems)} problems {self.problems[:5] or ''}"
        )

    def note(self, method: str, path: str, answer: Answer) -> Answer:
        """Count an answer; a 503 is none of the problems where it says when to come again."""
        self.answers[method, answer.status] += 1
        busy = answer.status == 503 and "retry-after" in answer.headers
        if answer.status >= 500 and not busy:
            self.problems.append(f"{method} {path}: {answer.status} {answer.content[:200]!r}")
        return answer


def crowd(
    url: str, token: str, sent: Sent, enough: Callable[[Crowd], object], folder: Path
) -> Crowd:
    """Let them write and read until it is enough; then the follower goes on to the end."""
    seen, over, written = Crowd(), threading.Event(), threading.Event()
    log = folder / "log"
    settings = {"database_url": url, "log_level": "warning"}
    with reportedly_serve(log, "--no-seed", **settings) as (client, _):
        port = client.base_url.port or 0
        writers = [
            *(_started(write, seen, (port, token), sent, over) for _ in range(3)),
            *(_started(ingest, seen, url, sent, over, folder / f"{n}.jsonl") for n in range(2)),
        ]
        readers = [
            *(_started(read, seen, port, written) for _ in range(3)),
            _started(follow, seen, port, written),
        ]
        while not enough(seen) and not seen.problems:
            over.wait(0.1)
        over.set()
        for writer in writers:
            writer.join()
        written.set()
        for reader in readers:
            reader.join()
        now = all_rows(port)
    differing = [key for key in now | seen.held if now.get(key) != seen.held.get(key)]
    seen.problems += [f"the follower holds another {key}" for key in differing]
    lines = log.read_text().splitlines()
    seen.problems += [line for line in lines if "locked" in line or "Traceback" in line]
    return seen


def _started(work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments)
    thread.start()
    return thread
