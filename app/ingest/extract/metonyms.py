"""Whether the name of a country, capital or seat means the government or the place.

"Moscow said", "confirmed by Moscow" and "Moscow's pledge" speak of Russia's government; "in
Moscow", "near Moscow" and "Moscow's streets" of the city. The sentence decides, after the
distinction of place-for-people readings from literal ones in SemEval-2007 task 8 (Markert and
Nissim 2007), whose commonest metonymic positions are subject, possessor and object of address.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from app.ingest.extract.countries import EntryType
from app.ingest.extract.noun_phrases import first_conjunct
from app.lexicon import table, words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_OBJECTS = frozenset({"dobj", "dative", "iobj", "obj"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})


def is_government(token: Token, type_: EntryType) -> bool:
    """Does the name headed by `token` speak of a government here?

    `type_` is COUNTRY, CAPITAL, SEAT or, for a description such as "the country", PLACE.
    """
    first = first_conjunct(token)
    relation, head = first.dep_, first.head
    if relation in _SUBJECTS:
        return _acts(head, type_)
    if relation == "pobj":
        return _is_partner(head, type_)
    if relation in _OBJECTS:
        return type_ is EntryType.SEAT or head.lemma_.lower() in words("actor_object_verbs")
    if relation == "poss":
        return _possesses(head, type_)
    if relation in _MODIFIERS:
        return type_ in {EntryType.COUNTRY, EntryType.SEAT}
    return type_ is EntryType.SEAT


def _acts(verb: Token, type_: EntryType) -> bool:
    if type_ is EntryType.SEAT:
        return True
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() not in words("stative_verbs")


def _is_partner(preposition: Token, type_: EntryType) -> bool:
    """After a preposition: "with Moscow", "by Moscow", "a pledge to Moscow" are the government."""
    text = preposition.lower_
    if text == "to":
        return preposition.head.lemma_.lower() in words("giving_words")
    if text in words("place_prepositions"):
        return False
    if text == "of":
        return type_ is EntryType.SEAT
    return True


def _possesses(owned: Token, type_: EntryType) -> bool:
    return type_ is EntryType.SEAT or _place_nouns().isdisjoint({owned.lemma_.lower()})


@cache
def _place_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in table("actor_nouns") if row["kind"] == "place")
