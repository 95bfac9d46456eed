"""What stands in and around a content: quotations, hedges, quantities, dates, actors."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.hedges import Hedge, hedges_of
from app.ingest.extract.layout.quotations import Quotations
from app.ingest.extract.syntax import child, offsets_of, text_of
from app.ingest.extraction import Date, Quantity, Span
from app.vocabulary import ActorKind, Directness

CLIMB = 5
"""Words between a date and the verb that it dates."""

_BREAK = re.compile(r"\n+")
_NO_DAY_OF = frozenset({"since", "until", "between", "from", "before", "after", "for", "of"})


class Contents:
    """Everything found in one text, to be looked up by the spans of a content."""

    def __init__(
        self,
        doc: Doc,
        quotations: Quotations,
        entities: Entities,
        dates: Sequence[Date],
        quantities: Sequence[Quantity],
    ) -> None:
        self.text: str = text_of(doc)
        self.actor_at: Mapping[int, str] = entities.actor_at
        self.hedges = hedges_of(doc)
        self._doc = doc
        self._starts = offsets_of(doc)
        self._quotations = quotations
        self._dates = dates
        self._quantities = quantities
        self._named = _by_name(entities)
        self._breaks = [match.end() for match in _BREAK.finditer(text_of(doc))]
        self._mentions = sorted(
            (mention.span.start, entities.actor_at[index])
            for index, mention in entities.mention_at.items()
            if index in entities.actor_at
        )

    def actor_of(self, token: Token) -> str | None:
        """The actor that a word means: also a name that was an actor's elsewhere in the text.

        Whoever is none but belongs to one ("*her* lawyers", "staff *of the bank*") stands for it.
        """
        key = self.actor_at.get(token.i)
        if key is None and token.pos_ == "PROPN":
            key = self._named.get(token.lower_)
        if key is None and token.pos_ == "NOUN":
            for part in token.children:
                is_owner = part.dep_ in ("poss", "appos", "compound", "nmod")
                whose = part if is_owner else child(part, "pobj") if part.dep_ == "prep" else None
                key = self.actor_at.get(whose.i) if whose is not None else None
                if key is not None:
                    break
        return key

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that an offset stands in."""
        return bisect_right(self._breaks, offset)

    def tokens(self, content: Sequence[Span]) -> list[Token]:
        """The tokens that start in a content."""
        return [
            token
            for span in content
            for token in self._doc[
                bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)
            ]
        ]

    def head(self, content: Sequence[Span]) -> Token | None:
        """The head word of the first piece of a content."""
        if not content:
            return None
        start = bisect_left(self._starts, content[0].start)
        end = bisect_left(self._starts, content[0].end)
        return self._doc[start:end].root if start < end else None

    def hedges_in(self, content: Sequence[Span]) -> tuple[Hedge, ...]:
        """The hedges inside a content."""
        return self.hedges.within(content)

    def quoted(self, content: Sequence[Span]) -> tuple[Span, ...]:
        """The stretches of a content inside quotation marks, without the marks."""
        stretches = []
        for span in content:
            for quotation in self._quotations.within(*span):
                start = max(span.start, quotation.inner.start)
                end = min(span.end, quotation.inner.end)
                if start < end:
                    stretches.append(Span(start, end))
        return tuple(stretches)

    def directness(self, content: Sequence[Span], quoted: Sequence[Span]) -> Directness:
        """Direct if nothing but "that" and marks stands outside the quotation marks."""
        if not quoted:
            return Directness.INDIRECT
        text = self.text
        outside = sum(sum(map(str.isalnum, text[s.start : s.end])) for s in content)
        outside -= sum(sum(map(str.isalnum, text[s.start : s.end])) for s in quoted)
        return Directness.DIRECT if outside <= len("that") else Directness.MIXED

    def quantities(self, content: Sequence[Span]) -> tuple[Quantity, ...]:
        """The quantities inside a content."""
        found: list[Quantity] = []
        for span in content:
            first = bisect_left(self._quantities, span.start, key=lambda row: row.span.start)
            last = bisect_left(self._quantities, span.end, key=lambda row: row.span.start)
            found.extend(q for q in self._quantities[first:last] if q.span.end <= span.end)
        return tuple(found)

    def about(self, content: Sequence[Span]) -> tuple[str, ...]:
        """The actors that a content mentions, in order."""
        keys: list[str] = []
        for span in content:
            first = bisect_left(self._mentions, (span.start, ""))
            last = bisect_left(self._mentions, (span.end, ""))
            keys.extend(key for _, key in self._mentions[first:last])
        return tuple(dict.fromkeys(keys))

    def said_on(self, verb: Token, outside: Sequence[Span]) -> Date | None:
        """The date in the clause of the cue: "*reported on November 5* that S".

        A date dates the saying where it hangs on the cue itself, not on a verb or noun beside it
        ("after talks in May"). `outside` are content and sources, whose dates date other things.
        """
        sentence = verb.sent
        first = bisect_right(self._dates, sentence.start_char - 1, key=lambda date: date.span.start)
        best: Date | None = None
        for date in self._dates[first:]:
            start = date.span.start
            if start >= sentence.end_char:
                break
            if date.edtf is None or any(s.start <= start < s.end for s in outside):
                continue
            if not self._dates_verb(date, verb):
                continue
            if best is None or abs(start - verb.idx) < abs(best.span.start - verb.idx):
                best = date
        return best

    def _dates_verb(self, date: Date, verb: Token) -> bool:
        start = bisect_left(self._starts, date.span.start)
        end = bisect_left(self._starts, date.span.end)
        if start >= end:
            return False
        token: Token = self._doc[start:end].root
        if any(c.lower_ in _NO_DAY_OF for c in (token.head, token)):
            return False
        if abs(token.i - verb.i) <= 2:
            return True
        for _ in range(CLIMB):
            if token.i == verb.i:
                return True
            if token.pos_ in ("VERB", "AUX"):
                return verb.head.i == token.i and verb.dep_ in ("xcomp", "conj", "advcl")
            token = token.head
        return False


def _by_name(entities: Entities) -> dict[str, str]:
    """The actors by their names in lower case, and by the first word of a body's name."""
    found: dict[str, str] = {}
    for actor in entities.actors:
        if actor.kind in (ActorKind.ORGANIZATION, ActorKind.ARMED_FORCE):
            found.setdefault(actor.name.split()[0].lower(), actor.key)
    for actor in entities.actors:
        for name in (actor.name, *actor.aliases):
            found[name.lower()] = actor.key
    return found
