"""What kind of thing a name names, by all that the text says around its mentions.

spaCy labels each mention alone and small models waver: one town is a person here and a company
there. A text means one thing by one name, so that the mentions vote: the label counts one; a title,
"in ...", "the city of ...", "..., Syria", "the ... spokesman" or "the airline ..." count more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.apposition import noun_before, nouns_beside
from app.ingest.extract.entities.bearers import classes_told_by
from app.ingest.extract.entities.capitals import common_nouns, names_in_capitals
from app.ingest.extract.entities.countries import EntryType
from app.ingest.extract.entities.descriptions import kind_of_noun, kinds_of_nouns
from app.ingest.extract.entities.names import Name
from app.ingest.extract.entities.noun_phrases import first_conjunct
from app.ingest.extract.entities.person_names import gender_of_name, name_heads
from app.ingest.extract.entities.things import (
    acronyms_of_things,
    is_in_small_letters,
    is_thing,
    text_of,
)
from app.lexicon import words
from app.vocabulary import ActorKind

_LOCATING = frozenset({"in", "near", "throughout", "outside", "inside", "into", "at", "toward"})
_TAKING = frozenset(
    {"liberate", "capture", "occupy", "seize", "enter", "besiege", "recapture", "flee"}
)
_TAKING_NOUNS = frozenset({"liberation", "isolation", "capture", "siege", "fall", "assault"})
_SPEAKING = frozenset({"say", "tell", "add", "believe", "think", "write", "note", "recall"})
_WITH_PLACES = frozenset(
    {"city", "town", "village", "province", "port", "resident", "mayor", "outskirts", "suburb"}
    | {
        "inhabitant",
        "portion",
        "district",
        "bishop",
        "archbishop",
        "island",
        "north",
        "south",
        "east",
        "west",
    }
)
"""Nouns whose complement with "of" is a place."""
_GOING = frozenset(
    {"fly", "travel", "return", "flee", "march", "drive", "sail", "walk", "trip", "visit"}
)
_OF_PEOPLE = frozenset({"who", "whom"})
_OF_THINGS = frozenset({"which"})
_MODIFYING = frozenset({"compound", "nmod"})
_HELD = frozenset({"held", "controlled", "occupied", "besieged"})
_LYING = frozenset({"on", "along", "across", "over", "beside", "crossing"})
_TAKING_NAMES = frozenset({"media", "union", "party", "club", "gang"})
"""Classes whose nouns follow a name: "the Globe newspaper", "the Likud party"."""
_ENDING_NAMES = frozenset({"media", "business", "club"})
_NO_SPEAKERS = frozenset({ActorKind.PLACE, ActorKind.OTHER})


def agree_on_kinds(doc: Doc, names: Sequence[Name]) -> list[Name]:
    """The names with the kind that most evidence speaks for; those of mere things left out.

    A bare surname has the kind of the full name. Names that the gazetteer or their own last word
    knows are not put to the vote.
    """
    votes: defaultdict[str, Counter[ActorKind]] = defaultdict(Counter)
    for name in names:
        if not name.sure:
            for kind, weight in _evidence(doc, name):
                votes[text_of(doc, name)][kind] += weight
    surnames = _surnames(doc, names, votes)
    for surname in surnames:
        votes[surname][ActorKind.PERSON] += 3
    for short in _short_names(doc, names):
        votes[short][ActorKind.ORGANIZATION] += 2
    _follow_short_names(votes)
    for name in names:
        text = text_of(doc, name)
        if text in surnames and _is_namesake(doc, name):
            name.entry, name.kind, name.sure = None, ActorKind.PERSON, True
        elif not name.sure:
            name.kind = votes[text].most_common(1)[0][0]
    things = acronyms_of_things(doc, names)
    shouted, common = names_in_capitals(doc, names), common_nouns(doc, names)
    return [
        name
        for name in names
        if name.kind is not ActorKind.OTHER
        and (text := text_of(doc, name)) not in things
        and (text in surnames or not is_thing(doc, name))
        and name.start not in shouted
        and name.start not in common
        and not is_in_small_letters(doc, name)
    ]


def _surnames(doc: Doc, names: Sequence[Name], votes: Mapping[str, Counter[ActorKind]]) -> set[str]:
    """The last words of what was labelled or voted to be the full or titled name of a person."""
    found: set[str] = set()
    for name in names:
        text = text_of(doc, name)
        if not name.is_titled and " " not in text:
            continue
        voted = not name.sure and votes[text].most_common(1)[0][0] is ActorKind.PERSON
        if name.kind is ActorKind.PERSON or voted:
            found.add(text.rpartition(" ")[2])
    return found


def _follow_short_names(votes: Mapping[str, Counter[ActorKind]]) -> None:
    """ "Lynx" is said to be a brewer: then "Brasserie Lynx" is none of the people, as it looked.

    Of a longer name nothing but the label may have told that it is somebody's.
    """
    for text, kinds in votes.items():
        parts = text.split()
        if len(parts) < 2 or dict(kinds) != {ActorKind.PERSON: 1}:
            continue
        for short in (parts[0], parts[-1]):
            if short in votes and votes[short].most_common(1)[0][0] is ActorKind.ORGANIZATION:
                kinds[ActorKind.ORGANIZATION] += 2


def _short_names(doc: Doc, names: Sequence[Name]) -> set[str]:
    """What stands for companies and clubs: "Lynx" for "Lynx Motors", "Rovers" for a club."""
    found: set[str] = set()
    for name in names:
        if name.entry or name.end - name.start < 2:
            continue
        first, last = doc[name.start], doc[name.end - 1]
        classes = classes_told_by(last.lower_)
        if "business" in classes and name.sure and first.lower_ not in words("generic_bodies"):
            found.add(first.text)
        elif "club" in classes and last.text[0].isupper():
            found.add(last.text)
    return found


def _is_namesake(doc: Doc, name: Name) -> bool:
    """Is it a person who bears the name of a town: "Lincoln said", but not "in Lincoln"?"""
    if name.entry is None or name.entry.type is not EntryType.PLACE or name.country:
        return False
    return not name.start or doc[name.start - 1].lower_ not in _LOCATING


def _evidence(doc: Doc, name: Name) -> Iterator[tuple[ActorKind, int]]:
    yield name.kind, 5 if name.is_titled else 1
    head = doc[(name.core_end or name.end) - 1]
    before = doc[name.start - 1] if name.start else None
    if name.kind is ActorKind.PERSON and before is not None and _is_article_of(before, name):
        yield ActorKind.ORGANIZATION, 3 if _is_plural(head) else 2
    if name.country:
        yield ActorKind.PLACE, 3
    if any(doc[i].text == "&" for i in range(name.start, name.end)):
        yield ActorKind.ORGANIZATION, 3
    if before is not None:
        yield from _from_word_before(before, name)
    yield from _from_function(head, first_conjunct(head), name)


def _from_word_before(before: Token, name: Name) -> Iterator[tuple[ActorKind, int]]:
    word = before.lower_
    if word in {"a", "an", "its", "their", "new"} and name.kind is not ActorKind.PLACE:
        yield ActorKind.OTHER, 2
    is_held = word in _HELD and before.i > 0 and before.nbor(-1).text == "-"
    if is_held or (word == "of" and before.head.lemma_.lower() in _WITH_PLACES):
        yield ActorKind.PLACE, 4
    elif word == "to" and before.head.lemma_.lower() in _GOING:
        yield ActorKind.PLACE, 3
    elif _is_crossed(before, name) or _locates(before):
        yield ActorKind.PLACE, 2
    elif (noun := noun_before(before.doc, name.start)) is not None and noun.dep_ != "appos":
        kind = kind_of_noun(noun)
        modifies = noun.dep_ in _MODIFYING and noun.head.i < name.end
        if kind is ActorKind.ORGANIZATION or (kind is ActorKind.PERSON and modifies):
            yield kind, 3


def _is_article_of(word: Token, name: Name) -> bool:
    """ "The Lusaka Sentinel" is nobody's name, but "the Ruiz campaign" has one in it."""
    return word.lower_ == "the" and name.start <= word.head.i < name.end


def _is_plural(head: Token) -> bool:
    """ "The Kestrels" are a band or a team, none of whom bears that name."""
    return head.text[-1] == "s" and head.text[-2:] != "ss"


def _locates(word: Token) -> bool:
    return word.lower_ in _LOCATING and word.pos_ in {"ADP", "PROPN", "SCONJ"}


def _is_crossed(article: Token, name: Name) -> bool:
    """ "on the Tagus", "across the Sahel": what lies there; "on the BBC" is none."""
    if article.lower_ != "the" or not article.i:
        return False
    if article.nbor(-1).lower_ not in _LYING or name.end - name.start > 1:
        return False
    word = article.nbor()
    return not word.text.isupper() and word.lower_ not in name_heads()


def _from_function(head: Token, first: Token, name: Name) -> Iterator[tuple[ActorKind, int]]:
    """What the sentence does with the name: modifier, object, subject, apposition."""
    if head.dep_ == "compound" and head.head.i >= name.end:
        if kind := _kind_of_modifier(head.head.lower_):
            yield kind, 3
    elif _is_taken(first) or (first is not head and _is_located(first)):
        yield ActorKind.PLACE, 2
    elif head.dep_ == "nsubj" and name.kind in _NO_SPEAKERS:
        yield from _from_verb(head.head.lemma_, name)
    yield from _from_apposition(head, name)
    yield from _from_own_words(head, name)


def _from_apposition(head: Token, name: Name) -> Iterator[tuple[ActorKind, int]]:
    """What stands beside the name: "an airline", "who leads the union".

    "A spokesman for the firm, Jo Lane": a person if the recogniser or the first name say so.
    """
    kinds = [kind_of_noun(noun) for noun in nouns_beside(head, name.start, name.end)]
    if ActorKind.PERSON in kinds and _looks_like_person(name, head):
        kinds = [ActorKind.PERSON]
    elif _is_personal(name, head):
        kinds = []  # "her rival, Holly Marsh": bodies are rivals as well
    kind = next((kind for kind in kinds if kind and kind is not ActorKind.GROUP), None)
    if kind:
        yield kind, 4
    for child in head.rights:
        if child.dep_ == "relcl" and _has_relative(child, _OF_PEOPLE):
            yield ActorKind.PERSON, 4 if name.end - name.start > 1 else 1
        elif (
            child.dep_ == "relcl"
            and name.kind is ActorKind.PERSON
            and _has_relative(child, _OF_THINGS)
        ):
            yield ActorKind.ORGANIZATION, 2


def _from_own_words(head: Token, name: Name) -> Iterator[tuple[ActorKind, int]]:
    """ "Lynx Shipping" and "Gazeta Courier" end as companies and papers do; "Maria" is a person."""
    if name.end - name.start < 2:
        return
    if classes_told_by(head.lower_) & _ENDING_NAMES:
        yield ActorKind.ORGANIZATION, 2
    elif _is_personal(name, head):
        yield ActorKind.PERSON, 4


def _is_personal(name: Name, head: Token) -> bool:
    """A first name and no word that ends names of bodies: "Grace Obi", not "Grace Foundation"."""
    if head.lower_ in name_heads() or classes_told_by(head.lower_):
        return False
    return bool(gender_of_name(str(head.doc[name.start : name.end].text)))


def _looks_like_person(name: Name, head: Token) -> bool:
    text = str(head.doc[name.start : name.end].text)
    return name.kind is ActorKind.PERSON or bool(gender_of_name(text))


def _has_relative(verb: Token, pronouns: frozenset[str]) -> bool:
    return any(child.lower_ in pronouns for child in verb.lefts)


def _from_verb(verb: str, name: Name) -> Iterator[tuple[ActorKind, int]]:
    """What speaks is somebody; what acts otherwise and was taken for a place, an organization."""
    if verb in _SPEAKING:
        yield ActorKind.PERSON, 2
    elif name.kind is ActorKind.PLACE and verb in words("acting_verbs"):
        yield ActorKind.ORGANIZATION, 2


def _kind_of_modifier(noun: str) -> ActorKind | None:
    """An organization has "its" executives, spokesmen and airlines: "the Ryanair chief"."""
    is_person = kinds_of_nouns().get(noun) is ActorKind.PERSON
    is_company = name_heads().get(noun) is ActorKind.ORGANIZATION or bool(
        classes_told_by(noun) & _TAKING_NAMES
    )
    return ActorKind.ORGANIZATION if is_person or is_company else None


def _is_taken(first: Token) -> bool:
    """The object of "liberate" or of "the liberation of"."""
    if first.dep_ == "dobj":
        return first.head.lemma_ in _TAKING
    return (
        first.dep_ == "pobj"
        and first.head.lower_ == "of"
        and first.head.head.lower_ in _TAKING_NOUNS
    )


def _is_located(first: Token) -> bool:
    return first.dep_ == "pobj" and first.head.lower_ in _LOCATING
