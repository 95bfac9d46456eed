"""Whose words a quotation is: quotations are given to the cues around them.

Distances count characters between marks and cue, not the parser's sentences, which quotation
marks break at will.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.beside_quotations import (
    look_ahead,
    part_participles,
    speakers_outside,
)
from app.ingest.extract.attribution.cues import can_speak
from app.ingest.extract.layout.quotations import Quotation, Quotations
from app.ingest.extract.syntax import SHORTENED_TITLES, end_of
from app.ingest.extraction import Span

REACH = 250
"""Code points between a cue and a quotation in the same sentence."""

_WORKS = frozenset({"write", "read", "publish", "release", "post", "sing", "recall", "mention"})
_BETWEEN = " \t\r\n\xa0\"'“”‘’.,"
"""Signs that may stand between two quotations of one speaker."""

_ABBREVIATION = re.compile(rf"\b(?:{SHORTENED_TITLES}|St|Mt|Ft|[JS]r|[A-Z])$")
_SENTENCE_BREAK = re.compile(r"[.!?][\s\"”’)\]]+(?=[A-Z“\"‘'(])|\n")


def give_quotations(text: str, found: list[Attributed], quotations: Quotations) -> None:
    """Extend the content of each attribution by the quotations that belong to it.

    In order of trust: quotations that the content already touches; the cue right after the
    quotation ("…," said Khan); the cue right before it (Khan said: "…"); a quotation that goes on
    where the last one with a speaker ended.
    """
    speakers_outside(found, quotations)
    found.sort(key=lambda attributed: attributed.anchor.idx)
    part_participles(found)
    look_ahead(text, found, quotations)
    owners = _touched(found, quotations)
    anchors = [attributed.anchor.idx for attributed in found]
    last: tuple[Attributed, int] | None = None
    for quotation in quotations.all:
        owner = owners.get(quotation.start)
        if owner is None:
            owner = (
                _asked_after(text, quotation, found, anchors)
                or _continued(text, quotation, last)
                or _cue_after(text, quotation, found, anchors)
                or _cue_before(text, quotation, found, anchors, last[0] if last else None)
            )
            if owner is None:
                owner = _remark_after(text, quotation, found, anchors)
            if owner is None or _is_title(text, quotation, owner):
                owner = None
            elif quotation.speech or not owner.content:
                owner.content.append(Span(quotation.start, quotation.end))
            else:
                owner = None
        if owner is not None:
            last = (owner, _sentence_end(text, max(quotation.end, owner.anchor.idx)))


def _is_title(text: str, quotation: Quotation, owner: Attributed) -> bool:
    """ "wrote “The Long Way Home,” a novel": capitals throughout, as no sentence has them."""
    if owner.anchor.lemma_ not in _WORKS:
        return False
    inner = text[slice(*quotation.inner)].rstrip(",")
    long_words = [word for word in inner.split() if len(word) > 4 or word == inner]
    return bool(long_words) and inner[-1:] not in ".!?" and all(w[0].isupper() for w in long_words)


def _touched(found: Sequence[Attributed], quotations: Quotations) -> dict[int, Attributed]:
    """Quotations that contents overlap, by their start; contents grow to take them in whole."""
    owners: dict[int, Attributed] = {}
    for attributed in sorted(found, key=lambda a: -sum(s.end - s.start for s in a.content)):
        for position, span in enumerate(attributed.content):
            for quotation in quotations.within(span.start, span.end):
                shared = min(span.end, quotation.end) - max(span.start, quotation.start)
                if (
                    shared < 0.3 * (quotation.end - quotation.start)
                    and shared < 0.6 * (span.end - span.start)
                    and not _starts_in(quotation, span)
                ):
                    continue
                if quotation.start <= attributed.anchor.idx < quotation.end:
                    continue
                owners.setdefault(quotation.start, attributed)
                grown = attributed.content[position]
                attributed.content[position] = Span(
                    min(grown.start, quotation.start), max(grown.end, quotation.end)
                )
    return owners


def _starts_in(quotation: Quotation, span: Span) -> bool:
    return span.start <= quotation.start < span.end


def _cue_after(
    text: str, quotation: Quotation, found: Sequence[Attributed], anchors: list[int]
) -> Attributed | None:
    """ "…," said Khan, and "…," Khan, a farmer from the north, said."""
    if not quotation.speech and text[quotation.inner.end - 1] not in ",.?!":
        return None
    first = bisect_left(anchors, quotation.end)
    for attributed in found[first : first + 3]:
        gap = text[quotation.end : attributed.anchor.idx]
        if len(gap) > REACH or _breaks(gap) or gap.lstrip()[:1] in ("“", '"'):
            return None
        if "“" in gap or '"' in gap:
            return None
        if not attributed.quotes or attributed.source is None:
            continue
        if not _begins_with(text, quotation, attributed):
            continue
        return attributed
    return None


def _asked_after(
    text: str, quotation: Quotation, found: Sequence[Attributed], anchors: list[int]
) -> Attributed | None:
    """ "…?" Khan asked: what ends in a question or a shout has its cue right after it, if any."""
    if text[quotation.inner.end - 1] not in "?!":
        return None
    owner = _cue_after(text, quotation, found, anchors)
    return owner if owner is not None and not owner.content else None


def _begins_with(text: str, quotation: Quotation, attributed: Attributed) -> bool:
    """Only the speaker (and "a spokesman for the group") stands between quotation and cue."""
    source, anchor = attributed.source, attributed.anchor
    if source is None:
        return False
    if source.i > anchor.i:
        first = anchor.left_edge if anchor.left_edge.idx >= quotation.end else anchor
    else:
        first = source.left_edge if source.left_edge.idx >= quotation.end else source
    gap = text[quotation.end : first.idx].strip(" ,.-–—")
    return len(gap.split()) <= 2


def _cue_before(
    text: str,
    quotation: Quotation,
    found: Sequence[Attributed],
    anchors: list[int],
    speaking: Attributed | None,
) -> Attributed | None:
    """Khan said: "…", Khan said at the meeting, "…", and the second half of "…," Khan said, "…".

    `speaking` is the attribution that the quotation before belongs to.
    """
    last = bisect_right(anchors, quotation.start) - 1
    for attributed in reversed(found[max(0, last - 2) : last + 1]):
        gap = text[end_of(attributed.anchor) : quotation.start]
        if len(gap) > REACH or _breaks(gap.rstrip() if gap.rstrip()[-1:] == ":" else gap):
            return None
        if not attributed.quotes or attributed.source is None:
            continue
        introduced = gap.rstrip()[-1:] in (",", ":") or not gap.strip()
        if introduced and (
            not attributed.content or attributed is speaking or gap.rstrip()[-1:] == ":"
        ):
            return attributed
        if not attributed.content and len(gap.split()) <= 5:
            return attributed
    return None


def _continued(
    text: str, quotation: Quotation, last: tuple[Attributed, int] | None
) -> Attributed | None:
    """ "…," said Khan. "…": a quotation that stands alone right after the last one."""
    if last is None or not quotation.speech:
        return None
    owner, end = last
    gap = text[end : quotation.start]
    if gap.strip(_BETWEEN) or quotation.start < owner.anchor.idx:
        return None
    return owner if _stands_alone(text, quotation) else None


def _stands_alone(text: str, quotation: Quotation) -> bool:
    """Whether no sentence goes on after a quotation, as "…,” Khan said" does."""
    rest = text[quotation.end : quotation.end + 60].lstrip(" \xa0")
    if rest[:1].islower() or rest[:1] == ",":
        return False
    return "," not in text[max(0, quotation.end - 2) : quotation.end]


def _remark_after(
    text: str, quotation: Quotation, found: Sequence[Attributed], anchors: list[int]
) -> Attributed | None:
    """ "Khan said the dam was safe. “Nobody has to leave.”": a quotation alone after a report."""
    if not quotation.speech or not _stands_alone(text, quotation):
        return None
    last = bisect_right(anchors, quotation.start) - 1
    if last < 0:
        return None
    attributed = found[last]
    if attributed.source is None or not attributed.content or not can_speak(attributed.source):
        return None
    end = max(attributed.content[-1].end, end_of(attributed.anchor))
    if not 0 < quotation.start - end <= REACH or "\n" in text[end : quotation.start]:
        return None
    before = text[end : quotation.start].rstrip()
    return attributed if before[-1:] in ".?!" else None


def _first_break(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first end of a sentence or line; the full stop of "Sen. Ruiz" is none."""
    for match in _SENTENCE_BREAK.finditer(text, start, end):
        if text[match.start()] == "\n" or not _ABBREVIATION.search(
            text, max(start, match.start() - 6), match.start()
        ):
            return match
    return None


def _breaks(gap: str) -> bool:
    return _first_break(gap, 0, len(gap)) is not None


def _sentence_end(text: str, offset: int) -> int:
    """The end of the sentence that goes on at `offset`, by its characters."""
    if text[offset - 1 : offset] in ('"', "”", "'", "’") and text[offset - 2 : offset - 1] in ".?!":
        return offset
    match = _first_break(text, offset, offset + 2 * REACH)
    if match is None:
        return offset
    return match.start() + 1 if text[match.start()] != "\n" else match.start()
