"""How sure: the certainty that hedges leave, and polarity."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from app.ingest.extract.hedges import Hedge
from app.ingest.extract.negation import has_no, is_negated
from app.ingest.extraction import Span
from app.vocabulary import Certainty, Polarity

_EXCLUDING = frozenset({"rule", "exclude", "preclude"})
"""Verbs that, negated, leave something possible: "a leak *cannot be ruled out*"."""

_WEAKEST_FIRST = (Certainty.POSSIBLE, Certainty.PROBABLE, Certainty.UNKNOWN)
"""A claim with "could" and "unclear" says that something is possible, and that a part is open."""


def certainty_of(hedges: Sequence[Hedge], cue: Certainty | None) -> Certainty:
    """The certainty that hedges and cue leave; without either the claim is put as certain."""
    levels = {hedge.certainty for hedge in hedges}
    if cue is not None:
        levels.add(cue)
    for level in _WEAKEST_FIRST:
        if level in levels:
            return level
    return Certainty.CERTAIN


def hedge_words(hedges: Sequence[Hedge], of_cue: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The spans of all hedges; "whether" is none beside "it is *unclear* whether"."""
    found = {hedge.span for hedge in hedges} | set(of_cue)
    open_ = {h.span for h in hedges if h.certainty is Certainty.UNKNOWN} | set(of_cue)
    if len(open_) > 1:
        found -= {h.span for h in hedges if h.is_whether}
    return tuple(sorted(found))


def polarity_of(head: Token | None, *, turned: bool = False) -> Polarity:
    """Negated when the content's head is negated or its source rejects it (`turned`), not both."""
    negated = head is not None and (is_negated(head) or has_no(head))
    if head is not None and head.lemma_ in _EXCLUDING:
        return Polarity.AFFIRMED
    return Polarity.NEGATED if negated != turned else Polarity.AFFIRMED
