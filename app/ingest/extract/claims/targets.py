"""How well an answer fits a claim: same words, what points back, who is spoken of, how near."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer, takes_up
from app.ingest.extract.claims.questions import Candidate, Question
from app.lexicon import words
from app.vocabulary import Act, Stance

ENOUGH = 0.5
"""Least score of a claim that is answered."""

_FADING = (0.06, 0.05)
"""What each claim and each paragraph in between take off: an answer mostly follows its claim."""

_FADING_OF_WORDS = (0.03, 0.03, 0.1)
"""The same for an answer that repeats the claim's words, and the most that it loses."""

_SAME_SENTENCE = 0.15
"""What speaks for a claim in the answer's sentence: "it sank, AFP said; the navy denied it"."""

_ANOTHER = 0.1
"""What speaks against a claim that is not about whoever answers "the criticism"."""

_OTHERS = 0.2
"""What a claim of another speaker than the owner loses ("*Amin's* account")."""

_UNKNOWN_OWNER = 0.1
"""The same where the owner has no claim at all: "his" may have been led to the wrong person."""

_BARE = 0.25
"""What a bare noun loses: "confirmed *the strike*" tells little that could be true or false."""

_ANSWERING = 0.2
"""What a claim loses that is an answer itself: "could not confirm the report", a watchdog said."""

_OPEN = frozenset({Act.DEMAND, Act.WISH, Act.QUESTION})
"""Acts that put nothing forward that could be true or false."""

_SECOND = {
    Act.DENIAL: 0.3,
    Act.EVALUATION: 0.3,
    Act.CONFIRMATION: 0.2,
    Act.WARNING: 0.2,
    Act.INTENTION: 0.1,
}
"""Acts that are seldom answered, and what that takes off."""

_COUNTS = frozenset({"figure", "number", "toll", "estimate", "sum", "amount", "count", "total"})
_OPINIONS = frozenset({"description", "characterisation", "characterization", "depiction"})
_CHARGES = frozenset({"criticism", "accusation", "allegation", "charge", "insinuation"})
_EITHER = frozenset({"neither", "either", "both", "none"})
_ANY = frozenset({"it", "that", "this"})


def may_mean(asked: Question, claim: Candidate) -> bool:
    """Whether the answer can speak of the claim: not its own words, nor those of its own side."""
    at = asked.answer.verb.idx
    if claim.anchor == at or claim.start <= at < claim.end:
        return False
    own = asked.parties if asked.answer.stance is Stance.CONFIRMS else asked.kin
    return claim.voice is None or claim.voice not in own


def speaks_of_several(topic: Token | None) -> bool:
    """ "*the reports*", "*neither account*"; "the figures" are often those of one claim."""
    if topic is None or not takes_up(topic) or topic.lemma_.lower() in _COUNTS:
        return False
    pair = any(c.lower_ in _EITHER for c in topic.children)
    return topic.tag_ == "NNS" or pair


def is_first_hand(claim: Candidate) -> bool:
    """Whether a claim puts something forward rather than judging or taking up what others did."""
    return claim.act not in _SECOND and not claim.is_bare and not claim.is_answer


def score(asked: Question, claim: Candidate, distance: int) -> float:
    """How well the claim fits, 0 where it cannot be meant; `distance` counts claims in between."""
    topic = asked.answer.topic
    pointing = takes_up(topic) or (topic is not None and topic.lemma_.lower() in claim.kinds)
    is_later = claim.anchor > asked.answer.verb.idx
    if claim.act in _OPEN or (is_later and (pointing or not _repeats(asked, claim))):
        return 0.0
    paragraphs = min(abs(asked.paragraph - claim.paragraph), 4)
    shared = len(asked.topic & claim.stems) / len(asked.topic) if asked.topic else 0.0
    concerned = bool(claim.about & asked.kin) + 0.5 * (claim.lead in asked.kin)
    fit = 0.0
    if asked.answer.is_defence:
        return _defended(claim, shared, concerned, distance + paragraphs)
    if topic is not None and not pointing:
        fit = _alike(asked, claim, shared) + 0.15 * concerned
        fit -= min(
            _FADING_OF_WORDS[0] * distance + _FADING_OF_WORDS[1] * paragraphs, _FADING_OF_WORDS[2]
        )
    near = 1 - _FADING[0] * distance - _FADING[1] * paragraphs
    near += _SAME_SENTENCE * (claim.start >= asked.answer.verb.sent.start_char)
    if topic is not None and pointing:
        fit = _pointed_at(asked, claim, topic.lemma_.lower(), shared) + 0.15 * concerned + near - 1
    elif topic is None or asked.answer.stance is Stance.NO_COMMENT:
        is_next = distance == 0 and paragraphs == 0
        whole = 0.3 + 0.35 * concerned + 0.22 * is_next - 0.1 * (topic is not None) + near - 1
        fit = max(fit, whole)
    return fit - _seldom(asked.answer, claim) - _ANOTHER * _accuses_another(asked, claim)


def _repeats(asked: Question, claim: Candidate) -> bool:
    """Whether a later claim says what was answered before: one word in common is chance."""
    return len(asked.topic & claim.stems) >= min(2, max(1, len(asked.topic)))


def _accuses_another(asked: Question, claim: Candidate) -> bool:
    """ "rejected *the criticism*": whoever answers was criticised, not somebody else."""
    topic = asked.answer.topic
    is_charge = topic is not None and topic.lemma_.lower() in _CHARGES
    return is_charge and claim.lead is not None and not claim.about & asked.kin


def _defended(claim: Candidate, shared: float, concerned: float, away: int) -> float:
    """ "insists that it paid": answers what was said just before, or of the party or of paying."""
    if away and not concerned and not shared:
        return 0.0
    fit = (
        (0.4 if away else ENOUGH)
        + 0.15 * concerned
        + 0.2 * shared
        + 0.15 * (claim.act is Act.ALLEGATION)
    )
    return fit - 0.1 * away - _SECOND.get(claim.act, 0.0)


def _alike(asked: Question, claim: Candidate, shared: float) -> float:
    """ "denied *that it had closed the border*", "confirmed *the arrest*", "denied *guilt*"."""
    topic, stance = asked.answer.topic, asked.answer.stance
    lemma = topic.lemma_.lower() if topic is not None else ""
    if lemma in words("denied_nouns"):
        return 0.55 + 0.15 * (claim.act is Act.ALLEGATION)
    if lemma in words("development_nouns") and not asked.topic:
        return 0.55
    if stance in (Stance.DENIES, Stance.DOES_NOT_CONFIRM) and shared:
        return 0.38 + 0.45 * shared
    return shared + 0.1 if shared >= ENOUGH else 0.0


def _pointed_at(asked: Question, claim: Candidate, lemma: str, shared: float) -> float:
    """ "the claim", "that figure", "the ministry's account", "suggestions that S"."""
    fit = 0.6
    if len(asked.topic) > 1:
        fit += 0.4 * shared - (0.25 if not shared else 0.0)
    if asked.owners is None:
        fit -= _UNKNOWN_OWNER
    elif asked.owners:
        fit += 0.4 if asked.owners & claim.speakers else -_OTHERS
    if lemma in claim.kinds:
        fit += 0.3
    if lemma in _COUNTS:
        fit += 0.1 if claim.counts else -0.2
    return fit


def _seldom(answer: Answer, claim: Candidate) -> float:
    """What an act that is seldom answered takes off, unless the topic means just that."""
    lemma = answer.topic.lemma_.lower() if answer.topic is not None else ""
    if claim.is_bare and claim.act not in _SECOND and takes_up(answer.topic):
        return _BARE
    if claim.is_answer and claim.act not in _SECOND:
        return _ANSWERING
    if claim.act is Act.EVALUATION and lemma in _OPINIONS | _CHARGES | _ANY:
        return 0.0
    if claim.act is Act.ALLEGATION and lemma in _CHARGES:
        return -0.3
    return _SECOND.get(claim.act, 0.0) + (0.2 if lemma in _OPINIONS else 0.0)
