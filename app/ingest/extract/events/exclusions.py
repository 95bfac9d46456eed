"""Where a verb or noun of the event lexicon tells no event: commands, habits, fears, words only."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.events.arguments import Arguments
from app.ingest.extract.events.frames import lemma
from app.ingest.extract.negation import is_negated
from app.lexicon import words
from app.vocabulary import EventType

_NOTHING = frozenset({"nothing", "none"})
_HABITUAL = frozenset(
    {"often", "usually", "always", "sometimes", "typically", "regularly", "frequently", "generally",
     "rarely", "seldom", "routinely", "traditionally"}
)  # fmt: skip
_DUE = frozenset({"can", "ca", "must", "should", "ought"})
_POSSIBLE = frozenset({"could", "may", "might"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until"})
_PURPOSELESS = frozenset({EventType.SUPPORT, EventType.CONCEDE, EventType.REJECT})
"""Types whose infinitive of purpose is only an aim: "called to thank her"."""
_WITHOUT_NEGATION = frozenset({EventType.REJECT, EventType.SUPPORT, EventType.CONSULT})
"""Types that say nothing when negated."""
_PLURAL_ONLY = frozenset({"talk", "hostility"})
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
    if _is_imperative(verb) or _is_idle_infinitive(verb, kind):
        return True
    if _is_attitude(verb, arguments, kind) or _is_own(arguments, kind):
        return True
    modifier = verb.head if verb.dep_ == "xcomp" else verb
    permission = modifier is not verb or kind is EventType.CONCEDE
    if permission and modifier.dep_ in ("acl", "relcl", "amod") and is_negated(modifier):
        return True
    return verb.tag_ in ("VBP", "VBZ") and (
        any(c.lower_ in _HABITUAL for c in verb.children if c.dep_ == "advmod")
        or _is_general(verb, arguments, kind)
    )


def _is_own(arguments: Arguments, kind: EventType) -> bool:
    """Whether somebody does it to what is theirs: "will close its mill"."""
    return kind is EventType.COERCE and any(
        c.dep_ == "poss" and c.lower_ in ("its", "their")
        for noun in arguments.objects
        for c in noun.children
    )


def _is_imperative(verb: Token) -> bool:
    """ "Support her!", "Lock him up": asked of the reader, not told."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp", "parataxis"):
        return False
    return not any(
        c.dep_ in ("auxpass", "nsubj", "nsubjpass") or (c.dep_ == "aux" and c.lower_ != "do")
        for c in verb.children
    )


def _is_idle_infinitive(verb: Token, kind: EventType) -> bool:
    """Whether the infinitive is a past habit or what a noun is for: "a way to attack".

    Nor is a permission that something brings with it told: "a bridge opened, letting cars pass".
    """
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and kind is EventType.CONCEDE:
        return True
    if not any(c.tag_ == "TO" for c in verb.children):
        return False
    governor = verb.head
    if verb.dep_ == "acl":
        return governor.lemma_ not in words("event_planning")
    if verb.dep_ == "advcl" and kind in _PURPOSELESS:
        return True
    if verb.dep_ == "xcomp" and governor.lemma_ in words("event_idle_governors"):
        return True
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


_STANDING = frozenset({"VBZ", "VBP", "VBG"})


def _is_attitude(verb: Token, arguments: Arguments, kind: EventType) -> bool:
    """Whether "supports", "opposing" name a lasting attitude; headlines have that tense too."""
    if kind not in (EventType.SUPPORT, EventType.REJECT) or verb.sent[-1].is_alpha:
        return False
    if verb.lemma_.lower() not in words("event_attitudes") or arguments.passive:
        return False
    auxiliaries = [c for c in verb.children if c.dep_ == "aux"]
    return (not auxiliaries and verb.tag_ in _STANDING) or verb.dep_ in ("acl", "relcl", "xcomp")


def is_unsaid(verb: Token, kind: EventType) -> bool:
    """Whether words were not said: who "did not rule out" a vote has not rejected it."""
    return kind in _WITHOUT_NEGATION and is_negated(verb)


def is_merely_possible(verb: Token, kind: EventType) -> bool:
    """ "Must approve the deal", "can meet anywhere": neither told nor planned.

    What may happen is an event, hypothetical ("could attack"); what may be said is none.
    """
    spoken = kind not in _MATERIAL
    for child in verb.children:
        if child.dep_ == "aux" and (child.lower_ in _DUE or (spoken and child.lower_ in _POSSIBLE)):
            return True
        if spoken and child.dep_ == "mark" and child.lower_ in _CONDITIONS:
            return True
    return False


def is_idle_noun(noun: Token) -> bool:
    """Whether an event noun tells none: mere "talk", a name, a count that rose.

    "The Lakes Free Trade Agreement" (not in a headline), "shootings have doubled".
    """
    word = lemma(noun)
    plural = word != noun.lower_
    if word in _PLURAL_ONLY and not plural:
        return True
    if noun.tag_ == "NNP" and not noun.sent[-1].is_alpha and _has_capitals_before(noun):
        return True
    if not plural or any(c.dep_ in ("det", "poss", "nummod") for c in noun.children):
        return False
    return noun.dep_ == "nsubj" and noun.head.lemma_ in words("event_counting")


def _has_capitals_before(noun: Token) -> bool:
    return any(c.dep_ == "compound" and c.tag_ == "NNP" and c.is_title for c in noun.children)


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
