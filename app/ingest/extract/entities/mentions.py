"""Candidates: stretches of a text that may refer to an actor or a place."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.ingest.extract.entities.countries import Entry
from app.vocabulary import ActorKind, MentionForm


@dataclass(slots=True)
class Candidate:
    """A noun phrase, name or pronoun before it is known to whom it refers.

    All positions are token indices, ranges half-open: `[start, end)` are the name or the head
    words, `[left, right)` the whole noun phrase, `head` the token that heads it. `entry` is what
    the gazetteer says of a name, `title` the words before a person's name that say the person's
    role, `plural` whether it means several.
    """

    form: MentionForm
    kind: ActorKind
    head: int
    start: int
    end: int
    left: int
    right: int
    entry: Entry | None = None
    country: str | None = None
    plural: bool = False
    gender: str = ""
    title: str = ""
    core_end: int = 0
    sentence: int = 0
    tags: set[str] = field(default_factory=set)
