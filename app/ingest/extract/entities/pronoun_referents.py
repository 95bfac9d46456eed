"""Whom a pronoun stands for, by what kind of pronoun it is and where it stands.

"I" is whoever speaks in the quotation, "who" the noun before it, "it" somebody only where it does
what somebody does; the rest is decided by salience (see `pronouns`).
"""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.entities.mentions import Candidate
from app.ingest.extract.entities.metonyms import is_like_somebody
from app.ingest.extract.entities.named_referents import Reading
from app.ingest.extract.entities.owners import owners_of
from app.ingest.extract.entities.referent import Referent
from app.ingest.extract.layout.quotations import Quotation
from app.lexicon import words
from app.vocabulary import ActorKind, MentionForm

_SPEAKERS = frozenset({"i", "me", "my"})
_PLURAL_SPEAKERS = frozenset({"we", "us", "our"})
_DEEPEST = 4
"""Governors of a relative pronoun that are tried: "whose" in "whose lawyer said" has two."""


def of_pronoun(reading: Reading, candidate: Candidate) -> Referent | None:
    """Whom the pronoun means, or None."""
    token: Token = reading.doc[candidate.head]
    word = token.lower_
    register = reading.register
    if word == "it" and not _is_somebody(token):
        return None
    if "relative" in candidate.tags:
        return _of_relative(reading, token)
    if word in _PLURAL_SPEAKERS:
        return _of_speakers(reading)
    if word in _SPEAKERS and (speaker := register.antecedents.speaker) and speaker.is_person:
        return speaker
    return register.antecedents.find(candidate, word, _subject_of_same_verb(reading, token))


def enter_quotation(reading: Reading, token: Token) -> None:
    """Go on reading where the token stands, in a quotation or not; its speaker is known by now."""
    quotation = reading.speakers.at(token)
    speaker = _speaking(reading, quotation) if quotation else None
    reading.register.antecedents.read_in(quotation.start if quotation else None, speaker)


def _speaking(reading: Reading, quotation: Quotation) -> Referent | None:
    speaker = reading.speakers.of(quotation)
    return reading.at.get(speaker.i) if speaker else None


def _of_speakers(reading: Reading) -> Referent:
    """ "We" in somebody's words: the body that speaks or is spoken for, or the speaker and others.

    Outside of quotations, and where nobody is known to speak, all of it is one actor.
    """
    register, speaker = reading.register, reading.register.antecedents.speaker
    body = _body_of(reading, speaker) if speaker and speaker.is_person else speaker
    if body is not None:
        return body
    space = f"with {id(speaker)}" if speaker else "pronoun"
    found = register.keyed(space, "we")
    return found or register.open(Referent(ActorKind.GROUP, "we", None), [(space, "we")])


def _body_of(reading: Reading, speaker: Referent) -> Referent | None:
    """Whom "the company's director" and "a spokesman for the ministry" speak for."""
    for candidate in speaker.candidates:
        if candidate.form is MentionForm.DESCRIPTION:
            for owner in owners_of(reading.doc[candidate.head]):
                found = reading.at.get(owner.i)
                if found and not found.is_person and not found.is_place:
                    return found
    return None


def _of_relative(reading: Reading, pronoun: Token) -> Referent | None:
    """ "Khan, *who* left": Khan. What is not named is a part of its own description."""
    verb = pronoun.head
    for _ in range(_DEEPEST):
        if verb.dep_ == "relcl":
            found = reading.at.get(verb.head.i)
            if found is None or found.is_place:
                return None
            return found if found.is_person or found.named else None
        verb = verb.head
    return None


def _is_somebody(it: Token) -> bool:
    """Does "it" do what actors do: "it said", "it is committed"?"""
    if it.dep_ != "nsubj":
        return False
    verb = it.head
    return verb.lemma_.lower() in words("acting_verbs") or is_like_somebody(verb)


def _subject_of_same_verb(reading: Reading, pronoun: Token) -> Referent | None:
    """Who does what is done to the pronoun; "him" in "Khan hit him" is not Khan."""
    verb = pronoun.head
    if pronoun.dep_ == "pobj":
        verb = verb.head
    elif pronoun.dep_ not in {"dobj", "dative"}:
        return None
    for child in verb.lefts:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            return reading.at.get(child.i)
    return None
