"""A document as read: the text and what its publisher says about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from app.identity import digest


@dataclass(frozen=True, slots=True)
class Document:
    """One report before extraction.

    `name` says where it came from ("kursk.txt", "wire.jsonl:3"). `text` is verbatim.
    `not_extracted` says why nothing can be extracted ("language: de"), None where it can.
    """

    name: str
    text: str
    title: str
    language: str = "en"
    publisher: str | None = None
    published_on: dt.date | None = None
    url: str | None = None
    not_extracted: str | None = None

    @property
    def id(self) -> str:
        """The report's id: the same text with the same metadata is the same report."""
        return digest(
            "r", self.text, self.title, self.publisher, self.published_on, self.url, self.language
        )

    @property
    def sha256(self) -> str:
        """The digest of the text's UTF-8 bytes, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()
