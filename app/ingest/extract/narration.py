"""What a report says in its own voice: every sentence that no source is given for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution import Attributed
from app.ingest.extract.syntax import trimmed, without
from app.ingest.extraction import Span

_WORD = re.compile(r"\w+")


def narration(doc: Doc, found: Sequence[Attributed]) -> Iterator[tuple[list[Span], Token]]:
    """The sentences in the report's own voice, with their head.

    A sentence whose main verb is a cue or part of an attributed content is not told again. Where
    an attribution hangs on a sentence ("Khan left, saying that S") the sentence is narrated without
    it; a noun cue ("Paris's pledge of support drew praise") stays part of the sentence, which says
    something by itself.
    """
    text = doc.text
    spans = sorted(span for a in found for span in a.content)
    anchors = {a.anchor.i for a in found}
    holes = sorted(_hole(a) for a in found if a.anchor.pos_ in ("VERB", "AUX"))
    at_span = at_hole = 0
    furthest = -1
    for sentence in doc.sents:
        root = sentence.root
        start, end = sentence.start_char, sentence.end_char
        while at_span < len(spans) and spans[at_span].start <= root.idx:
            furthest = max(furthest, spans[at_span].end)
            at_span += 1
        while at_hole < len(holes) and holes[at_hole].end <= start:
            at_hole += 1
        if root.i in anchors or furthest > root.idx:
            continue
        content = [Span(start, end)]
        position = at_hole
        while position < len(holes) and holes[position].start < end:
            content = [part for piece in content for part in without(piece, holes[position])]
            position += 1
        content = [trimmed(text, *piece, " \t\r\n\xa0,;—–-") for piece in content]
        content = [piece for piece in content if _WORD.search(text, *piece)]
        words = sum(len(_WORD.findall(text, *piece)) for piece in content)
        if words >= 3 or (words and position == at_hole):
            yield content, root


def _hole(attributed: Attributed) -> Span:
    spans = [*attributed.content, *attributed.cue]
    return Span(min(span.start for span in spans), max(span.end for span in spans))
