"""Verbs that attribute a clause: "said that S", "S, he noted", "as he put it", "is said to"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed, by_verb
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import Cue, can_speak, cue_verbs, is_document
from app.ingest.extract.attribution.subjects import agent_of
from app.ingest.extract.syntax import as_spans, child, end_of, is_passive, subtree, without
from app.ingest.extraction import Span
from app.lexicon import words

_CONTINUING = frozenset(
    ["because", "if", "so", "unless", "since", "although", "though", "while", "whereas", "until"]
)
_BOUNDARIES = frozenset([",", "—", "–", "--", "-", "”", '"', "’", "''"])
REACH = 14
"""Tokens between a verb and the "that" of a clause that the parser hung elsewhere."""

_BARE = frozenset({"say", "add", "argue", "think", "believe", "insist", "note"})
_SAYING = frozenset({"say", "say_out", "confirm", "suggest"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def according_verb(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The road is closed, *as reported by* RIA": the sentence ← RIA."""
    del source
    if "clause" not in cue.rules or verb.tag_ != "VBN":
        return None
    mark = child(verb, "mark")
    if mark is None or mark.lower_ != "as" or verb.dep_ != "advcl":
        return None
    agent = child(verb, "agent")
    if agent is None:
        return None
    hole = Span(verb.left_edge.idx, end_of(verb.right_edge))
    content = without(subtree(verb.head), hole)
    return by_verb(verb, cue, "clause", child(agent, "pobj"), content, (mark, agent))


def as_put(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "As Khan *observed*, the road is closed": the sentence ← Khan."""
    mark = child(verb, "mark")
    if mark is None or mark.lower_ != "as" or source is None or is_passive(verb):
        return None
    if verb.dep_ != "advcl" or not {"clause", "as_put"} & cue.rules.keys():
        return None
    if source.head.i != verb.i or not (can_speak(source) or is_document(source)):
        return None
    target = child(verb, "dobj", "ccomp", "xcomp")
    if target is not None and not (verb.lemma_ == "put" and target.lower_ == "it"):
        return None
    frame = "as_put" if "as_put" in cue.rules else "clause"
    main = verb.head
    content = without(subtree(main), subtree(verb))
    more = (target,) if target is not None else ()
    return by_verb(verb, cue, frame, source, content, more)


def clause(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *said* that the road was closed", also "The road, Khan *said*, was closed"."""
    frame = "clause" if "clause" in cue.rules else "wh" if "wh" in cue.rules else ""
    if not frame or (is_passive(verb) and source is None):
        return None
    for complement in _clauses(verb):
        if _is_finite(complement):
            if frame == "wh" and not _has_question_word(complement):
                continue
            content = [*_relative(verb, complement), *_complement(complement, verb)]
            return by_verb(verb, cue, frame, source, content)
    for complement in verb.children:  # "asked whether", "said … is" taken for something else
        later = complement.i > verb.i and complement.dep_ in ("ccomp", "xcomp", "dobj")
        if later and _has_question_word(complement) and _is_clause(complement):
            return by_verb(verb, cue, frame, source, _complement(complement, verb))
    if frame == "clause" and source is not None:
        return parenthetical(verb, cue, frame, source) or misparsed(verb, cue, source)
    return None


def _clauses(verb: Token) -> list[Token]:
    """Clauses that a verb takes, those after it first: in "It pays: Khan *said* S" S is said."""
    found = [c for c in verb.children if c.dep_ == "ccomp"]
    return sorted(found, key=lambda clause: (clause.i < verb.i, clause.i))


def _relative(verb: Token, complement: Token) -> list[Span]:
    """ "a road *which* Khan said was closed": the pronoun stands for the clause's subject."""
    if verb.dep_ != "relcl" or child(complement, "nsubj", "nsubjpass", "expl") is not None:
        return []
    first = verb.left_edge
    return [Span(first.idx, end_of(first))] if first.tag_ in ("WDT", "WP") else []


def misparsed(verb: Token, cue: Cue, source: Token) -> Attributed | None:
    """ "Khan *said* in one of his messages that the road is closed": "that" hung elsewhere.

    Only where the verb mostly says something ("quote" and "clause" of its class), the speaker
    stands before it and a finite verb follows in the sentence.
    """
    name = cue.rules["clause"][0]
    if name not in _SAYING or source.i > verb.i:
        return None
    last = verb.sent.end - 1
    start = verb.i + 1 if _clause_follows(verb, last) else None
    for i in range(verb.i + 1, min(last, verb.i + REACH)):
        if start is not None:
            break
        token = verb.doc[i]
        if token.lower_ == "that" and token.dep_ == "mark":
            start = i
            break
        if token.is_punct:
            break
    if start is None:
        return None
    end = _last_word(verb.doc, start, last)
    return by_verb(verb, cue, "clause", source, [Span(verb.doc[start].idx, end)])


def _clause_follows(verb: Token, last: int) -> bool:
    """Whether "said" is followed at once by a subject with its verb, whatever they hang on."""
    if verb.lemma_ not in _BARE or verb.i >= last:
        return False
    first = verb.nbor()
    if first.is_punct or first.is_space or first.pos_ in ("ADP", "ADV", "SCONJ", "PART", "CCONJ"):
        return False
    for i in range(verb.i + 1, min(last, verb.i + REACH)):
        token = verb.doc[i]
        if token.dep_ in ("nsubj", "nsubjpass", "csubj") and token.head.i > i:
            return token.head.tag_ in _FINITE or any(
                c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in token.head.lefts
            )
    return False


def _last_word(doc: Doc, first: int, last: int) -> int:
    """The end of the last token of a sentence that is no blank."""
    while last > first and doc[last].is_space:
        last -= 1
    return end_of(doc[last])


def parenthetical(verb: Token, cue: Cue, frame: str, source: Token) -> Attributed | None:
    """ "This effort, he *noted*, underscores an approach": the clause around the cue."""
    if verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep", "intj") or child(verb, "dobj"):
        return None
    if child(verb, "mark") is not None or source.head.i != verb.i:
        return None
    edge = verb.left_edge
    if not {edge.text, edge.nbor(-1).text if edge.i else ""} & _BOUNDARIES:
        return None
    if source.i < verb.i and abs(verb.i - source.i) > 12:
        return None
    content = without(subtree(verb.head), subtree(verb))
    return by_verb(verb, cue, frame, source, content)


def _is_finite(clause: Token) -> bool:
    """Has a tense or a subject; an infinitive without a subject belongs to other frames."""
    if child(clause, "nsubj", "nsubjpass", "expl", "csubj", "attr") is not None:
        subject = child(clause, "nsubj", "nsubjpass")
        to = child(clause, "aux")
        return not (to is not None and to.lower_ == "to" and subject is not None)
    if clause.tag_ in _FINITE:
        return True
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ in _FINITE for c in clause.lefts):
        return True
    return clause.tag_ not in ("VB", "VBG") or child(clause, "mark") is not None


def _is_clause(complement: Token) -> bool:
    """ "found *that* the route cost taxpayers": its "that" marks a clause taken for an object."""
    return complement.dep_ != "dobj" or complement.left_edge.dep_ == "mark"


def _has_question_word(clause: Token) -> bool:
    return clause.left_edge.lower_ in words("question_words")


def _complement(complement: Token, verb: Token) -> list[Span]:
    """The clause without the cue, if the clause surrounds it: "*which* Khan said *was closed*"."""
    span = subtree(complement)
    if span.start <= verb.idx < span.end:
        return list(as_spans(list(complement.subtree))) if verb.dep_ == "relcl" else []
    own = clause_span(complement)
    if own.end < span.end:
        return [own]
    return [Span(span.start, max(span.end, _clause_end(verb, complement)))]


def _clause_end(verb: Token, complement: Token) -> int:
    """The end of what goes on with the complement though the parser hung it on the cue.

    "Khan said the road was closed *because it had rained*, *but a second one was open*".
    """
    end = 0
    for other in verb.children:
        if other.i < complement.i or complement.i < verb.i:
            continue
        is_reason = other.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in _CONTINUING for c in other.children
        )
        is_second = (
            other.dep_ == "conj"
            and other.lemma_ not in cue_verbs()
            and child(other, "nsubj", "nsubjpass", "expl") is not None
        )
        if is_reason or is_second:
            end = end_of(other.right_edge)
    return end


def expected(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *is expected* to resign", "is said to", "was reported that": nobody is named."""
    del source
    if "passive" not in cue.rules or not is_passive(verb):
        return None
    subject = child(verb, "nsubjpass")
    complement = child(verb, "xcomp") or child(verb, "ccomp")
    if subject is None or complement is None or complement.i < verb.i:
        return None
    content = [subtree(complement)]
    if subject.lower_ != "it":
        content.insert(0, subtree(subject))
    return by_verb(verb, cue, "passive", agent_of(verb), content)


def seem(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The rebels *appear* to have left": nobody is named, the whole clause is the content."""
    del source
    if "seem" not in cue.rules:
        return None
    subject = child(verb, "nsubj", "expl")
    complement = child(verb, "xcomp", "oprd", "acomp", "ccomp")
    if subject is None or complement is None or complement.i < verb.i or _reports(complement):
        return None
    content = [subtree(complement)]
    if subject.lower_ not in ("it", "there"):
        content.insert(0, subtree(subject))
    return by_verb(verb, cue, "seem", None, content)


def _reports(complement: Token) -> bool:
    """ "Khan appeared to *suggest* that S": it is Khan who says S."""
    is_cue = complement.dep_ == "xcomp" and complement.lemma_.lower() in cue_verbs()
    return is_cue and child(complement, "ccomp", "dobj") is not None


def quoting(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "…," *said* Khan: the content is yet to come from the quotations around."""
    if "quote" not in cue.rules or (source is None and verb.tag_ not in _FINITE):
        return None
    return by_verb(verb, cue, "quote", source, [])
