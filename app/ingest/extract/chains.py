"""Chains of attribution: outermost first, the origin last."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution import Attributed
from app.ingest.extract.syntax import as_spans, child
from app.ingest.extraction import Span
from app.lexicon import words

Step = tuple[Token | None, tuple[Span, ...]]
"""The head of a link's source, and its cue."""

_CITING = frozenset({"cite", "quote"})


def add_origins(found: list[Attributed]) -> list[Attributed]:
    """ "Media, *citing* the ministry, reported that S": one claim ← media ← ministry.

    The participle is a link of that claim and no claim of its own.
    """
    consumed: set[int] = set()
    for attributed in found:
        participle = _citing(attributed)
        if participle is None:
            continue
        origin = child(participle, "dobj")
        if origin is not None:
            attributed.inner.append((origin, as_spans([participle])))
            consumed.add(participle.i)
    return [attributed for attributed in found if attributed.anchor.i not in consumed]


def _citing(attributed: Attributed) -> Token | None:
    for parent in (attributed.source, attributed.anchor):
        if parent is None:
            continue
        for participle in parent.children:
            is_citing = participle.tag_ == "VBG" and participle.lemma_ in _CITING
            if is_citing and attributed.anchor.i != participle.i:
                return participle
    return None


def outlet(attributed: Attributed) -> Step | None:
    """ "Khan told *Reuters* that S": the report has it from Reuters, who has it from Khan."""
    verb = attributed.anchor
    if verb.lemma_ != "tell":
        return None
    listener = child(verb, "dobj", "dative")
    if listener is None or listener.lower_ not in words("media_words"):
        return None
    return listener, as_spans([verb])
