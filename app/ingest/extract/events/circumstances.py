"""When an event happened, and what its circumstances are read from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.frames import lemma, noun_frames
from app.ingest.extract.events.reporting_claims import ReportingClaims
from app.ingest.extract.events.triggers import Trigger
from app.ingest.extract.syntax import offsets_of
from app.ingest.extraction import Claim, Date, Quantity
from app.vocabulary import EventType, MentionForm

_LIMITS = frozenset({"until", "till", "before", "by", "after"})
_SIMULTANEOUS = frozenset({"while", "when", "as"})
_COMMITMENTS = frozenset({EventType.AGREE, EventType.THREATEN, EventType.REJECT})
_FUTURE = frozenset({"will", "would", "'ll", "’ll", "may", "might", "could"})
_CLIMB = 8


@dataclass(frozen=True, slots=True)
class Context:
    """What the steps before found, arranged so that a look-up costs no search of the text."""

    entities: Entities
    places: Mapping[int, str]
    dates_at: dict[int, Date]
    quantities: Sequence[Quantity]
    quantity_starts: list[int]
    claims: ReportingClaims


def context_of(
    doc: Doc,
    entities: Entities,
    dates: Sequence[Date],
    quantities: Sequence[Quantity],
    claims: Sequence[Claim],
) -> Context:
    """The context of one text."""
    starts = _starts(quantities)
    governed = _dates_by_governor(doc, dates)
    places = _identified_places(entities)
    return Context(entities, places, governed, quantities, starts, ReportingClaims(claims))


def _identified_places(entities: Entities) -> dict[int, str]:
    """`place_at` without places that only a description tells: "the port", "three towns"."""
    known = {
        place.key
        for place in entities.places
        if place.country or any(mention.form is MentionForm.NAME for mention in place.mentions)
    }
    return {token: key for token, key in entities.place_at.items() if key in known}


def _starts(quantities: Sequence[Quantity]) -> list[int]:
    return [quantity.span.start for quantity in quantities]


def _dates_by_governor(doc: Doc, dates: Sequence[Date]) -> dict[int, Date]:
    """Leads from each word that a date expression hangs on to the date.

    A date on a noun reaches the noun's verb as well ("summoned the envoy on Monday") where nothing
    nearer dates that verb, and where the noun is no event of its own ("condemned the attack on
    Monday", "promised elections in May").
    """
    if not dates:
        return {}
    offsets = offsets_of(doc)
    found: dict[int, Date] = {}
    passing: list[tuple[Token, Date]] = []
    for date in dates:
        first = max(bisect_right(offsets, date.span.start) - 1, 0)
        last = bisect_left(offsets, date.span.end)
        hanging = next(
            (doc[i] for i in range(first, last) if not first <= doc[i].head.i < last), None
        )
        if hanging is None or _is_limit(hanging.head, date):
            continue
        governor = hanging.head
        while governor.dep_ in ("prep", "pcomp") and governor.head.i != governor.i:
            governor = governor.head
        if governor.pos_ == "ADP":
            governor = governor.head
        found.setdefault(governor.i, date)
        if _may_pass(hanging, governor):
            passing.append((governor, date))
    for governor, date in passing:
        for above in _verb_above(governor):
            found.setdefault(above.i, date)
    return found


def _may_pass(date: Token, governor: Token) -> bool:
    """Whether a date on a noun may be its verb's: days, or a month on what is no object."""
    if date.head.lower_ == "on" or date.dep_ == "npadvmod" or governor.pos_ == "PROPN":
        return True
    return date.head.lower_ == "in" and governor.dep_ == "pobj"


def _is_limit(preposition: Token, date: Date) -> bool:
    """Whether the date only bounds the event: "until January", "before May"."""
    return preposition.lower_ in _LIMITS and not (date.edtf and ".." in date.edtf)


def _verb_above(noun: Token) -> list[Token]:
    """The verb or event noun that a noun belongs to; none above a noun that is an event itself.

    "An attack on a market on Sunday killed five": Sunday is the day of the attack.
    """
    for _ in range(_CLIMB):
        if noun.pos_ in ("VERB", "AUX") or noun.head.i == noun.i or lemma(noun) in noun_frames():
            return []
        noun = noun.head
        if noun.pos_ in ("VERB", "AUX") or (noun.pos_ == "NOUN" and lemma(noun) in noun_frames()):
            return [noun]
    return []


def date_of(trigger: Trigger, context: Context) -> Date | None:
    """The date that hangs on the trigger, its verb, or a participle that tells of the noun.

    A bare noun takes the date of the verb that it is an argument of, an infinitive that of its
    governor; the date of a verb of saying is not the event's, unless saying it is the event ("said
    on Monday that it would send help").
    """
    if not context.dates_at:
        return None
    if speech := _committing(trigger):
        return context.dates_at.get(speech.i)
    for token in (*anchors(trigger), *told_along(trigger)):
        if date := context.dates_at.get(token.i):
            return date
    return None


def _committing(trigger: Trigger) -> Token | None:
    """The verb of saying by which somebody commits himself to the act of the trigger."""
    verb = trigger.clause
    if verb is None or trigger.type not in _COMMITMENTS or verb.dep_ != "ccomp":
        return None
    is_future = any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in verb.children)
    return verb.head if is_future and verb.head.pos_ == "VERB" else None


def told_along(trigger: Trigger) -> Iterator[Token]:
    """The verbs that tell what happens at the same time as the event, below its verb.

    "Killed when the army *shelled* Lima", "attacked the base, *killing* two", "the minister,
    *speaking* in Lima, accused".
    """
    if trigger.clause is None:
        return
    for child in trigger.clause.children:
        if child.dep_ == "advcl" and _is_simultaneous(child) and child.pos_ == "VERB":
            yield child
    for agent in trigger.arguments.agents:
        for child in agent.rights:
            if child.dep_ == "acl" and child.tag_ == "VBG" and child.nbor(-1).text == ",":
                yield child


def anchors(trigger: Trigger) -> list[Token]:
    """The trigger, its verb and the words above whose adverbials hold for the event as well."""
    found = [trigger.token]
    if trigger.clause is not None:
        found.append(trigger.clause)
    else:
        found.extend(c for c in trigger.token.children if c.dep_ in ("acl", "relcl"))
    current = trigger.clause or trigger.token
    for _ in range(_CLIMB):
        if current.head.i == current.i or current.dep_ in ("ccomp", "relcl", "acl"):
            break
        if current.dep_ == "advcl" and not _is_simultaneous(current):
            break
        if current.dep_ == "conj" and current.pos_ == "VERB" and _is_told_anew(current):
            break
        current = current.head
        found.append(current)
    return found


def _is_simultaneous(clause: Token) -> bool:
    """Whether an adverbial clause happens with its main clause: "killing two", "as they fled"."""
    marks = [c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i]
    if marks:
        return bool(_SIMULTANEOUS.intersection(marks))
    return clause.tag_ == "VBG"


def _is_told_anew(verb: Token) -> bool:
    """Whether a coordinated verb has its own subject or tense: "on Monday, and has suspended"."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)
