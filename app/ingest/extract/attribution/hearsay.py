"""Adverbs of hearsay: "Khan reportedly left"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.syntax import as_spans, subtree
from app.lexicon import words
from app.vocabulary import Act, Certainty


def hearsay(adverb: Token) -> Attributed | None:
    """ "Khan *reportedly* left": nobody is named; the clause of the adverb is the content."""
    if adverb.lower_ not in words("hearsay_adverbs"):
        return None
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ == "amod":
        return None
    span = subtree(verb)
    act, certainty = Act.STATEMENT, Certainty.PROBABLE
    if adverb.lower_ != "reportedly":
        act, certainty = Act.ALLEGATION, Certainty.POSSIBLE
    return Attributed("hearsay", adverb, as_spans([adverb]), None, [span], act, certainty)
