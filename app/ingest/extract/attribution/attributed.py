"""One attribution as a construction finds it, before quotations and chains complete it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from app.ingest.extract.attribution.cues import Cue
from app.ingest.extract.syntax import as_spans, trimmed, verb_group, without
from app.ingest.extraction import Span
from app.vocabulary import Act, Certainty

_POINTING = frozenset({"that", "this", "it", "so", "these", "those"})
"""Words that say nothing by themselves: "Khan rejects *that*" answers a claim and makes none."""


@dataclass(slots=True)
class Attributed:
    """One cue with its source and content, as a construction found it.

    `anchor` is the head word of the cue; `source` the head of the noun phrase, None where nobody
    is named; `quotes` whether the cue may introduce quoted words that the parser did not
    attach to it.
    """

    rule: str
    anchor: Token
    cue: tuple[Span, ...]
    source: Token | None
    content: list[Span]
    act: Act
    certainty: Certainty | None = None
    quotes: bool = False
    inner: list[tuple[Token | None, tuple[Span, ...]]] = field(default_factory=list)
    """Further links of the chain, outermost first: the head of the source and the cue."""


def by_verb(  # noqa: PLR0913, PLR0917 - one argument per part of an attribution
    verb: Token,
    cue: Cue,
    frame: str,
    source: Token | None,
    content: list[Span],
    more: tuple[Token, ...] = (),
) -> Attributed:
    """The attribution that a verb makes; the rule is named after its class and frame.

    `more` are words of the cue beside the verb and its auxiliaries: "called *for*".
    """
    name, act, certainty = cue.rules[frame]
    words = sorted([*verb_group(verb), *more], key=lambda token: token.i)
    quotes = "quote" in cue.rules
    return Attributed(
        f"{name}+{frame}", verb, as_spans(words), source, content, act, certainty, quotes
    )


def cut(text: str, found: Attributed, source: Span | None) -> None:
    """Leave cue and source out of the content, and separating signs at its ends."""
    holes = [*found.cue] + ([source] if source is not None else [])
    parts = found.content
    for hole in holes:
        parts = [piece for part in parts for piece in without(part, hole)]
    trimmed_parts = [trimmed(text, part.start, part.end) for part in parts]
    found.content = [part for part in trimmed_parts if part.start < part.end]
    if len(found.content) == 1 and text[slice(*found.content[0])].lower() in _POINTING:
        found.content = []
