"""Whether the words around a date look ahead or back."""

from __future__ import annotations

import re
from functools import cache

from app.lexicon import table

_LOOK = 120
"""Code points around a date in which a verb may tell whether it lies ahead or behind."""

_NEAR_START = 25
"""A date so near to the start of its sentence may be told by the first verb after it."""

_REPORTING = frozenset({"said", "says", "told", "have", "has", "had", "was", "were"})
_OBJECT = re.compile(r" (?:the|an?|its|his|her|their|some|[A-Z\d][\w,’'-]*)(?: [\w’'-]+){0,2} in ")
"""What stands between a verb and the month of it: an object of a few words."""

_OVER = re.compile(r"\b(?:ended|since)(?: on)? $", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_AHEAD_OF = re.compile(r"\b(?:ahead of|before|until|for|in time for) (?:the )?$", re.IGNORECASE)

_SENTENCE_BREAK = re.compile(r"\w{2}[.!?][\"'”’)]*\s+(?=[A-Z\"“‘(])|\n\s*\n")


def direction(text: str, start: int, end: int) -> int:
    """1 where the words near a date look ahead, -1 where they look back, else 0.

    -9 where the date is over: "the year ended Sept. 30", "it was sold in May". Of "Friday's vote"
    the verbs around it tell nothing: it is past unless something comes "ahead of" it.
    """
    before = text[max(0, start - _LOOK) : start]
    if _OVER.search(before):
        return -9
    if _POSSESSIVE.match(text, end):
        return 1 if _AHEAD_OF.search(before) else -1
    begin = max((found.end() for found in _SENTENCE_BREAK.finditer(before)), default=0)
    last = max(_markers().finditer(before, begin), key=re.Match.start, default=None)
    if last and last.lastgroup == "past" and _is_dated(last.group(), before[last.end() :]):
        return -9
    if last is None and len(before) - begin < _NEAR_START:
        after = text[start : start + _LOOK]
        ending = _SENTENCE_BREAK.search(after)
        last = _markers().search(after, 0, ending.start() if ending else len(after))
    return 0 if last is None else 1 if last.lastgroup == "future" else -1


def _is_dated(verb: str, between: str) -> bool:
    """ "sold in May", "*seized* the town *in* May"; what was said in between may lie ahead."""
    return between in (" in ", " on ") or (
        verb.lower() not in _REPORTING and _OBJECT.fullmatch(between) is not None
    )


@cache
def _markers() -> re.Pattern[str]:
    rows = table("date_directions")
    groups = (
        f"(?P<{direction}>{'|'.join(r['pattern'] for r in rows if r['direction'] == direction)})"
        for direction in ("future", "past")
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})\b")
