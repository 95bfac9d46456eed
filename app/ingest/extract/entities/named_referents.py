"""Which actor or place each name means: by the gazetteer, by a person's names, by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from app.ingest.extract.entities.acronyms import is_acronym, parenthesised
from app.ingest.extract.entities.coreference import Register, normal_name
from app.ingest.extract.entities.countries import Entry, EntryType, country_name, look_up
from app.ingest.extract.entities.home_country import home_country
from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.metonyms import is_government
from app.ingest.extract.entities.person_names import gender_of_name, titles
from app.ingest.extract.entities.quoted_speakers import QuotedSpeakers
from app.ingest.extract.entities.referent import Referent
from app.ingest.extract.syntax import words_of
from app.lexicon import table, words
from app.vocabulary import ActorKind, MentionForm

_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "sir", "dr"})


_FIRST_PEOPLE = 12
"""Names of people that are remembered as the first of the text."""


@dataclass(slots=True)
class Reading:
    """The text while its candidates are led to referents; `at` holds those found, by head token.

    `explained` leads from candidates in parentheses to those before them, `full_names` from short
    forms of organizations' names to the full ones. `home_country` is the code of the country that
    the text is about, if there is one.
    """

    doc: Doc
    register: Register
    explained: dict[int, Candidate]
    full_names: dict[str, str]
    speakers: QuotedSpeakers
    home_country: str | None = None
    people: list[tuple[int, Referent]] = field(default_factory=list)
    at: dict[int, Referent] = field(default_factory=dict)


def begin(doc: Doc, candidates: list[Candidate]) -> Reading:
    """A reading of the text in which each name has its referent already."""
    explained = parenthesised(doc, candidates)
    reading = Reading(doc, Register(), explained, {}, QuotedSpeakers(doc))
    reading.full_names = _full_names(reading, candidates)
    for candidate in candidates:
        if candidate.form is MentionForm.NAME:
            found = reading.at[candidate.head] = _of_name(reading, candidate)
            if found.is_person and len(reading.people) < _FIRST_PEOPLE:
                reading.people.append((candidate.sentence, found))
    reading.home_country = home_country(candidates)
    return reading


def without_article(doc: Doc, start: int, end: int) -> str:
    """The text of a token range without its article, blanks put straight."""
    while start < end - 1 and doc[start].lower_ in {"the", "a", "an"}:
        start += 1
    return " ".join(words_of(doc, start, end).split())


def of_country(register: Register, entry: Entry, *, as_place: bool) -> Referent:
    """The referent of a country, either as a place or as the government that acts for it."""
    code = entry.country or ""
    space = "land" if as_place else "government"
    found = register.keyed(space, code)
    if found is None:
        kind = ActorKind.PLACE if as_place else ActorKind.GOVERNMENT
        found = Referent(kind, country_name(code), code, as_place, named=True, certain=True)
        register.open(found, [(space, code)])
    return found


def _full_names(reading: Reading, candidates: Sequence[Candidate]) -> dict[str, str]:
    """Short forms of the text's names of organizations: "Sarvo" where it has one "Sarvo Metals".

    The first words of a name stand for it, and so does its last word where that is no word that
    names of many bodies end in. A form that two names share is left out.
    """
    longer: dict[str, set[str]] = {}
    for candidate in candidates:
        kinds = {ActorKind.ORGANIZATION, ActorKind.ARMED_FORCE, ActorKind.GROUP}
        if candidate.form is not MentionForm.NAME or candidate.kind not in kinds or candidate.entry:
            continue
        name = normal_name(without_article(reading.doc, candidate.start, candidate.core_end))
        parts = name.split()
        if not 1 < len(parts) < 6 or "of" in parts:
            continue
        for short in {" ".join(parts[:count]) for count in range(1, len(parts))} | {parts[-1]}:
            if short not in words("generic_bodies") and look_up(short.title()) is None:
                longer.setdefault(short, set()).add(name)
    found: dict[str, str] = {}
    for short, names in longer.items():
        longest = max(names, key=lambda name: (len(name), name))
        if all(longest.startswith(name) for name in names):
            found[short] = longest
    return found


def _of_name(reading: Reading, candidate: Candidate) -> Referent:
    surface = without_article(reading.doc, candidate.start, candidate.core_end)
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


def _glossed(reading: Reading, candidate: Candidate, surface: str) -> Referent | None:
    """The referent of the name before the parenthesis that this acronym stands in."""
    owner = reading.explained.get(candidate.head)
    if owner is None or owner.form is not MentionForm.NAME or candidate.entry:
        return None
    before = reading.doc[owner.core_end - 1].text
    found = reading.at.get(owner.head)
    if found is None or found.is_person:
        return None
    if not (is_acronym(surface) or is_acronym(before)):
        return None
    reading.register.key(found, "place" if found.is_place else "actor", normal_name(surface))
    if is_acronym(before) and not is_acronym(surface):
        found.name = surface
    return found


def _of_known_name(reading: Reading, candidate: Candidate, entry: Entry, surface: str) -> Referent:
    register = reading.register
    if entry.type is EntryType.ADJECTIVE and entry.kind is ActorKind.GOVERNMENT:
        return of_country(register, entry, as_place=True)
    if entry.type in {EntryType.COUNTRY, EntryType.CAPITAL, EntryType.SEAT}:
        token = reading.doc[candidate.head]
        as_place = is_dateline(reading.doc, candidate) or not is_government(token, entry.type)
        if not as_place and (other := _stands_for(entry.name)):
            return _of_known_name(reading, candidate, other, surface)
        if entry.type is EntryType.COUNTRY or not as_place:
            return of_country(register, entry, as_place=as_place)
    is_place = entry.kind is ActorKind.PLACE or entry.type in {EntryType.CAPITAL, EntryType.SEAT}
    space = "place" if is_place else "actor"
    key = normal_name(entry.name)
    found = register.keyed(space, key)
    if found and _is_elsewhere(candidate, found):
        key = f"{key} {entry.country}"
        found = register.keyed(space, key)
    if found is None:
        kind = ActorKind.PLACE if is_place else entry.kind
        found = Referent(kind, entry.name, entry.country, is_place, named=True, certain=True)
        found.latitude, found.longitude = entry.latitude, entry.longitude
        keys = {(space, key), (space, normal_name(surface))}
        register.open(found, keys)
        register.bearers.describe(found, entry.name)
        if not is_place:
            register.know_initials(found, entry.name)
    return found


def _is_elsewhere(candidate: Candidate, found: Referent) -> bool:
    """Does the country after the name tell it from a place of that name met before?

    A bare "Paris" after "Paris, Texas" is the same (one sense a discourse, Gale, Church and
    Yarowsky 1992).
    """
    is_located = candidate.end > candidate.core_end
    return is_located and found.country not in {None, candidate.country}


def is_dateline(doc: Doc, candidate: Candidate) -> bool:
    """Does the name tell where the report was filed: "NAIROBI (Reuters) -", "LISBON, 3 Oct -"?

    Datelines stand in capitals at the beginning of a line (AP Stylebook, "datelines").
    """
    first, end = doc[candidate.start], candidate.end
    if candidate.start and not first.is_sent_start:
        return False
    if end >= len(doc) or doc[end].text not in {"(", ",", "-", "–", "—", ":"}:
        return False
    return first.text.isupper() and len(first.text) > 3


def _stands_for(city: str) -> Entry | None:
    """What a city means that does not stand for its country's government: Brussels for the EU."""
    for row in table("metonyms"):
        if row["name"] == city:
            return look_up(row["actor"])
    return None


def _of_person(reading: Reading, candidate: Candidate, name: str) -> Referent:
    register = reading.register
    gender = _gender(candidate.title) or gender_of_name(name)
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


def _of_other_name(reading: Reading, candidate: Candidate, surface: str) -> Referent:
    register = reading.register
    is_place = candidate.kind is ActorKind.PLACE
    space = "place" if is_place else "actor"
    key, country = normal_name(surface), candidate.country
    if not is_place:
        key = reading.full_names.get(key, key)
    found = register.keyed(space, key)
    if found and country and found.country and country != found.country:
        key = f"{key} {country}"
        found = register.keyed(space, key)
    if found is None and not is_place and is_acronym(surface):
        found = register.acronym(surface)
    name = _full_name(reading.doc, candidate, surface)
    if found is None:
        if is_place and country is None and (known := look_up(surface.rpartition(" ")[0])):
            country = known.country
        found = Referent(candidate.kind, name, country, is_place, named=True)
        register.open(found, [(space, key)])
        if not is_place:
            register.know_initials(found, surface)
    elif len(name) > len(found.name) and not is_acronym(found.name) and not found.certain:
        found.name = name
    register.bearers.describe(found, surface)
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
        return without_article(doc, candidate.left, candidate.core_end)
    return surface
