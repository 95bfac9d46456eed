"""What stands on a page beside its report: credits, links to other stories, notes, share buttons.

"Read more: Mayor denies the claims", "Reporting by Jane Roe; editing by Bo Kim", "Photo: Ana Ruiz".
Such a line says nothing in the voice of the report, so nothing in it is attributed to anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from app.lexicon import words

LONGEST = 300
"""Code points of a line of the page; what is longer is a paragraph that only begins like one."""

_STAMP = r"(?:(?:last|first)\s)?(?:updated|published|posted|modified)(?:\s(?:on|at))?\s(?:\w+\s)?\d"


class Furniture:
    """The lines of a text that belong to its page."""

    def __init__(self, text: str) -> None:
        self._spans = [match.span() for match in _line().finditer(text)]
        self._starts = [start for start, _ in self._spans]

    def has(self, offset: int) -> bool:
        """Whether the character at `offset` stands on such a line."""
        position = bisect_right(self._starts, offset) - 1
        return position >= 0 and offset < self._spans[position][1]


@cache
def _line() -> re.Pattern[str]:
    """A line with a label of the page before its colon, or with a page's opening words."""
    labels, openings = (
        "|".join(map(re.escape, sorted(words(name), key=len, reverse=True)))
        for name in ("page_labels", "page_openings")
    )
    begins = rf"(?:{labels})\s?:|(?:{openings})(?!\w)|{_STAMP}"
    return re.compile(
        rf"^[^\w\n©]{{0,9}}(?:{begins})[^\n]{{0,{LONGEST}}}$", re.MULTILINE | re.IGNORECASE
    )
