"""Nested reports: one claim where one report stands inside what another says."""

from __future__ import annotations

from collections.abc import Sequence

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.transcripts import TURN
from app.ingest.extract.claims.sources import source_span
from app.ingest.extraction import Span
from app.vocabulary import Act

FILLING = 0.75
"""Share of an outer content that a nested report must have to become a link of its chain."""

FILLING_WITH_CUE = 0.85
"""The same share with the nested source and cue counted in."""

_NESTING = ("+clause", "+quote", "+infinitive", "+document")
_KNOWING = frozenset(
    ["know", "realize", "realise", "see", "notice", "learn", "discover", "remember", "forget"]
)
"""Verbs that report no words ("knew that S"), unless they tell from whom."""

_STANCES = frozenset({Act.BELIEF, Act.WISH, Act.ALLEGATION})
"""What a nested report does with a content that is no clause: "suspects the gang"."""


def outermost(text: str, found: list[Attributed]) -> list[Attributed]:
    """One claim for nested reports: what stands inside the content of another goes.

    Where the inner report fills the outer one ("Khan said police *believe that S*") it becomes a
    link of the chain: S ← Khan ← the police.
    """
    by_start = sorted(
        ((span, outer) for outer in found if outer.rule != TURN for span in outer.content),
        key=lambda entry: entry[0],
    )
    kept = []
    outer: Attributed | None = None
    furthest = -1
    position = 0
    for attributed in sorted(found, key=lambda a: a.anchor.idx):
        at = attributed.anchor.idx
        while position < len(by_start) and by_start[position][0].start <= at:
            span, owner = by_start[position]
            if span.end > furthest:
                furthest, outer = span.end, owner
            position += 1
        if furthest <= at:
            kept.append(attributed)
        elif outer is not None and _fills(text, attributed, outer):
            _nest(attributed, outer)
    return kept


def _nest(inner: Attributed, outer: Attributed) -> None:
    """Make a nested report a link; "she *said she had learned* S" says S herself.

    The content stays all that the outer source says, the nested source and cue with it.
    """
    if inner.source is not None and inner.source.pos_ != "PRON":
        outer.inner.append((inner.source, inner.cue))
    outer.inner.extend(inner.inner)
    if inner.anchor.lemma_ not in _KNOWING:
        outer.act, outer.certainty = inner.act, inner.certainty


def _fills(text: str, inner: Attributed, outer: Attributed) -> bool:
    """Whether a nested report is nearly all of what the outer one says.

    Its own source and cue aside: in "a person said *the minister had told him* S" nothing is left.
    """
    if inner.anchor.pos_ not in ("VERB", "AUX") or inner.source is None or outer.inner:
        return False
    is_stance = inner.act in _STANCES and not inner.rule.startswith("agree")
    if outer.rule == "label" or not (is_stance or inner.rule.endswith(_NESTING)):
        return False
    if inner.anchor.lemma_ in _KNOWING and not inner.inner:
        return False
    if _is_governed(inner, outer):
        return True
    around = _length(outer.content)
    if _length(inner.content) >= FILLING * around:
        return True
    words = source_span(text, inner.source, inner.cue[0])
    filled = sum(
        max(0, min(hole.end, span.end) - max(hole.start, span.start))
        for hole in (*inner.content, *inner.cue, words)
        for span in outer.content
    )
    return inner.anchor.head.i == outer.anchor.i and filled >= FILLING_WITH_CUE * around


def _is_governed(inner: Attributed, outer: Attributed) -> bool:
    """ "*The Tribune said that the minister believes S*": the outer cue governs the inner one."""
    anchor = inner.anchor
    if outer.rule == "according to":
        governed = outer.anchor.head.i == anchor.i
    else:
        governed = anchor.dep_ == "ccomp" and anchor.head.i == outer.anchor.i
    end = max(span.end for span in outer.content)
    return governed and max(span.end for span in inner.content) >= end - 1


def _length(content: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in content)
