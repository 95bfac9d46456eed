"""Adjectives that attribute: "officials are confident that S", "it is clear that S"."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import can_speak, cue_adjectives
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import as_spans, child, is_passive, subtree, verb_group
from app.lexicon import words

_PREDICATIVE = frozenset({"acomp", "ccomp", "conj", "oprd"})


def adjective_attribution(adjective: Token) -> Attributed | None:
    """ "Officials are *confident* that S", "she was *ready* to go"."""
    cue = cue_adjectives().get(adjective.lower_)
    if cue is None or adjective.dep_ not in _PREDICATIVE:
        return None
    if (other := made_clear(adjective) or open_question(adjective)) is not None:
        return other
    subject = child(adjective.head, "nsubj")
    if subject is None or subject.lower_ in ("it", "there") or not can_speak(subject):
        return None
    for complement in adjective.children:
        if complement.i < adjective.i:
            continue
        frame = ""
        body: Token | None = complement
        if complement.dep_ == "ccomp":
            frame = "clause"
        elif complement.dep_ == "xcomp":
            frame = "infinitive"
        elif complement.dep_ == "prep":
            frame = complement.lower_
            body = child(complement, "pobj", "pcomp")
        if frame not in cue.rules or body is None:
            continue
        _, act, certainty = cue.rules[frame]
        more = [complement] if body is not complement else []
        cue_words = [adjective.head, adjective] if adjective.head.lemma_ == "be" else [adjective]
        return Attributed(
            f"adjective+{frame}", adjective, as_spans(sorted(cue_words + more, key=lambda t: t.i)),
            subject, [subtree(body)], act, certainty,
        )  # fmt: skip
    return None


def made_clear(adjective: Token) -> Attributed | None:
    """ "Khan *made it clear* that S", "has *made plain* why S"."""
    cue = cue_adjectives().get(adjective.lower_)
    if cue is None or "made" not in cue.rules:
        return None
    verb = adjective.head if adjective.head.lemma_ == "make" else adjective.head.head
    if verb.lemma_ != "make" or verb.i > adjective.i or is_passive(verb):
        return None
    for word in (adjective, verb, adjective.head):
        for complement in word.rights:
            if complement.i > adjective.i and complement.dep_ in ("ccomp", "advcl", "relcl"):
                source = source_of(verb)
                _, act, certainty = cue.rules["made"]
                between = [t for t in verb.rights if t.i < adjective.i and t.lower_ == "it"]
                cue_words = sorted([*verb_group(verb), *between, adjective], key=lambda t: t.i)
                return Attributed(
                    "made clear", adjective, as_spans(cue_words), source,
                    [clause_span(complement)], act, certainty,
                )  # fmt: skip
    return None


def open_question(adjective: Token) -> Attributed | None:
    """ "It is *unclear* why Khan left", "it is *likely* that": nobody is named."""
    cue = cue_adjectives().get(adjective.lower_)
    if cue is None or "it" not in cue.rules or adjective.dep_ != "acomp":
        return None
    subject = child(adjective.head, "nsubj", "expl")
    complement = child(adjective, "ccomp", "xcomp") or child(adjective.head, "ccomp", "advcl")
    if (
        subject is None
        or subject.lower_ != "it"
        or complement is None
        or complement.i < adjective.i
    ):
        return None
    if complement.dep_ == "xcomp" or complement.left_edge.lower_ in words("question_words") - {
        "that"
    }:
        return None  # "It was not clear who": the report's own voice
    _, act, certainty = cue.rules["it"]
    cue_words = as_spans([adjective.head, adjective])
    return Attributed(
        "adjective+it", adjective, cue_words, None, [subtree(complement)], act, certainty
    )
