"""The words by which somebody answers a claim, before it is known which claim.

One small function per construction, each with an example;
`app.ingest.extract.claims.responses` finds the claim that an answer speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.negation import is_negated, is_withheld, shares_negation, withholder
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


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: the verb, who speaks, what is spoken of (None: the whole matter), the words.

    Without `parties` whoever makes the claim around it speaks, or nobody in particular. A defence
    puts forward something else and denies by that: "the firm insists that it paid".
    """

    verb: Token
    stance: Stance
    parties: tuple[Token, ...]
    topic: Token | None
    span: Span
    is_defence: bool = False


@dataclass(frozen=True, slots=True)
class _Reply:
    """A row's verb: its stances, the shape of what it answers, the word that must hang on it."""

    stance: Stance | None
    negated: Stance | None
    shape: str
    partner: str


@cache
def _verbs() -> dict[str, tuple[_Reply, ...]]:
    """By lemma; those with a partner ("*cast* doubt") first."""
    found: dict[str, list[_Reply]] = {}
    for row in table("responses"):
        stance = Stance(row["stance"]) if row["stance"] else None
        negated = Stance(row["negated"]) if row["negated"] else None
        for entry in row["verbs"].split():
            verb, _, partner = entry.partition("_")
            found.setdefault(verb, []).append(_Reply(stance, negated, row["shape"], partner))
    return {verb: tuple(sorted(rows, key=lambda r: not r.partner)) for verb, rows in found.items()}


@cache
def _verdicts() -> dict[str, Stance]:
    return {
        word: Stance(row["stance"]) for row in table("verdicts") for word in row["words"].split()
    }


def find_verb_answer(verb: Token) -> Answer | None:
    """The answer that a verb gives, if it gives one."""
    lemma = verb.lemma_
    for known in _verbs().get(lemma, ()):
        if known.partner and _partner(verb, known.partner) is None:
            continue
        answer = _no_comment(verb) if known.shape == "comment" else _by_verb(verb, known)
        if answer is not None:
            return answer
    if lemma in _JUDGING:
        return _judgement(verb)
    return _verdict(verb) if lemma == "be" else None


def _partner(verb: Token, word: str) -> Token | None:
    """ "*cast* doubt", "pushed *back*", "scoffed *at*"."""
    return next((c for c in verb.children if c.lower_ == word and c.i > verb.i), None)


def takes_up(topic: Token | None) -> bool:
    """Whether a topic points back to words of others: "the claim", "such reports", "this"."""
    return topic is None or topic.lemma_.lower() in words("claim_nouns")


def _by_verb(verb: Token, known: _Reply) -> Answer | None:
    """ "Rome *denied* the report", "*could not confirm* that S", "*rejects* that"."""
    if verb.dep_ == "amod" or (verb.head.lemma_ in _verbs() and shares_negation(verb)):
        return None  # "neither confirmed nor denied" is one answer
    stance = known.negated if is_withheld(verb) else known.stance
    partner = _partner(verb, known.partner) if known.partner else None
    topic = _topic(verb, partner)
    if stance is None or (topic is None and known.shape != "fact"):
        return None
    if known.shape == "open" and not _leaves_open(verb, topic):
        return None
    if known.shape == "defence":
        return _defence(verb)
    if known.shape == "claim":
        if topic is None or not takes_up(topic):
            return None
        judged = _predicate(verb) if verb.lemma_ in _DECIDED else None
        stance = _verdicts().get(judged.lower_, stance) if judged is not None else stance
    return answer_of(verb, stance, topic)


def _defence(verb: Token) -> Answer | None:
    """ "The firm *insists that every batch was checked*", after what was said of it."""
    said = child(verb, "ccomp")
    if said is None or is_negated(verb):
        return None
    answer = answer_of(verb, Stance.DENIES, said)
    return None if answer is None else replace(answer, is_defence=True)


def _leaves_open(verb: Token, topic: Token | None) -> bool:
    """ "would not say *whether* S", "could not establish *who* did it", "short of *blaming*"."""
    if topic is None:
        return False
    if verb.lemma_ == "blame":
        return verb.tag_ == "VBG"
    first = topic.left_edge
    return topic.dep_ == "ccomp" and (
        first.lower_ == "if" or first.tag_.startswith("W") or first.lower_ == "whether"
    )


def _topic(verb: Token, partner: Token | None) -> Token | None:
    """What is confirmed, denied: also of "neither confirmed nor *denied the figure*"."""
    if is_passive(verb):
        return child(verb, "nsubjpass")
    if partner is not None:
        return _object_with(verb, partner)
    found = child(verb, "ccomp", "dobj", "xcomp")
    if found is None:
        found = next((t for c in verb.conjuncts if (t := child(c, "ccomp", "dobj"))), None)
    is_gap = found is None or (found.lower_ in ("that", "which") and found.i < verb.i)
    if is_gap and verb.dep_ == "relcl" and verb.head.pos_ == "NOUN":
        return verb.head  # "an account (that) the port denied"
    return found


def _object_with(verb: Token, partner: Token) -> Token | None:
    """ "backed up *his version*", "cast doubt on *the report*", "pushed back against *it*"."""
    if partner.dep_ == "prep":
        within = child(partner, "pobj")
        named = child(verb, "dobj")
        return named if named is not None and partner.lower_ == "into" else within
    named = next((c for c in verb.children if c.dep_ == "dobj" and c.i != partner.i), None)
    if named is not None:
        return named
    for start in (partner, verb):
        for preposition in start.children:
            is_after = preposition.dep_ == "prep" and preposition.i > verb.i
            if is_after and (found := child(preposition, "pobj")) is not None:
                return found
    return None


def _predicate(verb: Token) -> Token | None:
    """ "dismissed it as *baseless*", "called it *a lie*"."""
    named = child(verb, "oprd", "acomp")
    if named is not None:
        return named
    for token in verb.subtree:
        if token.lower_ == "as" and token.dep_ == "prep" and token.i > verb.i:
            return next((c for c in token.children if c.dep_ in ("pobj", "amod", "advmod")), None)
    clause = child(verb, "ccomp")
    return clause if clause is not None and clause.lower_ in _verdicts() else None


def _judgement(verb: Token) -> Answer | None:
    """ "The navy *called* that report "a lie"", "*described* the survey as incomplete"."""
    predicate = _predicate(verb)
    stance = _verdicts().get(predicate.lower_) if predicate is not None else None
    if predicate is None or stance is None or is_negated(verb):
        return None
    topic = child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj")
    topic = topic or child(predicate, "nsubj")
    return answer_of(verb, stance, topic, predicate) if topic is not None else None


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
    return answer_of(verb, Stance.NO_COMMENT, topic)


def answer_of(
    verb: Token, stance: Stance, topic: Token | None, last: Token | None = None
) -> Answer | None:
    """The answer that a verb's subject gives; its words end with `last`, else with the topic."""
    source = _whose(verb)
    if source is not None and source.lower_ in _EMPTY and not _is_speaker(source):
        source = None
    if source is None and stance is Stance.DOES_NOT_CONFIRM and _is_by_nobody(verb):
        return Answer(verb, stance, (), topic, words_of(verb, last or topic))
    if source is None or (topic is not None and source.i == topic.i):
        return None
    return Answer(verb, stance, parties_of(source), topic, words_of(verb, last or topic))


def _whose(verb: Token) -> Token | None:
    """Who answers: also of "stopped short of *confirming*" and "would not be *drawn*"."""
    if verb.lower_ == "drawn" and (subject := child(verb, "nsubjpass")) is not None:
        return subject
    source = None if verb.lower_ == "drawn" else source_of(verb)
    if source is None and (higher := withholder(verb)).i != verb.i:
        source = source_of(higher)
    return source


def _is_by_nobody(verb: Token) -> bool:
    """ "The toll *could not be verified*", "it was not possible to *establish* who fired"."""
    subject = child(withholder(verb), "nsubj", "nsubjpass", "expl")
    return is_passive(verb) or (subject is not None and subject.lower_ == "it")


def _is_speaker(pronoun: Token) -> bool:
    """ "Rome said *it* was unaware of S", "*which* denied S"."""
    clause = pronoun.head
    if pronoun.lower_ == "it":
        return clause.dep_ == "ccomp" or (clause.dep_ == "conj" and clause.head.dep_ == "ccomp")
    return False


def parties_of(source: Token) -> tuple[Token, ...]:
    """Whoever answers together: "Burke and her lawyer"; "nobody at *the ministry*" is it."""
    if source.lower_ in ("nobody", "one", "none", "noone"):
        at = next((c for c in source.children if c.lower_ in ("at", "from", "in", "of")), None)
        source = (child(at, "pobj") if at is not None else None) or source
    return (source, *(c for c in source.conjuncts if c.pos_ in ("NOUN", "PROPN", "PRON")))


def words_of(verb: Token, last: Token | None) -> Span:
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
