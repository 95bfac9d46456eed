"""The words by which somebody answers a claim, before it is known which claim.

One small function per construction, each with an example;
`app.ingest.extract.claims.responses` finds the claim that an answer speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.negation import has_no, is_negated, is_withheld, shares_negation
from app.ingest.extract.syntax import child, end_of, is_passive, verb_group
from app.ingest.extraction import Span
from app.lexicon import table, words
from app.vocabulary import Stance

LONGEST = 16
"""Tokens of what an answer speaks of that count to the words of the answer."""

_EMPTY = frozenset({"it", "there", "that", "which", "this"})
_REQUESTS = frozenset(
    ["request", "question", "call", "inquiry", "enquiry", "email", "message", "query", "letter"]
)
_TAKING = frozenset({"on", "about", "to", "for", "as"})
_JUDGING = frozenset({"call", "describe", "brand", "label", "dub", "deem", "term"})
_DECIDED = frozenset({"dismiss", "reject", "denounce", "deride", "ridicule"})
_KNOWING = frozenset({"knowledge", "information", "record", "evidence", "indication"})
_HAVING = frozenset({"have", "see", "receive", "find", "offer", "make"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the verb, who speaks, what is spoken of (None: the whole matter), the words."""

    verb: Token
    stance: Stance
    parties: tuple[Token, ...]
    topic: Token | None
    span: Span


@cache
def _verbs() -> dict[str, tuple[Stance | None, Stance | None, str]]:
    return {
        verb: (
            Stance(row["stance"]) if row["stance"] else None,
            Stance(row["negated"]) if row["negated"] else None,
            row["shape"],
        )
        for row in table("responses")
        for verb in row["verbs"].split()
    }


@cache
def _verdicts() -> dict[str, Stance]:
    return {
        word: Stance(row["stance"]) for row in table("verdicts") for word in row["words"].split()
    }


def find_answers(doc: Doc) -> Iterator[Answer]:
    """All answers in a text, in order."""
    for token in doc:
        part = token.pos_
        answer = None
        if part in ("VERB", "AUX"):
            answer = _of_verb(token)
        elif part == "NOUN" and token.lemma_ == "comment":
            answer = _without_comment(token)
        elif part == "NOUN" and token.lemma_ in _KNOWING:
            answer = _without_knowledge(token)
        elif part == "ADJ" and token.lower_ == "unaware":
            answer = _unaware(token)
        if answer is not None:
            yield answer


def _of_verb(verb: Token) -> Answer | None:
    lemma = verb.lemma_
    if (known := _verbs().get(lemma)) is not None:
        return _no_comment(verb) if known[2] == "comment" else _by_verb(verb, *known)
    if lemma in _JUDGING:
        return _judgement(verb)
    return _verdict(verb) if lemma == "be" else None


def takes_up(topic: Token | None) -> bool:
    """Whether a topic points back to words of others: "the claim", "such reports", "this"."""
    return topic is None or topic.lemma_.lower() in words("claim_nouns")


def _by_verb(
    verb: Token, plain: Stance | None, negated: Stance | None, shape: str
) -> Answer | None:
    """ "Rome *denied* the report", "*could not confirm* that S", "*rejects* that"."""
    if verb.head.lemma_ in _verbs() and shares_negation(verb):
        return None  # "neither confirmed nor denied" is one answer
    if verb.dep_ == "amod":
        return None
    stance = negated if is_withheld(verb) else plain
    topic = _topic(verb)
    if stance is None or (topic is None and shape == "claim"):
        return None
    if shape == "claim":
        if topic is None or not takes_up(topic):
            return None
        judged = _predicate(verb) if verb.lemma_ in _DECIDED else None
        stance = _verdicts().get(judged.lower_, stance) if judged is not None else stance
    return _answer(verb, stance, topic)


def _topic(verb: Token) -> Token | None:
    """What is confirmed, denied: also of "neither confirmed nor *denied the figure*"."""
    if is_passive(verb):
        return child(verb, "nsubjpass")
    found = child(verb, "ccomp", "dobj", "xcomp")
    if found is None:
        found = next((t for c in verb.conjuncts if (t := child(c, "ccomp", "dobj"))), None)
    if found is not None and found.lower_ in ("that", "which") and verb.dep_ == "relcl":
        return verb.head
    return found


def _predicate(verb: Token) -> Token | None:
    """ "dismissed it as *baseless*", "called it *a lie*"."""
    named = child(verb, "oprd", "acomp")
    if named is not None:
        return named
    for token in verb.subtree:
        if token.lower_ == "as" and token.dep_ == "prep" and token.i > verb.i:
            return next((c for c in token.children if c.dep_ in ("pobj", "amod", "advmod")), None)
    clause = child(verb, "ccomp")
    return clause if clause is not None and clause.pos_ in ("ADJ", "NOUN") else None


def _judgement(verb: Token) -> Answer | None:
    """ "The navy *called* that report "a lie"", "*described* the survey as incomplete"."""
    predicate = _predicate(verb)
    stance = _verdicts().get(predicate.lower_) if predicate is not None else None
    if predicate is None or stance is None or is_negated(verb):
        return None
    topic = child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj")
    topic = topic or child(predicate, "nsubj")
    return _answer(verb, stance, topic, predicate) if topic is not None else None


def _verdict(verb: Token) -> Answer | None:
    """ "Such claims *are false*": whose words these are, the claim around them tells."""
    predicate = child(verb, "acomp", "attr")
    topic = child(verb, "nsubj")
    if predicate is None or topic is None or not takes_up(topic):
        return None
    stance = _verdicts().get(predicate.lower_)
    if is_negated(verb):
        stance = Stance.DENIES if stance is Stance.CONFIRMS else None
    if stance is None or (topic.lower_ in _EMPTY and stance is Stance.CONFIRMS):
        return None
    start, end = topic.left_edge.idx, end_of(predicate.right_edge)
    return Answer(verb, stance, (), topic, Span(start, end)) if start < end else None


def _no_comment(verb: Token) -> Answer | None:
    """ "Rome *declined to comment* on the plan", "did not *respond* to a request for comment"."""
    if not is_withheld(verb):
        return None
    topic = None
    if verb.lemma_ in ("comment", "discuss"):
        about = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in _TAKING), None)
        topic = child(about, "pobj", "pcomp") if about is not None else child(verb, "dobj", "ccomp")
    else:
        object_ = child(verb, "dobj")
        to = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to"), None)
        asked = child(to, "pobj") if to is not None else object_
        if asked is not None and asked.lemma_.lower() not in _REQUESTS:
            return None
        if asked is None and verb.lemma_ == "return":
            return None
    return _answer(verb, Stance.NO_COMMENT, topic)


def _without_comment(noun: Token) -> Answer | None:
    """ "had *no comment*", "could not be reached *for comment*", "not available for comment"."""
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in _HAVING:
        if not (has_no(noun) or is_negated(verb)):
            return None
        about = child(noun, "prep")
        return _answer(verb, Stance.NO_COMMENT, child(about, "pobj") if about else None, noun)
    if noun.dep_ != "pobj" or verb.lower_ != "for":
        return None
    state = verb.head
    clause = state if state.pos_ in ("VERB", "AUX") else state.head
    silent = state.lower_ == "unavailable" or (
        state.lower_ in ("reached", "available") and is_withheld(clause)
    )
    if not silent:
        return None
    subject = child(clause, "nsubj", "nsubjpass")
    if subject is None or subject.lower_ in _EMPTY:
        return None
    return Answer(clause, Stance.NO_COMMENT, _parties(subject), None, _words(clause, noun))


def _without_knowledge(noun: Token) -> Answer | None:
    """ "had *no information* about the payment": not confirmed."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in _HAVING or not (has_no(noun) or is_negated(verb)):
        return None
    about = next((c for c in noun.children if c.dep_ in ("prep", "acl")), None)
    topic = child(about, "pobj") if about is not None and about.dep_ == "prep" else about
    return _answer(verb, Stance.DOES_NOT_CONFIRM, topic, noun) if topic is not None else None


def _unaware(adjective: Token) -> Answer | None:
    """ "said she was *unaware* of any arrest": not confirmed."""
    of = child(adjective, "prep", "ccomp")
    topic = child(of, "pobj") if of is not None and of.dep_ == "prep" else of
    if topic is None or adjective.head.pos_ not in ("VERB", "AUX"):
        return None
    return _answer(adjective.head, Stance.DOES_NOT_CONFIRM, topic, adjective)


def _answer(
    verb: Token, stance: Stance, topic: Token | None, last: Token | None = None
) -> Answer | None:
    source = source_of(verb)
    if source is None or (topic is not None and source.i == topic.i):
        return None
    is_somebody = source.lower_ == "it" and verb.dep_ == "ccomp"  # "Rome said it was unaware of S"
    if source.lower_ in _EMPTY and not is_somebody:
        return None
    return Answer(verb, stance, _parties(source), topic, _words(verb, last or topic))


def _parties(source: Token) -> tuple[Token, ...]:
    return (source, *(c for c in source.conjuncts if c.pos_ in ("NOUN", "PROPN", "PRON")))


def _words(verb: Token, last: Token | None) -> Span:
    """The words that answer: "declined to comment on the estimate"."""
    first = verb_group(verb)[0]
    while (
        verb.dep_ in ("xcomp", "conj")
        and verb.head.i < verb.i
        and verb.head.pos_ in ("VERB", "AUX", "ADJ")
    ):
        verb = verb.head
        first = min(first, verb_group(verb)[0], key=lambda token: token.i)
    start = first.idx
    end = max(end_of(verb), end_of(first))
    if last is not None and last.i > first.i:
        right = last.right_edge
        end = max(end, end_of(right if right.i - first.i <= LONGEST else last))
    return Span(start, end)
