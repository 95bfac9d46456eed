"""Who speaks in a quotation, so that its "I" and "we" can be led to somebody.

A quotation is read after the words that say whose it is, wherever they stand: "I was at home," she
wrote. The places that are looked at, and their order, are those of quotation attribution by rules
(Pouliquen, Steinberger and Best 2007; Muzny et al. 2017): the verb right after it, the verb that
leads to it, and the speaker of the quotation right before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.cues import can_speak, cue_verbs
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.layout.quotations import Quotation, Quotations, find_quotations
from app.ingest.extract.syntax import offsets_of, text_of

_AFTER = 14
"""Tokens after a quotation in which its verb may stand."""

_BEFORE = 30
"""Tokens before a quotation in which the verb that leads to it may stand."""

_DEEPEST = 3
"""Clauses within clauses that a verb is looked for in."""

_STOPS = frozenset({".", "!", "?", ";", '"', "“", "”"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


class QuotedSpeakers:
    """The quotations of a text, with the token that heads the words for the speaker of each."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._text: str = text_of(doc)
        self._quotations: Quotations = find_quotations(self._text)
        self._starts = offsets_of(doc) if self._quotations.all else []
        self._speakers: dict[int, Token | None] = {}
        before: Quotation | None = None
        for quotation in self._quotations.all:
            speaker = self._after(quotation) or self._before(quotation)
            if speaker is None and before is not None and self._goes_on(before, quotation):
                speaker = self._speakers[before.start]
            self._speakers[quotation.start] = speaker
            before = quotation

    def at(self, token: Token) -> Quotation | None:
        """The quotation that the token stands in."""
        return self._quotations.at(token.idx)

    def of(self, quotation: Quotation) -> Token | None:
        """The head of the words for whoever speaks, or None."""
        return self._speakers[quotation.start]

    def reading_position(self, token: Token) -> tuple[int, int]:
        """Where the token comes in the order of reading: in a quotation, after its speaker."""
        quotation = self.at(token)
        speaker = self.of(quotation) if quotation else None
        if quotation is None or speaker is None or speaker.idx < quotation.end:
            return token.i, 0
        return speaker.i, token.i + 1

    def _after(self, quotation: Quotation) -> Token | None:
        """ "…," said Khan; "…," Khan, a farmer from the north, said."""
        if self._text[quotation.inner.end - 1 : quotation.inner.end] not in ",?!—–-":
            return None
        first = bisect_left(self._starts, quotation.end)
        return self._subject(self._upto_stop(range(first, first + _AFTER)), "quote")

    def _before(self, quotation: Quotation) -> Token | None:
        """Khan said: "…"; the party called it "…"."""
        last = bisect_left(self._starts, quotation.start) - 1
        return self._subject(self._upto_stop(range(last, last - _BEFORE, -1)), "")

    def _upto_stop(self, positions: range) -> Iterator[Token]:
        for i in positions:
            if not 0 <= i < len(self._doc):
                return
            token = self._doc[i]
            if token.text in _STOPS or "\n" in token.text:
                return
            yield token

    def _subject(self, tokens: Iterator[Token], frame: str) -> Token | None:
        """The subject of the first verb that attributes; `frame`, if any, is one that it needs."""
        nouns: list[Token] = []
        for token in tokens:
            cue = cue_verbs().get(token.lemma_) if token.pos_ == "VERB" else None
            if cue is not None and (not frame or frame in cue.rules):
                subject = source_of(_outermost(token))
                if subject is not None and self._quotations.at(subject.idx) is None:
                    return subject
                if frame:
                    return nouns[0] if nouns else self._following(token)
            if token.pos_ in _NOMINAL and can_speak(token):
                nouns.append(token)
        return None

    def _following(self, verb: Token) -> Token | None:
        """ "…," said *Khan*, where the parser made Khan an object or part of the quotation."""
        for token in self._upto_stop(range(verb.i + 1, verb.i + 8)):
            if token.pos_ in _NOMINAL and token.dep_ not in {"compound", "nmod", "poss"}:
                return token if can_speak(token) else None
        return None

    def _goes_on(self, before: Quotation, quotation: Quotation) -> bool:
        """ "…," she said. "…": nothing but the words about the speaker stands between."""
        gap = self._text[before.end : quotation.start]
        if not gap.strip():
            return True
        ended = gap.rstrip()
        return "\n" not in gap and ended[-1:] == "." and ended.count(". ") == 0


def _outermost(verb: Token) -> Token:
    """The verb of "She *said* Khan had shown", of which "shown" is the content."""
    for _ in range(_DEEPEST):
        if verb.dep_ != "ccomp" or verb.head.lemma_ not in cue_verbs():
            break
        verb = verb.head
    return verb
