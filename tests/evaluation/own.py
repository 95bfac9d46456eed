"""Our own gold scored: every figure of one split from one run of the extractor over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.evaluation import actors
from tests.evaluation.agreement import Tallies, Tally
from tests.evaluation.claims import Claims
from tests.evaluation.events import Events
from tests.evaluation.gold import Report

FIGURES = (
    *("claims", "claims_named", "chain", "chain_long", "act", "directness", "polarity", "status"),
    *("certainty", "hedges", "responses", "said_on"),
    *("mentions", "coreference", "actor_name", "actor_kind", "actor_country"),
    *("events", "events_any", "participants", "place", "date", "quantities"),
    *("event_certainty", "event_polarity", "event_tense", "dates"),
)
"""All figures, in the order of the table; each is defined in the module that counts it."""

DETAILS = frozenset(FIGURES) - {
    *("claims", "claims_named", "responses", "mentions", "coreference", "events", "events_any"),
    "dates",
}
"""Figures about what was paired: precision is over the pairs only, so a new, harder pair may lower
it. The ratchet therefore holds their recall, which is over all that is annotated."""

PRECISION = frozenset({"events"})
"""Figures whose precision is held beside the F1: public event data can't tell it."""

Extract = Callable[[str, str | None], Mapping[str, Any]]


def tallies(reports: Iterable[Report], extract: Extract) -> Tallies:
    """The counts over all reports. `extract` takes text and ISO date, gives the contract's JSON."""
    totals: Tallies = {name: Tally() for name in FIGURES}
    for report in reports:
        found = extract(report.text, report.published_on)
        for part in (
            Claims(report, found).score(),
            actors.score(report, found),
            Events(report, found).score(),
        ):
            for name, tally in part.items():
                totals[name].add(tally.right, tally.predicted, tally.gold, tally.recalled)
    return totals


def figures(totals: Tallies) -> dict[str, float]:
    """What the ratchet holds: the F1 of each, the recall of details, the precision of events."""
    held = {name: tally.recall if name in DETAILS else tally.f1 for name, tally in totals.items()}
    return held | {f"{name} precision": totals[name].precision for name in PRECISION}
