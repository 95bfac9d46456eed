"""Which content codings a client accepts (RFC 9110, 12.5.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

CODINGS = ("zstd", "gzip")
"""What can be made, the preferred one first: zstd (RFC 8878) is smaller and five times as fast."""


class Accepted(NamedTuple):
    """`coding` is the best one for this client, if any; `identity`, whether none will do too."""

    coding: str | None
    identity: bool


@lru_cache(maxsize=256)  # clients are many, their headers few
def accepted(header: str) -> Accepted:
    """What an `Accept-Encoding` asks for; an empty one asks for no coding. Raises nothing."""
    weights: dict[str, float] = {}
    for member in header.lower().split(","):
        name, _, parameters = member.partition(";")
        weight = _weight(parameters)
        if weight is not None and name.strip():
            weights[name.strip().removeprefix("x-")] = weight
    others = weights.get("*", 0.0)
    wanted = {name: weights.get(name, others) for name in CODINGS}
    best = max(CODINGS, key=wanted.__getitem__)  # the first of equals
    plain = weights.get("identity", weights.get("*", 1.0))
    # Of those that are wanted equally, a coded answer is the shorter one.
    coded = wanted[best] > 0 and wanted[best] >= weights.get("identity", 0.0)
    return Accepted(best if coded or (plain == 0 and wanted[best] > 0) else None, plain > 0)


def _weight(parameters: str) -> float | None:
    """The `q` of a member, from 0 to 1; None where it is malformed."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return None
    return weight if name.strip() == "q" and 0 <= weight <= 1 else None
