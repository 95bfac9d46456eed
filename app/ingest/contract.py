"""The JSON of `reportedly extract`: an extraction as plain dicts and lists.

The keys are a contract with other programs: keys may be added, none goes or changes its meaning.
Spans are `[start, end]`, code points of the text, half-open.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from app.ingest.extraction import Date, Extraction


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as JSON values."""
    plain: dict[str, Any] = _plain(extraction)
    for claim, found in zip(plain["claims"], extraction.claims, strict=True):
        claim.update(_date("said_on", found.said_on))
    for event, happened in zip(plain["events"], extraction.events, strict=True):
        event.update(_date("date", happened.date))
    return plain


def _plain(value: Any) -> Any:
    """Dataclasses as dicts and tuples as lists, all the way down."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def _date(key: str, date: Date | None) -> dict[str, Any]:
    if date is None:
        return {key: None, f"{key}_basis": None}
    return {key: date.edtf, f"{key}_basis": date.basis}
