"""Actors against our own gold: are the mentions found, and is each actor one actor?

Mentions are paired one to one, from half of their words up, or where the last words agree (the
head of most English names and noun phrases, which is what our gold marks). Actors of the kind
`place` are left out: the gold marks a place only where it acts.

  mentions      mentions paired
  coreference   LEA, the link-based entity-aware metric (Moosavi and Strube 2016, "Which
                coreference evaluation metric do you trust?"): each actor counts by its number
                of mentions, with the share of its links (pairs of mentions, or the mention
                itself where there is but one) that the other side has

Details, with precision over the gold actors that share a mention with a predicted one (the one with
most mentions in common), and recall over all gold actors:

  actor_name, actor_kind
  actor_country   where the gold has one
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tests.evaluation.agreement import Tallies, Tally, Words, is_named, overlap, pairs
from tests.evaluation.gold import Report

Entity = frozenset[int]


def score(report: Report, found: Mapping[str, Any]) -> Tallies:
    """The tallies named above, for one report."""
    words = Words(report.text)
    parties = [party for party in report.parties.values() if party.is_actor]
    actors = [actor for actor in found["actors"] if actor["kind"] != "place"]
    gold_mentions = [(i, span) for i, party in enumerate(parties) for span in party.mentions]
    mentions = [
        (j, mention["span"]) for j, actor in enumerate(actors) for mention in actor["mentions"]
    ]
    gold_words = [words.of([span]) for _, span in gold_mentions]
    found_words = [words.of([span]) for _, span in mentions]
    paired = pairs(
        {
            (i, j): fit
            for i, mine in enumerate(gold_words)
            for j, theirs in enumerate(found_words)
            if (fit := _fit(mine, theirs))
        }
    )
    tallies: Tallies = defaultdict(Tally)
    tallies["mentions"].add(len(paired), len(mentions), len(gold_mentions))

    number = {j: i for i, j in paired.items()}
    # A mention that has no partner gets a number that the other side does not have.
    gold = _entities([owner for owner, _ in gold_mentions], range(len(gold_mentions)))
    predicted = _entities(
        [owner for owner, _ in mentions], [number.get(j, -1 - j) for j in range(len(mentions))]
    )
    mine, theirs = list(gold.values()), list(predicted.values())
    tallies["coreference"].add(
        sum(len(entity) * resolved(entity, mine) for entity in theirs),
        len(mentions),
        len(gold_mentions),
        recalled=sum(len(entity) * resolved(entity, theirs) for entity in mine),
    )

    tallies["actor_name"].gold = tallies["actor_kind"].gold = len(parties)
    tallies["actor_country"].gold = sum(party.country is not None for party in parties)
    shared = Counter((gold_mentions[i][0], mentions[j][0]) for i, j in paired.items())
    for i, j in pairs({pair: float(count) for pair, count in shared.items()}).items():
        tallies["actor_name"].ask(is_named(parties[i], actors[j]["name"]))
        tallies["actor_kind"].ask(parties[i].kind == actors[j]["kind"])
        if parties[i].country:
            tallies["actor_country"].ask(parties[i].country == actors[j]["country"])
    return tallies


def _fit(mine: Entity, theirs: Entity) -> float:
    """Overlap of two mentions; 0 where it is too little to be the same mention."""
    fit = overlap(mine, theirs)
    same_head = bool(mine and theirs) and max(mine) == max(theirs)
    return fit if fit >= 0.5 or same_head else 0.0


def _entities(owners: Sequence[int], numbers: Sequence[int]) -> dict[int, Entity]:
    members: dict[int, set[int]] = defaultdict(set)
    for owner, number in zip(owners, numbers, strict=True):
        members[owner].add(number)
    return {owner: frozenset(group) for owner, group in members.items()}


def resolved(entity: Entity, others: Sequence[Entity]) -> float:
    """Share of the entity's links that the others have."""
    if len(entity) == 1:
        return float(any(entity == other for other in others))
    return sum(_links(len(entity & other)) for other in others) / _links(len(entity))


def _links(size: int) -> int:
    return size * (size - 1) // 2
