"""Which claim an answer speaks of, and where the claim then stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.ingest.extract.claims.answers import Answer
from app.ingest.extract.claims.surroundings import Contents
from app.ingest.extract.claims.targets import (
    ENOUGH,
    Candidate,
    Question,
    is_first_hand,
    may_mean,
    question,
    score,
)
from app.ingest.extract.syntax import end_of
from app.ingest.extraction import Response, Span
from app.lexicon import words
from app.vocabulary import Act, Stance, Status

BACK = 12
"""Claims before a response that it may answer."""

AHEAD = 3
"""Claims after a response that it may answer, if they say the same in other words."""

_WEIGHTIEST_FIRST = (
    (Stance.DENIES, Status.DENIED),
    (Stance.DISPUTES, Status.DISPUTED),
    (Stance.CONFIRMS, Status.CONFIRMED),
    (Stance.DOES_NOT_CONFIRM, Status.UNCONFIRMED),
)


def attach(
    answers: Iterable[Answer],
    candidates: Sequence[Candidate],
    contents: Contents,
) -> dict[int, list[Response]]:
    """The responses by position of the claim that each answers; one claim for each answer.

    Candidates are in order of their anchors. An answer whose party is no known actor is left out.
    """
    actor_at = contents.actor_at
    found: dict[int, list[Response]] = {}
    first = 0
    for answer in answers:
        at = answer.verb.idx
        while first < len(candidates) and candidates[first].anchor <= at:
            first += 1
        before = range(first - 1, max(-1, first - 1 - BACK), -1)
        ahead = range(first, min(len(candidates), first + AHEAD))
        parties = _parties(answer, [candidates[i] for i in (*before, *ahead)], contents)
        if not parties:
            continue
        asked = question(answer, parties, actor_at, contents.paragraph(at))
        position = _remarked_on(answer, candidates, before)
        if position is None:
            position = _best(asked, candidates, (*before, *ahead))
            if position is None:
                continue
        elif candidates[position].speakers & set(parties):
            continue
        responses = found.setdefault(position, [])
        stance = _stance(answer, candidates[position])
        for party in parties:
            if not any(r.actor == party and r.stance is stance for r in responses):
                responses.append(Response(party, stance, (answer.span,)))
    return found


def _best(asked: Question, candidates: Sequence[Candidate], positions: Iterable[int]) -> int | None:
    """The claim that fits best, the nearest of equals, None rather than a guess."""
    best, found, between = 0.0, None, 0
    for position in positions:
        claim = candidates[position]
        if not may_mean(asked, claim):
            continue
        fit = score(asked, claim, between)
        between += is_first_hand(claim)
        if fit >= ENOUGH and fit > best:
            best, found = fit, position
    return found


def _parties(answer: Answer, near: Sequence[Candidate], contents: Contents) -> tuple[str, ...]:
    """Who answers: "we" and unnamed voices inside a claim are whoever makes that claim."""
    at = answer.verb.idx
    speaker = next((c.origin for c in near if c.start <= at < c.end), None)
    if not answer.parties:
        return (speaker,) if speaker is not None else ()
    keys = []
    for token in answer.parties:
        mine = token.lower_ in ("i", "we") and speaker is not None
        key = speaker if mine else contents.actor_of(token)
        key = key if key is not None else speaker
        if key is not None:
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _stance(answer: Answer, claim: Candidate) -> Stance:
    """What is denied of an opinion is disputed: only facts can be denied."""
    if answer.stance is Stance.DENIES and claim.act is Act.EVALUATION:
        return Stance.DISPUTES
    return answer.stance


def _remarked_on(
    answer: Answer, candidates: Sequence[Candidate], before: Sequence[int]
) -> int | None:
    """The claim with a remark at its end: "it sank — *an account that the port denies*"."""
    remark = response_clause(answer)
    if remark is None:
        return None
    ends_there = range(remark.start - 2, remark.end)
    return next((i for i in before if candidates[i].end in ends_there), None)


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
    return Span(left.nbor(-1).idx, end_of(noun.right_edge))


def status_of(responses: Sequence[Response]) -> Status:
    """Where a claim stands: a denial outweighs a dispute, that a confirmation, that reserve."""
    stances = {response.stance for response in responses}
    for stance, status in _WEIGHTIEST_FIRST:
        if stance in stances:
            return status
    return Status.UNVERIFIED
