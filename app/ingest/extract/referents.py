"""Which actor or place each candidate means.

Names come first, over the whole text, so that a bare surname or acronym finds its full name; then
everything is read from left to right, so that descriptions and pronouns find whom was spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from app.ingest.extract.acronyms import is_acronym, parenthesised
from app.ingest.extract.coreference import Referent, Register, normal_name
from app.ingest.extract.countries import Entry, EntryType, country_name, look_up
from app.ingest.extract.descriptions import kind_of_noun
from app.ingest.extract.mentions import Candidate
from app.ingest.extract.metonyms import is_government
from app.ingest.extract.names import titles
from app.lexicon import table, words
from app.vocabulary import ActorKind, MentionForm

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_SETTLEMENTS = frozenset({"city", "town", "village", "province", "port", "state", "region"})
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "sir", "dr"})
_WHOLE = frozenset({"the", "of", "'s", "’s", "'", "’", "federal", "central", "national"})
"""Words that leave "the federal government of X" the government of the whole country."""


@dataclass(slots=True)
class _Reading:
    """The text while its candidates are led to referents; `at` holds those found, by head token."""

    doc: Doc
    register: Register
    explained: dict[int, Candidate]
    at: dict[int, Referent] = field(default_factory=dict)


def resolve(doc: Doc, candidates: list[Candidate]) -> list[Referent]:
    """The referents of all candidates in the order of their first mention.

    Pronouns without antecedent refer to nobody and are left out.
    """
    _inherit_countries(candidates)
    reading = _Reading(doc, Register(), parenthesised(doc, candidates))
    for candidate in candidates:
        if candidate.form is MentionForm.NAME:
            reading.at[candidate.head] = _of_name(reading, candidate)
    for candidate in sorted(candidates, key=lambda candidate: candidate.head):
        referent = reading.at.get(candidate.head)
        if candidate.form is MentionForm.DESCRIPTION:
            referent = _of_description(reading, candidate)
        elif candidate.form is MentionForm.PRONOUN:
            referent = _of_pronoun(reading, candidate)
        if referent:
            reading.at[candidate.head] = referent
            reading.register.add(referent, candidate)
    found = [referent for referent in reading.register.referents if referent.candidates]
    return sorted(found, key=lambda referent: referent.candidates[0].head)


def _inherit_countries(candidates: Sequence[Candidate]) -> None:
    """Give a noun phrase the country named inside it: "Russian President ..." belongs to Russia.

    Candidates must be sorted by `left`, wider ones first.
    """
    outer: Candidate | None = None
    for candidate in candidates:
        if outer is None or candidate.left >= outer.right:
            outer = candidate
        elif candidate.entry and candidate.entry.country and outer.country is None:
            outer.country = candidate.entry.country
            outer.tags.add("country inside")


def _text(doc: Doc, start: int, end: int) -> str:
    while start < end - 1 and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    return " ".join(str(doc[start:end].text).split())


def _of_name(reading: _Reading, candidate: Candidate) -> Referent:
    surface = _text(reading.doc, candidate.start, candidate.core_end)
    if found := _glossed(reading, candidate, surface):
        found.aliases.setdefault(surface)
        return found
    if candidate.entry:
        found = _of_known_name(reading, candidate, candidate.entry, surface)
    elif candidate.kind is ActorKind.PERSON:
        found = _of_person(reading, candidate, surface)
    else:
        found = _of_other_name(reading, candidate, surface)
    found.aliases.setdefault(surface)
    return found


def _glossed(reading: _Reading, candidate: Candidate, surface: str) -> Referent | None:
    """The referent of the name before the parenthesis that this acronym stands in."""
    owner = reading.explained.get(candidate.head)
    if owner is None or owner.form is not MentionForm.NAME or candidate.entry:
        return None
    before = reading.doc[owner.core_end - 1].text
    found = reading.at.get(owner.head)
    if found is None or found.kind is ActorKind.PERSON:
        return None
    if not (is_acronym(surface) or is_acronym(before)):
        return None
    reading.register.key(found, "place" if found.is_place else "actor", normal_name(surface))
    if is_acronym(before) and not is_acronym(surface):
        found.name = surface
    return found


def _of_known_name(reading: _Reading, candidate: Candidate, entry: Entry, surface: str) -> Referent:
    register = reading.register
    if entry.type is EntryType.ADJECTIVE and entry.kind is ActorKind.GOVERNMENT:
        return _country(register, entry, as_place=True)
    if entry.type in {EntryType.COUNTRY, EntryType.CAPITAL, EntryType.SEAT}:
        as_place = not is_government(reading.doc[candidate.head], entry.type)
        if not as_place and (other := _stands_for(entry.name)):
            return _of_known_name(reading, candidate, other, surface)
        if entry.type is EntryType.COUNTRY or not as_place:
            return _country(register, entry, as_place=as_place)
    is_place = entry.kind is ActorKind.PLACE or entry.type in {EntryType.CAPITAL, EntryType.SEAT}
    space = "place" if is_place else "actor"
    found = register.keyed(space, normal_name(entry.name))
    if found is None:
        kind = ActorKind.PLACE if is_place else entry.kind
        found = Referent(kind, entry.name, entry.country, is_place, named=True, certain=True)
        found.latitude, found.longitude = entry.latitude, entry.longitude
        keys = {(space, normal_name(entry.name)), (space, normal_name(surface))}
        register.open(found, keys)
        if not is_place:
            register.know_initials(found, entry.name)
    return found


def _stands_for(city: str) -> Entry | None:
    """What a city means that does not stand for its country's government: Brussels for the EU."""
    for row in table("metonyms"):
        if row["name"] == city:
            return look_up(row["actor"])
    return None


def _country(register: Register, entry: Entry, *, as_place: bool) -> Referent:
    """The referent of a country, either as a place or as the government that acts for it."""
    code = entry.country or ""
    space = "land" if as_place else "government"
    found = register.keyed(space, code)
    if found is None:
        kind = ActorKind.PLACE if as_place else ActorKind.GOVERNMENT
        found = Referent(kind, country_name(code), code, as_place, named=True, certain=True)
        register.open(found, [(space, code)])
    return found


def _of_person(reading: _Reading, candidate: Candidate, name: str) -> Referent:
    register = reading.register
    gender = _gender(candidate.title)
    found = register.person(name, gender)
    if found is None:
        found = Referent(ActorKind.PERSON, name, candidate.country, named=True, gender=gender)
        register.open(found, [])
    register.know_person(found, name)
    found.gender = found.gender or gender
    found.country = found.country or candidate.country
    if len(name) > len(found.name):
        found.name = name
    if candidate.title and candidate.title.lower().rstrip(".") not in _COURTESY:
        register.know_role(found, candidate.title)
    return found


def _gender(title: str) -> str:
    for word in title.lower().split():
        if gender := titles().get(word):
            return gender
    return ""


def _of_other_name(reading: _Reading, candidate: Candidate, surface: str) -> Referent:
    register = reading.register
    is_place = candidate.kind is ActorKind.PLACE
    space = "place" if is_place else "actor"
    key, country = normal_name(surface), candidate.country
    found = register.keyed(space, key)
    if found and country and found.country and country != found.country:
        key = f"{key} {country}"
        found = register.keyed(space, key)
    if found is None and not is_place and is_acronym(surface):
        found = register.acronym(surface)
    if found is None:
        name = _full_name(reading.doc, candidate, surface)
        if is_place and country is None and (known := look_up(surface.rpartition(" ")[0])):
            country = known.country
        found = Referent(candidate.kind, name, country, is_place, named=True)
        register.open(found, [(space, key)])
        if not is_place:
            register.know_initials(found, surface)
            register.know_head(found, surface)
    found.country = found.country or country
    return found


def _full_name(doc: Doc, candidate: Candidate, surface: str) -> str:
    """The name with the country before it where that tells which body is meant.

    "Russian Defense Ministry": every country has a Defense Ministry.
    """
    if (
        "country inside" in candidate.tags
        and candidate.left < candidate.start
        and (candidate.kind in {ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE})
    ):
        return _text(doc, candidate.left, candidate.core_end)
    return surface


def _of_description(reading: _Reading, candidate: Candidate) -> Referent:
    doc, register = reading.doc, reading.register
    surface = " ".join(str(doc[candidate.left : candidate.right].text).split())
    if named := _beside(reading, candidate):
        _learn(register, named, candidate, _text(doc, candidate.left, candidate.right))
        return named
    if _is_whole_government(doc, candidate):
        entry = Entry(EntryType.COUNTRY, "", candidate.country, ActorKind.GOVERNMENT)
        found = _country(register, entry, as_place=False)
        found.aliases.setdefault(surface)
        return found
    definite = doc[candidate.left].lower_ in _DEFINITE
    if definite and not candidate.plural and candidate.kind is not ActorKind.PLACE:
        head = doc[candidate.head].lower_
        bearer = register.bearer_of(normal_name(surface), head, candidate.sentence)
        if bearer:
            return bearer
    return _described(reading, candidate, surface, definite=definite)


def _described(
    reading: _Reading, candidate: Candidate, surface: str, *, definite: bool
) -> Referent:
    """An actor or place known by its description only; the same definite words are the same one."""
    doc, register = reading.doc, reading.register
    head = doc[candidate.head]
    is_place = candidate.kind is ActorKind.PLACE or (
        head.lemma_.lower() in {"country", "nation", "state"}
        and not candidate.plural
        and not is_government(head, EntryType.COUNTRY)
    )
    space, normal = "place" if is_place else "actor", normal_name(surface)
    found = register.keyed(space, normal) if definite else None
    if found is None:
        kind = ActorKind.PLACE if is_place else candidate.kind
        name = _text(doc, candidate.left, candidate.right)
        found = Referent(kind, name, candidate.country, is_place)
        register.open(found, [(space, normal)] if definite else [])
        if kind is ActorKind.GOVERNMENT and candidate.country:
            register.know_head(found, name)
    found.aliases.setdefault(surface)
    return found


def _beside(reading: _Reading, candidate: Candidate) -> Referent | None:
    """The named referent that the description stands beside: in apposition or in parentheses."""
    token: Token = reading.doc[candidate.head]
    owner = reading.explained.get(candidate.head)
    found = reading.at.get(owner.head) if owner else None
    if found is None and token.dep_ == "appos":
        found = reading.at.get(token.head.i)
    if found is None:
        for child in token.rights:
            if child.dep_ == "appos":
                found = reading.at.get(child.i)
    if found is None:
        found = _classified(reading, token)
    if found is None or not found.named or candidate.plural:
        return None
    if (found.kind is ActorKind.PERSON) is not (candidate.kind is ActorKind.PERSON):
        return None
    return found if found.is_place is (candidate.kind is ActorKind.PLACE) else None


def _classified(reading: _Reading, noun: Token) -> Referent | None:
    """The referent of the name inside "the Likud party" and "the city of Mosul"."""
    for child in noun.lefts:
        found = reading.at.get(child.i)
        if found and child.dep_ == "compound" and child.i == noun.i - 1:
            return found if found.kind is kind_of_noun(noun) else None
    if noun.lower_ in _SETTLEMENTS:
        for child in noun.rights:
            if child.lower_ == "of":
                return next((reading.at[c.i] for c in child.rights if c.i in reading.at), None)
    return None


def _learn(register: Register, named: Referent, candidate: Candidate, text: str) -> None:
    """Take from an apposition the role of a person, or kind and country of an organization."""
    if named.kind is ActorKind.PERSON:
        register.know_role(named, text)
    elif not named.certain and not named.is_place:
        named.kind = candidate.kind
    named.country = named.country or candidate.country


def _is_whole_government(doc: Doc, candidate: Candidate) -> bool:
    """ "North Korean authorities", "the government of Iraq": the country itself acts."""
    if candidate.country is None or doc[candidate.head].lower_ not in words("self_government"):
        return False
    others = [
        token
        for token in doc[candidate.left : candidate.right]
        if token.i != candidate.head and token.lower_ not in _WHOLE
    ]
    return all(token.pos_ in {"PROPN", "ADJ"} and token.text[0].isupper() for token in others)


def _of_pronoun(reading: _Reading, candidate: Candidate) -> Referent | None:
    token: Token = reading.doc[candidate.head]
    word = token.lower_
    register = reading.register
    if word == "it" and not (
        token.dep_ == "nsubj" and token.head.lemma_.lower() in words("acting_verbs")
    ):
        return None
    if word in {"we", "us"}:
        found = register.keyed("pronoun", "we")
        return found or register.open(Referent(ActorKind.GROUP, "we", None), [("pronoun", "we")])
    return register.antecedent(candidate, word)
