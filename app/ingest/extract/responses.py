"""What other parties say of a claim: they confirm, deny, dispute, have no comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution import source_of
from app.ingest.extract.syntax import as_spans, child, is_negated, is_passive, verb_group
from app.ingest.extraction import Response, Span
from app.lexicon import table, words
from app.vocabulary import Stance, Status

REACH = 8
"""Claims back from a response to the claim that it may answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response before its claim is known: the verb, who speaks, and what is spoken of."""

    verb: Token
    stance: Stance
    parties: tuple[Token, ...]
    topic: Token | None


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


def find_answers(doc: Doc) -> Iterator[Answer]:
    """All answers in a text, in order."""
    verbs = _verbs()
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in verbs:
            answer = _answer(token, *verbs[token.lemma_])
            if answer is not None:
                yield answer


def _answer(verb: Token, plain: Stance | None, negated: Stance | None, shape: str) -> Answer | None:
    stance = negated if is_negated(verb) or _is_refused(verb) else plain
    if shape == "comment" and plain is not None:
        complement = child(verb, "xcomp")
        if complement is None or complement.lemma_ not in (
            "comment",
            "respond",
            "answer",
            "discuss",
        ):
            stance = None
    if stance is None:
        return None
    source = source_of(verb)
    if source is None or source.lower_ in ("it", "there"):
        return None
    topic = child(verb, "nsubjpass") if is_passive(verb) else child(verb, "dobj", "ccomp")
    return Answer(verb, stance, (source, *_conjuncts(source)), topic)


def _is_refused(verb: Token) -> bool:
    """ "declined to confirm", "would neither confirm nor deny"."""
    if any(c.dep_ == "preconj" and c.lower_ == "neither" for c in verb.children):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("decline", "refuse", "fail")


def _conjuncts(token: Token) -> list[Token]:
    return list(token.conjuncts) if token.pos_ in ("NOUN", "PROPN", "PRON") else []


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a response needs to know of a claim: place, words, and who stands behind it."""

    start: int
    end: int
    anchor: int
    lemmas: frozenset[str]
    speakers: frozenset[str]
    about: frozenset[str]
    sentence: int


def attach(
    answers: Iterator[Answer], candidates: Sequence[Candidate], actor_at: Mapping[int, str]
) -> dict[int, list[Response]]:
    """The responses by position of the claim that each answers; one claim for each answer."""
    found: dict[int, list[Response]] = {}
    first = 0
    for answer in answers:
        parties = [key for token in answer.parties if (key := actor_at.get(token.i)) is not None]
        if not parties:
            continue
        while first < len(candidates) and candidates[first].anchor <= answer.verb.idx:
            first += 1
        near = range(first - 1, max(-1, first - 1 - REACH), -1)
        position = _answered(answer, parties, candidates, near)
        if position is None:
            continue
        for party in dict.fromkeys(parties):
            spans = as_spans(verb_group(answer.verb))
            response = Response(party, answer.stance, spans)
            if response not in found.setdefault(position, []):
                found[position].append(response)
    return found


def _answered(
    answer: Answer, parties: Sequence[str], candidates: Sequence[Candidate], near: range
) -> int | None:
    """The claim that an answer speaks of, None rather than a guess."""
    topic = answer.topic
    sentence = answer.verb.sent.start_char
    takes_up = topic is None or topic.lemma_.lower() in words("claim_nouns")
    lemmas = content_lemmas(topic.subtree) if topic is not None else frozenset()
    best, best_score = None, 0.0
    for distance, position in enumerate(near):
        candidate = candidates[position]
        if candidate.anchor == answer.verb.idx or candidate.speakers & set(parties):
            continue
        if candidate.start <= answer.verb.idx < candidate.end and candidate.sentence != sentence:
            continue
        score = len(lemmas & candidate.lemmas) / max(2, len(lemmas))
        if takes_up:
            score = max(score, 0.4) - 0.03 * distance
            score += 0.3 * bool(candidate.about & set(parties))
            score += 0.3 * (candidate.sentence == sentence)
        if score > max(best_score, 0.3):
            best, best_score = position, score
    return best


def content_lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    """The nouns, names, verbs and adjectives among tokens, by lemma."""
    return frozenset(
        token.lemma_.lower()
        for token in tokens
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and not token.is_stop
    )


def response_clause(answer: Answer) -> Span | None:
    """ "…—*a development that has not been confirmed by Moscow*": the remark's span."""
    verb = answer.verb
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    left = noun.left_edge
    if noun.lemma_.lower() not in words("claim_nouns") or left.i == 0:
        return None
    if left.nbor(-1).text not in ("—", "–", "--", "-", ","):
        return None
    right = noun.right_edge
    return Span(left.nbor(-1).idx, right.idx + len(right.text))


def status_of(responses: Sequence[Response]) -> Status:
    """Where a claim stands: contradiction weighs most, then denial, confirmation, reserve."""
    stances = {response.stance for response in responses}
    if Stance.DISPUTES in stances or {Stance.CONFIRMS, Stance.DENIES} <= stances:
        return Status.DISPUTED
    if Stance.DENIES in stances:
        return Status.DENIED
    if Stance.CONFIRMS in stances:
        return Status.CONFIRMED
    if Stance.DOES_NOT_CONFIRM in stances:
        return Status.UNCONFIRMED
    return Status.UNVERIFIED
