"""Whom "the company", "the ministry" or "the diplomat" means: the latest whom the words fit.

A definite description takes up an actor that the text described or named before (Vieira and
Poesio 2000, "An empirically based system for processing definite descriptions", whose cases are
the same head noun, bridging by name, and new). It fits whoever was described by the same noun, and
by a noun or name of the same class: "the company" takes up "the operator Lynx" and "Lynx Ltd".
What else the description says must have been said before: "the foreign minister" is not the
minister of defence, and "another company" none of those before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from app.ingest.extract.entities.referent import Referent
from app.lexicon import table

REACH = 12
"""Sentences back that a description of a known noun or class may refer to."""

_NEAR = 4
"""Sentences back that it may refer to an organization of which no class is known."""

_KEPT = 8
"""Referents kept for a noun; those mentioned longer ago are out of reach in most texts."""

_UNKNOWN = "?"
_OF = frozenset({"of", "for", "in", "at", "to", "from", "on", "with", "by"})


@dataclass(frozen=True, slots=True)
class Description:
    """A definite description: its head noun, what else it says, and where it stands."""

    noun: str
    modifiers: frozenset[str]
    sentence: int
    plural: bool
    is_person: bool
    is_place: bool
    country: str | None


@cache
def _classes() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For each noun the classes that it tells of its bearer, and those that it may take up."""
    return {
        row["noun"]: (frozenset(row["tells"].split()), frozenset(row["takes_up"].split()))
        for row in table("description_classes")
    }


def classes_told_by(noun: str) -> frozenset[str]:
    """The classes that the noun tells of whom it describes: "weekly" tells "media"."""
    tells, _ = _classes().get(noun, (frozenset(), frozenset()))
    return tells


def head_noun(phrase: str) -> str:
    """The noun that heads a role or name: "minister" of "minister of state for trade"."""
    parts = phrase.lower().split()
    for i, word in enumerate(parts):
        if i and word in _OF:
            return parts[i - 1].strip(",")
    return parts[-1].strip(",") if parts else ""


def _compound(phrase: str, noun: str) -> str:
    """The noun with the word before it: "prime minister" in "Former Prime Minister"."""
    parts = phrase.lower().split()
    position = parts.index(noun) if noun in parts else 0
    return " ".join(parts[position - 1 : position + 1])


class Bearers:
    """Referents by the nouns and classes that describe them, the latest mentioned last."""

    def __init__(self) -> None:
        self._recent: defaultdict[str, list[Referent]] = defaultdict(list)

    def describe(self, referent: Referent, phrase: str, noun: str = "") -> None:
        """Remember that a phrase describes the referent; `noun` heads it."""
        noun = noun or head_noun(phrase)
        referent.words.update(phrase.lower().replace("-", " ").split())
        if noun:
            referent.nouns.add(noun)
            referent.classes.update(classes_told_by(noun))
            referent.classes.update(classes_told_by(_compound(phrase, noun)))
        if referent.candidates:
            self.mention(referent)

    def mention(self, referent: Referent) -> None:
        """Let the referent be the latest of those that its nouns and classes describe."""
        keys = [*referent.nouns, *(f"class {name}" for name in referent.classes)]
        if referent.named and not referent.classes and not referent.is_place:
            keys.append(_UNKNOWN)
        for key in keys:
            recent = self._recent[key]
            if recent and recent[-1] is referent:
                continue
            if referent in recent:
                recent.remove(referent)
            recent.append(referent)
            del recent[:-_KEPT]

    def find(self, description: Description) -> Referent | None:
        """The latest referent that fits, or None."""
        _, takes_up = _classes().get(description.noun, (frozenset(), frozenset()))
        found = [
            referent
            for key in (description.noun, *(f"class {name}" for name in takes_up))
            for referent in self._recent.get(key, ())
            if _fits(referent, description, REACH)
        ]
        if not found and "*" in takes_up:
            found = [
                referent
                for referent in self._recent.get(_UNKNOWN, ())
                if _fits(referent, description, _NEAR)
                and referent.kind.value in {"organization", "armed_force", "group"}
            ]
        return max(found, key=lambda r: (r.last_sentence(), r.was_subject), default=None)


def _fits(referent: Referent, description: Description, reach: int) -> bool:
    if description.sentence - referent.last_sentence() > reach:
        return False
    if referent.is_person is not description.is_person:
        return False
    if referent.is_place is not description.is_place or referent.plural is not description.plural:
        return False
    if description.country and referent.country and description.country != referent.country:
        return False
    return description.modifiers <= referent.words
