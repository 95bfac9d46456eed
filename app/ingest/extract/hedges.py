"""Hedges: the words that leave it open how sure something is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.negation import has_no, is_negated
from app.ingest.extract.syntax import end_of, is_passive, kept, tokens_of
from app.ingest.extraction import Span
from app.lexicon import table, words
from app.vocabulary import Act, Certainty

_WHETHER = ("whether",)

CONDITION = 7
"""Words from "if" to what the condition says: "if the union's figures are confirmed"."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that weaken what stands around them; some tell the act as well ("allegedly")."""

    span: Span
    certainty: Certainty
    act: Act | None
    is_whether: bool = False


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


_Entry = tuple[tuple[str, ...], str, Certainty, Act | None]
"""The words, the kind of word that the first must be ("modal", "passive", "" for any)."""


@cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """Hedges by first word, longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in table("hedges"):
        act = Act(row["act"]) if row["act"] else None
        for entry in row["hedges"].split():
            kind, _, word = entry.rpartition(":")
            parts = tuple(word.split("_"))
            found.setdefault(parts[0], []).append((parts, kind, Certainty(row["certainty"]), act))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()}


def hedges_of(doc: Doc) -> Hedges:
    """All hedges of a text, kept with it; "remains speculative" counts with its verb."""
    hedges: Hedges = kept(doc, "hedges", lambda: Hedges(_find_hedges(doc)))
    return hedges


def _find_hedges(doc: Doc) -> list[Hedge]:
    entries = _entries()
    found: list[Hedge] = []
    after = 0
    for token in tokens_of(doc):
        word = token.lower_
        if (word not in entries and word != "if") or token.i < after:
            continue
        if word == "if" and (last := _condition(token)) is not None:
            found.append(Hedge(Span(token.idx, end_of(last)), Certainty.POSSIBLE, None))
            after = last.i + 1
            continue
        entry = next((e for e in entries.get(word, ()) if _stands(token, e)), None)
        if entry is None:
            continue
        parts, _, certainty, act = entry
        start = token.idx
        if certainty is Certainty.UNKNOWN and token.i and token.nbor(-1).lemma_ == "remain":
            start = token.nbor(-1).idx
        after = token.i + len(parts)
        found.append(Hedge(Span(start, end_of(doc[after - 1])), certainty, act, parts == _WHETHER))
    return found


def _stands(token: Token, entry: _Entry) -> bool:
    """Whether an entry's words stand here, the first of them as what it must be."""
    parts, kind, _, _ = entry
    doc, first = token.doc, token.i
    if first + len(parts) > len(doc):
        return False
    if any(doc[first + k].lower_ != part for k, part in enumerate(parts[1:], 1)):
        return False
    if kind == "modal":
        return token.tag_ == "MD" and not _is_inability(token)
    return kind != "passive" or (token.tag_ == "VBN" and is_passive(token))


def _condition(mark: Token) -> Token | None:
    """ "*If accurate*", "*if this is true*", "*if the figures are confirmed*": its last word."""
    verb = mark.head
    for word in (mark.nbor() if mark.i + 1 < len(mark.doc) else mark, verb, *verb.children):
        is_near = mark.i < word.i <= mark.i + CONDITION
        if is_near and word.lower_ in words("conditions"):
            return word
    return None


def _is_inability(modal: Token) -> bool:
    """ "*Neither* road *could* be cleared" tells what failed; "may not" stays a possibility.

    Quirk et al. 1985, section 4.52: negated "could" is ability or permission, not possibility.
    """
    return modal.lower_ == "could" and (is_negated(modal.head) or has_no(modal.head))
