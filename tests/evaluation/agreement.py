"""What the scorers of our own gold share: words, names, pairing, and counting."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.evaluation.gold import Party

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")


@dataclass
class Tally:
    """Counts behind precision, recall and F1.

    `right` is counted among the predicted and `recalled` among the gold: the same number, unless
    the figure gives parts of a point. For a detail of paired things, `predicted` counts the pairs
    and `gold` all that is annotated: precision is how often it is right where the thing is found.
    """

    right: float = 0
    recalled: float = 0
    predicted: float = 0
    gold: float = 0

    def add(
        self, right: float, predicted: float, gold: float, recalled: float | None = None
    ) -> None:
        self.right += right
        self.recalled += right if recalled is None else recalled
        self.predicted += predicted
        self.gold += gold

    def ask(self, agrees: bool) -> None:
        """Count one yes-or-no question about a pair; `gold` is added up elsewhere."""
        self.add(agrees, 1, 0)

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.recalled / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Tallies = dict[str, Tally]


@dataclass
class Words:
    """The words of a text; spans are compared by the words they touch, never by punctuation."""

    text: str
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        found = [match.span() for match in _WORD.finditer(self.text)]
        self.starts = [start for start, _ in found]
        self.ends = [end for _, end in found]

    def of(self, spans: Iterable[Sequence[int]]) -> frozenset[int]:
        """Numbers of the words that the spans touch."""
        touched: set[int] = set()
        for start, end in spans:
            touched.update(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))
        return frozenset(touched)


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Intersection over union."""
    return len(a & b) / len(a | b) if a | b else 0.0


def pairs(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """One-to-one pairs, best score first, ties in order; scores of zero pair nothing."""
    paired: dict[int, int] = {}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if scores[i, j] and i not in paired and j not in paired.values():
            paired[i] = j
    return paired


def plain_name(name: str) -> str:
    """A name for comparison: without case, article, possessive, full stops and extra blanks."""
    small = _POSSESSIVE.sub("", name.casefold()).replace(".", "")
    return _ARTICLE.sub("", " ".join(small.split()))


def is_named(party: Party, name: str | None) -> bool:
    """Whether the name is one that the party may be called by."""
    return name is not None and plain_name(name) in {plain_name(known) for known in party.names}


class Naming:
    """The names behind the keys of one prediction."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.actors = {actor["key"]: actor["name"] for actor in found["actors"]}
        self.sources = {source["key"]: source for source in found["sources"]}
        self.places = {place["key"]: place["name"] for place in found["places"]}

    def of_source(self, key: str | None) -> set[str]:
        """The source's name, and the name of the actor that it is."""
        source = self.sources.get(key) if key else None
        if not source:
            return set()
        actor = self.actors.get(source.get("actor"))
        return {source["name"]} | ({actor} if actor else set())
