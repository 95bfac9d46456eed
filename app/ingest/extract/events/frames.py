"""The event lexicon, and whether a verb or noun with its arguments fits a row of it.

The condition language of `event_verbs.tsv` and `event_nouns.tsv` is described at the head of these
files; `event_objects.tsv` holds the classes of nouns that conditions speak of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.arguments import Arguments, conjuncts, noun_phrases
from app.lexicon import table
from app.vocabulary import EventType, ParticipantRole


@dataclass(frozen=True, slots=True)
class Condition:
    """One need of a frame: `kind` "obj", "noobj", "prt", "comp", "that", "inf", "subj", "mod",
    "active", or "phrase" (then `prepositions` says which); `classes` restricts its noun or words.
    """

    kind: str
    classes: frozenset[str]
    prepositions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of the lexicon for one word; without a type it tells no event."""

    type: EventType | None
    conditions: tuple[Condition, ...]
    rule: str
    of: ParticipantRole | None = None


_KINDS = frozenset({"obj", "noobj", "prt", "comp", "that", "inf", "subj", "mod", "active"})


def _condition(text: str) -> Condition:
    kind, _, classes = text.partition(":")
    names = frozenset(classes.split("|")) if classes else frozenset()
    if kind in _KINDS:
        return Condition(kind, names)
    return Condition("phrase", names, frozenset(kind.split("/")))


@cache
def verb_frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each verb by lemma, those with most conditions first."""
    return _frames("event_verbs", "verbs", "class")


@cache
def noun_frames() -> dict[str, tuple[Frame, ...]]:
    """The frames of each event noun by lemma, those with most conditions first."""
    return _frames("event_nouns", "nouns", "frame")


def _frames(name: str, column: str, origin: str) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for row in table(name):
        conditions = tuple(_condition(need) for need in row["needs"].split())
        of = ParticipantRole(row["of"]) if row.get("of") else None
        kind = None if row["type"] == "-" else EventType(row["type"])
        frame = Frame(kind, conditions, f"{origin}:{row[origin]}", of)
        for word in row[column].split(","):
            found.setdefault(word.strip(), []).append(frame)
    return {
        word: tuple(sorted(frames, key=lambda f: -_strictness(f))) for word, frames in found.items()
    }


def _strictness(frame: Frame) -> int:
    needs = sum(2 if c.classes else 1 for c in frame.conditions)
    return needs + (frame.type is None)


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """The classes of each noun, by lemma."""
    found: dict[str, set[str]] = {}
    for row in table("event_objects"):
        for noun in row["nouns"].split(","):
            found.setdefault(noun.strip(), set()).add(row["class"])
    return {noun: frozenset(classes) for noun, classes in found.items()}


@cache
def members(name: str) -> frozenset[str]:
    """The nouns of one class."""
    return frozenset(noun for noun, classes in noun_classes().items() if name in classes)


def verb_lemma(verb: Token) -> str:
    """The lower-case lemma of a verb, with the e that the lemmatizer drops ("stag", staged)."""
    word: str = verb.lemma_.lower()
    known = verb_frames()
    if word not in known and f"{word}e" in known:
        return f"{word}e"
    return word


def lemma(token: Token) -> str:
    """The lemma in lower case; of a noun tagged as a name too ("Sanctions", "rallies")."""
    word: str = token.lemma_.lower()
    if token.pos_ == "PROPN" and word.endswith("s") and word not in noun_classes():
        if word.endswith("ies"):
            return word[:-3] + "y"
        return word[:-1]
    return word


def first_fit(frames: Iterable[Frame], arguments: Arguments, entities: Entities) -> Frame | None:
    """The strictest frame whose conditions all hold."""
    for frame in frames:
        if all(_holds(condition, arguments, entities) for condition in frame.conditions):
            return frame
    return None


def _holds(need: Condition, found: Arguments, entities: Entities) -> bool:  # noqa: PLR0911
    match need.kind:
        case "obj":
            return bool(found.objects) and _any_in(found.objects, need.classes, entities)
        case "noobj":
            return not found.objects
        case "subj":
            return _any_in(found.agents, need.classes, entities)
        case "prt" | "mod":
            return bool(found.particles & need.classes)
        case "inf":
            return bool(found.infinitives) and (
                not need.classes or any(t.lemma_ in need.classes for t in found.infinitives)
            )
        case "active":
            return not found.passive
        case "comp":
            return bool(found.infinitives or found.clauses)
        case "that":
            return any(
                not need.classes or _is_ahead(clause, need.classes) for clause in found.clauses
            )
        case _:
            return _has_phrase(need, found, entities)


_SHOULD = frozenset({"should", "must", "ought", "be"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "shall", *_SHOULD})


def _is_ahead(clause: Token, classes: frozenset[str]) -> bool:
    """Whether a clause says what should be (a subjunctive too) or, of `future`, what will be."""
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    modals = _WILL if "future" in classes else _SHOULD
    return bool(auxiliaries & modals) or (clause.tag_ == "VB" and not auxiliaries)


def _has_phrase(need: Condition, found: Arguments, entities: Entities) -> bool:
    for preposition in need.prepositions:
        if preposition in found.particles and not need.classes:
            return True
        heads = found.phrases.get(preposition)
        if preposition == "of" and found.modifiers and need.classes:
            heads = [*(heads or ()), *found.modifiers]
        if heads is not None and (not need.classes or _any_in(heads, need.classes, entities)):
            return True
    return False


def _any_in(tokens: Iterable[Token], classes: frozenset[str], entities: Entities) -> bool:
    return not classes or any(is_in(token, classes, entities) for token in tokens)


def is_in(token: Token, classes: frozenset[str], entities: Entities) -> bool:
    """Whether a noun, one coordinated with it or, under a word of measure, the noun that is
    measured, belongs to one of the classes; `actor` and `place` ask the entities.
    """
    for noun in conjuncts(token, 5):
        word = lemma(noun)
        known = noun_classes().get(word, _NONE)
        if known & classes or word in classes:
            return True
        by_modifier = classes if "shell" in known else classes & _BY_MODIFIER
        if by_modifier and _is_modified(noun, by_modifier):
            return True
        if "actor" in classes and (
            noun.i in entities.actor_at
            or (noun.i in entities.place_at and noun.ent_type_ == "GPE")
            or (noun.pos_ == "PRON" and noun.lower_ in _PERSONAL)
        ):
            return True
        if "place" in classes and (noun.i in entities.place_at or noun.ent_type_ in _PLACES):
            return True
        if "measure" in known or noun.pos_ in ("NUM", "SYM"):
            of = noun_phrases(noun).get("of", ())
            if any(is_in(inner, classes, entities) for inner in of):
                return True
    return False


def _is_modified(noun: Token, classes: frozenset[str]) -> bool:
    """Whether a modifier tells the class: "mediation efforts", "peacekeeping force", "food aid"."""
    return any(
        noun_classes().get(lemma(child), _NONE) & classes
        for child in noun.children
        if child.dep_ in ("compound", "amod", "nmod")
    )


_PERSONAL = frozenset(
    {"him", "her", "them", "me", "us", "you", "he", "she", "they", "we", "who", "whom"}
)
_NONE: frozenset[str] = frozenset()
_BY_MODIFIER = frozenset({"aid", "inspector", "rescuer"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
