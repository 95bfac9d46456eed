"""The widest noun phrase around each candidate."""

from __future__ import annotations

from collections.abc import Sequence

from app.ingest.extract.entities.mentions import Candidate


def widest_extents(candidates: Sequence[Candidate]) -> dict[int, tuple[int, int]]:
    """For each head token, the range of the outermost noun phrase that its candidate stands in.

    Candidates must be sorted by `left`, wider ones first. A name that modifies a noun ("Iraqi
    forces") or complements one ("the people of Iraq") is no noun phrase of its own there: its
    extent is that of the phrase. Published gold (re3d) marks the same outermost phrases.
    """
    extents: dict[int, tuple[int, int]] = {}
    left, right = 0, 0
    for candidate in candidates:
        if candidate.left >= right:
            left, right = candidate.left, candidate.right
        inside = candidate.right <= right
        extents[candidate.head] = (left, right) if inside else (candidate.left, candidate.right)
    return extents
