"""The country that a report is about, by the names in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.ingest.extract.entities.countries import EntryType
from app.ingest.extract.entities.mentions import Candidate

_LEADING = 2
"""How much more the country counts that is the only one named first: reports begin at home."""


def home_country(candidates: Sequence[Candidate]) -> str | None:
    """The country that most names of a report belong to, or None if none is ahead."""
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
    (country, count), *others = counts.most_common(2)
    return country if not others or count > others[0][1] else None
