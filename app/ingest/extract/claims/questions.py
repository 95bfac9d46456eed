"""What is known of an answer before its claim is: who answers, for whom, about what.

And of a claim, what an answer may have to do with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from app.ingest.extract.claims.answers import Answer
from app.ingest.extract.syntax import child, follows_comma
from app.lexicon import words
from app.vocabulary import Act

_STEM = 5
"""Letters that "deployment" and "deploy", "seizure" and "seize" share, final vowels left out."""

_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a response needs to know of a claim: place, words, and who stands behind it.

    `anchor` is the offset of the cue, `voice` the actor whom the report quotes, `origin` the last
    of the chain, `speakers` all its actors, `kinds` the nouns that name its sources ("survey"),
    `about` the actors of the content, `lead` the first of them. `is_bare` tells of a noun
    without more ("the strike"), `is_answer` of a claim that is an answer itself.
    """

    start: int
    end: int
    anchor: int
    paragraph: int
    stems: frozenset[str]
    speakers: frozenset[str]
    voice: str | None
    origin: str | None
    kinds: frozenset[str]
    about: frozenset[str]
    lead: str | None
    counts: bool
    act: Act
    is_bare: bool
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of an answer before its claim is: who, for whom, about what, where.

    `kin` are the parties and those for whom they speak; `topic` the words that the answer takes
    up; `owners` the actors whose words they are ("*Amin's* account"), None if none of
    them has a claim near by.
    """

    answer: Answer
    parties: frozenset[str]
    kin: frozenset[str]
    topic: frozenset[str]
    owners: frozenset[str] | None
    paragraph: int


def question(
    answer: Answer,
    parties: Iterable[str],
    actor_at: Mapping[int, str],
    paragraph: int,
    near: Iterable[Candidate],
) -> Question:
    """The question which claim an answer speaks of."""
    mine = frozenset(parties)
    kin = mine | _kin(answer, actor_at)
    owners = _owners(answer, actor_at) - mine
    has_claim = not owners or any(owners & claim.speakers for claim in near)
    return Question(
        answer,
        mine,
        kin,
        _stems_of_topic(answer, actor_at, kin),
        owners if has_claim else None,
        paragraph,
    )


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


def _owners(answer: Answer, actor_at: Mapping[int, str]) -> frozenset[str]:
    """ "*Amin's* account", "a report by *the Ledger*", "the toll given by *the ministry*"."""
    if answer.topic is None or answer.topic.pos_ not in ("NOUN", "PROPN"):
        return frozenset()
    found = (
        actor_at.get(token.i)
        for phrase in _owner_phrases(answer.topic)
        for token in phrase.subtree
        if token.pos_ in ("NOUN", "PROPN", "PRON")
    )
    return frozenset(key for key in found if key is not None)


def _owner_phrases(topic: Token) -> list[Token]:
    """The words that say whose a claim is: possessor, "by X", "given by X"."""
    found = []
    for token in topic.children:
        is_by = token.dep_ in ("prep", "agent") and token.lower_ in ("by", "from")
        is_given = token.dep_ == "acl" and child(token, "agent") is not None
        if token.dep_ == "poss" or is_by or is_given:
            found.append(token)
    return found


def _asides(topic: Token) -> list[Token]:
    """ "the findings, *which Horak called guesswork*": a remark tells no claims apart."""
    return [c for c in topic.children if c.dep_ == "relcl" and follows_comma(c.left_edge)]


def _stems_of_topic(
    answer: Answer, actor_at: Mapping[int, str], kin: frozenset[str]
) -> frozenset[str]:
    """The words of a topic that tell what it is about, without "the claim" and the party itself."""
    if answer.topic is None:
        return frozenset()
    shells = words("claim_nouns") | words("development_nouns")
    verb = answer.verb.i
    others = [*_owner_phrases(answer.topic), *_asides(answer.topic)]
    owned = {token.i for phrase in others for token in phrase.subtree}
    return stems(
        token
        for token in answer.topic.subtree
        if token.lemma_.lower() not in shells
        and token.i != verb
        and token.i not in owned
        and actor_at.get(token.i) not in kin
    )


def stems(tokens: Iterable[Token]) -> frozenset[str]:
    """The nouns, names, verbs, adjectives and numbers among tokens, cut to what their kin share."""
    return frozenset(
        token.lemma_.lower()[:_STEM].rstrip("aeiouy") or token.lower_
        for token in tokens
        if token.pos_ in _CONTENT and not (token.is_stop and token.pos_ != "NUM")
    )
