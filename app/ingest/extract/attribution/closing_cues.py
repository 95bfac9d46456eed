"""A sentence that closes with who says so, where the parser sees no report in it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed, by_verb
from app.ingest.extract.attribution.cues import Cue, can_speak
from app.ingest.extract.syntax import child, end_of
from app.ingest.extraction import Span

LONGEST = 14
"""Tokens of the phrase that names who says so."""

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_VERBAL = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LINKING = frozenset({"CCONJ", "SCONJ", "ADP", "ADV"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def closing(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Gunmen killed two men, *a guard and residents said* on Monday": all that stands before.

    The parser takes the speakers for one more thing that the gunmen did. Between the last comma and
    the verb stands a noun phrase, behind the verb no clause. Quoted words find their speaker later.
    """
    del source
    if not {"quote", "clause"} <= cue.rules.keys() or verb.tag_ not in _FINITE:
        return None
    sentence = verb.sent
    if any(
        t.tag_ in _VERBAL or t.text in (",", ":") or t.is_quote
        for t in verb.doc[verb.i + 1 : sentence.end]
    ):
        return None
    phrase = _phrase_before(verb, sentence.start)
    speaker = _head(phrase)
    if speaker is None or not can_speak(speaker) or phrase[0].pos_ in _LINKING:
        return None
    if sentence.root.i > phrase[0].i or (verb.lemma_ != "tell" and child(verb, "dobj") is not None):
        return None
    told = verb.doc[sentence.start : phrase[0].i - 1]
    if not any(t.tag_ in _VERBAL for t in told) or any(t.is_quote for t in told):
        return None
    content = [Span(told[0].idx, end_of(told[-1]))]
    return by_verb(verb, cue, "clause", speaker, content)


def _phrase_before(verb: Token, start: int) -> list[Token]:
    """The words between a comma and the verb, none if a verb is among them or no comma near."""
    phrase: list[Token] = []
    for i in range(verb.i - 1, max(start, verb.i - LONGEST), -1):
        token = verb.doc[i]
        if token.text == ",":
            return phrase
        if token.tag_ in _VERBAL or token.is_punct or token.is_space:
            return []
        phrase.insert(0, token)
    return []


def _head(phrase: Sequence[Token]) -> Token | None:
    """The noun on which the others of the phrase hang."""
    inside = {token.i for token in phrase}
    return next((t for t in phrase if t.pos_ in _NOMINAL and t.head.i not in inside), None)
