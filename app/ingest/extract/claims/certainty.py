"""How sure: hedges as spans, the certainty that they leave, polarity."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.negation import has_no, is_negated
from app.ingest.extract.syntax import end_of
from app.ingest.extraction import Span
from app.lexicon import table
from app.vocabulary import Act, Certainty, Polarity

_WEAKEST_FIRST = (Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.UNKNOWN)
"""A claim with "could" and "unclear" says that something is possible, and that a part is open."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that weaken what stands around them; some tell the act as well ("allegedly")."""

    span: Span
    certainty: Certainty
    act: Act | None


class Hedges:
    """The hedges of a text in order."""

    def __init__(self, found: Sequence[Hedge]) -> None:
        self.all = tuple(found)
        self._starts = [hedge.span.start for hedge in self.all]

    def within(self, spans: Sequence[Span]) -> tuple[Hedge, ...]:
        """The hedges inside one of the spans."""
        found: list[Hedge] = []
        for span in spans:
            for hedge in self.all[bisect_left(self._starts, span.start) :]:
                if hedge.span.start >= span.end:
                    break
                if hedge.span.end <= span.end:
                    found.append(hedge)
        return tuple(found)


_Entry = tuple[tuple[str, ...], bool, Certainty, Act | None]


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Hedges by first word, longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in table("hedges"):
        act = Act(row["act"]) if row["act"] else None
        for entry in row["hedges"].split():
            modal, word = entry.startswith("modal:"), entry.removeprefix("modal:")
            parts = tuple(word.split("_"))
            found.setdefault(parts[0], []).append((parts, modal, Certainty(row["certainty"]), act))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()}


def find_hedges(doc: Doc) -> Hedges:
    """All hedges of a text; "remains speculative" counts with its verb."""
    entries = _entries()
    found: list[Hedge] = []
    size = len(doc)
    after = 0
    for token in doc:
        candidates = entries.get(token.lower_)
        if candidates is None or token.i < after:
            continue
        for parts, modal, certainty, act in candidates:
            last = token.i + len(parts) - 1
            if last >= size or (modal and token.tag_ != "MD"):
                continue
            if any(doc[token.i + k].lower_ != part for k, part in enumerate(parts[1:], 1)):
                continue
            if modal and _is_inability(token):
                continue
            start = token.idx
            if certainty is Certainty.UNKNOWN and token.i and doc[token.i - 1].lemma_ == "remain":
                start = doc[token.i - 1].idx
            found.append(Hedge(Span(start, end_of(doc[last])), certainty, act))
            after = last + 1
            break
    return Hedges(found)


def _is_inability(modal: Token) -> bool:
    """ "*Neither* road *could* be cleared" tells what failed; "may not" stays a possibility.

    Quirk et al. 1985, section 4.52: negated "could" is ability or permission, not possibility.
    """
    return modal.lower_ == "could" and (is_negated(modal.head) or has_no(modal.head))


def certainty_of(hedges: Sequence[Hedge], cue: Certainty | None) -> Certainty:
    """The certainty that hedges and cue leave; without either the claim is put as certain."""
    levels = {hedge.certainty for hedge in hedges}
    if cue is not None:
        levels.add(cue)
    for level in _WEAKEST_FIRST:
        if level in levels:
            return level
    return Certainty.CERTAIN


def polarity_of(head: Token | None, *, turned: bool = False) -> Polarity:
    """Negated when the content's head is negated or its source rejects it (`turned`), not both."""
    negated = head is not None and (is_negated(head) or has_no(head))
    return Polarity.NEGATED if negated != turned else Polarity.AFFIRMED
