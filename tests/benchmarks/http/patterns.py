"""Patterns of reports: documents with what extraction would find in them, made to be copied.

A pattern is stored by the product itself and then copied with other words, names, days and ids
(`copies.py`). What a copy replaces is therefore marked: words are runs of one private character,
names begin with "Zzq", days lie in 1903. All stand-ins are as long as what replaces them, so that
spans stay right. Sizes are those of our gold reports: 25 claims, ten events, one to two links a
claim, 2,500 characters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.ingest.document import Document
from app.ingest.extraction import Extraction
from app.vocabulary import ActorKind, SourceKind

CLAIMS = 25
DAY = dt.date(1903, 3, 15)
"""The day on which patterns are published; what they tell of lies in the week before."""

FIRST_WORD, FIRST_COUNTRY = 0xE000, 0xF000
WORD_LENGTHS = ((4, 4), (5, 5), (6, 4), (7, 4), (8, 3), (9, 2))
"""Lengths of words and how often they come."""


@dataclass(frozen=True, slots=True)
class Class:
    """Actors, sources or places of one kind and shape; `lengths` are those of a name's words."""

    name: str
    kind: ActorKind | SourceKind | None
    lengths: tuple[int, ...]
    has_country: bool
    source: SourceKind | None = None


GOVERNMENT = Class(
    "government", ActorKind.GOVERNMENT, (8,), has_country=True, source=SourceKind.GOVERNMENT
)
PERSON = Class("person", ActorKind.PERSON, (6, 8), has_country=False, source=SourceKind.PERSON)
MINISTER = Class("minister", ActorKind.PERSON, (5, 7), has_country=True, source=SourceKind.PERSON)
BODY = Class(
    "body", ActorKind.ORGANIZATION, (7, 9), has_country=True, source=SourceKind.ORGANIZATION
)
FORCE = Class(
    "force", ActorKind.ARMED_FORCE, (6, 7), has_country=True, source=SourceKind.ARMED_FORCE
)
OUTLET = Class("outlet", SourceKind.MEDIA, (5, 6), has_country=False)
PLACE = Class("place", None, (7,), has_country=True)
CAST = (*[GOVERNMENT] * 3, *[PERSON] * 3, *[MINISTER] * 2, *[BODY] * 3, FORCE)
"""The named actors of a report."""

GROUPS = ("fishermen of the upper harbour", "villagers")
"""Actors without a name, which come to them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Someone or somewhere in a pattern whom copies replace; `number` is unique in the pattern."""

    kind: Class
    number: int

    @property
    def name(self) -> str:
        """As long as the names of its class: "Zzqabxxx Zzqabyyyy"."""
        return " ".join(
            f"Zzq{_letters(self.number)}".ljust(length, "xy"[at])
            for at, length in enumerate(self.kind.lengths)
        )

    @property
    def country(self) -> str | None:
        """Two private characters."""
        return chr(FIRST_COUNTRY + self.number) * 2 if self.kind.has_country else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A document, what is found in it, and whom copies replace."""

    document: Document
    extraction: Extraction
    slots: tuple[Slot, ...]
    word_lengths: tuple[int, ...]


def _letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)
