"""Which actor or place each candidate means.

Names come first, over the whole text, so that a bare surname or acronym finds its full name; then
everything is read from left to right, so that descriptions and pronouns find whom was spoken of.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.apposition import descriptions_beside
from app.ingest.extract.entities.bearers import Description, classes_told_by
from app.ingest.extract.entities.coreference import normal_name
from app.ingest.extract.entities.countries import Entry, EntryType, look_up
from app.ingest.extract.entities.descriptions import gender_of_noun, kind_of_noun
from app.ingest.extract.entities.homes import give_countries
from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.metonyms import is_government
from app.ingest.extract.entities.named_referents import Reading, begin, of_country, without_article
from app.ingest.extract.entities.noun_phrases import noun_phrase_end, noun_phrase_start
from app.ingest.extract.entities.pronoun_referents import enter_quotation, of_pronoun
from app.ingest.extract.entities.referent import Referent
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_DETERMINERS = _DEFINITE | {"a", "an"}
_SETTLEMENTS = frozenset({"city", "town", "village", "province", "port", "state", "region"})
_LEDE = 1
"""The last sentence in which a report tells somebody's office before the name."""

_NEXT = 4
"""Sentences after it in which the name is looked for."""

_LANDS = frozenset({"country", "nation", "state"})
_WHOLE = frozenset({"the", "of", "'s", "’s", "'", "’", "federal", "central", "national"})
"""Words that leave "the federal government of X" the government of the whole country."""


def resolve(doc: Doc, candidates: list[Candidate]) -> list[Referent]:
    """The referents of all candidates in the order of their first mention.

    Pronouns without antecedent refer to nobody and are left out.
    """
    _inherit_countries(candidates)
    reading = begin(doc, candidates)
    beside = _learn_appositions(reading, candidates)
    speakers = reading.speakers
    for candidate in sorted(candidates, key=lambda c: speakers.reading_position(doc[c.head])):
        enter_quotation(reading, doc[candidate.head])
        referent = reading.at.get(candidate.head)
        if referent and _is_generic(reading, candidate):
            referent = _of_generic_name(reading, candidate) or referent
        if candidate.form is MentionForm.DESCRIPTION:
            referent = _of_description(reading, candidate, beside.get(candidate.head))
        elif candidate.form is MentionForm.PRONOUN:
            referent = of_pronoun(reading, candidate)
        if referent:
            reading.at[candidate.head] = referent
            reading.register.add(referent, candidate)
    found = [referent for referent in reading.register.referents if referent.candidates]
    for referent in found:
        referent.candidates.sort(key=lambda candidate: candidate.head)
    found.sort(key=lambda referent: referent.candidates[0].head)
    give_countries(reading, found)
    return found


def _inherit_countries(candidates: Sequence[Candidate]) -> None:
    """Give a noun phrase the country named inside it: "Russian President ..." belongs to Russia.

    Candidates must be sorted by `left`, wider ones first.
    """
    outer: Candidate | None = None
    for candidate in candidates:
        if outer is None or candidate.left >= outer.right:
            outer = candidate
        elif candidate.country and outer.country is None and candidate.form is MentionForm.NAME:
            outer.country = candidate.country
            outer.tags.add("country inside")
        elif _is_of_two_countries(outer, candidate):
            outer.country = None


def _is_of_two_countries(outer: Candidate, inner: Candidate) -> bool:
    """ "The Chadian-Sudanese border" lies in neither country alone."""
    return (
        outer.kind is ActorKind.PLACE
        and "country inside" in outer.tags
        and inner.form is MentionForm.NAME
        and inner.country not in {None, outer.country}
    )


def _learn_appositions(reading: Reading, candidates: Sequence[Candidate]) -> dict[int, Referent]:
    """Learn what the nouns beside names say, and lead from the heads of these nouns to the names.

    People take a role from it; what the gazetteer does not know, kind and country.
    """
    doc = reading.doc
    owners: dict[int, Referent] = {}
    described = {c.head: c for c in candidates if c.form is MentionForm.DESCRIPTION}
    for head, nouns in descriptions_beside(doc, candidates).items():
        named = reading.at[head]
        for noun in nouns:
            text = without_article(doc, noun_phrase_start(noun), noun_phrase_end(noun))
            kind = kind_of_noun(noun)
            if kind is None or (kind is ActorKind.PERSON) is not named.is_person:
                continue
            if (kind is ActorKind.PLACE) is not named.is_place:
                continue
            if named.is_person:
                named.roles.setdefault(text)
                named.gender = named.gender or gender_of_noun(noun.lower_)
            elif not named.certain and not named.is_place:
                named.kind = kind
            if (candidate := described.get(noun.i)) and named.country is None:
                named.country = candidate.country
            reading.register.bearers.describe(named, text, noun.lower_)
            owners.setdefault(noun.i, named)
    return owners


def _of_description(reading: Reading, candidate: Candidate, beside: Referent | None) -> Referent:
    doc, register = reading.doc, reading.register
    named = beside or _explained(reading, candidate) or _classified(reading, doc[candidate.head])
    if named and named.is_place and named.country is None:
        named.country = candidate.country  # "the Pakistani province of Sindh"
    if named and named.is_person is (candidate.kind is ActorKind.PERSON) and not candidate.plural:
        register.bearers.describe(named, without_article(doc, candidate.left, candidate.right))
        return named
    surface = " ".join(str(doc[candidate.left : candidate.right].text).split())
    if reading.home_country and _is_bare_government(doc, candidate):
        candidate.country = reading.home_country
    if _is_whole_government(doc, candidate):
        entry = Entry(EntryType.COUNTRY, "", candidate.country, ActorKind.GOVERNMENT)
        found = of_country(register, entry, as_place=False)
        found.aliases.setdefault(surface)
        return found
    return _described(reading, candidate, surface)


def _is_generic(reading: Reading, candidate: Candidate) -> bool:
    """Is the name one word that heads names of many bodies: "the Commission", "Council"?"""
    if candidate.entry or candidate.core_end - candidate.head != 1:
        return False
    word = reading.doc[candidate.head]
    if candidate.start < candidate.head and reading.doc[candidate.head - 1].lower_ != "the":
        return False
    return word.lower_ in words("generic_bodies") and not word.text.isupper()


def _of_generic_name(reading: Reading, candidate: Candidate) -> Referent | None:
    """The body named in full before, as for a description."""
    return reading.register.bearers.find(
        Description(
            noun=reading.doc[candidate.head].lower_,
            modifiers=frozenset(),
            sentence=candidate.sentence,
            plural=False,
            is_person=candidate.kind is ActorKind.PERSON,
            is_place=candidate.kind is ActorKind.PLACE,
            country=candidate.country,
        )
    )


def _described(reading: Reading, candidate: Candidate, surface: str) -> Referent:
    """Whom a definite description takes up, or a new actor or place known by this description."""
    doc, register = reading.doc, reading.register
    head: Token = doc[candidate.head]
    is_place = _is_place(candidate, head)
    definite = _is_definite(doc, candidate)
    description = Description(
        noun=head.lemma_.lower() if candidate.plural else head.lower_,
        modifiers=_modifiers(doc, candidate),
        sentence=candidate.sentence,
        plural=candidate.plural,
        is_person=candidate.kind is ActorKind.PERSON,
        is_place=is_place,
        country=candidate.country,
    )
    space, normal = "place" if is_place else "actor", normal_name(surface)
    found = None
    if definite:
        found = register.bearers.find(description) or register.keyed(space, normal)
        if found is None and description.is_person and not candidate.plural:
            found = _by_epithet(reading, description)
    if found is None and description.is_person and not candidate.plural:
        found = _named_next(reading, description)
    if found is None:
        kind = ActorKind.PLACE if is_place else candidate.kind
        start = noun_phrase_start(head) if candidate.plural else candidate.left
        name = without_article(doc, min(start, candidate.left), candidate.right)
        found = Referent(kind, name, candidate.country, is_place, plural=candidate.plural)
        if description.is_person and not candidate.plural:
            found.gender = gender_of_noun(description.noun)
        register.open(found, [(space, normal)] if definite else [])
    found.country = found.country or candidate.country
    register.bearers.describe(
        found, without_article(doc, candidate.left, candidate.right), description.noun
    )
    if not found.named:
        found.aliases.setdefault(surface)
    return found


def _named_next(reading: Reading, description: Description) -> Referent | None:
    """ "Former minister jailed", then "former health minister Ana Ruiz": the lede names later.

    Only at the very beginning, and only if one person alone is given that office next.
    """
    if description.sentence > _LEDE or description.noun not in words("public_offices"):
        return None
    fitting = {
        id(person): person
        for sentence, person in reading.people
        if 0 < sentence - description.sentence <= _NEXT
        and not person.candidates
        and (description.noun in person.nouns or person.classes & classes_told_by(description.noun))
        and not (description.country and person.country not in {None, description.country})
    }
    return fitting.popitem()[1] if len(fitting) == 1 else None


def _by_epithet(reading: Reading, description: Description) -> Referent | None:
    """Whom "the 22-year-old" or "the tycoon" says more of: the person spoken of."""
    if description.noun not in words("epithets"):
        return None
    return reading.register.antecedents.topic(description.sentence)


def _is_place(candidate: Candidate, head: Token) -> bool:
    if candidate.kind is ActorKind.PLACE:
        return True
    is_land = head.lemma_.lower() in _LANDS and not candidate.plural
    return is_land and not is_government(head, EntryType.COUNTRY)


def _is_definite(doc: Doc, candidate: Candidate) -> bool:
    """Does the phrase begin with "the" or the like, or is it "police", of which there is one?"""
    if doc[candidate.left].lower_ in _DEFINITE:
        return True
    if doc[candidate.head].lower_ not in words("unique_bodies"):
        return False
    return all(_is_nationality(doc[i]) for i in range(candidate.left, candidate.head))


def _modifiers(doc: Doc, candidate: Candidate) -> frozenset[str]:
    """What the description says beyond its head noun, without determiners.

    The nationality of a body is compared as its country; "the Japanese ambassador" is not any
    ambassador.
    """
    found = set()
    for token in doc[candidate.left : candidate.right]:
        if token.i == candidate.head or token.is_punct or token.lower_ in _DETERMINERS:
            continue
        if candidate.kind is not ActorKind.PERSON and _is_nationality(token):
            continue
        found.add(token.lower_)
    return frozenset(found)


def _is_nationality(token: Token) -> bool:
    if not token.text[:1].isupper():
        return False
    entry = look_up(token.text)
    return entry is not None and entry.type is EntryType.ADJECTIVE and entry.country is not None


def _explained(reading: Reading, candidate: Candidate) -> Referent | None:
    """The referent of the name before the parenthesis that the description stands in."""
    owner = reading.explained.get(candidate.head)
    return reading.at.get(owner.head) if owner else None


def _classified(reading: Reading, noun: Token) -> Referent | None:
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


def _is_bare_government(doc: Doc, candidate: Candidate) -> bool:
    """ "The government", with no word of whose it is."""
    head = candidate.head
    is_bare = candidate.left == head - 1 and candidate.right == head + 1
    return is_bare and doc[head].lower_ == "government" and doc[head - 1].lower_ == "the"
