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
_BUILT = frozenset({EntryType.CAPITAL, EntryType.SEAT})
"""What is a city or a building if it is no government; a country is attacked as a whole."""
_PLACING = {"on": "attack_words", "between": "ways", "for": "departures"}
"""Prepositions that place, after the words of a list: "an attack on", "a flight between"."""
_TERMS = frozenset({"odds", "talks", "pressure", "agreement", "favor", "favour", "contact"})
"""What parties are at, in or under: "is at odds with", "is in talks"."""
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_HYPHENS = frozenset({"-", "–"})
_HIGHEST = 3
"""Nouns that a modifier may modify in turn."""


def is_government(token: Token, type_: EntryType) -> bool:
    """Does the name headed by `token` speak of a government here?

    `type_` is COUNTRY, CAPITAL, SEAT or, for a description such as "the country", PLACE.
    """
    first = first_conjunct(token)
    relation, head = first.dep_, first.head
    if relation in _SUBJECTS:
        undergoes = relation == "nsubjpass" and type_ in _BUILT and _is_done_to_place(head)
        return not undergoes and _acts(head, type_)
    if relation == "pobj":
        return _is_partner(head, type_)
    if relation in _OBJECTS:
        return _is_addressed(head, type_)
    if relation == "poss":
        return _possesses(head, type_)
    if relation in _MODIFIERS and _is_one_of_two(token):
        return type_ is not EntryType.PLACE and kind_of_noun(_noun_after(token)) is None
    is_part = relation in _MODIFIERS and head.lemma_.lower() in words("place_parts")
    return type_ is EntryType.SEAT and not is_part


def _is_one_of_two(token: Token) -> bool:
    """ "UK-France talks", "the Chile-Peru treaty": two states have them, with a hyphen between."""
    i, doc = token.i, token.doc
    after = i + 2 < len(doc) and doc[i + 1].text in _HYPHENS and doc[i + 2].ent_type_ == "GPE"
    before = i > 1 and doc[i - 1].text in _HYPHENS and doc[i - 2].ent_type_ == "GPE"
    return after or before


def _noun_after(modifier: Token) -> Token:
    """The noun that the pair modifies; "border" in "the Chile-Peru border" is a place."""
    for _ in range(_HIGHEST):
        if modifier.dep_ not in _MODIFIERS:
            break
        modifier = modifier.head
    return modifier


def _is_addressed(verb: Token, type_: EntryType) -> bool:
    """ "Urged Moscow"; "left Moscow" and "left Downing Street" speak of places."""
    if type_ is EntryType.SEAT:
        return not _is_done_to_place(verb)
    return verb.lemma_.lower() in words("actor_object_verbs")


def _is_done_to_place(verb: Token) -> bool:
    """ "Left Downing Street", "Oslo was hit by snow": what is done to buildings and cities."""
    return verb.lemma_.lower() in words("place_object_verbs")


def _acts(verb: Token, type_: EntryType) -> bool:
    if type_ is EntryType.SEAT:
        return True
    if verb.lemma_ in _COPULAS:
        if type_ is EntryType.CAPITAL:
            return _is_willing(verb)
        return type_ is EntryType.COUNTRY and is_like_somebody(verb)
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() not in words("stative_verbs")


def _is_willing(copula: Token) -> bool:
    """ "Lima is ready to talk", "is at odds with"; "Lima is a port" is said of the city."""
    return any(
        (word.dep_ == "acomp" and word.lemma_.lower() in words("personal_adjectives"))
        or (word.dep_ == "prep" and any(c.lower_ in _TERMS for c in word.children))
        for word in copula.rights
    )


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
    text, governor = preposition.lower_, preposition.head
    if text == "to":
        return _is_receiver(governor)
    if text == "from":
        return _is_sender(governor)
    if text == "of":
        return _is_owner(governor.lemma_.lower(), type_)
    if type_ in _BUILT and text in _PLACING:
        return governor.lemma_.lower() not in words(_PLACING[text])
    return text not in words("place_prepositions")


def _is_receiver(source: Token) -> bool:
    """ "A warning to Ankara", "according to Ankara", "sources close to Ankara"."""
    if source.lower_ == "close":
        return kind_of_noun(source.head) not in {None, ActorKind.PLACE}
    return source.lower_ == "according" or source.lemma_.lower() in words("giving_words")


def _is_sender(origin: Token) -> bool:
    """ "A letter from Ankara", "the order came from Ankara"; "reports from Ankara" are of the city.

    Reporters are anywhere: what they send tells nothing of the government.
    """
    if origin.lemma_ == "come":
        return any(
            child.dep_ == "nsubj" and child.lemma_.lower() in words("giving_words")
            for child in origin.lefts
        )
    is_sent = origin.pos_ == "NOUN" and origin.lemma_.lower() in words("giving_words")
    return is_sent and origin.lemma_ != "report"


def _is_owner(owned: str, type_: EntryType) -> bool:
    """ "The policies of Warsaw", "an aide of the Kremlin"; not "the walls of the Kremlin"."""
    if type_ is EntryType.SEAT:
        return owned not in words("place_parts")
    return type_ is EntryType.CAPITAL and owned in words("government_matters")


def _possesses(owned: Token, type_: EntryType) -> bool:
    """ "Moscow's pledge" is the government's; "Iraq's cities", "Iraq's minister" the country's."""
    if type_ in _BUILT and owned.lemma_.lower() in words("place_parts"):
        return False
    return type_ is EntryType.SEAT or kind_of_noun(owned) is None
