"""Which claims report an event."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from app.ingest.extraction import Claim, Span
from app.vocabulary import Act, Certainty

_Covered = tuple[int, int, int]


class ReportingClaims:
    """The claims of a text by the stretches of text that they cover."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        contents = ((p.start, p.end, i) for i, c in enumerate(claims) for p in c.content)
        cues = (
            (p.start, p.end, i)
            for i, c in enumerate(claims)
            for link in c.attribution
            for p in link.cue
        )
        self._accusing = [c.act is Act.ALLEGATION and not c.hedges for c in claims]
        self._contents = sorted(contents)
        self._cues = sorted(cues)
        self._longest = max((end - start for start, end, _ in self._contents), default=0)

    def reporting(self, mentions: Iterable[Span]) -> tuple[int, ...]:
        """The positions of the claims whose content holds a mention of the event.

        Where a mention is itself the cue of a claim ("the ministry accused them of firing"), and
        nothing else reports it, that claim does.
        """
        spans = list(mentions)
        found = {i for span in spans for i in self._holding(self._contents, span)}
        found = found or {i for span in spans for i in self._holding(self._cues, span)}
        return tuple(sorted(found))

    def certainty(self, mentions: Iterable[Span]) -> Certainty:
        """Possible where nobody but accusers report it ("accused the army of killing civilians").

        After FactBank (Saurí and Pustejovsky 2009): an accuser commits nobody else to it. That
        somebody accuses, the cue itself, is as certain as it is told.
        """
        spans = list(mentions)
        is_cue = any(True for span in spans for _ in self._holding(self._cues, span))
        told = [i for span in spans for i in self._holding(self._contents, span)]
        accused = bool(told) and not is_cue and all(self._accusing[i] for i in told)
        return Certainty.POSSIBLE if accused else Certainty.CERTAIN

    def _holding(self, covered: Sequence[_Covered], span: Span) -> Iterable[int]:
        last = bisect_right(covered, (span.start, float("inf"), 0))
        for position in range(last - 1, -1, -1):
            start, end, claim = covered[position]
            if span.start - start > self._longest:
                break
            if end >= span.end:
                yield claim
