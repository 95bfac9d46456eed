"""The JSON of `reportedly extract`: an extraction as plain dicts and lists.

The keys are a contract with other programs: keys may be added, none goes or changes its meaning.
Spans are `[start, end]`, code points of the text, half-open.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.ingest.extraction import Claim, Date, Event, Extraction


def to_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as JSON values."""
    return {
        "actors": [asdict(actor) for actor in extraction.actors],
        "sources": [asdict(source) for source in extraction.sources],
        "places": [asdict(place) for place in extraction.places],
        "dates": [asdict(date) for date in extraction.dates],
        "claims": [_claim(claim) for claim in extraction.claims],
        "events": [_event(event) for event in extraction.events],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return asdict(claim) | _date("said_on", claim.said_on)


def _event(event: Event) -> dict[str, Any]:
    return asdict(event) | _date("date", event.date)


def _date(key: str, date: Date | None) -> dict[str, Any]:
    if date is None:
        return {key: None, f"{key}_basis": None}
    return {key: date.edtf, f"{key}_basis": date.basis}
