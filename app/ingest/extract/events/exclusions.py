"""Where a verb or noun of the event lexicon tells no event: commands, habits, fears, words only."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.events.arguments import Arguments
from app.ingest.extract.negation import is_negated
from app.lexicon import words
from app.vocabulary import EventType

_NOTHING = frozenset({"nothing", "none"})
_HABITUAL = frozenset(
    {"often", "usually", "always", "sometimes", "typically", "regularly", "frequently", "generally",
     "rarely", "seldom", "routinely", "traditionally"}
)  # fmt: skip
_MATERIAL = frozenset(
    {
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.AID,
        EventType.RETREAT,
        EventType.PROTEST,
        EventType.SANCTION,
        EventType.MOBILIZE,
        EventType.COERCE,
        EventType.ASSAULT,
    }
)


def is_void(verb: Token, arguments: Arguments, kind: EventType) -> bool:
    """Whether nothing happens: "offered nothing", "often fight", "an aide not allowed to speak"."""
    if arguments.objects and all(noun.lower_ in _NOTHING for noun in arguments.objects):
        return True
    if _is_imperative(verb) or _is_idle_infinitive(verb):
        return True
    modifier = verb.head if verb.dep_ == "xcomp" else verb
    permission = modifier is not verb or kind is EventType.CONCEDE
    if permission and modifier.dep_ in ("acl", "relcl", "amod") and is_negated(modifier):
        return True
    return verb.tag_ in ("VBP", "VBZ") and (
        any(c.lower_ in _HABITUAL for c in verb.children if c.dep_ == "advmod")
        or _is_general(verb, arguments, kind)
    )


def _is_imperative(verb: Token) -> bool:
    """ "Support her!", "Lock him up": asked of the reader, not told."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp", "parataxis"):
        return False
    return not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children)


def _is_idle_infinitive(verb: Token) -> bool:
    """Whether the infinitive is a past habit or what a noun is for: "a way to attack"."""
    if not any(c.tag_ == "TO" for c in verb.children):
        return False
    governor = verb.head
    if verb.dep_ == "acl":
        return governor.lemma_ not in words("event_planning")
    past_habit = governor.lower_ == "used" and not any(c.dep_ == "dobj" for c in governor.children)
    return verb.dep_ == "xcomp" and past_habit and governor.tag_ == "VBD"


def _is_general(verb: Token, arguments: Arguments, kind: EventType) -> bool:
    """Whether a full sentence in the simple present speaks of a whole kind: "bees attack wasps".

    Headlines ("Rebels attack town") are in that tense too; they have no full stop.
    """
    auxiliary = any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    if auxiliary or kind not in _MATERIAL or verb.sent[-1].is_alpha:
        return False
    return bool(arguments.agents) and all(
        noun.tag_ in ("NNS", "VBG") and not any(True for _ in noun.children)
        for noun in arguments.agents
    )


def is_feared(noun: Token) -> bool:
    """Whether the noun names what may be or shall not be: "the risk of attack", "avert clashes"."""
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj") and governor.lemma_ in words("event_averting")


def is_in_words(verb: Token, kind: EventType) -> bool:
    """Whether an attack is made by speaking: "launched an attack on him, calling him a liar"."""
    return kind is EventType.ASSAULT and any(
        c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in words("event_speaking")
        for c in verb.children
    )
