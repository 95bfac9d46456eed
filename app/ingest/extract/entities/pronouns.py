"""Whom a pronoun means: the latest referent that agrees with it in number and gender.

Salience as in centering theory (Grosz, Joshi and Weinstein 1995) and the algorithm of Lappin and
Leass (1994), reduced to its strongest factors: recency by sentence, then subjects before others. A
pronoun that is an object does not mean the subject of its own verb (Chomsky's principle B).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.referent import Referent
from app.vocabulary import ActorKind, MentionForm

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


@dataclass(slots=True)
class _Spoken:
    """Somebody spoken of: in which sentence last, and whether as a subject there."""

    referent: Referent
    sentence: int = -1
    was_subject: bool = False

    def mention(self, candidate: Candidate) -> None:
        is_subject = "subject" in candidate.tags
        same_sentence = self.sentence == candidate.sentence
        self.was_subject = is_subject or (same_sentence and self.was_subject)
        self.sentence = candidate.sentence


class Antecedents:
    """The referents spoken of last, people and others apart.

    Whoever is spoken of in a quotation is remembered up to its end only: in "'My mother called
    me,' she said" the words around it do not mean the mother.
    """

    def __init__(self) -> None:
        self._people: list[_Spoken] = []
        self._others: list[_Spoken] = []
        self._quotation: int | None = None
        self._outside: tuple[list[_Spoken], list[_Spoken]] = ([], [])
        self.speaker: Referent | None = None

    def read_in(self, quotation: int | None, speaker: Referent | None) -> None:
        """Go on reading in the quotation that starts there, or outside of quotations."""
        if quotation == self._quotation:
            return
        if self._quotation is not None:
            self._people, self._others = self._outside
        if quotation is not None:
            self._outside = (self._people, self._others)
            self._people = [replace(spoken) for spoken in self._people]
            self._others = [replace(spoken) for spoken in self._others]
        self._quotation, self.speaker = quotation, speaker

    def mention(self, referent: Referent, candidate: Candidate) -> None:
        """Remember the referent as the latest spoken of."""
        if referent.is_place:
            return
        recent = self._people if referent.is_person else self._others
        for spoken in recent:
            if spoken.referent is referent:
                break
        else:
            spoken = _Spoken(referent)
            recent.append(spoken)
        spoken.mention(candidate)
        if candidate.form is not MentionForm.PRONOUN:
            recent.remove(spoken)
            recent.append(spoken)
        del recent[:-_KEPT]

    def topic(self, sentence: int) -> Referent | None:
        """The only person known by name in the sentences before, the only subject, or None."""
        people = [
            spoken
            for spoken in self._people
            if sentence - spoken.sentence <= _TOPIC_REACH and spoken.referent.named
        ]
        subjects = [spoken for spoken in people if spoken.was_subject] or people
        return subjects[0].referent if len(subjects) == 1 else None

    def find(self, pronoun: Candidate, word: str, barred: Referent | None) -> Referent | None:
        """Whom the pronoun means; `barred` is the subject of the verb that it is the object of.

        "He" and "she" take a person whose gender is not known to differ, and tell it; "they" a
        group before an organization; "it" an organization or government. None of them means who
        speaks.
        """
        excluded = (barred, self.speaker)
        if word in _MALE | _FEMALE:
            gender = "male" if word in _MALE else "female"
            people = [
                spoken
                for spoken in self._people
                if spoken.referent.gender in {"", gender} and spoken.referent not in excluded
            ]
            return _told_gender(people, pronoun, gender)
        if word in _FIRST:
            return _referent(_latest(self._people, pronoun))
        others = [spoken for spoken in self._others if spoken.referent not in excluded]
        if word in _PLURAL:
            several = [spoken for spoken in others if _is_several(spoken.referent)]
            return _referent(_latest(several, pronoun) or _latest(others, pronoun))
        single = [other for other in others if other.referent.kind is not ActorKind.GROUP]
        return _referent(_latest(single, pronoun))


def _told_gender(people: list[_Spoken], pronoun: Candidate, gender: str) -> Referent | None:
    """The latest person; somebody near whose gender is known goes before, except a subject here."""
    found = _latest(people, pronoun)
    if found is None:
        return None
    is_subject_here = found.was_subject and found.sentence == pronoun.sentence
    if not found.referent.gender and not is_subject_here:
        known = [spoken for spoken in people if spoken.referent.gender]
        found = _latest(known, pronoun, _NEAR) or found
    found.referent.gender = gender
    return found.referent


def _referent(spoken: _Spoken | None) -> Referent | None:
    return spoken.referent if spoken else None


def _is_several(referent: Referent) -> bool:
    return referent.plural or referent.kind is ActorKind.GROUP


def _latest(people: Iterable[_Spoken], pronoun: Candidate, reach: int = REACH) -> _Spoken | None:
    """The one with the latest sentence in reach; of these a subject, then the latest."""
    best, score = None, (-1, -1, -1)
    for position, spoken in enumerate(people):
        if pronoun.sentence - spoken.sentence > reach:
            continue
        rank = (spoken.sentence, int(spoken.was_subject), position)
        if rank > score:
            best, score = spoken, rank
    return best
