"""Events and dates against our own gold.

A gold event and a predicted one are paired one to one where the types are equal and a trigger or
mention of one overlaps a trigger or mention of the other, most words first. A second prediction for
the same event is wrong: several mentions of one event are one event.

  events         paired
  events_any     the same without looking at the type: is it an event at all

Details; precision is over the pairs, recall over all gold events:

  participants   actor and role (initiator, recipient); the actor is right by name, or by words
                 that overlap one of the actor's gold mentions
  place          by name; one name may hold the other ("Port Hallan", "Port Hallan bar")
  date           the same EDTF string
  quantities     low or high as in the gold
  event_certainty, event_polarity, event_tense

  dates          date expressions: spans overlap, and the value is the same. A prediction
                 without a value that meets no gold date is ignored
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tests.evaluation.agreement import (
    Naming,
    Tallies,
    Tally,
    Words,
    is_named,
    overlap,
    pairs,
    plain_name,
)
from tests.evaluation.gold import Event, Report

ATTRIBUTES = ("certainty", "polarity", "tense")

Json = Mapping[str, Any]


class Events:
    """The events of one report beside those found in it."""

    def __init__(self, report: Report, found: Json) -> None:
        self.report = report
        self.words = Words(report.text)
        self.naming = Naming(found)
        self.events: list[Json] = list(found["events"])
        self.dates: list[Json] = list(found["dates"])
        self.located = self._pairs(typed=False)
        self.typed = self._pairs(typed=True)

    def score(self) -> Tallies:
        tallies: Tallies = defaultdict(Tally)
        self._expect(tallies)
        for name, paired in (("events_any", self.located), ("events", self.typed)):
            tallies[name].add(len(paired), len(self.events), len(self.report.events))
        for i, j in self.typed.items():
            self._details(tallies, self.report.events[i], self.events[j])
        self._dates(tallies)
        return tallies

    def _expect(self, tallies: Tallies) -> None:
        """Count what the gold has, found or not."""
        for event in self.report.events:
            tallies["participants"].gold += len(event.initiators) + len(event.recipients)
            tallies["place"].gold += event.place is not None
            tallies["date"].gold += event.date is not None
            tallies["quantities"].gold += len(set(event.quantities))
            for name in ATTRIBUTES:
                tallies[f"event_{name}"].gold += 1

    def _pairs(self, *, typed: bool) -> dict[int, int]:
        return pairs(
            {
                (i, j): overlap(
                    self.words.of(event.triggers),
                    self.words.of([other["trigger"], *other["mentions"]]),
                )
                for i, event in enumerate(self.report.events)
                for j, other in enumerate(self.events)
                if not typed or event.type == other["type"]
            }
        )

    def _details(self, tallies: Tallies, event: Event, other: Json) -> None:
        self._participants(tallies["participants"], event, other)
        place = self.naming.places.get(other["place"]) if other["place"] else None
        _value(tallies["place"], event.place, place, _same_place)
        _value(tallies["date"], event.date, other["date"], str.__eq__)
        gold = set(event.quantities)
        found = {(quantity["low"], quantity["high"]) for quantity in other["quantities"]}
        right = sum(
            any(value in mine for mine in gold for value in theirs if value is not None)
            for theirs in found
        )
        tallies["quantities"].add(min(right, len(gold)), len(found), 0)
        for name in ATTRIBUTES:
            tallies[f"event_{name}"].ask(getattr(event, name) == other[name])

    def _participants(self, tally: Tally, event: Event, other: Json) -> None:
        gold = [("initiator", key) for key in event.initiators]
        gold += [("recipient", key) for key in event.recipients]
        found = [part for part in other["participants"] if part["role"] != "other"]
        right = pairs(
            {
                (i, j): float(role == part["role"] and self._is_actor(key, part))
                for i, (role, key) in enumerate(gold)
                for j, part in enumerate(found)
            }
        )
        tally.add(len(right), len(found), 0)

    def _is_actor(self, key: str, part: Json) -> bool:
        party = self.report.parties[key]
        if is_named(party, self.naming.actors.get(part["actor"])):
            return True
        return bool(self.words.of(party.mentions) & self.words.of(part["spans"]))

    def _dates(self, tallies: Tallies) -> None:
        gold = [(self.words.of(spans), edtf) for spans, edtf in self.report.dates]
        found = [(self.words.of([date["span"]]), date["edtf"]) for date in self.dates]
        paired = pairs(
            {(i, j): overlap(mine, theirs)
             for i, (mine, _) in enumerate(gold) for j, (theirs, _) in enumerate(found)}
        )  # fmt: skip
        right = sum(gold[i][1] == found[j][1] for i, j in paired.items())
        counted = [
            edtf for j, (_, edtf) in enumerate(found) if edtf is not None or j in paired.values()
        ]
        tallies["dates"].add(right, len(counted), len(gold))


def _value(tally: Tally, gold: str | None, found: str | None, same: Any) -> None:
    agree = gold is not None and found is not None and same(gold, found)
    tally.add(agree, found is not None, 0)


def _same_place(gold: str, found: str) -> bool:
    mine, theirs = f" {plain_name(gold)} ", f" {plain_name(found)} "
    return mine in theirs or theirs in mine
