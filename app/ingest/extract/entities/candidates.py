"""All candidates of a text from left to right: names, descriptions, pronouns."""

from __future__ import annotations

from collections.abc import Container, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.descriptions import describe, pronoun
from app.ingest.extract.entities.joined_names import join_names
from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.name_kinds import agree_on_kinds
from app.ingest.extract.entities.names import Name, find_names
from app.ingest.extract.entities.noun_phrases import (
    noun_phrase_end,
    noun_phrase_start,
    without_numeral,
)
from app.ingest.extract.syntax import tokens_of
from app.ingest.extraction import Date
from app.vocabulary import ActorKind, MentionForm

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_MODIFYING = frozenset({"compound", "nmod", "amod"})


def find_candidates(doc: Doc, dates: Sequence[Date]) -> list[Candidate]:
    """Names, descriptions and pronouns, sorted by the start of their noun phrase, widest first."""
    tokens = tokens_of(doc)
    found_names = find_names(doc, tokens, _tokens_in(tokens, dates))
    names = agree_on_kinds(doc, join_names(doc, found_names))
    taken = {i for name in names for i in range(name.start, name.end)}
    titles = {i for name in names for i in range(name.title_start, name.start)}
    found = [_named(doc, name) for name in names]
    sentence = -1
    sentence_at: list[int] = []
    for i, token in enumerate(tokens):
        if token.is_sent_start or sentence < 0:
            sentence += 1
        sentence_at.append(sentence)
        if i in taken or i in titles:
            continue
        if candidate := _without_name(token):
            found.append(candidate)
    for candidate in found:
        candidate.sentence = sentence_at[candidate.head]
        if tokens[candidate.head].dep_ in _SUBJECTS:
            candidate.tags.add("subject")
    found.sort(key=lambda candidate: (candidate.left, -candidate.right, candidate.head))
    return found


def _tokens_in(tokens: Sequence[Token], dates: Sequence[Date]) -> Container[int]:
    """The indices of the tokens inside dates, in one pass over both."""
    inside: set[int] = set()
    spans = iter(sorted(date.span for date in dates))
    span = next(spans, None)
    for i, token in enumerate(tokens):
        while span and span.end <= token.idx:
            span = next(spans, None)
        if span is None:
            break
        if token.idx >= span.start:
            inside.add(i)
    return inside


def _named(doc: Doc, name: Name) -> Candidate:
    """The candidate for a name: its head, its noun phrase, and the title before it."""
    head = _head_of(doc, name.start, name.core_end or name.end)
    left = name.title_start
    if head.dep_ not in _MODIFYING or name.title_start < name.start:
        start = noun_phrase_start(head)
        left = min(left, start)
        left = without_numeral(doc, left, name.start)
    right = max(name.end, noun_phrase_end(head)) if name.kind is not ActorKind.PERSON else name.end
    start = name.start
    if start and _is_article_of(doc[start - 1], name):
        start -= 1
        left = min(left, start)
    title = _title(doc, left, name) if name.kind is ActorKind.PERSON else ""
    return Candidate(
        MentionForm.NAME,
        name.kind,
        head.i,
        start,
        name.end,
        min(left, start),
        right,
        entry=name.entry,
        country=name.country or (name.entry.country if name.entry else None),
        core_end=name.core_end or name.end,
        title=title,
    )


def _without_name(token: Token) -> Candidate | None:
    """The pronoun or description that this word heads, if any."""
    kind = token.pos_
    if kind == "PRON" or token.tag_ in {"WDT", "WP", "WP$"}:
        return pronoun(token)
    is_noun = kind in {"NOUN", "PROPN"} or token.lower_ == "old"
    return describe(token) if is_noun else None


def _is_article_of(word: Token, name: Name) -> bool:
    """Does "the" belong to the name ("the Pentagon") and not to a noun that it modifies?"""
    return word.lower_ == "the" and not name.is_titled and name.start <= word.head.i < name.end


def _title(doc: Doc, left: int, name: Name) -> str:
    """The words before a person's name that say the role, without article and possessor."""
    for i in range(name.start - 1, left - 1, -1):
        if doc[i].tag_ == "POS" or doc[i].pos_ in {"DET", "PUNCT"}:
            left = i + 1
            break
    return " ".join(str(doc[left : name.start].text).split())


def _head_of(doc: Doc, start: int, end: int) -> Token:
    """The token of a range whose head lies outside it; the last such one."""
    for i in range(end - 1, start - 1, -1):
        head = doc[i].head.i
        if not start <= head < end or head == i:
            return doc[i]
    return doc[end - 1]
