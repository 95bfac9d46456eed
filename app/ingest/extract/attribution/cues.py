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


def _load(name: str, column: str) -> dict[str, Cue]:
    found: dict[str, dict[str, tuple[str, Act, Certainty | None]]] = {}
    for row in table(name):
        certainty = Certainty(row["certainty"]) if row["certainty"] else None
        entry = (row.get("class") or name.removeprefix("cue_"), Act(row["act"]), certainty)
        for word in row[column].split():
            rules = found.setdefault(word, {})
            for frame in row["frames"].split():
                rules.setdefault(frame, entry)
    return {word: Cue(rules) for word, rules in found.items()}


@cache
def cue_verbs() -> dict[str, Cue]:
    """Verbs by lemma, also by what the lemmatizer makes of their forms: "hop" of "hoped"."""
    found = _load("cue_verbs", "verbs")
    return found | {row["lemma"]: found[row["verb"]] for row in table("misread_lemmas")}


@cache
def act_verbs() -> dict[str, Cue]:
    """Verbs that attribute their object only where they are asserted, by lemma."""
    return _load("act_verbs", "verbs")


@cache
def attributing_verbs() -> frozenset[str]:
    """The lemmas of all verbs that may attribute, without their particles."""
    return frozenset(verb.split("_")[0] for verb in (*cue_verbs(), *act_verbs()))


def entry(verbs: dict[str, Cue], verb: Token) -> Cue | None:
    """A verb's entry, with its particle ("lay_out") where it has one.

    Without an entry of its own such a verb is the bare one only if that speaks: "tweet out", not
    "back up".
    """
    lemma = verb.lemma_.lower()
    particle = child(verb, "prt")
    if particle is None:
        return verbs.get(lemma)
    if (phrasal := verbs.get(f"{lemma}_{particle.lower_}")) is not None:
        return phrasal
    bare = verbs.get(lemma)
    return bare if bare is not None and {"quote", particle.lower_} & bare.rules.keys() else None


@cache
def cue_nouns() -> dict[str, Cue]:
    """Nouns by lemma."""
    return _load("cue_nouns", "nouns")


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
    return head.lemma_.lower() in words("document_nouns")
