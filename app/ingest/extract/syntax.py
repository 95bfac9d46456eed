"""Small questions to spaCy's dependency tree (labels after ClearNLP, as the English models use)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from app.ingest.extraction import Span

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_IRREALIS = frozenset(
    ["to", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "'ll", "’ll"]
)
SHORTENED_TITLES = "Mrs?|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Capt|Cmdr|Adm|Sgt|Maj|Prof|Rev|Hon"
"""Alternatives of a pattern: titles whose full stop ends neither a name nor a sentence."""

_EDGE = " \t\r\n\xa0,;:.–—-…"


def text_of(doc: Doc) -> str:
    """The text of a document, kept with it: spaCy puts `doc.text` together anew at each call."""
    text: str = kept(doc, "text", lambda: doc.text)
    return text


def tokens_of(doc: Doc) -> list[Token]:
    """The tokens of a document, kept with it: spaCy makes them anew for each walk."""
    tokens: list[Token] = kept(doc, "tokens", lambda: list(doc))
    return tokens


def offsets_of(doc: Doc) -> list[int]:
    """Where each token starts, kept with the document, to find tokens by bisection."""
    offsets: list[int] = kept(doc, "offsets", lambda: [token.idx for token in tokens_of(doc)])
    return offsets


def sentences_of(doc: Doc) -> list[SpacySpan]:
    """The sentences of a document, kept with it."""
    sentences: list[SpacySpan] = kept(doc, "sentences", lambda: list(doc.sents))
    return sentences


def kept(doc: Doc, name: str, make: Callable[[], Any]) -> Any:
    """What was made for a document before, else made now; gone when the document is done with."""
    if name not in doc.user_data:
        doc.user_data[name] = make()
    return doc.user_data[name]


def words_of(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens `[start, end)`, quicker than by a span of spaCy's."""
    return text_of(doc)[doc[start].idx : end_of(doc[end - 1])]


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    for found in token.children:
        if found.dep_ in labels:
            return found
    return None


def end_of(token: Token) -> int:
    """The offset after the token's last character."""
    return int(token.idx) + len(token.text)


def subtree(token: Token) -> Span:
    """All that hangs on a token, as one span."""
    return Span(token.left_edge.idx, end_of(token.right_edge))


def trimmed(text: str, start: int, end: int, signs: str = _EDGE) -> Span:
    """The span without blanks and separating punctuation at its ends; may be empty."""
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return Span(start, end)


def without(span: Span, hole: Span) -> list[Span]:
    """The parts of a span before and after a hole."""
    parts = [
        Span(span.start, min(span.end, hole.start)),
        Span(max(span.start, hole.end), span.end),
    ]
    return [part for part in parts if part.start < part.end]


def is_passive(verb: Token) -> bool:
    """ "was told", and the participle of "told to leave"."""
    return any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children)


def is_asserted(verb: Token) -> bool:
    """Whether the sentence itself puts a verb forward as what happens or happened.

    "Khan *blocked* the plan", "Khan left, *blocking* the plan"; not "plans to *block* it", "would
    *block* it", "the wall that *blocked* it".
    """
    auxiliaries = {c.lower_ for c in verb.lefts if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & _IRREALIS:
        return False
    if verb.tag_ in _FINITE or auxiliaries:
        return verb.dep_ in ("ROOT", "conj", "advcl", "parataxis", "dep")
    return verb.tag_ == "VBG" and verb.dep_ == "advcl"


def verb_group(verb: Token) -> list[Token]:
    """The verb with its auxiliaries, negation and particle: "has neither confirmed"."""
    found = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "prt", "preconj")]
    return sorted([*found, verb], key=lambda token: token.i)


def as_spans(tokens: list[Token]) -> tuple[Span, ...]:
    """Neighbouring tokens as one span each."""
    spans: list[Span] = []
    last = -2
    for token in tokens:
        if token.i == last + 1:
            spans[-1] = Span(spans[-1].start, end_of(token))
        else:
            spans.append(Span(token.idx, end_of(token)))
        last = token.i
    return tuple(spans)


def follows_comma(token: Token) -> bool:
    """ "…, *saying* that": a participle that describes the subject, not the word before."""
    return token.i > 0 and token.nbor(-1).lower_ == ","
