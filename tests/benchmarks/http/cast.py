"""Invented actors, sources and places that reports share, under the ids that the product gives."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random

from app import schemas
from app.ingest.extraction import Actor, Mention, Place, Span
from app.ingest.identify import identify, name_id, place_id
from app.lexicon import table
from app.vocabulary import ActorKind, MentionForm
from tests.benchmarks.http.patterns import BODY, FORCE, GOVERNMENT, MINISTER, OUTLET, PLACE, Class
from tests.benchmarks.http.words import Popularity, word

FIRST_NAMES = 500
_NAMED = (Mention(Span(0, 1), Span(0, 1), MentionForm.NAME),)
_ANOTHER = 1_000_003
"""Added to a rank whose name is taken: beyond all ranks that are drawn."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone whom reports speak of; `ref` is the JSON of an actor in short, "" of others."""

    id: str
    name: str
    country: str | None
    ref: str


class Cast:
    """Everyone in an archive of so many claims: it grows with it, more slowly (Heaps' law)."""

    def __init__(self, claims: int) -> None:
        persons = round(0.35 * claims**0.85)
        sizes = {
            GOVERNMENT: len(_countries()),
            BODY: persons // 2,
            MINISTER: persons // 4,
            FORCE: persons // 40,
            OUTLET: round(claims**0.55),
            PLACE: round(0.5 * claims**0.7),
        }
        self._persons = Popularity(max(persons, 20))
        self._popularity = {kind: Popularity(max(size, 20)) for kind, size in sizes.items()}
        self._members: dict[tuple[Class, int], Member] = {}
        self._taken: set[tuple[bool, str]] = set()

    def draw(self, kinds: Iterable[Class], chance: Random) -> list[int]:
        """A rank for each of these, no two of one class the same."""
        ranks: list[int] = []
        drawn: set[tuple[Class, int]] = set()
        for kind in kinds:
            popularity = self._popularity.get(kind, self._persons)
            rank = popularity.draw(chance)
            while (kind, rank) in drawn:
                rank = popularity.draw(chance)
            drawn.add((kind, rank))
            ranks.append(rank)
        return ranks

    def member(self, kind: Class, rank: int) -> Member:
        """Who has this rank, always the same."""
        found = self._members.get((kind, rank))
        if found is None:
            found = _member(kind, rank)
            while (kind is PLACE, found.id) in self._taken:
                rank += _ANOTHER
                found = _member(kind, rank)
            self._taken.add((kind is PLACE, found.id))
            self._members[kind, rank % _ANOTHER] = found
        return found


def _member(kind: Class, rank: int) -> Member:
    *first, last = kind.lengths
    words = [*(word(rank % FIRST_NAMES, length) for length in first), word(rank, last)]
    name = " ".join(words).title()
    country = _country(kind, rank) if kind.has_country else None
    if kind is OUTLET:
        return Member(name_id(name), name, None, "")
    if kind is PLACE:
        return Member(place_id(Place("", name, country, _NAMED)), name, country, "")
    its_kind = ActorKind(kind.kind or "")
    id_ = identify(Actor("", name, its_kind, country, _NAMED), "r_").id
    ref = schemas.ActorRef(id=id_, name=name, kind=its_kind, country=country)
    return Member(id_, name, country, ref.model_dump_json())


def _country(kind: Class, rank: int) -> str:
    countries = _countries()
    if kind is GOVERNMENT:
        return countries[rank % len(countries)]
    sums = _country_sums()
    return countries[bisect(sums, Random(rank).random() * sums[-1])]


@cache
def _countries() -> list[str]:
    return [row["code"] for row in table("countries")]


@cache
def _country_sums() -> list[float]:
    return Popularity(len(_countries())).sums
