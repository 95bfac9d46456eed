"""Answers in nouns and adjectives: "no confirmation", "no information", "a denial", "no truth"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer, answer_of, parties_of
from app.ingest.extract.negation import has_no, is_negated
from app.ingest.extract.syntax import child, end_of
from app.ingest.extraction import Span
from app.vocabulary import Stance

HAVING = frozenset({"have", "see", "receive", "find", "offer", "make", "give", "provide", "hold"})
"""Verbs that lend a noun of answering its subject: "*made* no comment"."""

_KNOWING = frozenset(
    {"knowledge", "information", "record", "evidence", "indication", "sign", "proof", "trace"}
)
_CONFIRMING = frozenset({"confirmation", "corroboration", "verification"})
_DENYING = frozenset({"denial", "rejection", "rebuttal", "dismissal"})
_ISSUING = frozenset({"issue", "give", "offer", "release", "publish", "repeat", "make"})
_TRUTH = frozenset({"truth", "basis", "foundation", "substance", "merit"})
_EMPTY = frozenset({"it", "there", "that", "which", "this"})


def _without_confirmation(noun: Token) -> Answer | None:
    """ "There was *no confirmation* of that from Rome", or from nobody in particular."""
    if noun.lemma_ not in _CONFIRMING or noun.head.lemma_ != "be":
        return None
    if not (has_no(noun) or is_negated(noun.head)):
        return None
    answer = from_whom(noun, Stance.DOES_NOT_CONFIRM)
    if answer is not None:
        return answer
    topic = topic_of(noun, "of", "for")
    span = Span(noun.head.left_edge.idx, end_of(topic.right_edge if topic else noun))
    return Answer(noun.head, Stance.DOES_NOT_CONFIRM, (), topic, span)


def _without_knowledge(noun: Token) -> Answer | None:
    """ "had *no information* about the payment": not confirmed."""
    verb = noun.head
    if noun.lemma_ not in _KNOWING or noun.dep_ != "dobj" or verb.lemma_ not in HAVING:
        return None
    if not (has_no(noun) or is_negated(verb)):
        return None
    about = next((c for c in noun.children if c.dep_ in ("prep", "acl", "relcl")), None)
    topic = child(about, "pobj", "pcomp") if about is not None and about.dep_ == "prep" else about
    return answer_of(verb, Stance.DOES_NOT_CONFIRM, topic, noun) if topic is not None else None


def _unaware(adjective: Token) -> Answer | None:
    """ "said she was *unaware* of any arrest", "was *not aware* of": not confirmed."""
    if adjective.lower_ not in ("aware", "unaware"):
        return None
    if adjective.lower_ == "aware" and not is_negated(adjective.head):
        return None
    of = child(adjective, "prep", "ccomp")
    topic = child(of, "pobj") if of is not None and of.dep_ == "prep" else of
    if topic is None or adjective.head.pos_ not in ("VERB", "AUX"):
        return None
    return answer_of(adjective.head, Stance.DOES_NOT_CONFIRM, topic, adjective)


def _knows_of_no(verb: Token) -> Answer | None:
    """ "said it *knew of no* such call": not confirmed."""
    if verb.lemma_ != "know":
        return None
    of = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "about")), None)
    topic = child(of, "pobj") if of is not None else None
    if topic is None or not (has_no(topic) or topic.lower_ == "nothing" or is_negated(verb)):
        return None
    return answer_of(verb, Stance.DOES_NOT_CONFIRM, topic)


def _denial(noun: Token) -> Answer | None:
    """ "*Italy's denial* came hours later", "its *denial* of the report", "issued a *denial*"."""
    if noun.lemma_ not in _DENYING or is_negated(noun.head):
        return None
    if noun.dep_ == "dobj" and noun.head.lemma_ in _ISSUING:
        return answer_of(noun.head, Stance.DENIES, topic_of(noun, "of"), noun)
    owner = child(noun, "poss")
    if owner is None:
        return None
    start = owner.left_edge.idx
    span = Span(start, end_of(noun))
    return Answer(noun, Stance.DENIES, parties_of(owner), topic_of(noun, "of"), span)


def _no_truth(noun: Token) -> Answer | None:
    """ "said there was *no truth* in the report": denied by whoever says so."""
    clause = noun.head
    if noun.lemma_ not in _TRUTH or clause.lemma_ not in ("be", "have"):
        return None
    if not (has_no(noun) or is_negated(clause)):
        return None
    span = Span(clause.left_edge.idx, end_of(noun.right_edge))
    subject = child(clause, "nsubj")
    pointing = subject is not None and subject.lower_ not in _EMPTY
    topic = subject if pointing else topic_of(noun, "in", "to", "for", "behind")
    return Answer(clause, Stance.DENIES, (), topic, span)


def from_whom(noun: Token, stance: Stance) -> Answer | None:
    """ "no immediate comment *from the ministry* on the strike": the ministry."""
    clause = noun.head
    for holder in (noun, clause, *noun.children):
        for preposition in holder.children:
            if preposition.lower_ in ("from", "by") and preposition.dep_ in ("prep", "agent"):
                party = child(preposition, "pobj")
                if party is None:
                    continue
                start = clause.left_edge.idx
                end = end_of(max(party.right_edge, noun, key=lambda token: token.i))
                topic = topic_of(noun, "on", "of", "about", "to")
                topic = topic if topic is None or topic.i != party.i else None
                return Answer(clause, stance, parties_of(party), topic, Span(start, end))
    return None


def topic_of(noun: Token, *prepositions: str) -> Token | None:
    """ "no comment *on the strike*"; the parser hangs it on the noun or on what follows it."""
    for holder in (noun, *noun.children, noun.head):
        for preposition in holder.children:
            is_after = preposition.i > noun.i and preposition.dep_ == "prep"
            if is_after and preposition.lower_ in prepositions:
                return child(preposition, "pobj", "pcomp")
    return None


RESERVES = {
    "VERB": (_knows_of_no,),
    "NOUN": (_without_confirmation, _without_knowledge, _denial, _no_truth),
    "ADJ": (_unaware,),
}
"""The constructions by the part of speech that they look at."""
