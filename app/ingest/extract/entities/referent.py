"""Somebody, something or some place that a report speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.ingest.extract.entities.mentions import Candidate
from app.vocabulary import ActorKind


@dataclass(slots=True, eq=False)
class Referent:
    """An actor or place with all its candidates; equal only to itself.

    `words`, `nouns` and `classes` are what descriptions and names have said of it (see `bearers`),
    `gender` is "male", "female" or "" for what the text does not tell, `plural` whether it was
    introduced as several, `was_subject` whether it was a subject in the sentence of its latest
    mention.
    """

    kind: ActorKind
    name: str
    country: str | None
    is_place: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    aliases: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    gender: str = ""
    plural: bool = False
    named: bool = False
    certain: bool = False
    was_subject: bool = False
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is one person."""
        return self.kind is ActorKind.PERSON

    def last_sentence(self) -> int:
        """The sentence of the latest mention, or -1."""
        return self.candidates[-1].sentence if self.candidates else -1

    def add(self, candidate: Candidate) -> None:
        """Record a mention."""
        is_subject = "subject" in candidate.tags
        same_sentence = self.last_sentence() == candidate.sentence
        self.was_subject = is_subject or (same_sentence and self.was_subject)
        self.candidates.append(candidate)
