"""Where noun phrases begin and end, by spaCy's dependency tree.

Labels are those of the model's English scheme (ClearNLP). All positions are token indices.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from app.lexicon import words

_PRENOMINAL = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "quantmod", "predet"})
_PREMODIFIED = _PRENOMINAL | {"npadvmod", "advmod", "punct", "case", "appos"}
_LONGEST_CHAIN = 5
"""Of-phrases within one noun phrase; no writer nests more, and a parse of noise may."""
_NUMERIC = frozenset({"nummod", "quantmod"})
_HEDGES = frozenset(
    {"about", "around", "some", "approximately", "nearly", "almost", "over", "more", "than"}
    | {"least", "at", "up", "to", "roughly", "only", "both"}
)


def noun_phrase_start(head: Token) -> int:
    """Where the noun phrase of `head` begins: at its leftmost article, possessor or adjective."""
    start: int = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _PREMODIFIED or _is_clause(child):
            break
        if child.dep_ in _PRENOMINAL:
            start = child.left_edge.i
    start = _after_dash(head.doc, start, head.i)
    while start < head.i and _is_outside(head.doc[start]):
        start += 1
    return start


def _is_outside(token: Token) -> bool:
    """Does the word link the phrase, as "Near" does that the tagger took for a part of a name?"""
    if token.is_punct or token.pos_ == "CCONJ":
        return True
    if not token.text[0].isupper() or token.lower_ not in words("place_prepositions"):
        return False
    return token.pos_ == "PROPN" or (bool(token.is_sent_start) and token.lower_ not in _HEDGES)


def _is_clause(modifier: Token) -> bool:
    """Is a verb taken for an adjective, as in "the ministry *accused* rebels"?"""
    if modifier.tag_ not in {"VBD", "VBN"} or modifier.dep_ != "amod":
        return False
    return any(child.tag_ in {"NN", "NNS"} and _has_determiner(child) for child in modifier.lefts)


def _has_determiner(noun: Token) -> bool:
    return any(child.dep_ in {"det", "poss"} for child in noun.lefts)


def _after_dash(doc: Doc, start: int, head: int) -> int:
    """The start after a dash between blanks, which ends a dateline: "LIMA (Reuters) - Peru's"."""
    for i in range(head - 1, start, -1):
        if doc[i].text in {"-", "–", "—"} and doc[i].whitespace_ and doc[i - 1].whitespace_:
            return i + 1
    return start


def noun_phrase_end(head: Token) -> int:
    """Where the noun phrase ends: after of-phrases, which say what the head is a part of."""
    for _ in range(_LONGEST_CHAIN):
        link = next(iter(head.rights), None)
        if link is None or link.lower_ != "of" or link.dep_ != "prep" or link.i != head.i + 1:
            break
        inner = next((child for child in link.rights if child.dep_ == "pobj"), None)
        if inner is None:
            break
        head = inner
    return int(head.i) + 1


def without_numeral(doc: Doc, start: int, head: int) -> int:
    """The start of a noun phrase after its numeral: the number is a quantity, not the actor."""
    i = start
    while i < head:
        token = doc[i]
        if (
            token.like_num
            or token.dep_ in _NUMERIC
            or (token.lower_ in _HEDGES and _leads_to_number(doc, i, head))
        ):
            i += 1
            continue
        break
    return i


def _leads_to_number(doc: Doc, start: int, head: int) -> bool:
    return any(doc[i].like_num for i in range(start + 1, min(start + 4, head)))


def first_conjunct(token: Token) -> Token:
    """The first of coordinated words, which bears their common function in the sentence."""
    for _ in range(20):
        if token.dep_ != "conj":
            break
        token = token.head
    return token
