"""Verbs that attribute what somebody is to do: "plans to VP", "urged them to VP"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed, by_verb
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import Cue, can_speak
from app.ingest.extract.negation import is_negated
from app.ingest.extract.syntax import child, end_of, is_passive, subtree
from app.ingest.extraction import Span
from app.lexicon import words

_NAMING = frozenset({"name", "identify", "quote"})
_REFUSING = frozenset({"decline", "refuse"})


def infinitive(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *plans* to resign", "*agreed* to talks"."""
    if "infinitive" not in cue.rules or is_passive(verb) or source is None:
        return None
    if verb.tag_ == "VBG" and verb.dep_ in ("amod", "compound"):
        return None
    if any(c.dep_ == "prep" and c.lower_ in ("on", "upon") for c in verb.rights):
        return None  # "called on them to leave"
    for complement in verb.children:
        if complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i and _has_to(complement):
            if declines_to_answer(complement) or _asks_for_anonymity(complement):
                return None
            return by_verb(verb, cue, "infinitive", source, [clause_span(complement)])
    return None


def _asks_for_anonymity(verb: Token) -> bool:
    """ "asked not to be *named*": how somebody speaks, not what."""
    return verb.lemma_ in _NAMING and is_passive(verb) and is_negated(verb)


def declines_to_answer(verb: Token) -> bool:
    """ "declined to *comment* on reports that S": a response, and no claim of who declines."""
    return (
        verb.dep_ == "xcomp"
        and verb.head.lemma_ in _REFUSING
        and verb.lemma_ in words("answering_verbs")
    )


def gerund(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *admitted* taking the money", "is *considering* leaving"."""
    if "gerund" not in cue.rules or source is None or is_passive(verb) or not can_speak(source):
        return None
    for complement in verb.children:
        later = complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i
        if later and complement.tag_ == "VBG":
            return by_verb(verb, cue, "gerund", source, [clause_span(complement)])
    return None


def _has_to(clause: Token) -> bool:
    return clause.tag_ in ("VB", "VBN", "JJ", "NN") and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in clause.children
    )


def addressee_infinitive(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *urged* them to leave": the content takes in who is to do it."""
    if "addressee_infinitive" not in cue.rules or is_passive(verb) or source is None:
        return None
    for complement in verb.children:
        if complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i and _has_to(complement):
            subject = child(verb, "dobj", "dative") or child(complement, "nsubj", "nsubjpass")
            if subject is None or subject.i < verb.i:
                continue
            start = min(subject.left_edge.idx, complement.left_edge.idx)
            content = [Span(start, clause_span(complement).end)]
            return by_verb(verb, cue, "addressee_infinitive", source, content)
    return None


def for_infinitive(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *called for* the talks to go on": the parser takes "for" for a conjunction."""
    if "for" not in cue.rules or source is None or is_passive(verb):
        return None
    for complement in verb.children:
        if complement.dep_ not in ("advcl", "ccomp", "xcomp") or complement.i < verb.i:
            continue
        mark = child(complement, "mark")
        if mark is not None and mark.lower_ == "for" and _has_to(complement):
            content = [Span(end_of(mark), clause_span(complement).end)]
            return by_verb(verb, cue, "for", source, content, (mark,))
    return None


def told_to(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *was asked* to leave": the demand is the content, whoever made it."""
    if "addressee_infinitive" not in cue.rules or not is_passive(verb):
        return None
    complement = child(verb, "xcomp")
    if complement is None or complement.i < verb.i or not _has_to(complement):
        return None
    subject = child(verb, "nsubjpass")
    content = [subtree(complement)]
    if subject is not None and subject.tag_ not in ("WDT", "WP"):
        content.insert(0, subtree(subject))
    return by_verb(verb, cue, "addressee_infinitive", source, content)
