"""Which content codings a client accepts (RFC 9110, 12.5.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from app.api.weights import weighted

CODINGS = ("zstd", "gzip")
"""What can be made, the preferred one first: zstd (RFC 8878) is smaller and five times as fast."""


class Accepted(NamedTuple):
    """`coding` is the best one for this client, if any; `identity`, whether none will do too."""

    coding: str | None
    identity: bool


@lru_cache(maxsize=256)  # clients are many, their headers few
def accepted(header: str) -> Accepted:
    """What an `Accept-Encoding` asks for; an empty one asks for no coding. Raises nothing."""
    weights = {name.removeprefix("x-"): weight for name, weight in weighted(header).items()}
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in CODINGS}
    best = max(CODINGS, key=wanted.__getitem__)  # the first of equals
    plain = weights.get("identity", weights.get("*", 1.0))
    # Of those that are wanted equally, a coded answer is the shorter one.
    coded = wanted[best] > 0 and wanted[best] >= weights.get("identity", 0.0)
    return Accepted(best if coded or (plain == 0 and wanted[best] > 0) else None, plain > 0)
