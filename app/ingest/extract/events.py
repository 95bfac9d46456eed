"""What is reported to happen: PLOVER events with who, whom, where and when."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from app.ingest.extract.entities import Entities
from app.ingest.extraction import Claim, Date, Event, Quantity


def find_events(
    doc: Doc,
    entities: Entities,
    dates: Sequence[Date],
    quantities: Sequence[Quantity],
    claims: Sequence[Claim],
) -> tuple[Event, ...]:
    """The events of a text, in order of their triggers."""
    del doc, entities, dates, quantities, claims
    return ()
