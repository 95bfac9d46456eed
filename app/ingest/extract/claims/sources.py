"""Who information is attributed to: from the head of a noun phrase to a source."""

from __future__ import annotations

import re

from spacy.tokens import Token

from app.ingest.extract.attribution.cues import is_document
from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.syntax import SHORTENED_TITLES, child, end_of, trimmed
from app.ingest.extraction import Source, Span
from app.lexicon import words
from app.vocabulary import ActorKind, SourceKind

LONGEST = 40
"""Tokens of a source's noun phrase; what is longer is a mistake of the parser."""

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_TRAILING = frozenset({"ADV", "AUX", "ADP", "CCONJ", "SCONJ", "DET"})
"""What ends no noun phrase, and belongs to the verb after it."""

_QUANTIFIERS = frozenset({"all", "both", "each"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those|its|his|her|their)\s+", re.IGNORECASE)
_POSTMODIFIER = re.compile(r"\s*(?:[,(—–]|--|\b(?:who|which|that|whose)\b).*", re.DOTALL)
_DATELINE = re.compile(r"[A-Z][A-Z .,/]+(?:,? [A-Z][a-z]+\.?)?\s*(?:\([^)]*\)\s*)?(?:--|—|–|-)\s*")
_DASH = re.compile(r"[^\n]*\s[–—-]+\s*")
_SHORTENED_TITLE = re.compile(rf"\b(?:{SHORTENED_TITLES})$")
_REST_OF_NAME = re.compile(r"\.(?: [A-Z][\w'’-]+\.?){1,4}")
_OF_ACTOR = {
    ActorKind.PERSON: SourceKind.PERSON,
    ActorKind.GOVERNMENT: SourceKind.GOVERNMENT,
    ActorKind.ORGANIZATION: SourceKind.ORGANIZATION,
    ActorKind.ARMED_FORCE: SourceKind.ARMED_FORCE,
    ActorKind.GROUP: SourceKind.GROUP,
    ActorKind.PLACE: SourceKind.GOVERNMENT,
}
_OF_ENTITY = {
    "PERSON": SourceKind.PERSON,
    "ORG": SourceKind.ORGANIZATION,
    "GPE": SourceKind.GOVERNMENT,
    "NORP": SourceKind.GROUP,
}


def source_span(text: str, head: Token, cue: Span) -> Span:
    """The noun phrase of a source, up to where the cue starts if that is inside it.

    `text` is the text of the document, which spaCy would put together anew at each call.
    """
    if head.dep_ == "poss" or head.tag_ in ("PRP$", "WP"):
        return trimmed(text, head.left_edge.idx, end_of(head))
    first, last = _edges(head)
    start, limit = first.idx, end_of(last)
    if start <= cue.start < limit:
        if cue.end >= end_of(head):
            limit = cue.start
        else:
            start = cue.end
    last = _last_word(head, last, limit)
    end = _whole_name(text, start, min(limit, end_of(last)))
    span = trimmed(text, _past_dateline(text, start, end, head.idx), end)
    return span if span.start < span.end else Span(head.idx, end_of(head))


def _edges(head: Token) -> tuple[Token, Token]:
    """The first and the last word of a noun phrase, of pronouns only what speaks with them."""
    if head.tag_ == "PRP":
        other = child(head, "conj")  # "*she and her aides*"; what else hangs on it is a remark
        spoken = other is not None and other.pos_ in _NOMINAL
        return head.left_edge, other.right_edge if other is not None and spoken else head
    left, right = head.left_edge, head.right_edge
    if right.i - left.i <= LONGEST:
        return left, right
    return (left if head.i - left.i <= LONGEST else head), head


def _last_word(head: Token, last: Token, limit: int) -> Token:
    """ "Khan *all but* begged", "Khan and Lind *both* said": such words go with the verb."""
    while last.i > head.i and (
        last.idx >= limit or last.pos_ in _TRAILING or last.lower_ in _QUANTIFIERS
    ):
        last = last.nbor(-1)
    return last


def _whole_name(text: str, start: int, end: int) -> int:
    """ "said Navy Capt. *Ann Lind*": the full stop of a title ends no name."""
    rest = _REST_OF_NAME.match(text, end)
    if rest is None or _SHORTENED_TITLE.search(text, start, end) is None:
        return end
    return rest.end()


def _past_dateline(text: str, start: int, end: int, head: int) -> int:
    """ "TARN (Wire) - *Khan*": where the phrase starts behind a dateline or a dash."""
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None and dateline.end() <= head:
        start = dateline.end()
    dash = _DASH.match(text, start, max(start, head))
    return dash.end() if dash is not None else start


class Sources:
    """The sources of one text, each made once."""

    def __init__(self, text: str, entities: Entities) -> None:
        self._text = text
        self._entities = entities
        self._actors = {actor.key: actor for actor in entities.actors}
        self._found: dict[str, Source] = {}

    def all(self) -> tuple[Source, ...]:
        """In the order in which they were first asked for."""
        return tuple(self._found.values())

    def span(self, head: Token, cue: Span) -> Span:
        """The words that name a source (see `source_span`)."""
        return source_span(self._text, head, cue)

    def of(self, head: Token, span: Span) -> Source:
        """The source that a noun phrase names; the actor it refers to decides who is the same."""
        referent = _referent(head)
        key = self._entities.actor_at.get(referent.i) or self._entities.actor_at.get(head.i)
        actor = self._actors.get(key) if key is not None else None
        if actor is not None:
            name, kind = actor.name, _kind_by_words(head, span) or _OF_ACTOR.get(actor.kind)
            identity = f"actor {actor.key}"
        else:
            if referent is not head:
                span = source_span(self._text, referent, Span(head.idx, end_of(head)))
            name = plain_name(self._text[span.start : span.end])
            kind = _kind(referent, span)
            identity = name.lower()
        return self._found.setdefault(
            identity,
            Source(
                f"s{len(self._found) + 1}",
                name,
                kind or SourceKind.OTHER,
                actor.key if actor else None,
            ),
        )


def _referent(head: Token) -> Token:
    """ "Khan, *who* said": Khan."""
    if head.lower_ not in _RELATIVE:
        return head
    verb = head.head
    for _ in range(5):
        if verb.dep_ == "relcl":
            return verb.head
        verb = verb.head
    return head


def plain_name(phrase: str) -> str:
    """Without article and postmodifiers: "the agency, which …" is "agency"."""
    name = _POSTMODIFIER.sub("", " ".join(phrase.split()))
    name = _ARTICLE.sub("", name)
    return name.strip(" \"'“”‘’") or " ".join(phrase.split())


def _kind_by_words(head: Token, span: Span) -> SourceKind | None:
    """Outlets and documents, which entities know as organizations or not at all."""
    del span
    media = words("media_words")
    if head.lower_ in media or any(
        c.lower_ in media for c in head.children if c.dep_ in ("compound", "nmod")
    ):
        return SourceKind.MEDIA
    if is_document(head):
        return SourceKind.DOCUMENT
    return None


def _kind(head: Token, span: Span) -> SourceKind:
    if (kind := _kind_by_words(head, span)) is not None:
        return kind
    if head.ent_type_ in _OF_ENTITY:
        return _OF_ENTITY[head.ent_type_]
    if head.lemma_.lower() in words("anonymous_nouns"):
        return SourceKind.ANONYMOUS
    if head.lower_ in ("he", "she", "i"):
        return SourceKind.PERSON
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("they", "we"):
        return SourceKind.GROUP
    return SourceKind.OTHER
