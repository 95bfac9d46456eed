"""The loader process as the server sees it: one queue, in order, with a bound.

All that clients write goes through it. It starts with the first write and is replaced when it
dies; a thread of the server waits for it, so that neither the event loop nor a reader does.
"""

from __future__ import annotations

import asyncio
import logging
import math
import multiprocessing
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from app import logs
from app.errors import Busy, NotReady, Problem

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Value = TypeVar("Value")
Result = TypeVar("Result")

LONGEST = 900
"""Seconds after which a task is given up: the longest text takes a tenth of it, and may have to
wait for another writer twice (`app.database.PATIENCE`)."""

GRACE = 3
"""Seconds that a task may still take when the server is told to end: most need less, and container
runtimes kill after ten."""

_log = logging.getLogger(__name__)


class Loader:
    """The queue and the process behind it.

    `waiting` counts the requests that hold a place in the queue. `outcomes` counts what became of
    documents: "added", "replaced", "refreshed", "already held", "deleted", or "failed"; `seconds`
    is the sum of what loading them took.
    """

    def __init__(self, url: str, places: int, log: tuple[str, logs.Format]) -> None:
        self.waiting = 0
        self.outcomes: Counter[str] = Counter()
        self.seconds = 0.0
        self._batches = 0
        self._places = places
        self._arguments = (url, *log)
        self._queue: SimpleQueue[tuple[Future[Any], Any, Any] | None] = SimpleQueue()
        self._lock = Lock()
        self._closing = False
        self._thread: Thread | None = None
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    @contextmanager
    def place(self, *, batch: bool = False) -> Iterator[None]:
        """A place in the queue. Raises Busy where none is free.

        A request has one place, however many documents it brings: it sends them one after the
        other, so that others come in between. Batches have half of the places at most.
        """
        if self.waiting == self._places or (batch and self._batches == self._places // 2):
            raise Busy("too many reports are waiting to be loaded", self._seconds_to_wait())
        self.waiting += 1
        self._batches += batch
        try:
            yield
        finally:
            self.waiting -= 1
            self._batches -= batch

    async def do(self, task: Callable[[str, Value], Result], value: Value) -> Result:
        """The result of a function of `app.ingest.worker`, run in the loader process.

        Raises the Problem that it raises, and NotReady where the process dies or the server ends.
        A caller that is cancelled before its turn takes the task back.
        """
        future: Future[Result] = Future()
        with self._lock:
            if self._closing:
                raise _ending()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="loader", daemon=True)
                self._thread.start()
            self._queue.put((future, task, value))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Refuse all that waits, let the running task end within GRACE, and end the process."""
        with self._lock:
            self._closing = True
            self._queue.put(None)
        if self._thread is not None:
            self._thread.join(GRACE)
            process = self._process
            if self._thread.is_alive() and process is not None:
                process.kill()
            self._thread.join()

    def _work(self) -> None:
        while (entry := self._queue.get()) is not None:
            future, task, value = entry
            if not future.set_running_or_notify_cancel():
                continue
            result = _ending() if self._closing else self._exchange(task, value)
            self._count(result)
            if isinstance(result, Problem):
                future.set_exception(result)
            else:
                future.set_result(result)
        self._end_process()

    def _exchange(self, task: Any, value: Any) -> Any:
        """What the loader process answers, within LONGEST."""
        try:
            connection = self._connected()
            connection.send((task, value))
            if connection.poll(LONGEST):
                return connection.recv()
        except (EOFError, OSError):
            pass
        self._end_process()
        if self._closing:
            return _ending()
        _log.error("The loader process died, or took longer than %s s: %s", LONGEST, _name(value))
        return NotReady("the loader process ended before it was done; send the request again")

    def _connected(self) -> Connection:
        """The connection to a process that lives."""
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        from app.ingest import worker  # noqa: PLC0415 -- who only reads never needs it

        self._end_process()
        context = multiprocessing.get_context("spawn")  # the server has threads, which fork ignores
        self._connection, theirs = context.Pipe()
        arguments = (theirs, *self._arguments)
        self._process = context.Process(target=worker.run, args=arguments, daemon=True)
        self._process.start()
        theirs.close()  # with the process its end closes, which ends `poll`
        return self._connection

    def _end_process(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._connection = self._process = None

    def _count(self, result: Any) -> None:
        self.outcomes[getattr(result, "change", "failed")] += 1
        self.seconds += getattr(result, "seconds", 0)

    def _seconds_to_wait(self) -> int:
        """When there may be a place again: all who wait need what others needed, on average."""
        return math.ceil(self.waiting * self.seconds / (self.outcomes.total() or 1)) or 1


def _name(value: Any) -> Any:
    return getattr(value, "id", value)


def _ending() -> Problem:
    return NotReady("the server is ending; send the request again")
