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
from typing import Any, BinaryIO

import orjson
import yaml
from pydantic import ValidationError

from app.incoming import Metadata, NewReport
from app.ingest.document import (
    MAX_CHARACTERS,
    Document,
    DocumentError,
    MalformedError,
    document,
    reason,
)

SUFFIXES = {".txt", ".md", ".jsonl"}

MAX_FRONT_MATTER = 10_000
"""Code points of the longest front matter: more is a document whose first line is a rule."""

MAX_BYTES = 4 * MAX_CHARACTERS + MAX_FRONT_MATTER
"""Bytes of the longest document: UTF-8 has up to four for a character."""

MAX_LINE_BYTES = 12 * MAX_CHARACTERS + MAX_FRONT_MATTER
"""Bytes of the longest JSON line: each character may be written as two escapes of six bytes."""

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENING = re.compile(r"---[ \t]*\r?\n")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
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


def read(paths: Iterable[Path]) -> Iterator[Document | Refusal]:
    """The documents in files and folders, in the order of their names.

    Folders are read with the folders inside them, links to folders are not followed. Hidden files
    and README files are left out, other kinds of files give a warning. A link that leads out of
    the folder is refused.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 -- Path.is_dir raises where nothing may be looked at
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def parse(name: str | None, data: bytes) -> Document:
    """The document in the bytes of a `.txt` or `.md` file. Raises DocumentError."""
    text = _decoded(data)
    metadata = Metadata()
    if found := _FRONT_MATTER.match(text):
        metadata = _front_matter(found["yaml"])
        text = text[found.end() :]
    elif _OPENING.match(text):
        raise DocumentError("front matter that is opened with --- and never closed")
    return document(name, text, metadata)


def parse_line(name: str | None, line: bytes) -> Document:
    """The document in one line of a `.jsonl` file. Raises DocumentError."""
    try:
        values = orjson.loads(line.removeprefix(_BOM))
        if not isinstance(values, dict):
            raise DocumentError("should be a JSON object")
        record = NewReport.model_validate(values)
    except orjson.JSONDecodeError as error:
        raise MalformedError(f"not JSON: {error.msg} (character {error.pos + 1:,})") from None
    except ValidationError as error:
        raise DocumentError(reason(error)) from None
    return document(record.name or name, record.text, record)


def _read_folder(folder: Path) -> Iterator[Document | Refusal]:
    inside = folder.resolve()
    unreadable: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *(link for link in folders if _is_link(root, link))]):
            path = Path(root, name)
            if name.startswith(".") or path.stem.upper() == "README":
                continue
            if path.is_symlink() and not _resolved(path).is_relative_to(inside):
                yield Refusal(_shown(path), "a link that leads out of the folder")
            elif not path.is_dir():
                yield from _read_file(path)
            elif path.suffix in SUFFIXES:
                yield Refusal(_shown(path), "a folder, not a file")
    for error in unreadable:
        yield Refusal(_shown(error.filename), f"cannot be read: {error.strerror}")


def _is_link(root: str, name: str) -> bool:
    return Path(root, name).is_symlink() or Path(name).suffix in SUFFIXES


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError:  # a link that leads to itself, before Python 3.13
        return path


def _shown(path: str | Path) -> str:
    """The path in one line of UTF-8, though file systems allow other names."""
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), str(path))


def _read_file(path: Path) -> Iterator[Document | Refusal]:
    name = _shown(path)
    try:
        if name != str(path):
            yield Refusal(name, "the file's name is not one line of UTF-8")
        elif not stat.S_ISREG(path.stat().st_mode):
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
        if size > MAX_BYTES:
            raise DocumentError(f"{size:,} bytes, more than {MAX_CHARACTERS:,} characters can have")
        return parse(str(path), path.read_bytes())
    except DocumentError as refused:
        return Refusal(str(path), str(refused))


def _read_lines(name: str, file: BinaryIO) -> Iterator[Document | Refusal]:
    """The documents of a `.jsonl` file."""
    number = None
    for number, line in numbered_lines(file):
        numbered = f"{name}:{number}"
        try:
            if line is None:
                raise DocumentError(f"a line of more than {MAX_LINE_BYTES:,} bytes")
            yield parse_line(numbered, line)
        except DocumentError as refused:
            yield Refusal(numbered, str(refused))
    if number is None:
        yield Refusal(name, "the document is empty")


def numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a `.jsonl` file, None for one that is too long; blank ones are only counted."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES):
        number += 1
        if len(line) == MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise DocumentError("the document is empty")
    if data.startswith(_UTF16):
        raise MalformedError("UTF-16, only UTF-8 is read")
    if len(data) - len(data.translate(None, _CONTROL)) > len(data) / 100:
        raise DocumentError("binary, not text")
    if (zero := data.find(b"\0")) >= 0:
        raise DocumentError(f"a NUL byte at byte {zero:,}")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise MalformedError(f"invalid UTF-8 at byte {error.start:,}") from None


class _FrontMatterLoader(yaml.SafeLoader):
    """YAML's plain values, without what front matter has no use for.

    Aliases and merge keys would let a few lines stand for gigabytes; of two equal keys YAML 1.2
    allows none, and which one was meant nobody knows. Days stay strings for `Metadata` to read.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _misused("aliases are not read", self.peek_event())  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise _misused(f"{key.value!r} is there twice", key)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _as_written(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


_FrontMatterLoader.add_constructor("tag:yaml.org,2002:timestamp", _as_written)


def _misused(problem: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def _front_matter(source: str) -> Metadata:
    if len(source) > MAX_FRONT_MATTER:
        raise DocumentError(f"front matter of more than {MAX_FRONT_MATTER:,} characters")
    try:
        values = yaml.load(source, _FrontMatterLoader)  # noqa: S506 -- a SafeLoader
        if isinstance(values, dict):
            values = {str(key): value for key, value in values.items()}
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise DocumentError(f"broken front matter{line}: {error.problem or 'no YAML'}") from None
    except Exception:  # PyYAML lets errors of all kinds through: KeyError for `!!bool maybe`
        raise DocumentError("broken front matter: it is no YAML") from None
    if values is None:
        return Metadata()
    if not isinstance(values, dict):
        raise DocumentError("broken front matter: it should be `key: value` lines")
    try:
        return Metadata.model_validate(values)
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
