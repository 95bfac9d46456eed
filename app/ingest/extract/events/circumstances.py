"""Where and when an event lies, and how much is counted in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.events.arguments import conjuncts, noun_phrases
from app.ingest.extract.events.frames import lemma, noun_frames
from app.ingest.extract.events.reporting_claims import ReportingClaims
from app.ingest.extract.events.triggers import Trigger
from app.ingest.extract.syntax import offsets_of
from app.ingest.extraction import Claim, Date, Quantity
from app.vocabulary import EventType

_STATIC = ("in", "at", "near", "along", "on", "inside", "outside", "across", "throughout", "around")
_LOCATIVE = (*_STATIC, "over", "into", "to", "towards", "toward", "from")
_TARGETED = frozenset({EventType.ASSAULT, EventType.MOBILIZE, EventType.COERCE, EventType.CONSULT})
_LIMITS = frozenset({"until", "till", "before", "by", "after"})
_SIMULTANEOUS = frozenset({"while", "when", "as"})
_CLIMB = 8


@dataclass(frozen=True, slots=True)
class Context:
    """What the steps before found, arranged so that a look-up costs no search of the text."""

    entities: Entities
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
    return Context(entities, governed, quantities, starts, ReportingClaims(claims))


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
    """The verb that a noun belongs to, if no event noun stands between."""
    for _ in range(_CLIMB):
        if noun.pos_ in ("VERB", "AUX") or noun.head.i == noun.i or lemma(noun) in noun_frames():
            return []
        noun = noun.head
        if noun.pos_ in ("VERB", "AUX"):
            return [noun]
    return []


def date_of(trigger: Trigger, context: Context) -> Date | None:
    """The date that hangs on the trigger, its verb, or a participle that tells of the noun.

    A bare noun takes the date of the verb that it is an argument of, an infinitive that of its
    governor; the date of a verb of saying is not the event's.
    """
    if not context.dates_at:
        return None
    for token in _anchors(trigger):
        if date := context.dates_at.get(token.i):
            return date
    return None


def _anchors(trigger: Trigger) -> list[Token]:
    anchors = [trigger.token]
    if trigger.clause is not None:
        anchors.append(trigger.clause)
    else:
        anchors.extend(c for c in trigger.token.children if c.dep_ in ("acl", "relcl"))
    current = trigger.clause or trigger.token
    for _ in range(_CLIMB):
        if current.head.i == current.i or current.dep_ in ("ccomp", "relcl", "acl"):
            break
        if current.dep_ == "advcl" and not _is_simultaneous(current):
            break
        if current.dep_ == "conj" and current.pos_ == "VERB" and _is_told_anew(current):
            break
        current = current.head
        anchors.append(current)
    return anchors


def _is_simultaneous(clause: Token) -> bool:
    """Whether an adverbial clause happens with its main clause: "killing two", "as they fled"."""
    marks = [c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i]
    if marks:
        return bool(_SIMULTANEOUS.intersection(marks))
    return clause.tag_ == "VBG"


def _is_told_anew(verb: Token) -> bool:
    """Whether a coordinated verb has its own subject or tense: "on Monday, and has suspended"."""
    return any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)


def place_of(triggers: Iterable[Trigger], context: Context) -> str | None:
    """The place where it happens: a locative phrase of any mention, else what is attacked, visited.

    Of a movement it is where it leads ("to Peru"), and only then where it starts.
    """
    mentions = list(triggers)
    places = [_locative(t, context) for t in mentions] + [_target(t, context) for t in mentions]
    return next((place for place in places if place), None)


def _locative(trigger: Trigger, context: Context) -> str | None:
    places = context.entities.place_at
    if not places:
        return None
    phrases = [trigger.arguments.phrases]
    phrases.extend(noun_phrases(anchor) for anchor in _anchors(trigger)[1:4])
    for number, of_one in enumerate(phrases):
        for preposition in _LOCATIVE if number == 0 else _STATIC:
            if place := _first_place(of_one.get(preposition, ()), places):
                return place
    return None


def _target(trigger: Trigger, context: Context) -> str | None:
    """The place that is attacked, visited or fortified, or that such a thing lies in."""
    if trigger.type not in _TARGETED:
        return None
    places = context.entities.place_at
    objects = trigger.arguments.objects
    inner = [head for noun in objects for heads in noun_phrases(noun).values() for head in heads]
    found = _first_place(objects, places)
    return found if trigger.type is EventType.CONSULT else found or _first_place(inner, places)


def _first_place(nouns: Iterable[Token], places: Mapping[int, str]) -> str | None:
    for noun in nouns:
        for head in conjuncts(noun, 3):
            if place := _place_within(head, places):
                return place
    return None


def _place_within(noun: Token, places: Mapping[int, str]) -> str | None:
    """The place of a noun: itself, "Lima area", "border of Tyrol", "city of Oslo"."""
    if place := places.get(noun.i):
        return place
    for child in noun.children:
        if child.dep_ in ("compound", "appos", "nmod") and (place := places.get(child.i)):
            return place
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "near"):
            for inner in child.children:
                if place := places.get(inner.i):
                    return place
    return None


def quantities_of(trigger: Trigger, context: Context) -> tuple[Quantity, ...]:
    """The amounts in the event's arguments; of a noun, in all of its phrases."""
    if not context.quantities:
        return ()
    noun = trigger.token if trigger.token.pos_ != "VERB" else None
    heads = [noun] if noun is not None else trigger.arguments.objects + trigger.arguments.agents
    found: list[Quantity] = []
    for head in heads:
        start = head.left_edge.idx
        end = head.right_edge.idx + len(head.right_edge.text)
        if head is noun and head.dep_ in ("nsubj", "nsubjpass"):
            end = max(end, head.head.idx)  # "the deployment of …, alongside …, suggests"
        first = bisect_left(context.quantity_starts, start)
        for quantity in context.quantities[first:]:
            if quantity.span.start >= end:
                break
            if quantity not in found:
                found.append(quantity)
    return tuple(sorted(found, key=lambda q: q.span))
