"""Which actor or place each candidate means."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.coreference import Referent, Register, normal_name
from app.ingest.extract.countries import Entry, EntryType, country_name
from app.ingest.extract.mentions import Candidate
from app.ingest.extract.metonyms import is_government
from app.ingest.extract.names import titles
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm

_MODIFYING = frozenset({"compound", "amod", "nmod"})


def resolve(doc: Doc, candidates: Sequence[Candidate]) -> list[Referent]:
    """The referents of all candidates; those of pronouns without antecedent are left out."""
    register = Register()
    for candidate in candidates:
        referent = _referent(doc, candidate, register)
        if referent:
            register.add(referent, candidate)
    return register.referents


def _referent(doc: Doc, candidate: Candidate, register: Register) -> Referent | None:
    if candidate.form is MentionForm.PRONOUN:
        return _of_pronoun(doc, candidate, register)
    if candidate.form is MentionForm.DESCRIPTION:
        return _of_description(doc, candidate, register)
    if candidate.entry:
        return _of_known_name(doc, candidate, candidate.entry, register)
    if candidate.kind is ActorKind.PERSON:
        return _of_person(doc, candidate, register)
    return _of_other_name(doc, candidate, register)


def _text(doc: Doc, start: int, end: int) -> str:
    while start < end - 1 and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    return " ".join(str(doc[start:end].text).split())


def _of_known_name(doc: Doc, candidate: Candidate, entry: Entry, register: Register) -> Referent:
    head = doc[candidate.head]
    surface = _text(doc, candidate.start, candidate.end)
    if entry.type is EntryType.ADJECTIVE and entry.kind is ActorKind.GOVERNMENT:
        return _country(register, entry, surface, as_place=True)
    if entry.type in {EntryType.COUNTRY, EntryType.CAPITAL, EntryType.SEAT}:
        as_place = not is_government(head, entry.type)
        if entry.type is EntryType.COUNTRY or not as_place:
            return _country(register, entry, surface, as_place=as_place)
    is_place = entry.type in {EntryType.PLACE, EntryType.CAPITAL, EntryType.SEAT}
    space = "place" if is_place else "actor"
    found = register.keyed(space, normal_name(entry.name))
    if found is None:
        kind = ActorKind.PLACE if is_place else entry.kind
        found = Referent(kind, entry.name, entry.country, is_place, named=True, certain=True)
        found.latitude, found.longitude = entry.latitude, entry.longitude
        register.open(found, [(space, normal_name(entry.name))])
        if not is_place:
            register.know_initials(found, entry.name)
    found.aliases.setdefault(surface)
    return found


def _country(register: Register, entry: Entry, surface: str, *, as_place: bool) -> Referent:
    """The referent of a country, either as a place or as the government that acts for it."""
    code = entry.country or ""
    space = "land" if as_place else "government"
    found = register.keyed(space, code)
    if found is None:
        kind = ActorKind.PLACE if as_place else ActorKind.GOVERNMENT
        found = Referent(kind, country_name(code), code, as_place, named=True, certain=True)
        register.open(found, [(space, code)])
    found.aliases.setdefault(surface)
    return found


def _of_person(doc: Doc, candidate: Candidate, register: Register) -> Referent:
    name = _text(doc, candidate.start, candidate.end)
    gender = _gender(candidate.title)
    found = register.person(name, gender)
    if found is None:
        found = Referent(ActorKind.PERSON, name, None, named=True, gender=gender)
        register.open(found, [])
    register.know_person(found, name)
    found.aliases.setdefault(name)
    found.gender = found.gender or gender
    if len(name) > len(found.name):
        found.name = name
    if candidate.title and not _is_courtesy(candidate.title):
        register.know_role(found, candidate.title)
    return found


def _gender(title: str) -> str:
    for word in title.lower().split():
        if gender := titles().get(word):
            return gender
    return ""


def _is_courtesy(title: str) -> bool:
    return title.lower().rstrip(".") in {"mr", "mrs", "ms", "miss", "sir", "dr"}


def _of_other_name(doc: Doc, candidate: Candidate, register: Register) -> Referent:
    surface = _text(doc, candidate.start, candidate.end)
    is_place = candidate.kind is ActorKind.PLACE
    space = "place" if is_place else "actor"
    found = register.keyed(space, normal_name(surface))
    if found is None and not is_place and surface.isupper():
        found = register.acronym(surface)
    if found is None:
        found = Referent(candidate.kind, surface, candidate.country, is_place, named=True)
        register.open(found, [(space, normal_name(surface))])
        if not is_place:
            register.know_initials(found, surface)
    found.aliases.setdefault(surface)
    return found


def _of_description(doc: Doc, candidate: Candidate, register: Register) -> Referent:
    head = doc[candidate.head]
    surface = " ".join(str(doc[candidate.left : candidate.right].text).split())
    definite = doc[candidate.left].lower_ in {"the", "this", "that", "these", "those"}
    if country := _own_government(doc, candidate):
        return _country(register, country, surface, as_place=False)
    normal = normal_name(surface)
    if definite and candidate.kind is ActorKind.PERSON:
        bearer = register.bearer_of(normal, head.lower_, candidate.sentence)
        if bearer:
            return bearer
    is_place = candidate.kind is ActorKind.PLACE or (
        head.lemma_.lower() in {"country", "nation", "state"}
        and not candidate.plural
        and not is_government(head, EntryType.COUNTRY)
    )
    space = "place" if is_place else "actor"
    found = register.keyed(space, normal) if definite else None
    if found is None:
        kind = ActorKind.PLACE if is_place else candidate.kind
        found = Referent(kind, _text(doc, candidate.left, candidate.right), None, is_place)
        register.open(found, [(space, normal)] if definite else [])
    found.aliases.setdefault(surface)
    return found


def _own_government(doc: Doc, candidate: Candidate) -> Entry | None:
    """The country of which the description names the government as a whole."""
    del doc, candidate
    return None


def _of_pronoun(doc: Doc, candidate: Candidate, register: Register) -> Referent | None:
    token: Token = doc[candidate.head]
    word = token.lower_
    if word == "it" and not (
        token.dep_ == "nsubj" and token.head.lemma_.lower() in words("acting_verbs")
    ):
        return None
    if word in {"we", "us"}:
        found = register.keyed("pronoun", "we")
        return found or register.open(Referent(ActorKind.GROUP, "we", None), [("pronoun", "we")])
    return register.antecedent(candidate, word)
