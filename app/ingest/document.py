"""A document as read: the text and what its publisher says about it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from hashlib import sha256

from pydantic import ValidationError

from app.identity import digest
from app.incoming import Metadata, storable

MAX_CHARACTERS = 1_000_000
"""Code points of the longest text that is read."""

MAX_WORD = 10_000
"""Code points of the longest run without a blank: more is data, not language."""

HEADLINE = 120
"""Code points of the longest first line that is taken for a headline."""

_LONG_WORD = re.compile(rf"\S{{{MAX_WORD + 1}}}")
_HEADING = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
_MORE_THAN_A_HEADLINE = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")


class DocumentError(Exception):
    """A document that cannot be read; the message is the reason, in one line."""


class MalformedError(DocumentError):
    """Bytes that are not even what they are said to be: no UTF-8, no JSON."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report before extraction.

    `name` says where it came from ("seeds/kursk.txt", "wire.jsonl:3"), or is what its sender calls
    it. `text` is verbatim. `language` is None where the publisher does not say (see
    `with_language`). `not_extracted` says why nothing can be extracted ("language: de"), None where
    it can.
    """

    id: str
    name: str
    text: str
    title: str
    language: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    url: str | None = None
    not_extracted: str | None = None

    @property
    def sha256(self) -> str:
        """The digest of the text's UTF-8 bytes, in hexadecimal."""
        return sha256(self.text.encode()).hexdigest()


def document(name: str | None, text: str, metadata: Metadata) -> Document:
    """A document from a text and what is known of it; the rest is told from the text.

    The same text with the same given metadata has the same id, which is its name too where it has
    none. Raises DocumentError for a text
    that is empty, too long or no language.
    """
    check(text)
    given = (metadata.title, metadata.publisher, metadata.published_on, metadata.url)
    id_ = digest("r", text, *given, metadata.language)
    return Document(
        id=id_,
        name=name or id_,
        text=text,
        title=metadata.title or title_of(text),
        language=metadata.language,
        publisher=metadata.publisher,
        published_on=metadata.published_on,
        url=metadata.url,
    )


def with_language(read: Document) -> Document:
    """The document with its language, told from the text where the publisher does not say."""
    language = read.language
    if language is None:
        from app.ingest.language import language_of  # noqa: PLC0415 -- a second to load

        language = language_of(read.text)
    english = language.partition("-")[0] == "en"
    reason = None if english else f"language: {language}"
    return replace(read, language=language, not_extracted=reason)


def title_of(text: str) -> str:
    """A Markdown heading, else a first line that looks like a headline, else the first words.

    Never the name of a file: the same text is the same report under each name.
    """
    if heading := _HEADING.search(text, 0, MAX_WORD):
        return heading[1][:HEADLINE].rstrip(" \t\r#")
    first, _, rest = text.strip().partition("\n")
    line = " ".join(first[: 10 * HEADLINE].split())
    if rest.strip() and len(line) <= HEADLINE and not _MORE_THAN_A_HEADLINE.search(line):
        return line
    if len(line) <= HEADLINE:
        return line
    cut = line[:HEADLINE]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def reason(error: ValidationError) -> str:
    """The first thing that is wrong, in one line: "unknown key 'autor'", "url: should be …"."""
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"unknown key {key!r}"
    if first["type"] == "missing":
        return f"key {key!r} is missing"
    message = first["msg"].removeprefix("Value error, ")
    return f"{key}: {message[0].lower()}{message[1:]}" if key else message


def check(text: str) -> None:
    """Raise DocumentError for a text that is empty, too long or no language."""
    if not text.strip():
        raise DocumentError("the document is empty")
    try:
        storable(text)
    except ValueError as error:
        raise DocumentError(f"the text {error}") from None
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(
            f"the text has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read"
        )
    if long := _LONG_WORD.search(text):
        raise DocumentError(
            f"more than {MAX_WORD:,} characters without a blank, from character {long.start():,} on"
        )
