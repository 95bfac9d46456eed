"""A text that is being written, and who is mentioned where in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from app.ingest.extraction import Mention, Span
from app.vocabulary import MentionForm
from tests.benchmarks.http.patterns import FIRST_WORD, GROUPS, WORD_LENGTHS


class Noted:
    """The text so far; `lengths` are those of its words that stand for others.

    `names` are those of actors, places and sources, by key.
    """

    def __init__(self, chance: Random, names: Mapping[str, str]) -> None:
        self.text = ""
        self.lengths: list[int] = []
        self.mentions: dict[str, list[Mention]] = {}
        self._chance = chance
        self._names = names

    def add(self, words: str) -> Span:
        """Write on; where it stands."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def word(self, length: int | None = None) -> str:
        """A stand-in for a word, which is still to be written."""
        lengths, weights = zip(*WORD_LENGTHS, strict=True)
        (chosen,) = [length] if length else self._chance.choices(lengths, weights)
        self.lengths.append(chosen)
        return chr(FIRST_WORD + len(self.lengths) - 1) * chosen

    def words(self, number: int) -> str:
        """Several stand-ins."""
        return " ".join(self.word() for _ in range(number))

    def mention(self, key: str) -> Span:
        """Write a name, and note that it is mentioned there."""
        span = self.add(self._names[key])
        form = MentionForm.DESCRIPTION if self._names[key] in GROUPS else MentionForm.NAME
        self.mentions.setdefault(key, []).append(Mention(span, span, form))
        return span


def chosen(chance: Random, weighted: Sequence[tuple[object, float]]) -> object:
    """A value, drawn by its weight."""
    values, weights = zip(*weighted, strict=True)
    return chance.choices(values, weights)[0]
