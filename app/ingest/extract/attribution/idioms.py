"""Stances of several words: "took issue with NP", "made the case that S", "is in favour of NP"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.contents import clause_span
from app.ingest.extract.attribution.cues import can_speak
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import as_spans, child, is_passive, subtree, verb_group
from app.ingest.extraction import Span
from app.lexicon import table
from app.vocabulary import Act, Certainty

_BETWEEN = frozenset(["DT", "PRP$", "RB", "RBR", "JJ", "JJR", "CD", "POS", "NNP", "NN"])
"""Tags of what may stand between the words of an idiom: "threw *her full* weight behind"."""
_LONGEST_GAP = 3
_REFLEXIVE = "oneself"
_CLAUSES = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl"})


@dataclass(frozen=True, slots=True)
class Idiom:
    """The words after the verb, and what their complement is: object, clause or infinitive."""

    rest: tuple[str, ...]
    frame: str
    act: Act
    certainty: Certainty | None


@cache
def idioms() -> dict[str, tuple[Idiom, ...]]:
    """Idioms by the lemma of their verb, those of more words first."""
    found: dict[str, list[Idiom]] = {}
    for row in table("cue_idioms"):
        certainty = Certainty(row["certainty"]) if row["certainty"] else None
        for words in row["idioms"].split():
            verb, *rest = words.split("_")
            idiom = Idiom(tuple(rest), row["frame"], Act(row["act"]), certainty)
            found.setdefault(verb, []).append(idiom)
    return {
        verb: tuple(sorted(entries, key=lambda idiom: -len(idiom.rest)))
        for verb, entries in found.items()
    }


def idiomatic(verb: Token) -> Attributed | None:
    """ "Khan *took issue with* the ruling": the words of the idiom are the cue."""
    for idiom in idioms().get(verb.lemma_.lower(), ()):
        last = _last_word(verb, idiom.rest)
        content = _complement(verb, last, idiom.frame) if last is not None else None
        if last is None or content is None:
            continue
        source = source_of(verb)
        if source is None or not can_speak(source) or is_passive(verb):
            return None
        following = verb.doc[verb.i + 1 : last.i + 1]
        cue_words = sorted({*verb_group(verb), *following}, key=lambda token: token.i)
        return Attributed(
            f"idiom+{idiom.frame}", verb, as_spans(cue_words), source, [content],
            idiom.act, idiom.certainty,
        )  # fmt: skip
    return None


def _last_word(verb: Token, rest: tuple[str, ...]) -> Token | None:
    """The last word of an idiom, if its words follow the verb with little between them."""
    doc, last, i = verb.doc, verb, verb.i
    for word in rest:
        for _ in range(_LONGEST_GAP + 1):
            i += 1
            if i >= len(doc):
                return None
            last = doc[i]
            if _is(last, word):
                break
            if last.tag_ not in _BETWEEN:
                return None
        else:
            return None
    return last


def _is(token: Token, word: str) -> bool:
    if word == _REFLEXIVE:
        return token.lower_.endswith(("self", "selves"))
    return word in (token.lower_, token.lemma_.lower())


def _complement(verb: Token, last: Token, frame: str) -> Span | None:
    """What completes the last word of an idiom or, if that is no preposition, its verb."""
    if frame == "object":
        body = child(last, "pobj", "pcomp")
        return subtree(body) if body is not None and body.i > last.i else None
    for complement in (*last.rights, *verb.rights):
        if complement.i > last.i and complement.dep_ in _CLAUSES and _opens(complement, frame):
            return clause_span(complement)
    return None


def _opens(complement: Token, frame: str) -> bool:
    """Whether a clause is one with "that", or an infinitive."""
    if frame == "clause":
        first = complement.left_edge
        return first.lower_ == "that" and first.dep_ == "mark"
    return complement.tag_ == "VB" and any(c.lower_ == "to" for c in complement.lefts)
