"""All answers of a text, whatever construction gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from app.ingest.extract.claims.answers import Answer, find_verb_answer
from app.ingest.extract.claims.reserves import RESERVES
from app.ingest.extract.claims.silences import SILENCES
from app.ingest.extract.syntax import tokens_of

_Construction = Callable[[Token], Answer | None]
_OF_VERBS: dict[str, tuple[_Construction, ...]] = {
    "VERB": (find_verb_answer,),
    "AUX": (find_verb_answer,),
}
_BY_PART: dict[str, tuple[_Construction, ...]] = {
    part: (*_OF_VERBS.get(part, ()), *RESERVES.get(part, ()), *SILENCES.get(part, ()))
    for part in ("VERB", "AUX", "NOUN", "ADJ", "PRON")
}
"""Tried in this order; the first that finds something wins."""


def find_answers(doc: Doc) -> Iterator[Answer]:
    """All answers in a text, in order."""
    for token in tokens_of(doc):
        for construction in _BY_PART.get(token.pos_, ()):
            answer = construction(token)
            if answer is not None:
                yield answer
                break
