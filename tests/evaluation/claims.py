"""Claims against our own gold.

An attributed gold claim and a predicted claim are paired one to one by the overlap of their
contents (words, intersection over union), from one half up. Predictions that fit a hedged
sentence of narration better are set aside, neither right nor wrong.

  claims         paired, and the words of the origins overlap (or neither has any)
  claims_named   paired, and the origin has the right name: "he" is Levan Tsereteli
  responses      the claim is paired, stance and responder are right

Details of the pairs; precision is over the pairs, recall over all gold claims:

  chain          as many links, each with the right name, in order
  chain_long     the same for gold chains of two links or more
  act, directness, polarity, status
  certainty      hedged narration included
  hedges         hedged narration included; spans that share a word
  said_on        for gold claims that have one

A name is right where it is among the gold's names. Parties that the report only describes ("two
officials", "a letter") may be called anything: there the words must overlap.
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
)
from tests.evaluation.gold import Claim, Link, Report

ENOUGH = 0.5
"""Least overlap of contents: as the PolNeAR scorer's `content_half`."""

ATTRIBUTES = ("act", "directness", "polarity", "status")

Json = Mapping[str, Any]


class Claims:
    """The claims of one report beside those found in it."""

    def __init__(self, report: Report, found: Json) -> None:
        self.report = report
        self.words = Words(report.text)
        self.naming = Naming(found)
        self.found: list[Json] = list(found["claims"])
        self.mentions = {
            actor["key"]: [mention["span"] for mention in actor["mentions"]]
            for actor in found["actors"]
        }
        paired = pairs(
            {
                (i, j): score
                for i, claim in enumerate(report.claims)
                for j, other in enumerate(self.found)
                if (score := self._fit(claim, other)) >= ENOUGH
            }
        )
        self.pairs = [(report.claims[i], self.found[j]) for i, j in sorted(paired.items())]
        narrated = {j for i, j in paired.items() if not report.claims[i].chain}
        self.attributed = [
            claim
            for j, claim in enumerate(self.found)
            if claim["attribution"] and j not in narrated
        ]

    def score(self) -> Tallies:
        tallies: Tallies = defaultdict(Tally)
        self._expect(tallies)
        self._origins(tallies)
        for claim, other in self.pairs:
            self._certainty(tallies, claim, other)
            if claim.chain:
                self._attributes(tallies, claim, other)
        self._responses(tallies)
        return tallies

    def _fit(self, claim: Claim, other: Json) -> float:
        """Overlap of the contents; narration pairs with narration where there is a choice."""
        score = overlap(self.words.of(claim.content), self.words.of(other["content"]))
        alike = bool(claim.chain) == bool(other["attribution"])
        if claim.chain and not alike:
            return 0.0
        return score + (0.001 if alike and score >= ENOUGH else 0.0)

    def _expect(self, tallies: Tallies) -> None:
        """Count what the gold has, found or not."""
        for claim in self.report.claims:
            tallies["certainty"].gold += 1
            tallies["hedges"].gold += len(claim.hedges)
            if claim.chain:
                for name in ("chain", *ATTRIBUTES):
                    tallies[name].gold += 1
                tallies["chain_long"].gold += len(claim.chain) > 1
                tallies["said_on"].gold += claim.said_on is not None

    def _origins(self, tallies: Tallies) -> None:
        gold = sum(bool(claim.chain) for claim in self.report.claims)
        paired = [(claim, other) for claim, other in self.pairs if claim.chain]
        links = [(claim.chain[-1], other["attribution"][-1]) for claim, other in paired]
        touching = sum(self._touches(link, other) for link, other in links)
        named = sum(self.is_right(link, other) for link, other in links)
        tallies["claims"].add(touching, len(self.attributed), gold)
        tallies["claims_named"].add(named, len(self.attributed), gold)

    def _attributes(self, tallies: Tallies, claim: Claim, other: Json) -> None:
        chain = len(claim.chain) == len(other["attribution"]) and all(
            map(self.is_right, claim.chain, other["attribution"])
        )
        tallies["chain"].ask(chain)
        if len(claim.chain) > 1:
            tallies["chain_long"].ask(chain)
        for name in ATTRIBUTES:
            tallies[name].ask(getattr(claim, name) == other[name])
        if claim.said_on:
            tallies["said_on"].ask(claim.said_on == other["said_on"])

    def _certainty(self, tallies: Tallies, claim: Claim, other: Json) -> None:
        tallies["certainty"].ask(claim.certainty == other["certainty"])
        gold = [self.words.of([span]) for span in claim.hedges]
        found = [self.words.of([span]) for span in other["hedges"]]
        right = pairs(
            {(i, j): overlap(a, b) for i, a in enumerate(gold) for j, b in enumerate(found)}
        )
        tallies["hedges"].add(len(right), len(found), 0)

    def _responses(self, tallies: Tallies) -> None:
        right = sum(
            any(self._answers(response.actor, response.stance, made) for made in other["responses"])
            for claim, other in self.pairs
            for response in claim.responses
        )
        predicted = sum(len(claim["responses"]) for claim in self.attributed)
        gold = sum(len(claim.responses) for claim in self.report.claims)
        tallies["responses"].add(right, max(predicted, right), gold)

    def _answers(self, actor: str | None, stance: str, made: Json) -> bool:
        if made["stance"] != stance:
            return False
        if actor is None:
            return made["actor"] is None
        if made["actor"] is None:
            return False
        party = self.report.parties[actor]
        if is_named(party, self.naming.actors.get(made["actor"])):
            return True
        theirs = self.words.of(self.mentions.get(made["actor"], ()))
        return party.is_described and bool(self.words.of(party.mentions) & theirs)

    def _touches(self, link: Link, other: Json) -> bool:
        mine, theirs = self.words.of(link.words), self.words.of(other["spans"])
        return bool(mine & theirs) or not (mine or theirs)

    def is_right(self, link: Link, other: Json) -> bool:
        """Whether a predicted link has the source that the gold's link has."""
        if link.source is None:
            return other["source"] is None
        party = self.report.parties[link.source]
        if any(is_named(party, name) for name in self.naming.of_source(other["source"])):
            return True
        return party.is_described and bool(link.words) and self._touches(link, other)
