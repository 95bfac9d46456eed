"""Datelines: "LISBON, March 3 (Reuters) - " says where and by whom a report was filed.

A dateline is no proposition: it is left out of all contents (Associated Press Stylebook,
"datelines").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from app.ingest.extract.syntax import trimmed
from app.ingest.extraction import Span

_PLACE = r"[^\W\d_][\w.'’/ -]{1,40}"
_AGENCY = r"\s*\((?P<agency>[A-Z][\w .]{1,30})\)"
_DATED = r",\s*(?:\w{3,9}\.?\s+\d{1,2}|\d{1,2}\s+\w{3,9})"
_REGION = r"(?:,\s*[A-Z][\w. ]{1,20})?"
_DASH = r"\s*(?:--|[—–-])\s+"
_DATELINE = re.compile(
    rf"^[ \t]*(?:"
    rf"{_PLACE}{_REGION}(?:{_DATED})?{_AGENCY}{_DASH}"
    rf"|{_PLACE}{_REGION}{_DATED}{_DASH}"
    rf"|[A-Z][A-Z .'’/]{{2,40}}{_REGION}{_DASH}"
    rf"|[A-Z]\w+(?: [A-Z]\w+)?\s*(?:--|[—–])\s+"
    rf")(?=[\"“‘'A-Z])",
    re.MULTILINE,
)


class Datelines:
    """The datelines of a text in order, and the agencies that they name."""

    def __init__(self, text: str) -> None:
        found = list(_DATELINE.finditer(text))
        self._text = text
        self._spans = [Span(*match.span()) for match in found]
        self.agencies = frozenset(
            agency.casefold() for match in found if (agency := match.group("agency"))
        )

    def at(self, offset: int) -> Span | None:
        """The dateline that an offset lies in."""
        before = bisect_right(self._spans, (offset, float("inf"))) - 1
        if before >= 0 and offset < self._spans[before].end:
            return self._spans[before]
        return None

    def out_of(self, content: Sequence[Span]) -> list[Span]:
        """The content without datelines; what was nothing else is gone."""
        if not self._spans:
            return list(content)
        kept = []
        for piece in content:
            at = bisect_right(self._spans, (piece.start, float("inf"))) - 1
            start = piece.start
            for line in self._spans[max(at, 0) : at + 2]:
                if start <= line.start <= start + 2 or line.start <= start < line.end:
                    start = line.end
            if start < piece.end:
                kept.append(trimmed(self._text, start, piece.end, " \t\r\n"))
        return kept
