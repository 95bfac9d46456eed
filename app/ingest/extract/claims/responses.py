"""Which claim an answer speaks of, and where the claim then stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer
from app.ingest.extract.claims.questions import Candidate, Question, question
from app.ingest.extract.claims.responders import Responders
from app.ingest.extract.claims.surroundings import Contents
from app.ingest.extract.claims.targets import (
    ENOUGH,
    is_first_hand,
    may_mean,
    score,
    speaks_of_several,
)
from app.ingest.extract.syntax import end_of, follows_comma
from app.ingest.extraction import Response, Span
from app.lexicon import words
from app.vocabulary import Act, Stance, Status

BACK = 12
"""Claims before a response that it may answer."""

AHEAD = 3
"""Claims after a response that it may answer, if they say the same in other words."""

NEARLY = 0.12
"""What a claim may fit less than the best one and be meant by a plural as well."""

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
    responders: Responders,
) -> dict[int, list[Response]]:
    """The responses by position of the claim that each answers.

    Candidates are in order of their anchors. An answer whose party nobody can be is left out.
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
        near = [candidates[i] for i in (*before, *ahead)]
        parties = _parties(answer, near, responders)
        if not parties:
            continue
        known = [party for party in parties if isinstance(party, str)]
        asked = question(answer, known, actor_at, contents.paragraph(at), near)
        position = _remarked_on(answer, candidates, before)
        if position is None:
            positions = _best(asked, candidates, (*before, *ahead))
        else:
            positions = [] if candidates[position].speakers & set(known) else [position]
        for position in positions:
            stance = _stance(answer, candidates[position])
            responses = found.setdefault(position, [])
            for party in parties:
                actor = responders.open(party) if isinstance(party, Token) else party
                if not any(r.actor == actor and r.stance is stance for r in responses):
                    responses.append(Response(actor, stance, (answer.span,)))
    return found


def _best(asked: Question, candidates: Sequence[Candidate], positions: Iterable[int]) -> list[int]:
    """The claim that fits best, the nearest of equals, none rather than a guess.

    "Could not verify *the reports*" speaks of whatever fits nearly as well.
    """
    fits: dict[int, float] = {}
    between = 0
    for position in positions:
        claim = candidates[position]
        if not may_mean(asked, claim):
            continue
        fit = score(asked, claim, between)
        between += is_first_hand(claim)
        if fit >= ENOUGH - NEARLY:
            fits[position] = fit
    best = max(fits, key=lambda position: fits[position], default=None)
    if best is None or fits[best] < ENOUGH:
        return []
    if not speaks_of_several(asked.answer.topic):
        return [best]
    return [position for position, fit in fits.items() if fit >= fits[best] - NEARLY]


def _parties(
    answer: Answer, near: Sequence[Candidate], responders: Responders
) -> tuple[str | Token | None, ...]:
    """Who answers: "we" and unnamed voices inside a claim are whoever makes that claim.

    Outside of claims a report tells by itself what nobody could confirm: that is (None,).
    """
    at = answer.verb.idx
    speaker = next((c.origin for c in near if c.start <= at < c.end), None)
    if not answer.parties:
        is_told = speaker is not None or answer.stance is Stance.DOES_NOT_CONFIRM
        return (speaker,) if is_told else ()
    keys: list[str | Token] = []
    for token in answer.parties:
        mine = token.lower_ in ("i", "we") and speaker is not None
        key = speaker if mine else responders.known(token)
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
    """ "…—*a development that has not been confirmed by Moscow*", "…, *which Moscow denies*"."""
    verb = answer.verb
    if verb.dep_ != "relcl":
        return None
    noun = verb.head
    left, first = noun.left_edge, verb.left_edge
    shells = words("claim_nouns") | words("development_nouns")
    if noun.lemma_.lower() not in shells:
        is_remark = first.lower_ == "which" and follows_comma(first)
        return Span(first.nbor(-1).idx, end_of(verb.right_edge)) if is_remark else None
    if left.i == 0:
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
