"""How much is counted in an event."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Token

from app.ingest.extract.events.circumstances import Context
from app.ingest.extract.events.triggers import Trigger
from app.ingest.extraction import Quantity

_OBJECTS = ("dobj", "attr", "nsubjpass", "dative")
_DEFINITE = frozenset({"the", "these", "those", "its", "his", "her", "their"})
_CONTENTS = ("xcomp", "ccomp", "advcl")
_LEAVING = frozenset({"leave", "claim", "involve", "cost"})
"""Verbs whose object says how much an event of a noun took: "the attack left 15 dead"."""


def quantities_of(trigger: Trigger, context: Context) -> tuple[Quantity, ...]:
    """The amounts in the event's arguments; of a noun, in all of its phrases.

    What is promised, asked or agreed to counts with its event: "agreed to pay €3 million". Amounts
    in clauses inside an argument are those of another event.
    """
    if not context.quantities:
        return ()
    noun = trigger.token if trigger.token.pos_ != "VERB" else None
    heads = _counted_arguments(trigger) if noun is None else [noun, *_taken(noun)]
    if noun is not None and trigger.clause is not None:
        heads += _counted_arguments(trigger)
    found: list[Quantity] = []
    for head in heads:
        start = head.left_edge.idx
        end = _end_of_phrase(head)
        if head is noun and head.dep_ in ("nsubj", "nsubjpass"):
            end = max(end, head.head.idx)  # "the deployment of …, alongside …, suggests"
        first = bisect_left(context.quantity_starts, start)
        for quantity in context.quantities[first:]:
            if quantity.span.start >= end:
                break
            if quantity not in found and not _is_known(quantity, head):
                found.append(quantity)
    return tuple(sorted(found, key=lambda q: q.span))


def _counted_arguments(trigger: Trigger) -> list[Token]:
    """Objects, subjects of its own, and objects of the infinitives that say what it is about.

    A subject that a verb shares with the one before it is counted there: "200 marched, demanding
    a vote".
    """
    verb = trigger.clause or trigger.token
    agents = trigger.arguments.agents
    subjects = [agent for agent in agents if verb.i == agent.head.i or verb.head.i == agent.i]
    by_phrases = [agent for agent in agents if agent.dep_ == "pobj"]
    contents = [
        inner
        for child in verb.children
        if child.dep_ in _CONTENTS and child.i > verb.i and _is_infinitive(child)
        for inner in child.children
        if inner.dep_ in _OBJECTS
    ]
    arguments = trigger.arguments
    return [*arguments.objects, *arguments.datives, *subjects, *by_phrases, *contents]


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _taken(noun: Token) -> list[Token]:
    """What the sentence says that an event took: "the attack left 15 dead"."""
    if noun.dep_ != "nsubj" or noun.head.lemma_ not in _LEAVING:
        return []
    return [child for child in noun.head.children if child.dep_ in ("dobj", "ccomp")]


def _is_known(quantity: Quantity, head: Token) -> bool:
    """Whether the number says nothing of the event, but of those whom the reader knows.

    The whole of which the event has a part ("2,000 of its 9,000 soldiers"), and a number that only
    points back ("the two presidents").
    """
    number = head.doc.char_span(quantity.span.start, quantity.span.end, alignment_mode="expand")
    if number is None or number.start < 2:
        return number is not None and number.start == 1 and _is_pointing(number[0])
    before = number[0].nbor(-1)
    if before.tag_ not in ("PRP$", "DT"):
        return before.lower_ == "of" and before.nbor(-1).pos_ == "NUM"
    if before.i > 1 and before.nbor(-1).lower_ == "of" and before.nbor(-2).pos_ == "NUM":
        return True
    return _is_pointing(number[0])


def _is_pointing(number: Token) -> bool:
    """ "The two", "its three": a number in words behind a definite determiner."""
    return number.is_alpha and number.nbor(-1).lower_ in _DEFINITE


def _end_of_phrase(head: Token) -> int:
    """Where a noun phrase ends, without the clauses after its head."""
    for child in head.rights:
        if child.dep_ in ("relcl", "acl", "advcl"):
            before = child.left_edge.nbor(-1) if child.left_edge.i else child
            return int(before.idx + len(before.text))
    return int(head.right_edge.idx + len(head.right_edge.text))
