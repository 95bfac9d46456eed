"""Whom an event involves: from a token of the tree to the actors that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from app.ingest.extract.events.arguments import conjuncts, noun_phrases
from app.ingest.extract.events.cast import Cast, Reference
from app.ingest.extract.events.frames import is_in, members
from app.ingest.extract.events.triggers import Trigger
from app.vocabulary import EventType, ParticipantRole

_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "appos"})
_DIRECT = ("with", "against", "to", "on", "upon", "at", "from", "toward", "towards", "into", "for",
           "of", "over", "between", "among", "alongside")  # fmt: skip
_AIMED = frozenset({EventType.ASSAULT, EventType.AID, EventType.AGREE, EventType.MOBILIZE,
                    EventType.THREATEN, EventType.COOPERATE})  # fmt: skip
"""Types whose purpose tells whom they are for: "sent tents to help Peru"."""
_CHARGES = frozenset({EventType.ACCUSE, EventType.PROTEST, EventType.SANCTION})
_LOCAL = ("in", "near", "across", "around", "throughout", "behind", "beside", "outside", "along")
_INNER = frozenset(
    {"prep", "pobj", "poss", "amod", "compound", "nmod", "conj", "acl", "dobj", "relcl", "pcomp",
     "appos", "xcomp", "ccomp", "nsubj", "nsubjpass", "agent", "dative"}
)  # fmt: skip
_SEARCHED = 40
"""Tokens looked at below one argument: beyond them an actor is no party to the event."""


def references(token: Token, cast: Cast, places: bool = False) -> list[Reference]:
    """The actors that a noun phrase names, its conjuncts included; `places` lets a place be one.

    A phrase whose head is no actor may have one as modifier ("Chilean navy divers") or under
    a word of measure ("thousands of workers").
    """
    found: list[Reference] = []
    for noun in conjuncts(token):
        found.extend(_references_of_one(noun, cast, places))
    return found


def _references_of_one(noun: Token, cast: Cast, places: bool) -> list[Reference]:
    if noun.pos_ == "VERB":  # "the charity working in Peru said", with the verb as subject
        return [r for s in _subjects(noun) for r in references(s, cast, places)]
    if key := cast.key_at(noun, places):
        return [Reference(key, noun)]
    if noun.lemma_.lower() in members("measure"):
        for head in noun_phrases(noun).get("of", ()):
            if found := references(head, cast, places):
                return found
    for child in noun.children:
        if child.dep_ in _MODIFIERS and (found := _of_modifier(child, cast)):
            return found
    return []


def _of_modifier(modifier: Token, cast: Cast) -> list[Reference]:
    found = [
        Reference(key, part)
        for part in conjuncts(modifier, 4)
        if (key := cast.key_at(part) or cast.country_at(part))
    ]
    if found:
        return found
    for inner in modifier.children:
        if key := cast.key_at(inner) or cast.country_at(inner):
            return [Reference(key, inner)]
    return []


def all_references(
    tokens: Iterable[Token], cast: Cast, without: set[str], places: bool = False
) -> list[Reference]:
    """The actors of several noun phrases, except those whose keys are in `without`."""
    return [r for t in tokens for r in references(t, cast, places) if r.actor not in without]


def recipient_references(trigger: Trigger, cast: Cast, without: set[str]) -> list[Reference]:
    """To whom or with whom: objects, then phrases, then the nearest actor inside any of them.

    `without` are the initiators. Of a REQUEST, "from X" and the subject of the complement come
    before the object; the troops that somebody moves are no party. A place where it happens is
    the last resort.
    """
    arguments = trigger.arguments
    moved = trigger.type is EventType.MOBILIZE or trigger.rule.endswith("Withdraw_from")
    doing = {agent.i for agent in arguments.agents}
    if trigger.of is ParticipantRole.INITIATOR and not arguments.agents:
        doing |= {head.i for head in arguments.phrases.get("of", ())}
    told = [o for o in arguments.objects if o.i == trigger.token.i and _has_possessor(o)]
    objects = [
        o for o in arguments.objects if o not in told and not (moved and _is_troops(o, cast))
    ]
    complements = arguments.clauses + arguments.infinitives
    groups = _groups(trigger, objects)
    for group in groups:
        if found := all_references(group, cast, without, places=True):
            return found
    inside_objects = [
        c for o in arguments.objects for c in o.children if c.dep_ in _INNER and c.tag_ != "PRP$"
    ]
    roots = inside_objects if moved or told else arguments.objects
    for root in [*roots, *(t for group in groups for t in group)]:
        if root.i in doing:
            continue
        if found := _nearest([root], cast, without):
            return found
    for clause in complements:
        inside = [c for c in clause.children if c.dep_ not in ("nsubj", "nsubjpass", "advcl")]
        if found := _nearest(inside, cast, without):
            return found
    return _last_resort(trigger, cast, without)


def _groups(trigger: Trigger, objects: list[Token]) -> list[list[Token]]:
    """Who may be the recipient, the likeliest first."""
    arguments = trigger.arguments
    groups: list[list[Token]] = [objects, arguments.datives]
    if trigger.type is EventType.ACCUSE:  # "deplored the treatment of prisoners by Eritrea"
        groups.insert(0, [h for o in objects for h in noun_phrases(o).get("by", ())])
    if trigger.type in _CHARGES:  # "filed a complaint against Serbia at the World Court"
        groups.append([h for o in objects for h in noun_phrases(o).get("against", ())])
    groups.extend(arguments.phrases.get(p, []) for p in _DIRECT)
    if trigger.type is EventType.REQUEST:
        complements = arguments.clauses + arguments.infinitives
        groups.insert(0, arguments.phrases.get("from", []) + arguments.phrases.get("to", []))
        groups.insert(1, [s for c in complements for s in _subjects(c)])
    return groups


def _has_possessor(noun: Token) -> bool:
    """ "held *their* first meeting": they hold it, nobody is met."""
    return any(c.tag_ == "PRP$" for c in noun.children)


def _is_troops(noun: Token, cast: Cast) -> bool:
    return is_in(noun, frozenset({"force"}), cast.entities)


def _last_resort(trigger: Trigger, cast: Cast, without: set[str]) -> list[Reference]:
    """Whom a protest is about or shots are meant for ("to disperse the crowd"), then the place."""
    arguments = trigger.arguments
    verb = trigger.clause
    if trigger.type is EventType.PROTEST and verb is not None:
        aims = [c for c in verb.children if c.dep_ in ("advcl", "conj", "xcomp")]
        phrases = [h for heads in arguments.phrases.values() for h in heads]
        if found := _nearest(aims, cast, without) or _nearest(phrases, cast, without):
            return found
    if trigger.type is EventType.ASSAULT and (found := _in_purposes(trigger, cast, without)):
        return found
    if trigger.type is EventType.CONSULT and (arguments.objects or "with" in arguments.phrases):
        return []  # "will meet the mission in Ergneti": where, not whom
    inner = [noun_phrases(noun) for noun in arguments.objects]
    for phrases_of_one in (arguments.phrases, *inner):
        for preposition in _LOCAL:
            heads = phrases_of_one.get(preposition, [])
            if found := all_references(heads, cast, without, places=True):
                return found
    return _in_purposes(trigger, cast, without) if trigger.type in _AIMED else []


def _in_purposes(trigger: Trigger, cast: Cast, without: set[str]) -> list[Reference]:
    """Whom an act is for, or on what condition: "to help Peru", "if Ethiopia crosses the line"."""
    if trigger.clause is None:
        return []
    threat = trigger.type is EventType.THREATEN
    purposes = [
        c
        for c in trigger.clause.children
        if c.dep_ in ("advcl", "xcomp")
        and any(g.tag_ == "TO" or (threat and g.lower_ in ("if", "unless")) for g in c.children)
    ]
    return _nearest(purposes, cast, without)


def _is_owned(noun: Token, cast: Cast, owners: set[str]) -> bool:
    """Whether somebody owns what the noun names: "its troops" are no other party than "it"."""
    return any(c.dep_ == "poss" and cast.key_at(c) in owners for c in noun.children)


def _subjects(clause: Token) -> Iterator[Token]:
    return (c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass"))


def _nearest(roots: list[Token], cast: Cast, without: set[str]) -> list[Reference]:
    """Breadth first below some tokens: the first actor and those coordinated with it."""
    queue = list(roots)
    for token in queue:
        if len(queue) > _SEARCHED:
            break
        adjective = cast.country_at(token) if token.dep_ in ("amod", "compound") else None
        if adjective and adjective not in without:
            return [Reference(adjective, token)]
        key = cast.key_at(token, places=token.dep_ not in ("npadvmod", "compound"))
        if key and key not in without and not _is_owned(token, cast, without):
            return all_references([token], cast, without, places=True)
        queue.extend(c for c in token.children if c.dep_ in _INNER)
    return []
