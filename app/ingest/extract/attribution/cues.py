"""Which words attribute, by lexicon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from app.ingest.extract.syntax import child
from app.lexicon import table, words
from app.vocabulary import Act, Certainty


@dataclass(frozen=True, slots=True)
class Cue:
    """What a cue word does (`act`), the certainty it gives, and the frames that it takes.

    `rules` leads from a frame ("clause", "quote", "of") to the class of the lexicon that allows
    it, with the act and certainty of that class.
    """

    rules: dict[str, tuple[str, Act, Certainty | None]]

    def act(self, frame: str) -> Act:
        """What the source does with the content in this frame."""
        return self.rules[frame][1]


@dataclass(frozen=True, slots=True)
class CueNoun:
    """What a noun takes: owned ("his claim"), given ("he made the claim"), or with neither."""

    owned: Cue
    given: Cue
    free: Cue


def _load(name: str, column: str, frames: str = "frames") -> dict[str, Cue]:
    found: dict[str, dict[str, tuple[str, Act, Certainty | None]]] = {}
    for row in table(name):
        certainty = Certainty(row["certainty"]) if row["certainty"] else None
        entry = (row.get("class") or name.removeprefix("cue_"), Act(row["act"]), certainty)
        for word in row[column].split():
            rules = found.setdefault(word, {})
            for frame in row[frames].split():
                rules.setdefault(frame, entry)
    return {word: Cue(rules) for word, rules in found.items()}


@cache
def cue_verbs() -> dict[str, Cue]:
    """Verbs by lemma."""
    return _load("cue_verbs", "verbs")


@cache
def act_verbs() -> dict[str, Cue]:
    """Verbs that attribute their object only where they are asserted, by lemma."""
    return _load("act_verbs", "verbs")


@cache
def attributing_verbs() -> frozenset[str]:
    """The lemmas of all verbs that may attribute, without their particles."""
    return frozenset(verb.split("_")[0] for verb in (*cue_verbs(), *act_verbs()))


def entry(verb: Token, *, asserted: bool) -> Cue | None:
    """What a verb's entry allows, with its particle where it has one.

    `asserted` lets in what counts only where the sentence puts the verb forward.
    """
    particle = child(verb, "prt")
    return _entry(verb.lemma_.lower(), particle.lower_ if particle is not None else "", asserted)


@cache
def _entry(lemma: str, particle: str, asserted: bool) -> Cue | None:
    """ "lay out" has an entry of its own; "point out", "tweet out" also say what "point" says.

    "Back up" has none and is not "back".
    """
    verbs = asserted_verbs() if asserted else cue_verbs()
    bare = verbs.get(lemma)
    if not particle:
        return bare
    phrasal = verbs.get(f"{lemma}_{particle}")
    if bare is None or not {"quote", particle} & bare.rules.keys():
        return phrasal
    return bare if phrasal is None else Cue({**bare.rules, **phrasal.rules})


@cache
def asserted_verbs() -> dict[str, Cue]:
    """All verbs that may attribute, with the frames that they have where they are asserted."""
    both = dict(cue_verbs())
    for verb, act in act_verbs().items():
        known = both.get(verb)
        both[verb] = act if known is None else Cue({**act.rules, **known.rules})
    return both


@cache
def cue_nouns() -> dict[str, CueNoun]:
    """Nouns by lemma."""
    owned, given, free = (_load("cue_nouns", "nouns", use) for use in ("owned", "given", "free"))
    return {
        noun: CueNoun(owned[noun], Cue(owned[noun].rules | given[noun].rules), free[noun])
        for noun in owned
    }


@cache
def cue_adjectives() -> dict[str, Cue]:
    """Adjectives by lower case form."""
    return _load("cue_adjectives", "adjectives")


_PERSONAL = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "we",
        "they",
        "who",
        "him",
        "her",
        "them",
        "whom",
        "everyone",
        "everybody",
        "many",
    ]
)
_AGENTIVE = ("er", "or", "ist", "ian", "man", "men", "woman", "eer")
_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def can_speak(head: Token) -> bool:
    """Whether a noun phrase can be somebody who says or judges: a person, a body, a name."""
    if head.lower_ in _PERSONAL or head.pos_ == "PROPN":
        return True
    if head.ent_type_ in _NAMED and not head.is_lower:
        return True
    lemma = head.lemma_.lower()
    if lemma in words("speaking_nouns") or (head.pos_ == "NOUN" and lemma in words("person_nouns")):
        return True
    return head.pos_ == "NOUN" and lemma.endswith(_AGENTIVE)


def is_document(head: Token) -> bool:
    """Whether a noun phrase is a text or data that can say something."""
    documents = words("document_nouns")
    return head.lemma_.lower() in documents or head.lower_ in documents
