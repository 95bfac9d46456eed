"""Names of people: the titles before them, particles inside, and what first names tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from app.lexicon import table, words
from app.vocabulary import ActorKind

NAME_PARTICLES = frozenset({"al", "el", "bin", "ibn", "van", "von", "de", "der", "den", "di", "da"})
_LANDS = frozenset({"GPE", "LOC"})
_IN_COMPANIES = frozenset({"general", "justice", "master", "specialist", "private", "staff"})
"""Titles that begin names of organizations as well: "General Motors"."""


@cache
def titles() -> dict[str, str]:
    """Words that stand before the name of a person, with the gender that they tell, or ""."""
    return {row["title"]: row["gender"] for row in table("titles")}


@cache
def _professions() -> frozenset[str]:
    """Nouns for people, of which some stand before names: "striker"."""
    people = {row["noun"] for row in table("actor_nouns") if row["kind"] == ActorKind.PERSON}
    return frozenset(people)


@cache
def _genders() -> dict[str, str]:
    return {row["name"]: row["gender"] for row in table("first_names")}


def gender_of_name(name: str) -> str:
    """The gender that a full name's first name tells ("male", "female"), or ""."""
    first, _, last = name.partition(" ")
    if not first.isascii():
        first = "".join(c for c in unicodedata.normalize("NFKD", first) if c.isascii())
    return _genders().get(first.lower(), "") if last else ""


@cache
def name_heads() -> dict[str, ActorKind]:
    """The kind that a name's head word tells: "Oblast", "Ministry"."""
    return {row["noun"]: ActorKind(row["kind"]) for row in table("name_heads")}


def begins_small_title(tokens: Sequence[Token], i: int) -> bool:
    """Is the word the beginning of a title in small letters: "Interior minister ..."?"""
    if i + 1 >= len(tokens) or tokens[i].lower_ not in words("portfolios"):
        return False
    following = tokens[i + 1].text
    return following.islower() and following in titles()


def is_title_word(token: Token) -> bool:
    """Whether the word is a title in capitals: "Governor"."""
    return token.text[0].isupper() and token.lower_ in titles()


def with_particles(doc: Doc, start: int, first: int) -> int:
    """Where a surname begins with its particles, not before `first`: "Van der Berg"."""
    while start > first and doc[start - 1].lower_ in NAME_PARTICLES:
        start -= 1
    return start


def office_end(doc: Doc, start: int, end: int) -> int | None:
    """Where the office ends in "(Secretary of) State Jane Doe", or None if it is none."""
    if title_of_office(doc, start) < 0:
        return None
    i = start
    while i < end and (is_portfolio(doc[i]) or doc[i].ent_type_ in _LANDS):
        i += 1
    return i if start < i < end and doc[i].text[0].isupper() else None


def title_of_office(doc: Doc, start: int) -> int:
    """The title before "of State" and "for the Far East", or -1."""
    link = start - 1
    if link > 0 and doc[link].lower_ == "the":
        link -= 1
    is_office = link > 0 and doc[link].lower_ in {"of", "for"} and is_title_word(doc[link - 1])
    return link - 1 if is_office else -1


def is_portfolio(token: Token) -> bool:
    """Whether the word says what somebody is in charge of: "Finance", "Deputy"."""
    return token.text[0].isupper() and token.lower_ in words("portfolios")


def last_title(doc: Doc, start: int, end: int) -> int | None:
    """The title right before the name of a person, or None.

    "General Motors" and "Justice Department" are no people: what follows must not end in a word
    that heads names of organizations or places.
    """
    if doc[end - 1].lower_ in name_heads() and not _labelled(doc, end - 1, "PERSON"):
        return None
    if _begins_with_profession(doc, start, end):
        return start
    for i in range(end - 2, start - 1, -1):
        if not is_title_word(doc[i]) or is_title_word(doc[i + 1]):
            continue
        following = doc[i + 1]
        if not following.text[0].isupper() or following.ent_type_ in {"GPE", "NORP", "FAC"}:
            return None
        if i == start and doc[i].lower_ in _IN_COMPANIES and _same_entity(doc, i, end, "ORG"):
            return None
        return i
    return None


def _begins_with_profession(doc: Doc, start: int, end: int) -> bool:
    """ "Striker Jo van Lane": a noun for people that opens a sentence, and two names."""
    first = doc[start]
    if end - start < 3 or not first.is_sent_start or is_title_word(doc[start + 1]):
        return False
    if first.lower_ not in _professions() or first.lower_ in titles():
        return False
    return all(doc[i].ent_type_ == "PERSON" for i in range(start + 1, end))


def _labelled(doc: Doc, i: int, label: str) -> bool:
    return doc[i].ent_type_ == label


def _same_entity(doc: Doc, start: int, end: int, label: str) -> bool:
    return all(doc[i].ent_type_ == label for i in range(start, end))
