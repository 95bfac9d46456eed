"""The words by which somebody gives no answer: "had no comment", "could not be reached"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer, answer_of, parties_of, words_of
from app.ingest.extract.claims.reserves import HAVING, from_whom, topic_of
from app.ingest.extract.negation import has_no, is_negated, is_withheld
from app.ingest.extract.syntax import child, end_of
from app.ingest.extraction import Span
from app.vocabulary import Stance

_REPLIES = frozenset({"comment", "response", "reaction", "word", "reply", "statement", "mention"})
_REPLYING = frozenset({"comment", "interview", "response", "respond", "answer"})
_REQUESTS = frozenset({"request", "question", "call", "inquiry", "enquiry", "email", "e-mail"})
_REQUESTS_MADE = _REQUESTS | {"message", "query", "letter", "effort", "attempt"}
_EMPTY = frozenset({"it", "there", "that", "which", "this"})
_REACHABLE = frozenset({"reach", "contact"})
_STAYING = frozenset({"remain", "keep", "stay"})
_UNHEARD = frozenset({"unanswered", "unreturned", "unsuccessful", "ignored"})


def _without_reply(noun: Token) -> Answer | None:
    """ "had *no comment*", "made *no mention* of it", "there was *no word* from Rome"."""
    verb = noun.head
    if noun.lemma_ not in _REPLIES or not (has_no(noun) or is_negated(verb)):
        return None
    if verb.lemma_ == "be":
        return from_whom(noun, Stance.NO_COMMENT)
    if noun.dep_ != "dobj" or verb.lemma_ not in HAVING:
        return None
    return answer_of(verb, Stance.NO_COMMENT, topic_of(noun, "on", "of", "about", "to"), noun)


def _out_of_reach(verb: Token) -> Answer | None:
    """ "could not be *reached*", "efforts to *reach* Khan were unsuccessful"."""
    if verb.lemma_ not in _REACHABLE or verb.tag_ != "VBN" or not is_withheld(verb):
        return None
    subject = child(verb, "nsubjpass")
    if subject is None or subject.lower_ in _EMPTY:
        return None
    reply = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "for"), None)
    last = reply.right_edge if reply is not None else None
    return Answer(verb, Stance.NO_COMMENT, parties_of(subject), None, words_of(verb, last))


def _not_drawn(verb: Token) -> Answer | None:
    """ "would not be *drawn* on the matter", "refused to be drawn"."""
    if verb.lower_ != "drawn" or not is_withheld(verb):
        return None
    return answer_of(verb, Stance.NO_COMMENT, topic_of(verb, "on", "about", "into"))


def _unavailable(adjective: Token) -> Answer | None:
    """ "was not immediately *available* for comment", "was *unavailable* to respond"."""
    clause = adjective.head
    if adjective.lower_ not in ("available", "unavailable") or clause.pos_ not in ("VERB", "AUX"):
        return None
    silent = adjective.lower_ == "unavailable" or is_withheld(clause)
    reply = next((c for c in adjective.children if _is_for_reply(c)), None)
    subject = child(clause, "nsubj", "nsubjpass")
    if not silent or reply is None or subject is None or subject.lower_ in _EMPTY:
        return None
    words = words_of(clause, reply.right_edge)
    return Answer(clause, Stance.NO_COMMENT, parties_of(subject), None, words)


def _is_for_reply(part: Token) -> bool:
    """ "*for comment*", "*to respond*"."""
    return any(t.lemma_.lower() in _REPLYING for t in (part, *part.children)) and (
        part.lower_ == "for" or part.dep_ == "xcomp"
    )


def _kept_silent(adjective: Token) -> Answer | None:
    """ "remained *silent*": no comment."""
    verb = adjective.head
    if adjective.lower_ != "silent" or verb.lemma_ not in _STAYING:
        return None
    return answer_of(verb, Stance.NO_COMMENT, topic_of(adjective, "on", "about"), adjective)


def _unanswered(verb: Token) -> Answer | None:
    """ "*Calls to the embassy* went unanswered", "emails to it were not returned"."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None or subject.lemma_.lower() not in _REQUESTS_MADE:
        return None
    result = child(verb, "acomp", "oprd", "advmod")
    unheard = result is not None and result.lower_ in _UNHEARD
    returned = verb.lemma_ in ("return", "answer") and is_withheld(verb)
    to = next((c for c in subject.subtree if c.lower_ in ("to", "for", "reach")), None)
    party = child(to, "pobj", "dobj") if to is not None else None
    if party is None or not (unheard or returned):
        return None
    span = Span(subject.left_edge.idx, max(end_of(verb), end_of(result or verb)))
    return Answer(verb, Stance.NO_COMMENT, parties_of(party), None, span)


def _referred(verb: Token) -> Answer | None:
    """ "*referred questions* to the ministry": no comment of one's own."""
    questions = child(verb, "dobj")
    if verb.lemma_ not in ("refer", "direct") or questions is None:
        return None
    if questions.lemma_ not in _REQUESTS:
        return None
    return answer_of(verb, Stance.NO_COMMENT, topic_of(questions, "about", "on"), questions)


def _nothing_to_add(pronoun: Token) -> Answer | None:
    """ "said he had *nothing to add*": no comment."""
    verb = pronoun.head
    adding = child(pronoun, "relcl", "acl")
    if pronoun.lower_ != "nothing" or verb.lemma_ != "have" or adding is None:
        return None
    if adding.lemma_ not in ("add", "say"):
        return None
    return answer_of(verb, Stance.NO_COMMENT, topic_of(adding, "on", "about", "to"), adding)


SILENCES = {
    "VERB": (_out_of_reach, _not_drawn, _referred, _unanswered),
    "AUX": (_unanswered,),
    "NOUN": (_without_reply,),
    "ADJ": (_unavailable, _kept_silent),
    "PRON": (_nothing_to_add,),
}
"""The constructions by the part of speech that they look at."""
