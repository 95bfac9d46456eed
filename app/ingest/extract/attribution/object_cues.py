"""Verbs that attribute a noun phrase: "criticised NP", "called NP absurd", "spoke of NP"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed, by_verb
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import Cue, can_speak, cue_verbs, is_document
from app.ingest.extract.attribution.subjects import agent_of
from app.ingest.extract.negation import is_withheld
from app.ingest.extract.syntax import child, end_of, is_passive, subtree
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act

_OBJECT = ("object", "person", "said_object")
_JUDGING = frozenset({"person", "as", "name", "of", "for"})
_JUDGED_OF = frozenset({"of", "for", "as", "with", "over"})
_PREDICATE = frozenset(["JJ", "JJR", "VBN", "NN", "''"])
"""Tags of the last word of an object that takes in what the object is called."""
_COMPLETING = frozenset(["of", "for", "as", "on", "with", "about", "to", "from", "against"])
_CIRCUMSTANCES = frozenset(["during", "after", "before", "since", "amid"])


def document(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Polls *show* a close race", "the study *found* no effect": evidence."""
    if "document" not in cue.rules or source is None or not is_document(source):
        return None
    if is_passive(verb):
        return None
    for complement in verb.children:
        if complement.dep_ == "ccomp" and complement.i < verb.i:  # "Prices rise, data show"
            return by_verb(verb, cue, "document", source, [subtree(complement)])
        if complement.dep_ in ("ccomp", "dobj", "xcomp") and complement.i > verb.i:
            content = [Span(complement.left_edge.idx, _object_end(verb, complement))]
            return by_verb(verb, cue, "document", source, content)
    return None


def judged(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *was criticised* for the delay", "*was accused* of fraud": who does it is not said."""
    del source
    if not _JUDGING & cue.rules.keys() or not is_passive(verb) or child(verb, "agent"):
        return None
    subject = child(verb, "nsubjpass")
    complement = next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in _JUDGED_OF and c.i > verb.i),
        None,
    )
    if subject is None or complement is None:
        return None
    frame = next(frame for frame in cue.rules if frame in _JUDGING)
    return by_verb(verb, cue, frame, None, [subtree(subject), subtree(complement)])


def asked_about(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "*Asked about* the plan, Khan left"."""
    del source
    if "about" not in cue.rules or verb.tag_ != "VBN" or verb.lemma_ not in ("ask", "question"):
        return None
    about = child(verb, "prep")
    topic = child(about, "pobj", "pcomp") if about is not None else None
    if about is None or topic is None or child(verb, "agent") is not None:
        return None
    return by_verb(verb, cue, "about", None, [subtree(topic)], (about,))


def named(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *called* the plan absurd"."""
    if "name" not in cue.rules or source is None or is_passive(verb):
        return None
    if not (can_speak(source) or is_document(source)):
        return None
    small_clause = child(verb, "ccomp")
    if small_clause is not None and small_clause.i > verb.i:
        return by_verb(verb, cue, "name", source, [subtree(small_clause)])
    predicate, target = child(verb, "oprd"), child(verb, "dobj")
    if predicate is None or predicate.i < verb.i:
        return _named_within(verb, cue, source, target)
    if target is None or target.i < verb.i:
        return by_verb(verb, cue, "name", source, [subtree(predicate)])
    content = [Span(target.left_edge.idx, end_of(predicate.right_edge))]
    return by_verb(verb, cue, "name", source, content)


def _named_within(verb: Token, cue: Cue, source: Token, target: Token | None) -> Attributed | None:
    """ "Khan *called* the use of such words unwise": the parser hangs the last word on another."""
    if target is None or target.i < verb.i or cue.rules["name"][0] != "call":
        return None
    last = target.right_edge
    if last.i == target.i or last.tag_ not in _PREDICATE:
        return None
    return by_verb(verb, cue, "name", source, [Span(target.left_edge.idx, end_of(last))])


def described(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *described* the offer as generous"."""
    if "as" not in cue.rules or source is None or is_passive(verb):
        return None
    for preposition in verb.subtree:
        if preposition.lower_ != "as" or preposition.i < verb.i or preposition.dep_ != "prep":
            continue
        if preposition.head.i != verb.i and preposition.head.dep_ != "dobj":
            continue
        target = child(verb, "dobj")
        start = target.left_edge if target is not None and target.i > verb.i else preposition
        content = [Span(start.idx, end_of(preposition.right_edge))]
        return by_verb(verb, cue, "as", source, content)
    return None


def about(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *called for* talks", "*complained about* the noise"."""
    if source is None or is_passive(verb):
        return None
    for preposition in verb.children:
        word = preposition.lower_
        if (
            preposition.dep_ not in ("prep", "prt")
            or preposition.i < verb.i
            or word not in cue.rules
        ):
            continue
        complement = child(preposition, "pobj", "pcomp")
        if complement is None or (
            child(verb, "dobj") and cue.rules[word][0].startswith("evaluate")
        ):
            continue
        end = end_of(complement.right_edge)
        purpose = child(verb, "xcomp")
        if purpose is not None and purpose.i > complement.i:
            end = clause_span(purpose).end  # "called on the council to act"
        content = [Span(complement.left_edge.idx, end)]
        return by_verb(verb, cue, word, source, content, (preposition,))
    return None


def object_of(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *criticised* the ruling", "*denied* the claims", "*accused* them of fraud"."""
    frame = _object_frame(verb, cue, source)
    target = child(verb, "dobj")
    if not frame or source is None or target is None or is_passive(verb):
        return None
    if target.i < verb.i or target.i == source.i or _speaks_itself(target):
        return None
    if frame == "said_object" and target.lemma_.lower() not in words("said_nouns"):
        return None
    content = [Span(target.left_edge.idx, _object_end(verb, target))]
    return by_verb(verb, cue, frame, source, content)


def done_by(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The ruling *was criticised* by Khan"."""
    frame = _object_frame(verb, cue, source)
    if not frame or not is_passive(verb) or child(verb, "agent") is None:
        return None
    patient = child(verb, "nsubjpass")
    if patient is None or patient.lower_ in ("it", "that", "which"):
        return None
    return by_verb(verb, cue, frame, source, [subtree(patient)])


def _object_frame(verb: Token, cue: Cue, source: Token | None) -> str:
    """The frame that lets a verb's object be what its source says; empty if there is none."""
    frame = next((frame for frame in _OBJECT if frame in cue.rules), "")
    if source is None or not (can_speak(source) or is_document(source)):
        return ""
    if frame and cue.act(frame) in (Act.DENIAL, Act.CONFIRMATION) and is_withheld(verb):
        return ""
    return frame


def _speaks_itself(target: Token) -> bool:
    """ "released a statement *condemning* the raid": what the statement says is the claim."""
    if not is_document(target):
        return False
    verbs = cue_verbs()
    return any(c.dep_ in ("acl", "relcl") and c.lemma_.lower() in verbs for c in target.rights)


def _object_end(verb: Token, target: Token) -> int:
    """The end of the object with what completes it: "them *of fraud*", "the plan *as absurd*"."""
    end = _core_end(target)
    for other in verb.children:
        if other.i > target.i and (
            other.dep_ in ("xcomp", "oprd", "dative")
            or (other.dep_ == "prep" and other.lower_ in _COMPLETING and not _is_time(other))
        ):
            end = max(end, end_of(other.right_edge))
    return end


def _is_time(preposition: Token) -> bool:
    """ "*on* Thursday", "*for* two years": when it was said, no part of it."""
    noun = child(preposition, "pobj")
    return noun is not None and noun.ent_type_ in ("DATE", "TIME")


def _core_end(target: Token) -> int:
    """The end of a noun phrase without a remark (", who …") or circumstance ("during …")."""
    end = target
    for part in target.rights:
        if part.dep_ in ("relcl", "appos", "acl") and part.left_edge.nbor(-1).text in (
            ",",
            "—",
            "--",
        ):
            break
        if part.dep_ == "prep" and part.lower_ in _CIRCUMSTANCES:
            break
        end = part.right_edge if part.dep_ != "punct" else end
    return end_of(end)


def known_as(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The plan *is considered* risky": by whom, or nobody. "A group *called* Dawn" is a name."""
    del source
    frame = "name" if "name" in cue.rules else "as"
    if frame not in cue.rules or verb.tag_ != "VBN" or not is_passive(verb):
        return None
    subject, predicate = child(verb, "nsubjpass"), _predicate(verb)
    if subject is None or predicate is None or predicate.i < verb.i:
        return None
    content = [subtree(subject), subtree(predicate)]
    return by_verb(verb, cue, frame, agent_of(verb), content)


def _predicate(verb: Token) -> Token | None:
    """ "called *a hero*", "seen *as a hero*"."""
    for complement in verb.children:
        if complement.i < verb.i:
            continue
        if complement.dep_ in ("oprd", "attr", "acomp"):
            return complement
        if complement.dep_ == "prep" and complement.lower_ == "as":
            return complement
    return None
