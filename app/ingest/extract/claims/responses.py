"""Which claim an answer speaks of, and where the claim then stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer, takes_up
from app.ingest.extraction import Response, Span
from app.lexicon import words
from app.vocabulary import Act, Stance, Status

BACK = 12
"""Claims before a response that it may answer."""

AHEAD = 3
"""Claims after a response that it may answer, if they say the same in other words."""

ENOUGH = 0.5
"""Least score of a claim that is answered; see `_score`."""

_FADING = 0.06
"""What each claim in between takes off: an answer mostly follows its claim."""

_STEM = 5
"""Letters that "deployment" and "deploy", "seizure" and "seize" share, final vowels left out."""

_OPEN = frozenset({Act.DEMAND, Act.WISH, Act.QUESTION})
"""Acts that put nothing forward that could be true or false."""

_JUDGEMENTS = frozenset({Act.EVALUATION, Act.DENIAL, Act.WARNING, Act.CONFIRMATION})
"""Acts that others reject rather than confirm."""

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")


_WEIGHTIEST_FIRST = (
    (Stance.DENIES, Status.DENIED),
    (Stance.DISPUTES, Status.DISPUTED),
    (Stance.CONFIRMS, Status.CONFIRMED),
    (Stance.DOES_NOT_CONFIRM, Status.UNCONFIRMED),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a response needs to know of a claim: place, words, and who stands behind it.

    `anchor` is the offset of the cue, `speakers` the actors of the chain, `origin` the last of
    them, `about` the actors of the content.
    """

    start: int
    end: int
    anchor: int
    stems: frozenset[str]
    speakers: frozenset[str]
    origin: str | None
    about: frozenset[str]
    act: Act


def attach(
    answers: Iterable[Answer], candidates: Sequence[Candidate], actor_at: Mapping[int, str]
) -> dict[int, list[Response]]:
    """The responses by position of the claim that each answers; one claim for each answer.

    Candidates are in order of their anchors. An answer whose party is no known actor is left out.
    """
    found: dict[int, list[Response]] = {}
    first = 0
    for answer in answers:
        at = answer.verb.idx
        while first < len(candidates) and candidates[first].anchor <= at:
            first += 1
        near = [*range(first - 1, max(-1, first - 1 - BACK), -1)]
        parties = _parties(answer, [candidates[i] for i in near], actor_at)
        if not parties:
            continue
        ahead = range(first, min(len(candidates), first + AHEAD))
        position = _answered(answer, parties, candidates, near, ahead, actor_at)
        if position is None:
            continue
        responses = found.setdefault(position, [])
        for party in parties:
            stance = _stance(answer, candidates[position])
            if not any(r.actor == party and r.stance is stance for r in responses):
                responses.append(Response(party, stance, (answer.span,)))
    return found


def _parties(
    answer: Answer, before: Sequence[Candidate], actor_at: Mapping[int, str]
) -> tuple[str, ...]:
    """Who answers: "we" and unnamed voices inside a claim are whoever makes that claim."""
    at = answer.verb.idx
    speaker = next((c.origin for c in before if c.start <= at < c.end), None)
    if not answer.parties:
        return (speaker,) if speaker is not None else ()
    keys = []
    for token in answer.parties:
        mine = token.lower_ in ("i", "we") and speaker is not None
        key = speaker if mine else actor_at.get(token.i)
        if key is None and token.pos_ == "PRON":
            key = speaker
        if key is not None:
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _stance(answer: Answer, claim: Candidate) -> Stance:
    """What is denied of an opinion is disputed: only facts can be denied."""
    if answer.stance is Stance.DENIES and claim.act is Act.EVALUATION:
        return Stance.DISPUTES
    return answer.stance


def _answered(  # noqa: PLR0913, PLR0917 - an answer, its party, and where to look
    answer: Answer,
    parties: Sequence[str],
    candidates: Sequence[Candidate],
    before: Sequence[int],
    ahead: Sequence[int],
    actor_at: Mapping[int, str],
) -> int | None:
    """The claim that an answer speaks of, None rather than a guess."""
    at = answer.verb.idx
    if (remarked := _remarked_on(answer, candidates, before)) is not None:
        return None if candidates[remarked].speakers & set(parties) else remarked
    kin = frozenset(parties) | _kin(answer, actor_at)
    topic = _stems_of_topic(answer, actor_at, kin)
    best, best_score, distance = None, 0.0, 0
    for position in (*before, *ahead):
        claim = candidates[position]
        is_later = claim.anchor > at
        if claim.anchor == at or claim.speakers & set(parties) or claim.act in _OPEN:
            continue
        if claim.start <= at < claim.end and claim.anchor < at and claim.origin in parties:
            continue
        score = _score(answer, claim, topic, kin) - _FADING * distance
        if is_later and (not topic or takes_up(answer.topic)):
            continue
        distance += 1
        if score >= ENOUGH and score > best_score:
            best, best_score = position, score
    return best


def _remarked_on(
    answer: Answer, candidates: Sequence[Candidate], before: Sequence[int]
) -> int | None:
    """The claim with a remark at its end: "it sank — *an account that the port denies*"."""
    remark = response_clause(answer)
    if remark is None:
        return None
    ends_there = range(remark.start - 2, remark.end)
    return next((i for i in before if candidates[i].end in ends_there), None)


def _score(  # noqa: PLR0911 - one return a kind of topic
    answer: Answer, claim: Candidate, topic: frozenset[str], kin: frozenset[str]
) -> float:
    """How well an answer fits a claim: shared words, what points back, who is spoken of.

    One for the same words; a half for "the claim" right after a claim; more where the claim is
    about the party that answers. Silence needs a claim about whoever is silent.
    """
    concerned = bool(claim.about & kin)
    judged = claim.act in _JUDGEMENTS
    shared = len(topic & claim.stems) / len(topic) if topic else 0.0
    if answer.topic is None:
        return 0.75 if concerned and not judged else 0.0
    if takes_up(answer.topic):
        if judged and answer.stance not in (Stance.DENIES, Stance.DISPUTES):
            return 0.0
        return 0.55 + 0.3 * concerned + 0.3 * shared
    if answer.topic.lemma_.lower() in words("denied_nouns"):
        return 0.7 if concerned and not judged else 0.0
    if answer.topic.lemma_.lower() in words("development_nouns") and not topic:
        return 0.55 + 0.2 * concerned
    if claim.act is Act.EVALUATION:
        return 0.0
    return shared + 0.1 * concerned if shared >= ENOUGH else 0.0


def _kin(answer: Answer, actor_at: Mapping[int, str]) -> frozenset[str]:
    """Those for whom a party speaks: "a spokesman for *the shipyard*", "*her* office"."""
    found = set()
    for party in answer.parties:
        for token in party.subtree:
            if token.i - party.i > 8 or token.dep_ == "relcl":
                break
            if (key := actor_at.get(token.i)) is not None:
                found.add(key)
    return frozenset(found)


def _stems_of_topic(
    answer: Answer, actor_at: Mapping[int, str], kin: frozenset[str]
) -> frozenset[str]:
    """The words of a topic that tell what it is about, without "the claim" and the party itself."""
    if answer.topic is None:
        return frozenset()
    shells = words("claim_nouns") | words("development_nouns")
    verb = answer.verb.i
    return stems(
        token
        for token in answer.topic.subtree
        if token.lemma_.lower() not in shells
        and token.i != verb
        and actor_at.get(token.i) not in kin
    )


def stems(tokens: Iterable[Token]) -> frozenset[str]:
    """The nouns, names, verbs, adjectives and numbers among tokens, cut to what their kin share."""
    return frozenset(
        token.lemma_.lower()[:_STEM].rstrip("aeiouy") or token.lower_
        for token in tokens
        if token.pos_ in _CONTENT and not (token.is_stop and token.pos_ != "NUM")
    )


def response_clause(answer: Answer) -> Span | None:
    """ "…—*a development that has not been confirmed by Moscow*": the remark's span."""
    verb = answer.verb
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    left = noun.left_edge
    shells = words("claim_nouns") | words("development_nouns")
    if noun.lemma_.lower() not in shells or left.i == 0:
        return None
    if left.nbor(-1).text not in ("—", "–", "--", "-", ","):
        return None
    right = noun.right_edge
    return Span(left.nbor(-1).idx, right.idx + len(right.text))


def status_of(responses: Sequence[Response]) -> Status:
    """Where a claim stands: a denial outweighs a dispute, that a confirmation, that reserve."""
    stances = {response.stance for response in responses}
    for stance, status in _WEIGHTIEST_FIRST:
        if stance in stances:
            return status
    return Status.UNVERIFIED
