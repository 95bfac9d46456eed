"""One referent for all the names of a report that mean it.

Each name joins the referent that its words single out, or opens a new one. Unsure is not merged: a
surname that two people bear stays by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.ingest.extract.entities.bearers import Bearers
from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.person_names import NAME_PARTICLES
from app.ingest.extract.entities.pronouns import Antecedents
from app.ingest.extract.entities.referent import Referent
from app.vocabulary import MentionForm

_ENDS = re.compile(r"'s?$|^(?:the|a|an) ")
_SEPARATORS = re.compile(r"[\s\-–.]+")
_WORD = re.compile(r"[\w’']+")
_PREFIX = re.compile(r"(?i:al|el|ad|as|ash|at|ar|an)[-‑](?=\w{3})")
"""The Arabic article before a surname, in its assimilated forms."""
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})

_LATEST = 30
"""Bearers of one name that are compared with the next; a list of hundreds singles nobody out, and
comparing each with each would take the square of their number."""


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
        self.bearers = Bearers()
        self.antecedents = Antecedents()
        self._by_key: dict[tuple[str, str], Referent] = {}
        self._by_surname: dict[str, list[Referent]] = {}
        self._by_first_name: dict[str, list[Referent]] = {}
        self._by_initials: dict[str, list[Referent]] = {}

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
        referent.add(candidate)
        if candidate.form is not MentionForm.PRONOUN:
            self.bearers.mention(referent)
        self.antecedents.mention(referent, candidate)

    def person(self, name: str, gender: str) -> Referent | None:
        """The person of this name: the full name met before, or the only bearer of its part.

        A longer form of a name whose shorter form was met before is the same person.
        """
        if found := self.keyed("person", normal_name(name)):
            return found
        parts = _personal_names(name)
        alike = self._by_surname.get(parts[-1], [])
        if len(parts) == 1:
            alike = alike or self._by_first_name.get(parts[0], [])
        elif lone := self.keyed("person", parts[0]):
            alike = [*alike, lone]  # "her son, Kola", and then "Kola Obi"
        bearers = [
            person
            for person in alike[-_LATEST:]
            if not (gender and person.gender and gender != person.gender)
            and _compatible(parts, _personal_names(person.name))
        ]
        return bearers[0] if len(bearers) == 1 else None

    def know_person(self, referent: Referent, name: str) -> None:
        """Remember the name forms of a person."""
        self.key(referent, "person", normal_name(name))
        parts = _personal_names(name)
        _list(self._by_surname.setdefault(parts[-1], []), referent)
        if len(parts) > 1:
            _list(self._by_first_name.setdefault(parts[0], []), referent)

    def know_initials(self, referent: Referent, name: str) -> None:
        """Remember which acronym the name of an organization may have."""
        letters = initials(name)
        if len(letters) >= 2:
            _list(self._by_initials.setdefault(letters.upper(), []), referent)

    def acronym(self, text: str) -> Referent | None:
        """The only referent whose name has these initials."""
        owners = self._by_initials.get(text.replace(".", "").upper(), [])
        return owners[0] if len(owners) == 1 else None

    def know_role(self, referent: Referent, role: str) -> None:
        """Remember a role ("Kursk Governor") and let descriptions find its bearer."""
        referent.roles.setdefault(role)
        self.bearers.describe(referent, role)


def _list(owners: list[Referent], referent: Referent) -> None:
    if not any(owner is referent for owner in owners[-_LATEST:]):
        owners.append(referent)


def _personal_names(name: str) -> list[str]:
    """First names and surname in small letters, without particles: those of "Jan van Berg"."""
    parts = [_PREFIX.sub("", word) for word in name.replace("’", "'").split()]
    parts = [normal_name(part).replace(" ", "") for part in parts if part.strip(".,-'")]
    kept = [part for part in parts if part not in NAME_PARTICLES and part not in _GENERATIONS]
    return kept or parts or [normal_name(name)]


def _compatible(parts: list[str], known: list[str]) -> bool:
    """May two names that share their last word, or their only one, belong to one person?

    A bare surname may; two first names must be equal or one the initial of the other.
    """
    if len(parts) == 1 or len(known) == 1:
        return True
    return parts[0] == known[0] or (
        parts[0][0] == known[0][0] and 1 in {len(parts[0]), len(known[0])}
    )
