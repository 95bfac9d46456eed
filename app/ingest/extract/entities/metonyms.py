"""Whether the name of a country, capital or seat means the government or the place.

"Moscow said", "confirmed by Moscow" and "Moscow's pledge" speak of Russia's government; "in
Moscow", "near Moscow" and "Moscow's streets" of the city. The sentence decides, after the
distinction of place-for-people readings from literal ones in SemEval-2007 task 8 (Markert and
Nissim 2007), whose commonest metonymic positions are subject, possessor and object of address.
"""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.entities.countries import EntryType
from app.ingest.extract.entities.descriptions import kind_of_noun
from app.ingest.extract.entities.noun_phrases import first_conjunct
from app.lexicon import words
from app.vocabulary import ActorKind

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_OBJECTS = frozenset({"dobj", "dative", "iobj", "obj"})
_COPULAS = frozenset({"be", "remain", "become", "stay", "feel", "seem"})
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
        return type_ is EntryType.SEAT
    return type_ is EntryType.SEAT


def _acts(verb: Token, type_: EntryType) -> bool:
    if type_ is EntryType.SEAT:
        return True
    if verb.lemma_ in _COPULAS:
        return type_ is EntryType.COUNTRY and is_like_somebody(verb)
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() not in words("stative_verbs")


def is_like_somebody(copula: Token) -> bool:
    """ "... is committed", "is able to", "is a partner": what is said of people."""
    for word in copula.rights:
        if word.dep_ == "acomp":
            return word.lemma_.lower() in words("personal_adjectives")
        if word.dep_ in {"attr", "oprd"}:
            kind = kind_of_noun(word)
            return kind is not None and kind is not ActorKind.PLACE
    return False


def _is_partner(preposition: Token, type_: EntryType) -> bool:
    """After a preposition: "with Moscow", "by Moscow", "a pledge to Moscow" are the government."""
    text = preposition.lower_
    if text == "to" or (text == "from" and preposition.head.pos_ == "NOUN"):
        return preposition.head.lemma_.lower() in words("giving_words")
    if text in words("place_prepositions"):
        return False
    if text == "of":
        return type_ is EntryType.SEAT
    return True


def _possesses(owned: Token, type_: EntryType) -> bool:
    """ "Moscow's pledge" is the government's; "Iraq's cities", "Iraq's minister" the country's."""
    return type_ is EntryType.SEAT or kind_of_noun(owned) is None
