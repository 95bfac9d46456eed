"""Documents without end, each with a name of its own, and who has sent which."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from app.database import reading
from app.ingest.document import Document
from app.ingest.pipeline import load_document
from app.ingest.read import Refusal, parse_line, read
from app.query.tables import report
from tests.benchmarks.extraction import invented_reports
from tests.dump import dump

_ROOT = Path(__file__).parents[2]
_CHARACTERS = 700
"""Of a text: extraction takes some hundredths of a second, so that much is written in a minute."""


def records() -> Iterator[bytes]:
    """Reports as JSON, made of sentences of our own gold reports with new names."""
    folders = (_ROOT / "seeds", *sorted((_ROOT / "tests" / "gold").glob("*/")))
    texts = [found.text for found in read(folders) if not isinstance(found, Refusal)]
    for number, text in zip(count(1), invented_reports(texts), strict=False):
        record = {
            "name": f"report {number}",
            "text": f"{text[:_CHARACTERS]}.",
            "publisher": f"Gazette {number % 7}",
            "published_on": f"2025-11-{number % 28 + 1:02}",
            "language": "en",
        }
        yield json.dumps(record).encode()


@dataclass
class Sent:
    """What clients have sent, and what they were told became of it. For several threads."""

    source: Iterator[bytes] = field(default_factory=records)
    documents: dict[str, Document] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> tuple[str, bytes]:
        """The id and the JSON of one more report, which nobody has sent yet."""
        with self.lock:
            record = next(self.source)
            document = parse_line(None, record)
            self.documents[document.id] = document
            return document.id, record

    def differences(self, url: str) -> list[str]:
        """What is not as clients were told; afterwards what nobody was told of is known too."""
        present = ids(url)
        lost = sorted(self.acknowledged - present)
        returned = sorted(self.deleted & present)
        return [f"{id_} is lost" for id_ in lost] + [f"{id_} is back" for id_ in returned]


def ids(url: str) -> set[str]:
    """The reports that a database holds."""
    with reading(url) as session:
        return set(session.connection().execute(report.select()).scalars("id"))


def is_whole(url: str, sent: Sent, clean: str) -> bool:
    """Whether a database holds what another one does that loads the same reports in peace."""
    for id_ in sorted(ids(url)):
        load_document(clean, sent.documents[id_])
    return dump(url) == dump(clean)
