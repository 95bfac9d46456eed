"""Names as they are compared across reports: one form for all ways of writing one name.

What goes or is levelled is told by word lists: spellings and transliterations, middle initials,
titles and degrees, legal forms, the country in the name of a public body. What a name *means* is
not asked here (`app.ingest.resolve`); a name that is levelled too little leaves one actor as two,
which is seen and can be merged, while one levelled too much would make two into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from anyascii import anyascii

from app.lexicon import table, words

Words = tuple[str, ...]

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?|[^\W\d_]\.?")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_EAST_SLAVIC = re.compile(r"(?<=[a-z][scz]k|[a-z][lrt]n)(?:iy|yy|ii|yi|ij|yj)$")
"""Zelenskyy, Zelenskiy; Navalnyy, Navalnyj: the ending of adjectives that have become surnames."""

_ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "az"})
_GENERATIONS = {"junior": "jr", "senior": "sr"}
_DEPARTMENTS = frozenset({"ministry", "department", "office", "bureau", "agency"})
_JOINTS = frozenset({"of", "for", "the"})


def person_name(name: str) -> Words:
    """A person's name without titles, degrees, Arabic articles and middle initials.

    "Dr. Omar J. al-Rashed, MP" is `("omar", "rashed")`. Where the initial tells people apart
    ("George W. Bush") it stays, and so do "Jr." and "II", which tell father and son apart.
    """
    given = [word for word in re.split(r"[\s,]+", name) if word]
    while len(given) > 2 and given[0].lower() in _titles():
        given = given[1:]
    while len(given) > 2 and _bare(given[-1]) in words("post_nominals"):
        given = given[:-1]
    kept = [given[0], *(w for w in given[1:-1] if not _INITIALS.fullmatch(w)), *given[1:][-1:]]
    if " ".join(_bare(word) for word in kept) in words("told_apart_by_initials"):
        kept = given
    return tuple(_levelled_in_person(kept))


def initials(name: str) -> str:
    """The middle initials of a person: "wh" of "Ann W. H. Lee"."""
    middle = name.split()[1:-1]
    return "".join(_bare(word) for word in middle if _INITIALS.fullmatch(word))


def is_full_name(name: str) -> bool:
    """Whether a person's name has a first name and a surname, so that it tells who is meant."""
    given = name.split()
    return len(given) > 1 and not (len(given) == 2 and len(_bare(given[0])) == 1)


@lru_cache(10_000)  # names of many reports; each is asked for several times a report
def body_name(name: str) -> Words:
    """The name of an organization without legal form and article, in one spelling.

    "The Holm & Lie Defence Co., Ltd." is `("holm", "and", "lie", "defense")`.
    """
    given = re.sub(r"\s+[&+]\s+", " and ", name.strip()).replace(",", " ").split()
    if len(given) > 1 and given[0].lower() in {"the", "a", "an"}:
        given = given[1:]
    while _ends_in_legal_form(given):
        given = given[:-1]
    spelt = _spellings()
    return tuple(spelt.get(word, word) for word in _ascii_words(given))


def _ends_in_legal_form(given: Sequence[str]) -> bool:
    if len(given) < 2 or not given[-1][0].isupper():
        return False
    kind = _corporate_forms().get(_bare(given[-1]))
    return kind == "legal" or (kind == "word" and len(given) > 2)


def public_body(name: str) -> tuple[Words, str | None]:
    """The name of a body without the country in it, and the country's code if there was one.

    "Ministry of Defence of Peru", "Peruvian Defence Ministry" and "Peru's Ministry of Defense" are
    all `("defense", "ministry"), "PE"`. A single word keeps its country: the Bank of Japan.
    """
    given = body_name(_POSSESSIVE.sub("", name))
    rest, country = _without_country(given)
    rest = _turned(rest)
    return _same_bodies().get(rest, rest), country


def _without_country(given: Words) -> tuple[Words, str | None]:
    known = _country_words()
    for length in range(min(5, len(given) - 1), 0, -1):
        if code := known.get(given[:length]):
            return _without_joints(given[length:]), code
        if (code := known.get(given[-length:])) and len(given) - length > 2:
            rest = given[:-length]
            if rest[-1] in _JOINTS:
                return _without_joints(rest), code
    return given, None


def _without_joints(rest: Words) -> Words:
    while len(rest) > 1 and rest[-1] in _JOINTS:
        rest = rest[:-1]
    return rest


def _turned(given: Words) -> Words:
    """ "Ministry of Defense" as "defense ministry"."""
    if len(given) > 2 and given[0] in _DEPARTMENTS and given[1] in _JOINTS:
        first = next(at for at in range(1, len(given)) if given[at] not in _JOINTS)
        return (*given[first:], given[0])
    return given


def _levelled_in_person(given: Iterable[str]) -> Iterable[str]:
    variants = _variants()
    for at, word in enumerate(_ascii_words(given)):
        if at and word in _ARTICLES:
            continue
        levelled = variants.get(word) or _EAST_SLAVIC.sub("y", word)
        yield from _GENERATIONS.get(levelled, levelled).split("-")


def _ascii_words(given: Iterable[str]) -> list[str]:
    """The words in small ASCII letters, those with hyphens apart: "al-Assad", "Jong-un"."""
    plain = anyascii(" ".join(given)).lower().replace("'", "").replace(".", "")
    return re.findall(r"[a-z0-9]+", plain)


def _bare(word: str) -> str:
    return word.replace(".", "").lower()


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["title"] for row in table("titles"))


@cache
def _variants() -> dict[str, str]:
    return {
        variant: row["form"]
        for row in table("name_variants")
        for variant in (row["form"], *row["variants"].replace("'", "").split(";"))
    }


@cache
def _corporate_forms() -> dict[str, str]:
    return {row["form"]: row["kind"] for row in table("corporate_forms")}


@cache
def _spellings() -> dict[str, str]:
    return {row["variant"]: row["form"] for row in table("spellings")}


@cache
def _same_bodies() -> dict[Words, Words]:
    rows = table("same_bodies")
    return {tuple(row["variant"].split()): tuple(row["form"].split()) for row in rows}


@cache
def _country_words() -> dict[Words, str]:
    """Names, adjectives and short forms of countries, as `body_name` writes them."""
    known: dict[Words, str] = {}
    for row in table("countries"):
        for cell in ("name", "aliases", "adjectives"):
            for name in row[cell].split(";"):
                if name:
                    known.setdefault(body_name(name), row["code"])
    return known
