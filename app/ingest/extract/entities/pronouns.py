"""Whom a pronoun means: the latest referent that agrees with it in number and gender.

Salience as in centering theory (Grosz, Joshi and Weinstein 1995) and the algorithm of Lappin and
Leass (1994), reduced to its strongest factors: recency by sentence, then subjects before others. A
pronoun that is an object does not mean the subject of its own verb (Chomsky's principle B).
"""

from __future__ import annotations

from collections.abc import Iterable

from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.referent import Referent
from app.vocabulary import ActorKind

REACH = 3
"""Sentences back that a pronoun of the third person may refer to."""

_NEAR = 1
"""Sentences back that somebody whose gender is known goes before others."""

_TOPIC_REACH = 2
"""Sentences back that an epithet such as "the politician" may refer to."""

_KEPT = 8
"""Referents remembered as the latest people, and as the latest others."""

_MALE = frozenset({"he", "him", "his"})
_FEMALE = frozenset({"she", "her"})
_FIRST = frozenset({"i", "me", "my"})
_PLURAL = frozenset({"they", "them", "their"})


class Antecedents:
    """The referents spoken of last, people and others apart."""

    def __init__(self) -> None:
        self._people: list[Referent] = []
        self._others: list[Referent] = []

    def mention(self, referent: Referent) -> None:
        """Remember the referent as the latest spoken of."""
        if referent.is_place:
            return
        recent = self._people if referent.is_person else self._others
        if referent in recent[-_KEPT:]:
            recent.remove(referent)
        recent.append(referent)
        del recent[:-_KEPT]

    def topic(self, sentence: int) -> Referent | None:
        """The only person known by name in the sentences before, the only subject, or None."""
        people = [
            person
            for person in self._people
            if sentence - person.last_sentence() <= _TOPIC_REACH and person.named
        ]
        subjects = [person for person in people if person.was_subject] or people
        return subjects[0] if len(subjects) == 1 else None

    def find(self, pronoun: Candidate, word: str, barred: Referent | None) -> Referent | None:
        """Whom the pronoun means; `barred` is the subject of the verb that it is the object of.

        "He" and "she" take a person whose gender is not known to differ, and tell it; "they" a
        group before an organization; "it" an organization or government.
        """
        if word in _MALE | _FEMALE:
            gender = "male" if word in _MALE else "female"
            people = [p for p in self._people if p.gender in {"", gender} and p is not barred]
            found = _latest(people, pronoun)
            if found and not found.gender and not _is_subject_here(found, pronoun):
                known = [person for person in people if person.gender]
                found = _latest(known, pronoun, _NEAR) or found
            if found and not found.gender:
                found.gender = gender
            return found
        if word in _FIRST:
            return _latest(self._people, pronoun)
        others = [other for other in self._others if other is not barred]
        if word in _PLURAL:
            several = [other for other in others if _is_several(other)]
            return _latest(several, pronoun) or _latest(others, pronoun)
        return _latest([o for o in others if o.kind is not ActorKind.GROUP], pronoun)


def _is_subject_here(referent: Referent, pronoun: Candidate) -> bool:
    return referent.was_subject and referent.last_sentence() == pronoun.sentence


def _is_several(referent: Referent) -> bool:
    return referent.plural or referent.kind is ActorKind.GROUP


def _latest(
    referents: Iterable[Referent], pronoun: Candidate, reach: int = REACH
) -> Referent | None:
    """The referent with the latest sentence in reach; of these a subject, then the latest."""
    best, score = None, (-1, -1, -1)
    for position, referent in enumerate(referents):
        sentence = referent.last_sentence()
        if pronoun.sentence - sentence > reach:
            continue
        rank = (sentence, int(referent.was_subject), position)
        if rank > score:
            best, score = referent, rank
    return best
