"""Names: spaCy's named entities, corrected by the gazetteer, by titles and by their own words.

The entity recogniser of the small model (OntoNotes, F1 .85) errs on transliterated people, on
acronyms and on places used as modifiers. The kind of a name is taken from the first of these that
knows it: the gazetteer, its last word ("Kursk Oblast"), a title before it ("Governor"), spaCy's
label, capitals ("MChS").
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.countries import (
    Entry,
    EntryType,
    Match,
    find_matches,
    look_up,
)
from app.ingest.extract.entities.person_names import (
    NAME_PARTICLES,
    begins_small_title,
    is_portfolio,
    is_title_word,
    last_title,
    name_heads,
    office_end,
    title_of_office,
    titles,
    with_particles,
)
from app.vocabulary import ActorKind

KIND_OF_LABEL = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANIZATION,
    "GPE": ActorKind.PLACE,
    "LOC": ActorKind.PLACE,
    "FAC": ActorKind.PLACE,
    "NORP": ActorKind.GROUP,
}
_TIME_AND_NUMBER = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"}
)
_OTHER_THINGS = frozenset({"PRODUCT", "EVENT", "WORK_OF_ART", "LAW"})
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}|[A-Z][A-Za-z]?[A-Z][A-Za-z]{0,4}[A-Z]?")
_JOINING = frozenset({"-", "–", "&", "/"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_AFTER_DATELINES = frozenset({"—", "–", "-", "--", "(", ","})
_OF_THE_MANY = frozenset(
    {"people", "peoples", "workers", "women", "children", "farmers", "soldiers"}
)
_AMERICANS = frozenset({"american", "americans"})
_ARTICLES = frozenset({"the", "a", "an"})
_VERBS = frozenset({"VB", "VBZ", "VBP", "MD"})
_DETERMINERS = _ARTICLES | {"neither", "either", "both", "no"}
"""Words that a sentence may open with in capitals, before a name."""
_OPENING = frozenset(
    {"near", "in", "at", "from", "across", "outside", "inside", "around", "toward"}
)
"""Prepositions that open a sentence with a capital and are taken for a part of the name."""


@dataclass(slots=True)
class Name:
    """A name in token indices `[start, end)`, and the title before it in `[title_start, start)`.

    `sure` where the gazetteer or the name's own words tell the kind. "Palmyra, Syria" is one name
    with its `country`, whose own part ends at `core_end`.
    """

    start: int
    end: int
    kind: ActorKind
    entry: Entry | None
    title_start: int
    sure: bool = False
    country: str | None = None
    core_end: int = 0

    @property
    def is_titled(self) -> bool:
        """Whether a title stands before the name."""
        return self.title_start < self.start


def find_names(doc: Doc, tokens: Sequence[Token], blocked: Container[int]) -> list[Name]:
    """The names of a text from left to right; tokens in `blocked` (dates) are no names.

    `tokens` are those of the document in a list, which is quicker to walk.
    """
    matches = {match[0]: match for match in find_matches(_texts(doc, tokens))}
    found: list[Name] = []
    for start, end in _blocks(doc, tokens, matches, blocked):
        for name in _names_in(doc, start, end, matches):
            if name.kind is ActorKind.PERSON and not name.is_titled:
                first = found[-1].end if found else 0
                name.start = name.title_start = with_particles(doc, name.start, first)
            found.append(name)
    return found


def _texts(doc: Doc, tokens: Sequence[Token]) -> list[str]:
    """The words, those of a dateline in their usual case: "OSLO — Talks ended"."""
    texts = [token.text for token in tokens]
    for sentence in doc.sents:
        i = sentence.start
        if not texts[i].isupper() or len(texts[i]) < 3 or i + 1 >= len(texts):
            continue
        if texts[i + 1] in _AFTER_DATELINES and look_up(texts[i]) is None:
            texts[i] = texts[i].title()
    return texts


def _blocks(
    doc: Doc, tokens: Sequence[Token], matches: dict[int, Match], blocked: Container[int]
) -> Iterator[tuple[int, int]]:
    """Maximal stretches of words that may belong to names."""
    in_match = {i for start, end, _ in matches.values() for i in range(start, end)}
    start = -1
    for i, token in enumerate(tokens):
        inside = i not in blocked and (i in in_match or _may_be_in_name(token, start >= 0))
        if inside and start < 0 and begins_small_title(tokens, i):
            inside = False
        if start >= 0 and (not inside or token.is_sent_start):
            yield start, _without_tail(doc, start, i)
            start = -1
        if inside and start < 0 and not _is_joining(token):
            start = i
    if start >= 0:
        yield start, _without_tail(doc, start, len(doc))


def _is_joining(token: Token) -> bool:
    return token.text in _JOINING or token.lower_ in _ARTICLES


def _without_tail(doc: Doc, start: int, end: int) -> int:
    while end > start + 1 and (doc[end - 1].text in _JOINING or doc[end - 1].is_space):
        end -= 1
    return end


def _may_be_in_name(token: Token, started: bool) -> bool:
    label = token.ent_type_
    if label in _TIME_AND_NUMBER or token.is_space or token.is_bracket:
        return False
    if not started and token.lower_ in _OPENING:
        return False
    text = token.text
    if label in KIND_OF_LABEL or label in _OTHER_THINGS:
        return _is_inside_name(token) if text in _POSSESSIVE else not token.is_quote
    if token.pos_ == "PROPN":
        return text[0].isupper() or text.lower() in NAME_PARTICLES
    if started and text in _JOINING:
        return not token.whitespace_ and not (token.i and token.nbor(-1).whitespace_)
    return (text[0].isupper() and bool(_ACRONYM.fullmatch(text))) or (
        started and text.lower() in titles() and text[0].isupper()
    )


def _is_inside_name(possessive: Token) -> bool:
    """Is the possessive a part of the name, as in "People's Republic" and "Workers' Party"?"""
    i, doc = possessive.i, possessive.doc
    if not 0 < i < len(doc) - 1:
        return False
    return doc[i - 1].lower_ in _OF_THE_MANY and doc[i + 1].text[0].isupper()


def _names_in(doc: Doc, start: int, end: int, matches: dict[int, Match]) -> Iterator[Name]:
    """The names in one stretch: what a title introduces, and what stands before and after it."""
    title = last_title(doc, start, end)
    if title is None and (office := office_end(doc, start, end)):
        person_end = _person_end(doc, office, end)
        title_start = title_of_office(doc, start)
        yield Name(office, person_end, ActorKind.PERSON, None, title_start)
        return
    if title is None:
        yield from _untitled(doc, start, end, matches)
        return
    first = title
    while first > start and (is_title_word(doc[first - 1]) or is_portfolio(doc[first - 1])):
        first -= 1
    yield from _untitled(doc, start, first, matches)
    name_start, name_end = title + 1, _person_end(doc, title + 1, end)
    yield Name(name_start, name_end, ActorKind.PERSON, None, first)
    yield from _untitled(doc, name_end, end, matches)


def _person_end(doc: Doc, start: int, end: int) -> int:
    """Where the name of a person ends: at a comma, a possessive, or another entity."""
    for i in range(start, end):
        token = doc[i]
        if token.is_punct and token.text not in _JOINING and "." not in token.text:
            return max(i, start + 1)
        if i > start and token.ent_iob_ == "B" and token.ent_type_ != "PERSON":
            return i
    return end


def _untitled(doc: Doc, start: int, end: int, matches: dict[int, Match]) -> Iterator[Name]:
    """Names in a stretch without a title: entities first, the gazetteer in what they leave."""
    i = start
    while i < end:
        if doc[i].text in _JOINING and i + 1 < end:  # "the Chadian-Sudanese border"
            i += 1
        stop = _segment_end(doc, i, end, matches)
        yield _typed(doc, i, stop, matches)
        i = stop


def _segment_end(doc: Doc, start: int, end: int, matches: dict[int, Match]) -> int:
    """Where the name that begins at `start` ends: with its entity, or where the next one begins."""
    known = matches.get(start)
    token = doc[start]
    if token.ent_type_ and token.ent_type_ not in _OTHER_THINGS:
        stop = start + 1
        while stop < end and doc[stop].ent_iob_ == "I":
            stop += 1
        if known and known[1] >= stop:
            return min(known[1], end)
        if known and known[2].type is EntryType.ADJECTIVE and not _is_one_name(doc, stop):
            return min(known[1] + 2, end) if _is_hyphenated(doc, known[1], stop) else known[1]
        while stop < end and not doc[stop].ent_type_ and _extends(doc, stop, matches):
            stop += 1
        return stop
    if known and (known[1] >= end or not _heads_name(doc, start, end)):
        return min(known[1], end)
    stop = start + 1
    while stop < end and doc[stop].ent_iob_ != "B" and stop not in matches:
        stop += 1
    if stop < end and doc[stop].ent_iob_ == "B" and _prefixes(doc, start, stop, matches):
        return _segment_end(doc, stop, end, matches)
    return stop


def _is_one_name(doc: Doc, stop: int) -> bool:
    """Does an entity that begins with a demonym end in a word that heads names ("... Forces")?"""
    last = doc[stop - 1]
    return last.text[0].isupper() and last.lower_ in name_heads()


def _is_hyphenated(doc: Doc, hyphen: int, stop: int) -> bool:
    """Does one people's name go on after the hyphen: "African-American"?"""
    return hyphen + 2 <= stop and doc[hyphen].text == "-" and doc[hyphen + 1].lower_ in _AMERICANS


def _heads_name(doc: Doc, start: int, end: int) -> bool:
    """Is the stretch one name by its last word ("Kursk Oblast", "Iraqi Security Forces")?"""
    last = doc[end - 1]
    return end - start > 1 and last.text[0].isupper() and last.lower_ in name_heads()


def _extends(doc: Doc, i: int, matches: dict[int, Match]) -> bool:
    """Does the word after an entity belong to it ("Kursk" + "Oblast")?"""
    return i not in matches and doc[i].text[0].isupper() and doc[i].lower_ in name_heads()


def _prefixes(doc: Doc, start: int, stop: int, matches: dict[int, Match]) -> bool:
    """Do the words before an entity belong to it ("No" + "Gwangju Chol")?"""
    if start in matches or stop in matches:
        return False
    return all(doc[i].dep_ == "compound" and doc[i].head.i >= stop for i in range(start, stop))


def _without_verbs(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without the verbs beside it in a headline: "Ruiz Wins", "Follow Ana Ruiz"."""
    while start < end - 1 and doc[end - 1].tag_ in _VERBS:
        end -= 1
    while start < end - 1 and doc[start].tag_ in _VERBS:
        start += 1
    return start, end


def _typed(doc: Doc, start: int, end: int, matches: dict[int, Match]) -> Name:
    """The name at exactly these words with its kind; OTHER if nothing here tells a kind."""
    while start < end - 1 and doc[start].lower_ in _DETERMINERS:
        start += 1
    start, end = _without_verbs(doc, start, end)
    if end - start > 1 and doc[end - 1].lower_ == "flight":  # "Air France Flight 447"
        end -= 1
    known = matches.get(start)
    if known and known[1] >= end:
        return Name(start, known[1], known[2].kind, known[2], start, sure=True)
    last = doc[end - 1]
    label = last.ent_type_ or doc[start].ent_type_
    if end - start > 1 and (kind := name_heads().get(last.lower_)) and last.text[0].isupper():
        country = known[2].country if known else None
        return Name(start, end, kind, None, start, sure=True, country=country)
    of_head = name_heads().get(doc[start].lower_) if end - start > 2 else None
    if of_head and doc[start + 1].lower_ == "of":
        return Name(start, end, of_head, None, start, sure=True)
    if known and known[2].type is not EntryType.ADJECTIVE and label not in {"ORG", "PERSON"}:
        return Name(start, known[1], known[2].kind, known[2], start, sure=True)
    kind = KIND_OF_LABEL.get(label) or _kind_of_acronym(doc, start, end) or ActorKind.OTHER
    return Name(start, end, kind, None, start)


def _kind_of_acronym(doc: Doc, start: int, end: int) -> ActorKind | None:
    text = doc[start].text
    if end - start > 1 or doc[start].ent_type_ or not 2 <= len(text) <= 8:
        return None
    return ActorKind.ORGANIZATION if _ACRONYM.fullmatch(text) else None
