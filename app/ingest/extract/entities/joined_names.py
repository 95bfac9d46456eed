"""Names that are parts of one longer name: "Agency for Coastal Safety", "Palmyra, Syria"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.countries import EntryType, namesake
from app.ingest.extract.entities.names import Name
from app.ingest.extract.entities.person_names import name_heads
from app.lexicon import words
from app.vocabulary import ActorKind

_LINKS = frozenset({"of", "for"})
_ENUMERATING = frozenset({",", "and", "or", "&"})
_CAPITAL_LINKS = frozenset({"Without", "For"})
_PLAIN_HEADS = frozenset({"city", "town", "village", "province", "state", "people", "day"})
"""Words that describe the name after "of" and are no part of it: "the City of Mosul"."""


def join_names(doc: Doc, names: list[Name]) -> list[Name]:
    """The names with their complements, and places with the country after them."""
    return _with_countries(doc, _with_complements(doc, names))


def _with_complements(doc: Doc, names: list[Name]) -> list[Name]:
    """Join "Agency" + "for" + "Coastal Safety" and "Strait" + "of" + "Hormuz"."""
    kept: list[Name] = []
    for name in names:
        start = _complemented(doc, name)
        while start >= 0 and kept and kept[-1].end > start:
            start = min(start, kept.pop().start)
        if start >= 0:
            kept.append(
                Name(start, name.end, _kind_of_head(doc, start, name), None, start, sure=True)
            )
        else:
            kept.append(name)
    return kept


def _kind_of_head(doc: Doc, start: int, name: Name) -> ActorKind:
    """What the word before the last link tells: an agency "for" is a government body."""
    for i in range(name.start, start, -1):
        if doc[i].lower_ in _LINKS and doc[i - 1].lower_ in name_heads():
            return name_heads()[doc[i - 1].lower_]
    return ActorKind.ORGANIZATION


def _complemented(doc: Doc, name: Name) -> int:
    """Where the name begins of which `name` is only the complement, or -1."""
    if (opening := _before_capital_link(doc, name)) >= 0:
        return opening
    link = name.start - 1
    if link > 1 and doc[link].lower_ == "the":
        link -= 1
    if link < 1 or doc[link].lower_ not in _LINKS or name.is_titled:
        return -1
    head = doc[link - 1]
    is_head = head.text[0].isupper() and head.lower_ in name_heads()
    if not is_head or head.lower_ in _PLAIN_HEADS or head.lower_ in words("self_government"):
        return -1
    start: int = link - 1
    while start and doc[start - 1].pos_ == "PROPN" and doc[start - 1].dep_ == "compound":
        start -= 1
    return start


def _before_capital_link(doc: Doc, name: Name) -> int:
    """Where "Doctors Without Borders" begins, whose preposition in capitals is part of the name.

    Not in a headline whose words all have capitals.
    """
    link = name.start if doc[name.start].text in _CAPITAL_LINKS else name.start - 1
    if link < 1 or doc[link].text not in _CAPITAL_LINKS or link + 1 >= len(doc):
        return -1
    head: Token = doc[link - 1]
    if not head.text[:1].isupper() or head.is_punct or doc[link].is_sent_start:
        return -1
    around = [doc[head.i - 1] if head.i else head, doc[min(name.end, len(doc) - 1)]]
    return head.i if any(word.text.islower() for word in around) else -1


def _with_countries(doc: Doc, names: list[Name]) -> list[Name]:
    """Let the name of a place take in the country after it: "Palmyra, Syria"."""
    for name, land in pairwise(names):
        if land.start != name.end + 1 or doc[name.end].text != ",":
            continue
        _choose_namesake(name, land)
        if _lies_in(name, land) and not _is_spoken_of(doc, land):
            if name.entry and name.entry.country != _country(land) and _is_list(doc, name, land):
                continue
            _locate(name, land)
    return names


def _choose_namesake(name: Name, land: Name) -> None:
    """After a city of the United States "Georgia" is the state."""
    if name.entry and land.entry and land.entry.type is EntryType.COUNTRY and name.entry.country:
        land.entry = namesake(land.entry.name, name.entry.country) or land.entry


def _lies_in(name: Name, land: Name) -> bool:
    """Can the first name be a place in the second, a country or a state of a federation?"""
    if land.entry is None or land.entry.country is None or land.core_end:
        return False
    if land.entry.type not in {EntryType.COUNTRY, EntryType.PLACE} or land.is_titled:
        return False
    if name.entry is None:
        return not name.is_titled and name.kind is not ActorKind.GROUP and not name.sure
    if name.entry.type is EntryType.PLACE:
        return name.kind is ActorKind.PLACE
    return name.entry.type is EntryType.CAPITAL and name.entry.name != land.entry.name


def _is_spoken_of(doc: Doc, land: Name) -> bool:
    """Has the country a part of its own: "in Geneva, Russia said", "Moscow, Russia's capital"?"""
    if doc[land.end - 1].dep_ in {"nsubj", "nsubjpass"}:
        return True
    return land.end < len(doc) and doc[land.end].tag_ == "POS"


def _is_list(doc: Doc, name: Name, land: Name) -> bool:
    """Are the two parts of an enumeration: "from Paris, Texas and Ohio"?

    Asked only where the gazetteer knows the first name as a place in another country.
    """
    if name.start and doc[name.start - 1].text in _ENUMERATING:
        return True
    if land.end >= len(doc) or doc[land.end].text not in _ENUMERATING:
        return False
    after = doc[land.end + 1] if land.end + 1 < len(doc) else None
    return doc[land.end].text != "," or (after is not None and after.pos_ in {"PROPN", "CCONJ"})


def _country(land: Name) -> str | None:
    return land.entry.country if land.entry else None


def _locate(name: Name, land: Name) -> None:
    """Put the place into the country, which outweighs what the gazetteer says of its name.

    A city of that name elsewhere lends no coordinates: "Paris, Texas".
    """
    name.core_end, name.end = name.end, land.end
    name.country = _country(land)
    if name.entry is None:
        return
    known = name.entry
    if known.country != name.country:
        known = replace(known, latitude=None, longitude=None)
    name.kind = ActorKind.PLACE
    name.entry = replace(known, type=EntryType.PLACE, kind=name.kind, country=name.country)
