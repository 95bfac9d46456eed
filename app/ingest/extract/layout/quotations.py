"""Quotation marks and what stands between them.

Marks are paired within a paragraph, outermost pair only: a quotation inside a quotation belongs
to the outer one. A quotation that runs over several paragraphs opens each of them and closes the
last (Chicago Manual of Style, 13.32); each paragraph is then a quotation of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.ingest.extraction import Span

UNCLOSED = 600
"""Code points that a quotation without a closing mark may have: more is rather a stray mark."""

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"''|``|[\"“”„‟«»‘’']")
_DOUBLE_CLOSERS = frozenset(['"', "”", "''", "“", "»"])
_SPEECH_END = re.compile(r"[.,!?…;—–-]\s*$")
_WORD = re.compile(r"\w+")
_NOT_BLANK = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`start` and `end` include the marks; `inner` leaves them out."""

    start: int
    end: int
    inner: Span
    speech: bool
    """Ends like speech (comma, full stop, question mark before the closing mark) or is long:
    somebody's words, not a title or a single odd word."""


class Quotations:
    """The quotations of a text in order, with a fast answer to "is this offset inside one?"."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self.all = tuple(found)
        self._starts = [quotation.start for quotation in self.all]

    def at(self, offset: int) -> Quotation | None:
        """The quotation that the character at `offset` is in."""
        position = bisect_right(self._starts, offset) - 1
        if position >= 0 and offset < self.all[position].end:
            return self.all[position]
        return None

    def following(self, offset: int) -> Quotation | None:
        """The first quotation that starts at `offset` or later."""
        position = bisect_left(self._starts, offset)
        return self.all[position] if position < len(self.all) else None

    def within(self, start: int, end: int) -> Iterator[Quotation]:
        """The quotations that share a character with `[start, end)`."""
        position = max(0, bisect_right(self._starts, start) - 1)
        while position < len(self.all) and self.all[position].start < end:
            if self.all[position].end > start:
                yield self.all[position]
            position += 1


def find_quotations(text: str) -> Quotations:
    """All quotations of a text; never fails, whatever marks are missing."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return Quotations(found)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    marks = [
        match for match in _MARK.finditer(text, start, end) if not _is_inside_word(text, match)
    ]
    following = _following(text, marks)
    first = _NOT_BLANK.search(text, start, end)
    position = 0
    while position < len(marks):
        opener = marks[position]
        if not _opens(text, opener, start):
            position += 1
            continue
        closer = _closer(text, marks, position, following)
        if closer is not None:
            close = marks[closer]
            yield _quotation(text, opener, close.start(), close.end())
            position = closer + 1
            continue
        position += 1
        is_first = first is not None and first.start() == opener.start()
        if opener.group() not in "'‘’" and (is_first or end - opener.start() <= UNCLOSED):
            # A paragraph of a longer quotation starts with the mark and lacks the closing one.
            yield _quotation(text, opener, end, end)
            return


def _quotation(text: str, opener: re.Match[str], inner_end: int, end: int) -> Quotation:
    inner = Span(opener.end(), inner_end)
    words = len(_WORD.findall(text, inner.start, min(inner.end, inner.start + 200)))
    ends_like_speech = bool(_SPEECH_END.search(text, max(inner.start, inner.end - 3), inner.end))
    return Quotation(opener.start(), end, inner, (words > 2 and ends_like_speech) or words > 11)


def _is_inside_word(text: str, mark: re.Match[str]) -> bool:
    """The apostrophe of "Pyongyang’s", "don't"."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return mark.group() in "'’‘" and before.isalnum() and after.isalnum()


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark can open: something follows at once, and no word stands right before it."""
    sign = mark.group()
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign in "”»’" and not (sign == "”" and mark.start() == start):
        return False
    if not after or after.isspace():
        return False
    if sign in "“„«``":
        return True
    free = mark.start() == start or not (before.isalnum() or before in ".,!?;%)")
    if sign in "'‘":
        return free and not after.isdigit()
    return free or (sign in ("“", "``"))


@dataclass(frozen=True, slots=True)
class _Following:
    """For each mark the position of the next one of a kind, past the last mark if there is none.

    Looked up from the end, once a paragraph, so that marks without partners cost no more.
    """

    double: list[int]
    opening_single: list[int]
    single: list[int]
    plural: list[int]
    """Single marks that may close or be the plural possessive of "officials’ words"."""


def _following(text: str, marks: Sequence[re.Match[str]]) -> _Following:
    kinds = [_kind_of_closer(text, mark) for mark in marks]

    def next_of(kind: str) -> list[int]:
        found = [len(marks)] * len(marks)
        for position in range(len(marks) - 2, -1, -1):
            is_next = kinds[position + 1] == kind
            found[position] = position + 1 if is_next else found[position + 1]
        return found

    return _Following(*map(next_of, ("double", "opening single", "single", "plural")))


def _kind_of_closer(text: str, mark: re.Match[str]) -> str:
    sign = mark.group()
    if sign in _DOUBLE_CLOSERS:
        return "double"
    if sign == "‘":
        return "opening single"
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign not in "'’" or before.isspace() or after.isalnum():
        return "none"
    return "plural" if before == "s" and after.isspace() else "single"


def _closer(
    text: str, marks: Sequence[re.Match[str]], opener: int, following: _Following
) -> int | None:
    """The position of the mark that closes the one at `opener`.

    A plural possessive closes a single mark only if there is nothing better.
    """
    if marks[opener].group() in "'‘":
        stop = following.opening_single[opener]
        candidates = (following.single[opener], following.plural[opener])
        return next((position for position in candidates if position < stop), None)
    position = following.double[opener]
    if position == len(marks):
        return None
    opened_again = marks[opener].group() == "“" and marks[position].group() == "“"
    if opened_again and not _closes(text, marks[position]):
        return None  # the first one was never closed
    return position


def _closes(text: str, mark: re.Match[str]) -> bool:
    """An opening mark typed for a closing one: "It is over,“ said Khan"."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return before in (".", ",", "?", "!") and (not after or after.isspace())
