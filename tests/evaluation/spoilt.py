"""Whether precision survives: the claims of a spoilt report, laid over the gold of the clean one.

A report is spoilt (`tests/ingest/extract/mutations.py`), read, and every span that was found is
put back to where its words stand in the clean text. What was found in words that the clean text
does not have stays a claim, with no words: wrong.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from tests.evaluation.agreement import Tally
from tests.evaluation.claims import Claims
from tests.evaluation.gold import Report
from tests.evaluation.own import Extract

_WORD = re.compile(r"[^\W_](?:\xad?[^\W_])*")
"""A word; a soft hyphen does not part it."""

Spoil = Callable[[str, random.Random], str]


def claims_of_spoilt(reports: Iterable[Report], spoil: Spoil, extract: Extract) -> Tally:
    """Attributed claims found in the reports after `spoil`, against the gold of the clean ones."""
    total = Tally()
    for report in reports:
        text = spoil(report.text, random.Random(report.text))
        found = restored(extract(text, report.published_on), text, report.text)
        tally = Claims(report, found).score()["claims"]
        total.add(tally.right, tally.predicted, tally.gold, tally.recalled)
    return total


def restored(found: Mapping[str, Any], spoilt: str, clean: str) -> dict[str, Any]:
    """What was found in the spoilt text, with the spans of the clean one."""
    here, there = _words(spoilt), _words(clean)
    starts = [start for start, _, _ in here]
    place: dict[int, tuple[int, int]] = {}
    matcher = SequenceMatcher(None, [w[2] for w in here], [w[2] for w in there], autojunk=False)
    for mine, theirs, size in matcher.get_matching_blocks():
        for step in range(size):
            place[mine + step] = there[theirs + step][:2]

    def moved(spans: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
        touched = (
            number
            for start, end in spans
            for number in range(bisect_left(starts, start), bisect_left(starts, end))
        )
        return [place[number] for number in touched if number in place]

    claims = [
        {
            **claim,
            "content": moved(claim["content"]),
            "attribution": [
                {**link, "spans": moved(link["spans"])} for link in claim["attribution"]
            ],
        }
        for claim in found["claims"]
    ]
    return {**found, "claims": claims}


def _words(text: str) -> list[tuple[int, int, str]]:
    return [
        (m.start(), m.end(), m.group().replace("\xad", "").lower()) for m in _WORD.finditer(text)
    ]
