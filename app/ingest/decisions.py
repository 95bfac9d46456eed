"""Decisions on who an actor is, as data: from the id that a report gives to the one that counts.

A decision leads from one id to another, in all reports (a merge) or in one (a split). Decisions
are followed from the id that the report alone gives (`app.ingest.resolve`) until none is left, so
that later ones build on earlier ones and one that is taken back leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.ingest.identify import report_digest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading belongs: in the row `held_as`, which stands for the actor `counts_as`."""

    held_as: str
    counts_as: str


class CircularError(Exception):
    """Following the decisions from an id leads back to it; the message is that id."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions: merges by id, splits by id and report."""

    merges: dict[str, str] = field(default_factory=dict)
    splits: dict[tuple[str, str], str] = field(default_factory=dict)

    def place(self, id_: str, report_id: str) -> Place:
        """Where what a report says of an actor belongs; `id_` is what the report alone gives.

        What was split off on the way is held in a row of this report only. Raises CircularError.
        """
        current, passed, is_split = id_, {id_}, False
        while following := self._next(current, report_id):
            is_split = is_split or (current, report_id) in self.splits
            if following in passed:
                raise CircularError(following)
            passed.add(following)
            current = following
        return Place(split_id(id_, report_id) if is_split else id_, current)

    def check(self) -> None:
        """Raises CircularError where following decisions would never end, whatever reports say."""
        for id_ in self.merges:
            self.place(id_, "")
        for id_, report_id in self.splits:
            self.place(id_, report_id)

    def reached_from(self, ids: Iterable[str]) -> list[str]:
        """These ids, and all to which decisions lead from there, in whatever report."""
        edges = [*self.merges.items(), *((id_, into) for (id_, _), into in self.splits.items())]
        reached = set(ids)
        while new := {into for id_, into in edges if id_ in reached} - reached:
            reached |= new
        return sorted(reached)

    def _next(self, id_: str, report_id: str) -> str | None:
        return self.splits.get((id_, report_id)) or self.merges.get(id_)


def decisions(rows: Iterable[tuple[str, str | None, str]]) -> Decisions:
    """Decisions from `(actor id, report id or None, id that it leads to)`."""
    made = Decisions()
    for actor_id, report_id, into_id in rows:
        if report_id is None:
            made.merges[actor_id] = into_id
        else:
            made.splits[actor_id, report_id] = into_id
    return made


SPLIT_DIGEST = 6
"""Characters of a report's digest in the id of an actor split off by hand: those are few."""


def own_id(held_as: str, report_id: str) -> str:
    """The id that the report alone gives, from that of the row that holds the reading."""
    return held_as.removesuffix(split_id("", report_id))


def split_id(id_: str, report_id: str) -> str:
    """The id of an actor as one report has it: `ana-ruiz-in-3fk2mq`."""
    return f"{id_}-in-{report_digest(report_id)[:SPLIT_DIGEST]}"
