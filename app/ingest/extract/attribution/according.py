"""Attribution by preposition: "according to the police, S"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.syntax import child, end_of, subtree, without
from app.ingest.extraction import Span
from app.vocabulary import Act

_CLAUSES = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis"})


def according_to(token: Token) -> Attributed | None:
    """ "*According to* the police, the road is closed", "in the words of"."""
    if token.lower_ != "according" or token.i + 1 >= len(token.doc) or token.nbor().lower_ != "to":
        return None
    to = token.nbor()
    source = child(to, "pobj")
    if source is None:
        return None
    head = token.head
    while head.dep_ not in _CLAUSES and head.i != head.head.i:
        head = head.head
    if head.i == token.i:
        return None
    hole = Span(token.idx, end_of(source.right_edge))
    content = without(subtree(head), hole)
    cue = Span(token.idx, end_of(to))
    return Attributed("according to", token, (cue,), source, content, Act.STATEMENT)
