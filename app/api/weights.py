"""The quality values of `Accept` and `Accept-Encoding` (RFC 9110, 12.4.2)."""

from __future__ import annotations


def weighted(header: str) -> dict[str, float]:
    """What a header lists, in lower case, and how much it is wanted, from 0 to 1.

    Other parameters than `q` are left out, and so are members that are malformed. Of a member that
    is listed twice, the last one counts.
    """
    weights: dict[str, float] = {}
    for member in header.lower().split(","):
        name, *parameters = (part.strip() for part in member.split(";"))
        weight = _weight(parameters)
        if weight is not None and name:
            weights[name] = weight
    return weights


def _weight(parameters: list[str]) -> float | None:
    """The `q` among the parameters, 1 where there is none; None where it is malformed."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return None
            return weight if 0 <= weight <= 1 else None
    return 1.0
