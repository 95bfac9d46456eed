"""From files to documents: `.txt` and `.md` with optional YAML front matter, and `.jsonl`.

A document that cannot be read becomes a `Refusal` with one line that says why; the others are
read all the same. Offsets count from the end of the front matter, the text is verbatim from there:
line ends stay as they are, only a byte order mark goes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import yaml
from pydantic import Field, ValidationError

from app.ingest.document import (
    MAX_CHARACTERS,
    Document,
    DocumentError,
    Metadata,
    document,
    reason,
)

SUFFIXES = {".txt", ".md", ".jsonl"}

MAX_FRONT_MATTER = 10_000
"""Code points of the longest front matter: more is a document whose first line is a rule."""

_MAX_BYTES = 4 * MAX_CHARACTERS + MAX_FRONT_MATTER
_MAX_LINE = 12 * MAX_CHARACTERS + MAX_FRONT_MATTER
"""Bytes of the longest JSON line: each character may be written as two escapes of six bytes."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\b\x1b\0"))
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not read, and why; `warning`: it was not expected to be readable."""

    name: str
    reason: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


class _Record(Metadata):
    """One line of a `.jsonl` file."""

    text: Annotated[str, Field(strict=True)]


def read(paths: Iterable[Path]) -> Iterator[Document | Refusal]:
    """The documents in files and folders, in the order of their names.

    Folders are read with the folders inside them. Hidden files and README files are left out,
    other kinds of files give a warning, and so do no links that lead out of the folder: they are
    refused.
    """
    for path in paths:
        if path.is_dir():
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def parse(name: str, data: bytes) -> Document:
    """The document in the bytes of a `.txt` or `.md` file. Raises DocumentError."""
    text = _decoded(data)
    metadata = Metadata()
    if found := _FRONT_MATTER.match(text):
        metadata = _front_matter(found["yaml"])
        text = text[found.end() :]
    elif _OPENING.match(text):
        raise DocumentError("front matter that is opened with --- and never closed")
    return document(name, text, metadata)


def parse_line(name: str, line: bytes) -> Document:
    """The document in one line of a `.jsonl` file. Raises DocumentError."""
    try:
        values = orjson.loads(line.removeprefix(_BOM))
        if not isinstance(values, dict):
            raise DocumentError("should be a JSON object")
        record = _Record.model_validate(values)
    except orjson.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error}") from None
    except ValidationError as error:
        raise DocumentError(reason(error)) from None
    return document(name, record.text, record)


def _read_folder(folder: Path) -> Iterator[Document | Refusal]:
    inside = folder.resolve()
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *(link for link in folders if _is_link(root, link))]):
            path = Path(root, name)
            if name.startswith(".") or path.stem.upper() == "README":
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                yield Refusal(str(path), "a link that leads out of the folder")
            elif not path.is_dir():
                yield from _read_file(path)
            elif path.suffix in SUFFIXES:
                yield Refusal(str(path), "a folder, not a file")


def _is_link(root: str, name: str) -> bool:
    return Path(root, name).is_symlink() or Path(name).suffix in SUFFIXES


def _read_file(path: Path) -> Iterator[Document | Refusal]:
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Refusal(name, "not a regular file")
        elif path.suffix.lower() not in SUFFIXES:
            yield Refusal(name, "only .txt, .md and .jsonl are read", warning=True)
        elif path.suffix.lower() == ".jsonl":
            with path.open("rb") as file:
                yield from _read_lines(name, file)
        else:
            yield _read_text(path)
    except FileNotFoundError:
        dangling = "a link that leads nowhere" if path.is_symlink() else "no such file or folder"
        yield Refusal(name, dangling)
    except OSError as error:
        yield Refusal(name, f"cannot be read: {error.strerror}")


def _read_text(path: Path) -> Document | Refusal:
    size = path.stat().st_size
    try:
        if size > _MAX_BYTES:
            raise DocumentError(f"{size:,} bytes, more than {MAX_CHARACTERS:,} characters can have")
        return parse(str(path), path.read_bytes())
    except DocumentError as refused:
        return Refusal(str(path), str(refused))


def _read_lines(name: str, file: BinaryIO) -> Iterator[Document | Refusal]:
    """The documents of a `.jsonl` file; blank lines are skipped, but counted."""
    number = found = 0
    while line := file.readline(_MAX_LINE):
        number += 1
        numbered = f"{name}:{number}"
        if len(line) == _MAX_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(_MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Refusal(numbered, f"a line of more than {_MAX_LINE:,} bytes")
        elif line.strip():
            try:
                yield parse_line(numbered, line)
            except DocumentError as refused:
                yield Refusal(numbered, str(refused))
        else:
            continue
        found += 1
    if not found:
        yield Refusal(name, "the document is empty")


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise DocumentError("the document is empty")
    if data.startswith(_UTF16):
        raise DocumentError("UTF-16, only UTF-8 is read")
    if len(data) - len(data.translate(None, _CONTROL)) > len(data) / 100:
        raise DocumentError("binary, not text")
    if (zero := data.find(b"\0")) >= 0:
        raise DocumentError(f"a NUL byte at byte {zero:,}")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DocumentError(f"invalid UTF-8 at byte {error.start:,}") from None


def _front_matter(source: str) -> Metadata:
    if len(source) > MAX_FRONT_MATTER:
        raise DocumentError(f"front matter of more than {MAX_FRONT_MATTER:,} characters")
    try:
        values = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 2}" if mark else ""
        raise DocumentError(f"broken front matter{line}: it is no YAML") from None
    if values is None:
        return Metadata()
    if not isinstance(values, dict):
        raise DocumentError("broken front matter: it should be `key: value` lines")
    try:
        return Metadata.model_validate({str(key): value for key, value in values.items()})
    except ValidationError as error:
        raise DocumentError(f"front matter: {reason(error)}") from None


def count(paths: Iterable[Path]) -> int:
    """About how many documents `read` will yield: lines of `.jsonl` files, and other files."""
    total = 0
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else [path]:
            if file.is_file():
                total += _count_lines(file) if file.suffix.lower() == ".jsonl" else 1
    return total


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    except OSError:
        return 1
