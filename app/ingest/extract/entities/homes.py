"""The country of those who are told without one: their owner's, or that of the whole report.

"Its foreign ministry" is of the country that "its" means; "the agency's director" is of the
agency's. "The interior minister" of a report about one country is that country's (the "default"
of toponym resolution, Leidner 2007, for offices).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from app.ingest.extract.entities.bearers import head_noun
from app.ingest.extract.entities.countries import EntryType, look_up
from app.ingest.extract.entities.named_referents import Reading
from app.ingest.extract.entities.owners import owners_of
from app.ingest.extract.entities.referent import Referent
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm

_STATE = frozenset({ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE})
_LOCATING = frozenset({"in", "of", "from", "at"})


def give_countries(reading: Reading, referents: Sequence[Referent]) -> None:
    """Give a country to officials and public bodies that have none, in the order of the text."""
    home = reading.home_country
    for referent in referents:
        if referent.country is None and not referent.is_place:
            referent.country = _of_owner(reading, referent) or _of_seat(reading, referent)
            if referent.country is None and home and _is_of_state(referent):
                referent.country = home


def _of_owner(reading: Reading, referent: Referent) -> str | None:
    """The country of whoever the referent is described to belong to."""
    for candidate in referent.candidates:
        if candidate.form is MentionForm.DESCRIPTION:
            for owner in owners_of(reading.doc[candidate.head]):
                found = reading.at.get(owner.i)
                if found and found is not referent and _lends(found, referent):
                    return found.country
    return None


def _of_seat(reading: Reading, referent: Referent) -> str | None:
    """The country of the place in a body's name or after it: "Ulm University", "a firm in Ulm"."""
    if referent.is_person or referent.certain or referent.kind is ActorKind.GROUP:
        return None
    for word in referent.name.split() if referent.named else ():
        entry = look_up(word)
        if entry and entry.country and entry.type is not EntryType.ACTOR:
            return entry.country
    for candidate in referent.candidates:
        if candidate.form is not MentionForm.PRONOUN:
            for place in _seats(reading.doc[candidate.head]):
                found = reading.at.get(place.i)
                if found and found.is_place:
                    return found.country
    return None


def _seats(noun: Token) -> Iterator[Token]:
    """ "a firm in *Ulm*", "a company based in *Ulm*"."""
    for child in noun.rights:
        base = [child, *child.rights] if child.lower_ == "based" else [child]
        for word in base:
            if word.dep_ == "prep" and word.lower_ in _LOCATING:
                yield from (place for place in word.rights if place.dep_ == "pobj")


def _lends(owner: Referent, owned: Referent) -> bool:
    """A public body lends its country to all that it has, an official to offices only."""
    if owner.kind in _STATE or owner.is_place or owner.nouns & words("public_bodies"):
        return True
    return owner.is_person and owned.kind in _STATE


def _is_of_state(referent: Referent) -> bool:
    """Is it a public body, or the holder of a public office?"""
    if referent.is_person:
        roles = {head_noun(role) for role in referent.roles} | referent.nouns
        return bool(roles & words("public_offices")) or _is_head_of_state(referent)
    if referent.words & words("worldwide_words"):
        return False
    if referent.kind in _STATE and not referent.certain:
        return True
    return bool(referent.nouns & words("public_bodies")) or "national" in referent.words


def _is_head_of_state(referent: Referent) -> bool:
    """ "President Jane Doe", of no club or company."""
    return any(role.lower() in {"president", "vice president"} for role in referent.roles)
