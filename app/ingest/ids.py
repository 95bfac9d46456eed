"""The ids of claims and events: the same for the same report on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.identity import digest
from app.ingest.extraction import Claim, Event
from app.ingest.resolve import Resolution


def claim_ids(report_id: str, claims: Sequence[Claim], resolution: Resolution) -> list[str]:
    """Ids from where a claim stands in its report and who says it."""
    return _distinct(
        (
            report_id,
            claim.content,
            [
                (resolution.source_ids.get(link.source or ""), link.cue)
                for link in claim.attribution
            ],
        )
        for claim in claims
    )


def event_ids(report_id: str, events: Sequence[Event]) -> list[str]:
    """Ids from where an event stands in its report and its type."""
    return _distinct(
        ((report_id, event.type, event.trigger) for event in events),
        prefix="e",
    )


def _distinct(identities: Iterable[tuple[Any, ...]], prefix: str = "c") -> list[str]:
    """One id for each identity; the second of two equal ones is numbered."""
    seen: dict[str, int] = {}
    ids = []
    for identity in identities:
        id_ = digest(prefix, *identity)
        seen[id_] = seen.get(id_, 0) + 1
        ids.append(id_ if seen[id_] == 1 else digest(prefix, *identity, seen[id_]))
    return ids
