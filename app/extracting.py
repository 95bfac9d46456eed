"""`reportedly extract`: what can be found in documents, printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from app.explaining import explained
from app.ingest.contract import to_json
from app.ingest.document import DocumentError, check
from app.ingest.extract import extract
from app.ingest.read import Refusal, read

Complain = Callable[[str], None]


def extract_files(
    paths: Iterable[Path], output: BinaryIO, complain: Complain, *, explain: bool
) -> bool:
    """Write what is found in each document, indented; False where one was refused."""
    good = True
    for document in read(paths):
        if isinstance(document, Refusal):
            complain(str(document))
            good = good and document.warning
            continue
        found = extract(document.text, document.published_on)
        if explain:
            output.write(f"{document.name}\n\n".encode())
            output.writelines(line.encode() + b"\n" for line in explained(document.text, found))
        else:
            values = {"name": document.name, **to_json(found)}
            output.write(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
        output.flush()
    return good


def extract_lines(lines: Iterable[bytes], output: BinaryIO, complain: Complain) -> bool:
    """Write a line for each line read; a bad one is complained of and has none.

    False where a line was bad.
    """
    good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            id_, text, published_on = _record(line)
            found = to_json(extract(text, published_on))
            output.write(orjson.dumps({"id": id_, **found}) + b"\n")
            output.flush()
        except DocumentError as error:
            complain(f"line {number}: {error}")
            good = False
    return good


def _record(line: bytes) -> tuple[object, str, dt.date | None]:
    try:
        record: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error}") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise DocumentError("should be an object with the key 'text'")
    if record["text"].strip():
        check(record["text"])
    return record.get("id"), record["text"], _day(record.get("published_on"))


def _day(value: object) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise DocumentError("published_on: should be a day such as 2025-11-07") from None
