"""Descriptions and pronouns: "two officials briefed on the matter", "the ministry", "she"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.noun_phrases import (
    noun_phrase_end,
    noun_phrase_start,
    without_numeral,
)
from app.lexicon import table, words
from app.vocabulary import ActorKind, MentionForm

_MODIFYING = frozenset({"compound", "nmod", "amod", "npadvmod"})
_COUNTED = frozenset({ActorKind.PERSON, ActorKind.PLACE})
"""What needs an article in the singular: "took place", "as commander" speak of nobody."""
_LANDS = frozenset({"state", "nation", "country"})
"""Governments that need one as well: "secretary of state" speaks of none."""
_AGE = 5
"""Tokens before "old" in "the 22-year-old"."""
_AGED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "appos", "conj"})
_COORDINATED = 5
_PRONOUNS = {
    "i": ("person", False),
    "me": ("person", False),
    "my": ("person", False),
    "he": ("person", False),
    "him": ("person", False),
    "she": ("person", False),
    "we": ("group", True),
    "us": ("group", True),
    "our": ("group", True),
    "they": ("group", True),
    "them": ("group", True),
    "it": ("organization", False),
    "his": ("person", False),
    "her": ("person", False),
    "their": ("group", True),
    "its": ("organization", False),
    "who": ("person", False),
    "whom": ("person", False),
    "whose": ("person", False),
    "which": ("organization", False),
}
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})


@cache
def kinds_of_nouns() -> dict[str, ActorKind]:
    """The kind of actor or place that a noun describes, by its lemma."""
    kinds = dict.fromkeys(words("person_nouns"), ActorKind.PERSON)
    kinds.update({row["noun"]: ActorKind(row["kind"]) for row in table("actor_nouns")})
    return kinds


def kind_of_noun(token: Token) -> ActorKind | None:
    """The kind that a noun tells; people in the plural are a group."""
    kinds = kinds_of_nouns()
    kind = kinds.get(token.lower_) or kinds.get(token.lemma_.lower())
    if kind is ActorKind.PERSON and is_plural(token):
        return ActorKind.GROUP
    return kind


@cache
def _gendered() -> dict[str, str]:
    return {row["noun"]: row["gender"] for row in table("gendered_nouns")}


def gender_of_noun(noun: str) -> str:
    """The gender that a noun for a person tells ("male", "female"), or ""."""
    if noun.endswith("woman"):
        return "female"
    return _gendered().get(noun, "male" if noun.endswith("man") else "")


def is_plural(token: Token) -> bool:
    """By the part-of-speech tag of the Penn Treebank."""
    return token.tag_ in {"NNS", "NNPS"}


def describe(token: Token) -> Candidate | None:
    """The description that this noun heads, or None if it describes no actor and no place."""
    is_age = _is_age(token)
    kind = ActorKind.PERSON if is_age else kind_of_noun(token)
    if kind is None or (token.dep_ in _MODIFYING and not is_age):
        return None
    if token.lower_ == "authority" and _is_of_oneself(token):
        return None
    start = token.i - _AGE if is_age else noun_phrase_start(token)
    left = start if is_age else without_numeral(token.doc, start, token.i)
    is_counted = kind in _COUNTED or token.lower_ in _LANDS
    if left == token.i and is_counted and not is_plural(token):
        return None
    start = left
    if quantifier := _quantifier(token, left):
        left = quantifier.i
        if kind is ActorKind.GROUP and quantifier.lower_ == "one":
            kind = ActorKind.PERSON
    right = max(noun_phrase_end(token), _coordination_end(token))
    return Candidate(
        MentionForm.DESCRIPTION,
        kind,
        token.i,
        start,
        token.i + 1,
        left,
        right,
        plural=is_plural(token),
        core_end=token.i + 1,
    )


def _is_of_oneself(noun: Token) -> bool:
    """ "On his own authority", "its authority": what somebody has, and no body."""
    return any(child.lower_ in _PRONOUNS or child.lower_ == "own" for child in noun.lefts)


def _is_age(token: Token) -> bool:
    """The head of "the 22-year-old", a person told by age."""
    if token.lower_ != "old" or token.i < _AGE or token.nbor(-_AGE).pos_ != "DET":
        return False
    before_verb = token.dep_ == "amod" and token.head.pos_ in {"VERB", "AUX"}
    if token.dep_ not in _AGED and not before_verb:
        return False
    return token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "year"


def _quantifier(token: Token, left: int) -> Token | None:
    """The "one" of "one of our officers", where the phrase means one person and not the group."""
    preposition = token.head
    if token.dep_ != "pobj" or preposition.lower_ != "of" or preposition.i != left - 1:
        return None
    quantifier: Token = preposition.head
    return quantifier if quantifier.lower_ == "one" and quantifier.i == left - 2 else None


def _coordination_end(token: Token) -> int:
    """Where "our allies and friends" ends: coordinated groups under one article or possessor."""
    end: int = token.i + 1
    for _ in range(_COORDINATED):
        following = next((child for child in token.rights if child.dep_ == "conj"), None)
        if following is None or not (is_plural(token) and is_plural(following)):
            break
        if kind_of_noun(following) is not ActorKind.GROUP or following.left_edge.i - end > 2:
            break
        if any(child.dep_ in {"det", "poss", "nummod"} for child in following.lefts):
            break
        token, end = following, following.i + 1
    return end


def pronoun(token: Token) -> Candidate | None:
    """The candidate for a personal or relative pronoun, or None for any other word."""
    found = _PRONOUNS.get(token.lower_)
    if found is None:
        return None
    i = token.i
    tags = {"possessive"} if token.dep_ == "poss" else set()
    if token.tag_ in _RELATIVE_TAGS:
        tags = {"relative"}
    kind, plural = ActorKind(found[0]), found[1]
    return Candidate(
        MentionForm.PRONOUN, kind, i, i, i + 1, i, i + 1, plural=plural, core_end=i + 1, tags=tags
    )
