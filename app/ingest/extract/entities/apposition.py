"""Descriptions that stand beside a name for the same actor: "A spokesman for the firm, Jo Lane".

The parser attaches an apposition to the nearest noun ("firm"), so that the governors of that noun
are tried as well: a person is what describes a person, not the firm. Which kinds of apposition
there are follows the "appositive" coreference type of OntoNotes 5 (Weischedel et al. 2013).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.descriptions import kind_of_noun
from app.ingest.extract.entities.mentions import Candidate
from app.vocabulary import ActorKind, MentionForm

_CALLED = frozenset(
    {"known", "called", "named", "dubbed", "abbreviated", "nicknamed", "identified"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_HIGHEST = 4
"""Governors that are tried; "an aide to the head of the firm" has two."""


def descriptions_beside(doc: Doc, candidates: Sequence[Candidate]) -> dict[int, list[Token]]:
    """For the head of each name, the nouns that stand beside it and describe the same actor."""
    beside: dict[int, list[Token]] = {}
    for candidate in candidates:
        if candidate.form is MentionForm.NAME:
            core = doc[candidate.head]
            nouns = [
                noun
                for noun in nouns_beside(core, candidate.start, candidate.end)
                if not candidate.start <= noun.i < candidate.end
                and _may_describe(noun, candidate.kind)
            ]
            if nouns:
                beside[candidate.head] = nouns
    return beside


def _may_describe(noun: Token, kind: ActorKind) -> bool:
    """People describe people, places places; bodies of all kinds describe one another."""
    of_noun = kind_of_noun(noun)
    if of_noun is None or of_noun is ActorKind.GROUP:
        return False
    exact = {ActorKind.PERSON, ActorKind.PLACE}
    return of_noun is kind if kind in exact or of_noun in exact else True


def nouns_beside(head: Token, start: int, end: int) -> Iterator[Token]:
    """Nouns that may describe the name headed by `head` in token indices `[start, end)`."""
    if head.dep_ == "appos":
        yield from _governors(head.head)
    elif head.dep_ == "pobj" and head.head.lower_ == "as":
        verb = head.head.head
        if verb.lower_ in _CALLED and verb.dep_ == "acl":
            yield verb.head
    for child in head.rights:
        if child.dep_ == "appos" and child.i >= end and child.pos_ != "PROPN":
            yield child
    if (noun := noun_before(head.doc, start)) is not None:
        yield noun


def noun_before(doc: Doc, start: int) -> Token | None:
    """The noun right before a name: "the *broadcaster* RTP", "the *weekly* The Globe"."""
    i = start - 1
    if i > 0 and doc[i].lower_ in _ARTICLES and doc[i].text[0].isupper():
        i -= 1
    if i < 0 or doc[i].pos_ not in {"NOUN", "ADJ", "PROPN"} or kind_of_noun(doc[i]) is None:
        return None
    return doc[i]


def _governors(noun: Token) -> Iterator[Token]:
    """The noun and those that it complements: "firm", "aide" in "an aide of the firm"."""
    for _ in range(_HIGHEST):
        yield noun
        if noun.dep_ == "pobj" and noun.head.dep_ == "prep":
            noun = noun.head.head
        elif noun.dep_ in {"poss", "compound"}:
            noun = noun.head
        else:
            return
