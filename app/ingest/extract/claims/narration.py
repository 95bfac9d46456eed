"""What a report says in its own voice: every sentence and clause that no source is given for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.claims.sources import source_span
from app.ingest.extract.syntax import end_of, sentences_of, subtree, text_of, trimmed, without
from app.ingest.extraction import Span

_WORD = re.compile(r"[^\W_]+")
_EDGE = " \t\r\n\xa0,;—–-"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_CLAUSES = frozenset({"ROOT", "conj", "advcl", "parataxis", "ccomp", "dep"})
_LOOSE_END = re.compile(
    r"(?:[\s,;—–-]+(?:and|but|or|after|before|when|while|as|because|since|although|though|until|if"
    r"|that|which|who|whether|what|where|how|why|for|of|to|in|on|with|about|from|than))+$"
)
"""What ties a sentence to words that were cut off after it."""


def narration(
    doc: Doc, found: Sequence[Attributed], answering: Collection[int] = ()
) -> Iterator[tuple[list[Span], Token]]:
    """The sentences in the report's own voice, with their head; then clauses left over.

    `answering` are the verbs, by index, of responses: what they say is told with its claim.

    A sentence whose main verb is a cue or part of an attributed content is not told again. Where
    an attribution hangs on a sentence ("Khan left, saying that S") the sentence is narrated without
    it; a cue that is part of a phrase ("Paris's pledge of support drew praise", "what Khan called a
    mistake was none") stays part of the sentence, which says something by itself.
    """
    text = text_of(doc)
    spans = sorted(span for a in found for span in a.content)
    anchors = {a.anchor.i for a in found}
    holes = sorted(_hole(a) for a in found if _stands_apart(a.anchor))
    told = _told(text, found)
    taken = anchors.union(answering)
    at_span = at_hole = 0
    furthest = -1
    for sentence in sentences_of(doc):
        root = sentence.root
        start, end = sentence.start_char, sentence.end_char
        while at_span < len(spans) and spans[at_span].start <= root.idx:
            furthest = max(furthest, spans[at_span].end)
            at_span += 1
        while at_hole < len(holes) and holes[at_hole].end <= start:
            at_hole += 1
        if root.i in anchors or furthest > root.idx:
            yield from _clauses_left(text, sentence, told, taken)
            continue
        content = [Span(start, end)]
        position = at_hole
        while position < len(holes) and holes[position].start < end:
            content = [part for piece in content for part in without(piece, holes[position])]
            position += 1
        content = [_tidy(text, *piece) for piece in content]
        content = [piece for piece in content if _WORD.search(text, *piece)]
        words = sum(len(_WORD.findall(text, *piece)) for piece in content)
        if words >= 3 or (words and position == at_hole):
            yield content, root


def _stands_apart(anchor: Token) -> bool:
    """Whether a sentence stays whole without the clause of a cue: "Khan left, *saying* that S".

    "what Khan *called* a mistake", "the man who *said* so" are parts of phrases.
    """
    if anchor.pos_ not in ("VERB", "AUX"):
        return False
    verb = anchor
    while verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    if verb.dep_ in ("relcl", "acl"):
        first = verb.left_edge
        return first.i > 0 and first.nbor(-1).text in (",", "—", "–", "--")
    return verb.dep_ not in ("pcomp", "csubj", "csubjpass")


def _hole(attributed: Attributed) -> Span:
    """All that goes with an attribution: its own subject, and all of a relative clause.

    "It rained and *Khan said S*", "Khan, *who said S*, left"; but "*Khan* left, *saying S*".
    """
    anchor, source = attributed.anchor, attributed.source
    spans = [*attributed.content, *attributed.cue]
    if source is not None and source.head.i == anchor.i:
        spans.append(subtree(source))
    if anchor.dep_ == "relcl":
        spans.append(subtree(anchor))
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _tidy(text: str, start: int, end: int) -> Span:
    """Without punctuation, and without the "and" or "after" of what was cut off, at the ends."""
    piece = trimmed(text, start, end, _EDGE)
    loose = _LOOSE_END.search(text, piece.start, piece.end)
    return Span(piece.start, loose.start()) if loose is not None else piece


def _told(text: str, found: Sequence[Attributed]) -> bytearray:
    """For each character, whether a content, a cue or a source takes it in."""
    told = bytearray(len(text))
    for attributed in found:
        spans = [*attributed.content, *attributed.cue]
        for head, cue in ((attributed.source, attributed.cue), *attributed.inner):
            spans.extend(cue)
            if head is not None:
                spans.append(source_span(text, head, cue[0]))
        for start, end in spans:
            told[start:end] = b"\1" * (end - start)
    return told


def _clauses_left(
    text: str, sentence: Iterable[Token], told: bytearray, taken: Collection[int]
) -> Iterator[tuple[list[Span], Token]]:
    """ "They called it "an outrage" and *recalled their ambassador*": the clauses not told yet.

    What has no finite verb ("in a statement", "on Monday") only says how something was said, and
    so does a clause in a phrase ("despite warnings that they could be cut off", "which he read").
    """
    run: list[Token] = []
    for token in (*sentence, None):
        if token is not None and not told[token.idx]:
            run.append(token)
            continue
        verb = _finite_verb(run, taken)
        if verb is not None:
            start = max(run[0].idx, verb.left_edge.idx)
            piece = _tidy(text, start, end_of(run[-1]))
            if len(_WORD.findall(text, *piece)) >= 3:
                yield [piece], verb
        run = []


def _finite_verb(run: Sequence[Token], taken: Collection[int]) -> Token | None:
    """The first verb with a tense that is neither a cue nor what a cue reports."""
    for token in run:
        if token.tag_ not in _FINITE:
            continue
        verb = token.head if token.dep_ in _AUXILIARY else token
        reported = verb.dep_ == "ccomp" and verb.head.i in taken
        if verb.dep_ not in _CLAUSES or (verb is token and verb.tag_ == "MD"):
            continue
        if verb.i not in taken and not reported:
            return verb
    return None
