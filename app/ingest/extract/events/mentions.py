"""Several mentions of one event in a report become one event.

A noun beside a verb of the same type ("met … the meeting"), a definite noun that takes the event up
again ("this encounter"), and a repetition with the same participants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from app.ingest.extract.events.cast import Reference
from app.ingest.extract.events.triggers import Trigger, is_demonstrative
from app.vocabulary import EventType

_WINDOW = 40
"""How many events back a mention may refer: what was told long before is told anew."""

_REACH = 3
"""Sentences back that "this attack" may refer to, as far as a pronoun."""

_TOLD = frozenset({"reported", "alleged", "said", "latest", "same"})
_OWN = frozenset({"nsubj", "nsubjpass", "mark", "advmod"})
"""What makes a clause tell of something else: a subject, "while", "after"."""
_BY_PARTS = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.AID,
        EventType.ACCUSE,
    }
)
_DEPTH = 4
"""Verbs between a purpose or a participle and the verb that it tells a part of."""

_POINTING = frozenset({"this", "these", "that", "those", "such", "the"})


@dataclass(slots=True)
class Draft:
    """An event in the making: its triggers in order, and who takes part."""

    triggers: list[Trigger]
    initiators: list[Reference]
    recipients: list[Reference]
    sentence: int

    @property
    def type(self) -> EventType:
        """The type of the first trigger."""
        return self.triggers[0].type

    def actors(self) -> set[str]:
        """The keys of everybody involved."""
        return {r.actor for r in self.initiators} | {r.actor for r in self.recipients}


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts with those that tell the same event made one, in order of first mention.

    An anaphor that takes up nothing is dropped.
    """
    recent: dict[EventType, list[Draft]] = {}
    kept: list[Draft] = []
    for draft in drafts:
        if draft.triggers[0].takes_up:
            if antecedent := _taken_up(draft, kept):
                antecedent.triggers.extend(draft.triggers)
            continue
        candidates = recent.setdefault(draft.type, [])
        for earlier in reversed(candidates[-_WINDOW:]):
            if _same(earlier, draft):
                _join(earlier, draft)
                break
        else:
            candidates.append(draft)
            kept.append(draft)
    return kept


def _taken_up(anaphor: Draft, told: list[Draft]) -> Draft | None:
    """The last event of a fitting type in the sentences just before."""
    types = anaphor.triggers[0].takes_up
    for earlier in reversed(told[-_WINDOW:]):
        if anaphor.sentence - earlier.sentence > _REACH:
            break
        if earlier.type in types:
            return earlier
    return None


def _same(earlier: Draft, later: Draft) -> bool:
    near = later.sentence - earlier.sentence
    before, after = earlier.actors(), later.actors()
    noun = later.triggers[0].clause is None
    if near == 0:
        return _is_told_along(earlier, later)
    if _is_headline(earlier) and near <= _REACH and _is_repeated(earlier, later):
        return True
    if noun and near <= _REACH and is_demonstrative(later.triggers[0].token):
        return True
    if noun and _is_retold(later):
        return True
    if noun and after <= before and is_pointing(later.triggers[0].token):
        return near <= _REACH or len(after) > 1
    same_word = earlier.triggers[0].token.lemma_ == later.triggers[0].token.lemma_
    return same_word and len(after) > 1 and before == after


def _is_told_along(earlier: Draft, later: Draft) -> bool:
    """Whether two triggers of one type in one sentence tell one event."""
    if _is_cause(earlier, later) or _is_subordinate(earlier, later):
        return True
    if later.triggers[0].clause is None or earlier.triggers[-1].clause is None:
        before, after = earlier.actors(), later.actors()
        return after <= before or before <= after
    return _is_one_attack(earlier, later)


def _is_cause(earlier: Draft, later: Draft) -> bool:
    """ "The bombing killed two": the subject of the verb is the same event as the verb."""
    agents = later.triggers[0].arguments.agents
    return any(t.token.i == agent.i for t in earlier.triggers for agent in agents)


def _is_subordinate(earlier: Draft, later: Draft) -> bool:
    """ "attacked the base, killing two", "used tear gas to disperse them": one act in parts."""
    above, below = earlier.triggers[-1].clause, later.triggers[0].clause
    if above is None or below is None or later.type not in _BY_PARTS:
        return False
    for _ in range(_DEPTH):
        if below.i == above.i:
            return True
        joined = below.dep_ == "xcomp" or (
            below.dep_ in ("advcl", "conj") and below.tag_ in ("VBG", "VB")
        )
        if not joined or any(c.dep_ in _OWN for c in below.children if c.i < below.i):
            return False
        below = below.head
    return False


def _is_one_attack(earlier: Draft, later: Draft) -> bool:
    """ "killed two and wounded three when they fired": one attack by the same people."""
    if later.type not in (EventType.ASSAULT, EventType.COERCE):
        return False
    before = {r.actor for r in earlier.initiators}
    after = {r.actor for r in later.initiators}
    if before and after:
        return before == after and later.type is EventType.ASSAULT
    return bool(earlier.actors() & later.actors())


def _is_headline(draft: Draft) -> bool:
    return draft.sentence == 0


def _is_repeated(headline: Draft, later: Draft) -> bool:
    """What the first sentence, often a headline, tells, the next ones tell again.

    A headline without a full stop says "minister jailed" of whom the text then calls by name.
    """
    shared = headline.actors() & later.actors()
    same_word = headline.triggers[0].token.lemma_ == later.triggers[0].token.lemma_
    if shared or (same_word and not (headline.actors() and later.actors())):
        return True
    if not headline.triggers[0].token.sent.text.rstrip()[-1:].isalnum():
        return False
    before = {r.actor for r in headline.initiators}
    after = {r.actor for r in later.initiators}
    return later.triggers[0].clause is not None and not (before and after)


def _is_retold(draft: Draft) -> bool:
    """ "The reported movements of troops": known to the reader, and nobody named anew."""
    noun = draft.triggers[0].token
    told = any(c.dep_ == "amod" and c.lower_ in _TOLD for c in noun.children)
    bare = all(
        r.token.pos_ == "NOUN" and not any(True for _ in r.token.children)
        for r in (*draft.initiators, *draft.recipients)
    )
    return told and bare and is_pointing(noun)


def is_pointing(noun: Token) -> bool:
    """Whether a determiner says that the noun was told before."""
    return any(c.dep_ == "det" and c.lower_ in _POINTING for c in noun.children)


def _join(earlier: Draft, later: Draft) -> None:
    earlier.triggers.extend(later.triggers)
    if earlier.type is EventType.ASSAULT and later.triggers[0].clause is not None:
        known = earlier.actors()
        earlier.recipients.extend(r for r in later.recipients if r.actor not in known)
    if not earlier.initiators:
        taken = {r.actor for r in earlier.recipients}
        earlier.initiators = [r for r in later.initiators if r.actor not in taken]
    if not earlier.recipients:
        taken = {r.actor for r in earlier.initiators}
        earlier.recipients = [r for r in later.recipients if r.actor not in taken]
