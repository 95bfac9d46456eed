"""The country of those who are told without one: their owner's, or that of the whole report.

"Its foreign ministry" is of the country that "its" means; "the agency's director" is of the
agency's. "The interior minister" of a report about one country is that country's (the "default"
of toponym resolution, Leidner 2007, for offices).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from app.ingest.extract.entities.bearers import head_noun
from app.ingest.extract.entities.countries import EntryType, look_up
from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.named_referents import Reading
from app.ingest.extract.entities.referent import Referent
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm

_STATE = frozenset({ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE})
_OWNING = frozenset({"of", "for", "at", "from"})
_LOCATING = frozenset({"in", "of", "from", "at"})
_LEADING = 2
"""How much more the country counts that is the only one named first: reports begin at home."""


def give_countries(
    reading: Reading, candidates: Sequence[Candidate], referents: Sequence[Referent]
) -> None:
    """Give a country to officials and public bodies that have none, in the order of the text."""
    home = home_country(candidates)
    for referent in referents:
        if referent.country is None and not referent.is_place:
            referent.country = _of_owner(reading, referent) or _of_seat(reading, referent)
            if referent.country is None and home and _is_of_state(referent):
                referent.country = home


def home_country(candidates: Sequence[Candidate]) -> str | None:
    """The country that most names of a report belong to, or None if none is ahead."""
    named = [
        (candidate.sentence, entry.country)
        for candidate in candidates
        if (entry := candidate.entry) and entry.country and entry.type is not EntryType.ACTOR
    ]
    if not named:
        return None
    first = min(sentence for sentence, _ in named)
    leading = {country for sentence, country in named if sentence == first}
    counts = Counter(country for _, country in named)
    if len(leading) == 1:
        counts[leading.pop()] += _LEADING
    (country, count), *others = counts.most_common(2)
    return country if not others or count > others[0][1] else None


def _of_owner(reading: Reading, referent: Referent) -> str | None:
    """The country of whoever the referent is described to belong to."""
    for candidate in referent.candidates:
        if candidate.form is MentionForm.DESCRIPTION:
            for owner in _owners(reading.doc[candidate.head]):
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


def _owners(noun: Token) -> Iterator[Token]:
    """ "*Its* director", "the *agency*'s director", "the director of the *agency*"."""
    for child in noun.lefts:
        if child.dep_ in {"poss", "compound"}:
            yield child
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _OWNING:
            yield from (word for word in child.rights if word.dep_ == "pobj")


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
