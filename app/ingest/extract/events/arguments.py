"""Who does what to whom around one verb, read from the dependency tree.

Passives, relative clauses, participles after a noun, coordination and control are undone here, so
that the callers see one shape: "Rebels attacked the town", "the town was attacked by rebels",
"the town attacked by rebels", "rebels, who attacked the town", "rebels began to attack the town".
Labels are ClearNLP's, as spaCy's English models use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from spacy.tokens import Token

from app.lexicon import words

_DEPTH = 6
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


@dataclass(slots=True)
class Arguments:
    """The arguments of one verb: `agents` do it, `objects` undergo it, in voice-neutral terms.

    `phrases` leads from a preposition to the heads of its noun phrases, `modifiers` are the
    adjectives and compounds of an event noun ("troop movements"), `particles` are particles,
    adverbs and predicate adjectives, `infinitives` the heads of infinitives and gerunds,
    `clauses` those of finite complement clauses, `aims` those of infinitives of purpose.
    """

    agents: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    phrases: dict[str, list[Token]] = field(default_factory=dict)
    modifiers: list[Token] = field(default_factory=list)
    particles: set[str] = field(default_factory=set)
    infinitives: list[Token] = field(default_factory=list)
    clauses: list[Token] = field(default_factory=list)
    aims: list[Token] = field(default_factory=list)
    passive: bool = False


def arguments_of(verb: Token) -> Arguments:
    """The arguments of a verb, those that it shares with its neighbours included."""
    found = Arguments()
    for child in verb.children:
        _add(found, child)
    if verb.dep_ in ("acl", "relcl"):
        _borrow_from_noun(found, verb)
    if not found.agents and not found.passive:
        found.agents = _misattached_subject(verb) or agents_of(verb)
    if not found.infinitives and (
        not found.objects or verb.lemma_ in words("object_control_verbs")
    ):  # "undertook on Monday to pay", "petitioned the court to act": taken for purposes
        found.infinitives = found.aims
    if verb.dep_ == "conj" and found.passive and not found.objects:
        found.objects = _surface_subjects(verb.head, _DEPTH)
    return found


def _add(found: Arguments, child: Token) -> None:  # noqa: C901, PLR0912 - one branch a label
    match child.dep_:
        case "nsubj":
            if child.tag_ not in _RELATIVE:
                found.agents.append(child)
        case "nsubjpass":
            found.passive = True
            if child.tag_ not in _RELATIVE:
                found.objects.append(child)
        case "auxpass":
            found.passive = True
        case "dobj" | "obj":
            if child.tag_ not in _RELATIVE:
                found.objects.append(child)
        case "agent":
            found.passive = True
            found.agents.extend(c for c in child.children if c.dep_ == "pobj")
        case "dative" if child.pos_ != "ADP":
            found.datives.append(child)
        case "prep" | "dative":
            _add_phrase(found, child)
        case "prt" | "advmod" | "acomp" | "oprd":
            found.particles.add(child.lower_)
            found.objects.extend(c for c in child.children if c.dep_ in ("dobj", "pobj"))
        case "xcomp":
            found.infinitives.append(child)
        case "ccomp":
            _add_clause(found, child)
        case "advcl" if child.pos_ == "ADJ":  # "set the hostages free"
            found.particles.add(child.lower_)
        case "advcl" if _is_infinitive(child) and child.tag_ == "VB":
            found.aims.append(child)
        case _:
            pass


def _add_phrase(found: Arguments, preposition: Token) -> None:
    heads = found.phrases.setdefault(preposition.lower_, [])
    for child in preposition.children:
        if child.dep_ == "pobj":
            heads.append(child)
        elif (
            child.dep_ == "prep" and preposition.lower_ != "according"
        ):  # "out of the talks", "from across the border"
            found.particles.add(preposition.lower_)
            _add_phrase(found, child)
        elif child.dep_ == "pcomp":
            found.infinitives.append(child)


def _misattached_subject(verb: Token) -> list[Token]:
    """A subject that the parser took for part of the phrase before it.

    "On Thursday militants attacked": the second noun under one preposition; "recalled its envoy
    from Quito and Peru expelled": a noun coordinated with the last noun of the clause before.
    """
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return []
    for child in verb.lefts:
        if child.dep_ == "prep":
            heads = [c for c in child.children if c.dep_ == "pobj"]
            if len(heads) > 1 and heads[-1].pos_ in ("NOUN", "PROPN"):
                return heads[-1:]
    if verb.dep_ != "conj" or any(c.dep_ == "cc" for c in verb.head.rights if c.i < verb.i):
        return []
    noun = verb.nbor(-1)
    return [noun] if noun.dep_ == "conj" and noun.pos_ in ("NOUN", "PROPN") else []


def _add_clause(found: Arguments, clause: Token) -> None:
    auxiliaries = {c.tag_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if clause.pos_ in ("ADJ", "NOUN") and _is_small(clause):
        found.particles.add(clause.lower_)
        found.objects.extend(c for c in clause.children if c.dep_ == "nsubj")
    elif ("TO" in auxiliaries and clause.tag_ == "VB") or _is_bare_infinitive(clause, auxiliaries):
        found.infinitives.append(clause)
        found.objects.extend(c for c in clause.children if c.dep_ == "nsubj")  # "wants Peru to act"
    else:
        found.clauses.append(clause)


_BARE = frozenset({"let", "make", "help"})


def _is_bare_infinitive(clause: Token, auxiliaries: set[str]) -> bool:
    """ "Let the nurses *keep* their pensions": an infinitive without "to"."""
    return clause.tag_ == "VB" and not auxiliaries and clause.head.lemma_ in _BARE


def _is_small(clause: Token) -> bool:
    """ "Set the hostages *free*", "called the minister a *liar*": a subject and what it is."""
    return clause.head.pos_ == "VERB" and not any(
        c.dep_ in ("aux", "cop", "mark") for c in clause.children
    )


def _borrow_from_noun(found: Arguments, verb: Token) -> None:
    """The noun that a relative clause or a participle belongs to is its missing argument."""
    noun = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        found.passive = True
        found.objects.append(noun)
    elif found.passive:
        if not found.objects:
            found.objects.append(noun)
    elif verb.dep_ == "acl" and _is_infinitive(verb):
        return
    elif not found.agents:
        found.agents.append(noun)
    elif verb.dep_ == "relcl" and not found.objects:
        found.objects.append(noun)


def agents_of(verb: Token, depth: int = _DEPTH) -> list[Token]:
    """Who does what the verb says, looked for upwards where the verb has no subject of its own."""
    own = [c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in _RELATIVE]
    if own or depth == 0 or verb.head.i == verb.i:
        return own
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return [verb.head] if verb.dep_ == "relcl" else []
    return list(_inherited_agents(verb, depth - 1))


def _inherited_agents(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    match verb.dep_:
        case "acl":
            found = _agents_through_noun(head, depth) if _is_infinitive(verb) else [head]
        case "relcl":
            found = [head]
        case "pcomp" if head.head.pos_ in _VERBAL:
            found = _controllers(head.head, depth)
        case "pcomp":
            found = _accused(head.head) or _agents_through_noun(head.head, depth)
        case "acomp" | "attr":
            found = _surface_subjects(head, depth)
        case "xcomp":
            found = _controllers(head, depth)
        case "ccomp" if not _is_infinitive(verb):
            found = []
        case "conj" | "advcl" | "ccomp" | "parataxis" | "dep" if head.pos_ in _VERBAL:
            found = _surface_subjects(head, depth)
        case "conj" if verb.tag_ == "VBG":  # "destroying homes and killing two", taken for nouns
            above = next((a for a in islice(verb.ancestors, _DEPTH) if a.pos_ == "VERB"), None)
            found = _surface_subjects(above, depth) if above is not None else []
        case _:
            found = []
    return found


def _controllers(governor: Token, depth: int) -> list[Token]:
    """Whose act the infinitive is: the object's in "ordered him to leave", else the subject's."""
    if governor.lemma_ in words("object_control_verbs"):
        objects = [c for c in governor.children if c.dep_ in ("dobj", "nsubjpass", "dative")]
        if objects:
            return objects
    return _surface_subjects(governor, depth)


def _accused(noun: Token) -> list[Token]:
    """ "accuse the rebels and *the army* of shelling": "of" hung on the noun."""
    while noun.dep_ == "conj":
        noun = noun.head
    controls = noun.head.lemma_ in words("object_control_verbs")
    return [noun] if controls and noun.dep_ in ("dobj", "nsubjpass") else []


def _surface_subjects(verb: Token, depth: int) -> list[Token]:
    subjects = [
        c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in _RELATIVE
    ]
    return subjects or agents_of(verb, depth)


def _agents_through_noun(noun: Token, depth: int) -> list[Token]:
    """Whose attempt "an attempt to kill him" is: its possessor's, else the verb's subject's."""
    owners = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound")]
    if owners and owners[0].ent_type_:
        return owners[:1]
    governor = noun.head
    if noun.dep_ in ("dobj", "pobj", "attr") and depth > 0:
        for _ in range(2):
            if governor.pos_ in ("VERB", "AUX"):
                return _surface_subjects(governor, depth)
            governor = governor.head
    return []


def _is_infinitive(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


def governing_subjects(verb: Token) -> list[Token]:
    """The subjects of the verb above: in "issued a statement demanding" whoever issued it."""
    current = verb
    for _ in range(_DEPTH):
        if current.head.i == current.i or current.dep_ in ("ccomp", "relcl"):
            break
        current = current.head
        if current.pos_ in ("VERB", "AUX"):
            return _surface_subjects(current, _DEPTH)
    return []


def speakers(verb: Token) -> list[Token]:
    """Who says the clause of a verb: of "Norway said it would help" the subject of "said"."""
    current = verb
    for _ in range(_DEPTH):
        if current.dep_ == "ccomp":
            return _surface_subjects(current.head, _DEPTH)
        if current.dep_ not in ("conj", "xcomp", "acomp") or current.head.i == current.i:
            break
        current = current.head
    return []


def conjuncts(token: Token, limit: int = 12) -> Iterator[Token]:
    """The noun and the nouns coordinated with it, left to right."""
    current: Token | None = token
    while current is not None and limit > 0:
        yield current
        limit -= 1
        current = next((c for c in current.children if c.dep_ == "conj"), None)


def noun_phrases(noun: Token) -> dict[str, list[Token]]:
    """The prepositional phrases of a noun, by preposition."""
    found: dict[str, list[Token]] = {}
    for child in noun.children:
        if child.dep_ in ("prep", "agent"):
            heads = found.setdefault(child.lower_, [])
            heads.extend(c for c in child.children if c.dep_ == "pobj")
    return found
