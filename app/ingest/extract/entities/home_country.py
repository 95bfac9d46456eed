"""The country that a report is about, by the names in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.ingest.extract.entities.countries import EntryType
from app.ingest.extract.entities.mentions import Candidate

_LEADING = 2
"""How much more the country counts that is the only one named first: reports begin at home."""


def home_country(candidates: Sequence[Candidate]) -> str | None:
    """The country that more than half of a report's places and nations belong to, or None.

    A report on several countries has no home: whose "interior minister" it means is open there.
    """
    named = [
        (candidate.sentence, entry.country)
        for candidate in candidates
        if (entry := candidate.entry) and entry.country and entry.type is not EntryType.ACTOR
    ]
    if not named:
        return None
    first = min(sentence for sentence, _ in named)
    leading = {country for sentence, country in named if sentence == first}
    counts = Counter(country for _, country in named)
    if len(leading) == 1:
        counts[leading.pop()] += _LEADING
    country, count = counts.most_common(1)[0]
    return country if count > counts.total() / 2 else None
