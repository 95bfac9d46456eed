"""Attribution by preposition: "according to the police, S", "in a poll, S"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.syntax import as_spans, child, end_of, subtree, without
from app.ingest.extraction import Span
from app.vocabulary import Act

_POLLS = frozenset({"poll", "survey", "tally", "polling", "average"})
_ONE = frozenset({"a", "an", "another", "one"})
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


def in_poll(poll: Token) -> Attributed | None:
    """ "*In* a new poll, half of the voters were undecided": evidence of the poll.

    At the end of a clause too, for one poll: "half were undecided *in* a survey last week".
    """
    if poll.dep_ != "pobj" or poll.lemma_ not in _POLLS:
        return None
    preposition = poll.head
    main = preposition.head
    if main.dep_ in ("acomp", "attr"):
        main = main.head
    if preposition.lower_ != "in" or main.pos_ not in ("VERB", "AUX"):
        return None
    if child(main, "nsubj", "nsubjpass", "expl") is None:
        return None
    if preposition.i < main.i:
        if preposition.left_edge.i != main.left_edge.i:
            return None
    elif (article := child(poll, "det")) is None or article.lower_ not in _ONE:
        return None  # "he leads in the polls" is the report's own summary
    content = without(subtree(main), subtree(preposition))
    return Attributed("in poll", preposition, as_spans([preposition]), poll, content, Act.EVIDENCE)
