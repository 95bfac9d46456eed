"""What the loader process does: it extracts and stores whole reports, one at a time.

The server talks to it (`app.api.loader`), so that neither the language model nor a long
extraction is ever inside the process that answers readers. Until there is something to do this
imports nothing heavy: the server imports it too.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from app import logs
from app.errors import InvalidDocument, NotFound, NotReady, Problem
from app.ingest.document import Document

_log = logging.getLogger(__name__)

Task = Callable[[str, Any], Any]
"""A function of this module; its arguments are the URL of the database and one value."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report that is in the database now: the JSON of `schemas.Report`, and what was done.

    `change` is a `store.Change`; `created` says whether the report was not there before.
    `seconds` is how long it took, from reading the database to the commit.
    """

    id: str
    body: str
    change: str
    created: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Deleted:
    """A report that is no longer there."""

    seconds: float
    change: str = "deleted"


def run(connection: Connection, url: str, log_level: str, log_format: logs.Format) -> None:
    """Do what comes through the connection, until it is closed or the server has ended.

    Each `(task, value)` is answered by its result, or by the problem that the client is to have.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the server decides
    logs.configure(log_level, log_format)
    Thread(target=_end_with_the_server, daemon=True).start()
    while True:
        try:
            task, value = connection.recv()
        except EOFError:
            return
        connection.send(_done(task, url, value))


def load(url: str, document: Document) -> Loaded:
    """Extract and store a document. Raises InvalidDocument where extraction fails."""
    from app.ingest.pipeline import body_of, load_document  # noqa: PLC0415 -- half a second
    from app.ingest.read import Refusal  # noqa: PLC0415
    from app.ingest.store import Change  # noqa: PLC0415

    began = time.perf_counter()
    outcome = load_document(url, document)
    seconds = time.perf_counter() - began
    if isinstance(outcome, Refusal):
        raise InvalidDocument(f"extraction of {document.id} failed, nothing of it is stored")
    body = body_of(url, document.id)
    if body is None:
        raise NotFound(f"{document.id} was deleted as soon as it was stored")
    created = outcome.change in {Change.ADDED, Change.REPLACED} and outcome.claims is not None
    return Loaded(document.id, body, outcome.change, created, seconds)


def delete(url: str, report_id: str) -> Deleted:
    """Delete a report under all its names. Raises NotFound."""
    from app.ingest.pipeline import remove_report  # noqa: PLC0415

    began = time.perf_counter()
    if not remove_report(url, report_id):
        raise NotFound("reports has nothing with this id")
    return Deleted(time.perf_counter() - began)


def _done(task: Task, url: str, value: Any) -> Any:
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    try:
        return task(url, value)
    except Problem as problem:
        return problem
    except OperationalError as error:
        _log.error("The database does not answer: %s", error)
        return NotReady("the database does not answer")
    except Exception:
        _log.exception("A report could not be written")
        return Problem("this report cannot be written, the server's log says why")


def _end_with_the_server() -> None:
    """However the server ends, also by kill -9: what is not committed rolls back."""
    server = parent_process()
    if server is not None:
        server.join()
        os._exit(1)
