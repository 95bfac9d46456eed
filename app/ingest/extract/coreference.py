"""One referent for all the words of a report that mean it.

Candidates are read from left to right; each joins the referent that its words single out, or opens
a new one. Unsure is not merged: a surname that two people bear stays by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.ingest.extract.mentions import Candidate
from app.vocabulary import ActorKind, MentionForm

_ENDS = re.compile(r"'s?$|^(?:the|a|an) ")
_SEPARATORS = re.compile(r"[\s\-–.]+")
_WORD = re.compile(r"[\w’']+")
_PRONOUN_REACH = 3
"""Sentences back that a pronoun of the third person may refer to."""

_HE_SHE = frozenset({"he", "she", "him", "his", "her"})
_ROLE_REACH = 12
"""Sentences back that "the minister" may refer to a named minister."""


@dataclass(slots=True)
class Referent:
    """Somebody, something or some place that a report speaks of, with all its candidates."""

    kind: ActorKind
    name: str
    country: str | None
    is_place: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    aliases: dict[str, None] = field(default_factory=dict)
    roles: dict[str, None] = field(default_factory=dict)
    gender: str = ""
    named: bool = False
    certain: bool = False
    latitude: float | None = None
    longitude: float | None = None

    def last_sentence(self) -> int:
        """The sentence of the latest mention."""
        return self.candidates[-1].sentence if self.candidates else -1


def normal_name(name: str) -> str:
    """The name without article, possessive, accents, hyphens and case: what equal names share."""
    plain = name.replace("’", "'")
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    plain = _ENDS.sub("", plain.casefold().strip())
    return _SEPARATORS.sub(" ", plain).strip() or name


def initials(name: str) -> str:
    """The capitals that an acronym of the name would have: "SDF" for "Syrian Democratic Forces"."""
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())


class Register:
    """The referents met so far, by what their mentions may call them."""

    def __init__(self) -> None:
        self.referents: list[Referent] = []
        self._by_key: dict[tuple[str, str], Referent] = {}
        self._by_surname: dict[str, list[Referent]] = {}
        self._by_initials: dict[str, list[Referent]] = {}
        self._by_role: dict[str, list[Referent]] = {}
        self._recent_people: list[Referent] = []
        self._recent_others: list[Referent] = []

    def keyed(self, space: str, key: str) -> Referent | None:
        """The referent that has this key."""
        return self._by_key.get((space, key))

    def open(self, referent: Referent, keys: Iterable[tuple[str, str]]) -> Referent:
        """Enter a new referent under its keys; a key that is taken stays with its owner."""
        self.referents.append(referent)
        for key in keys:
            self._by_key.setdefault(key, referent)
        return referent

    def key(self, referent: Referent, space: str, key: str) -> None:
        """Let the referent be found under one more key."""
        self._by_key.setdefault((space, key), referent)

    def add(self, referent: Referent, candidate: Candidate) -> None:
        """Record a mention, and remember its referent as the latest spoken of."""
        referent.candidates.append(candidate)
        if referent.is_place or candidate.form is MentionForm.PRONOUN:
            return
        recent = self._recent_people if referent.kind is ActorKind.PERSON else self._recent_others
        if referent in recent[-4:]:
            recent.remove(referent)
        recent.append(referent)
        del recent[:-8]

    def person(self, name: str, gender: str) -> Referent | None:
        """The person of this name: the full name met before, or the only bearer of the surname.

        A longer form of a name whose shorter form was met before is the same person.
        """
        normal = normal_name(name)
        if found := self.keyed("person", normal):
            return found
        parts = normal.split()
        bearers = [
            person
            for person in self._by_surname.get(parts[-1], ())
            if not (gender and person.gender and gender != person.gender)
            and _compatible(parts, normal_name(person.name).split())
        ]
        return bearers[0] if len(bearers) == 1 else None

    def know_person(self, referent: Referent, name: str) -> None:
        """Remember the name forms of a person."""
        normal = normal_name(name)
        self.key(referent, "person", normal)
        bearers = self._by_surname.setdefault(normal.split()[-1], [])
        if referent not in bearers:
            bearers.append(referent)

    def know_initials(self, referent: Referent, name: str) -> None:
        """Remember which acronym the name of an organization may have."""
        letters = initials(name)
        if len(letters) >= 2:
            owners = self._by_initials.setdefault(letters.upper(), [])
            if referent not in owners:
                owners.append(referent)

    def acronym(self, text: str) -> Referent | None:
        """The only referent whose name has these initials."""
        owners = self._by_initials.get(text.replace(".", "").upper(), [])
        return owners[0] if len(owners) == 1 else None

    def know_role(self, referent: Referent, role: str) -> None:
        """Remember a role ("Kursk Governor") and the noun that heads it."""
        referent.roles.setdefault(role)
        for word in {role.rsplit(maxsplit=1)[-1].lower(), normal_name(role)}:
            owners = self._by_role.setdefault(word, [])
            if referent in owners:
                owners.remove(referent)
            owners.append(referent)

    def know_head(self, referent: Referent, name: str) -> None:
        """Let "the ministry" find the Ministry of something: by the word that heads the name."""
        words = name.lower().split()
        head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
        if len(words) > 1:
            self._by_role.setdefault(head, []).append(referent)

    def bearer_of(self, description: str, head: str, sentence: int) -> Referent | None:
        """The person or body whose role a description like "the foreign minister" repeats.

        The whole role decides; a bare head noun ("the minister") only where one person met
        within the last sentences has such a role.
        """
        normal = normal_name(description)
        owners = self._by_role.get(normal) or [
            owner
            for owner in self._by_role.get(head, ())
            if normal == head
            or any(set(normal.split()) <= set(normal_name(r).split()) for r in owner.roles)
        ]
        near = [
            owner
            for owner in owners
            if owner.candidates and sentence - owner.last_sentence() <= _ROLE_REACH
        ]
        return near[0] if len(near) == 1 else None

    def antecedent(self, pronoun: Candidate, word: str) -> Referent | None:
        """Whom a pronoun means: the latest compatible one, subjects before others.

        "He" and "she" take a person whose gender is not known to differ; "they" a group or
        organization; "it" an organization or government.
        """
        if word in _HE_SHE:
            gender = "female" if word in {"she", "her"} else "male"
            people = [p for p in self._recent_people if p.gender in {"", gender}]
            found = _nearest(people, pronoun)
            if found and not found.gender:
                found.gender = gender
            return found
        if word in {"i", "me", "my"}:
            return _nearest(self._recent_people, pronoun)
        plural = word in {"they", "them", "their"}
        others = [o for o in self._recent_others if plural or o.kind is not ActorKind.GROUP]
        return _nearest(others, pronoun)


def _nearest(referents: list[Referent], pronoun: Candidate) -> Referent | None:
    """The referent with the latest sentence in reach; within a sentence its first subject."""
    best, score = None, (-1, -1, -1)
    for position, referent in enumerate(referents):
        last = referent.candidates[-1]
        if pronoun.sentence - last.sentence > _PRONOUN_REACH:
            continue
        rank = (last.sentence, int("subject" in last.tags), position)
        if rank > score:
            best, score = referent, rank
    return best


def _compatible(parts: list[str], known: list[str]) -> bool:
    """May two names that end in the same word belong to one person?

    A bare surname may; two first names must be equal or one the initial of the other.
    """
    if len(parts) == 1 or len(known) == 1:
        return True
    return parts[0] == known[0] or (
        parts[0][0] == known[0][0] and 1 in {len(parts[0]), len(known[0])}
    )
