"""Writes patterns of reports, and notes what stands where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from app.identity import digest
from app.ingest.document import Document
from app.ingest.extraction import (
    Actor,
    Claim,
    Date,
    Event,
    Extraction,
    Link,
    Participant,
    Place,
    Quantity,
    Response,
    Source,
    Span,
)
from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    ParticipantRole,
    Polarity,
    SourceKind,
    Stance,
    Status,
    Tense,
)
from tests.benchmarks.http.noted import Noted, chosen
from tests.benchmarks.http.patterns import (
    CAST,
    CLAIMS,
    DAY,
    GROUPS,
    MINISTER,
    OUTLET,
    PLACE,
    Pattern,
    Slot,
)

_ANONYMOUS = ("two officials", "a person familiar with the talks")

_ACTS = (
    (Act.STATEMENT, 50), (Act.EVALUATION, 10), (Act.BELIEF, 8), (Act.INTENTION, 6),
    (Act.ALLEGATION, 6), (Act.DEMAND, 5), (Act.PROMISE, 4), (Act.WARNING, 4), (Act.DENIAL, 3),
    (Act.CONFIRMATION, 2), (Act.WISH, 1), (Act.EVIDENCE, 1), (Act.QUESTION, 0.5),
)  # fmt: skip
_CERTAINTIES = (
    (Certainty.CERTAIN, 70), (Certainty.POSSIBLE, 16), (Certainty.PROBABLE, 9),
    (Certainty.UNKNOWN, 5),
)  # fmt: skip
_TENSES = ((Tense.PAST, 60), (Tense.FUTURE, 18), (Tense.HYPOTHETICAL, 12), (Tense.PRESENT, 10))
_TYPES = tuple((kind, 30 / (at + 2)) for at, kind in enumerate(EventType))
_STANCES = (
    (Stance.DENIES, Status.DENIED, 4), (Stance.CONFIRMS, Status.CONFIRMED, 2),
    (Stance.DISPUTES, Status.DISPUTED, 2), (Stance.DOES_NOT_CONFIRM, Status.UNCONFIRMED, 2),
    (Stance.NO_COMMENT, Status.UNVERIFIED, 1),
)  # fmt: skip
_FORMS = (("narrated", 28), ("indirect", 42), ("direct", 15), ("cited", 11), ("nobody", 4))


def pattern(number: int) -> Pattern:
    """The pattern of this number, the same on every machine."""
    return _Writer(Random(number)).written()


class _Writer:
    """Writes a report and notes what stands where."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.slots = [Slot(kind, at) for at, kind in enumerate((*CAST, OUTLET, OUTLET, OUTLET))]
        self.slots += [Slot(PLACE, len(self.slots) + at) for at in range(4)]
        self.publisher = next(slot for slot in reversed(self.slots) if slot.kind is OUTLET)
        self.claims: list[Claim] = []
        self.events: list[Event] = []
        named = len(CAST)
        self.names = {f"a{slot.number}": slot.name for slot in self.slots[:named]}
        self.names |= {f"a{named + at}": name for at, name in enumerate(GROUPS)}
        self.sources = self._sources()
        self.names |= {source.key: source.name for source in self.sources}
        self.places = [f"p{slot.number}" for slot in self.slots if slot.kind is PLACE]
        self.names |= {f"p{slot.number}": slot.name for slot in self.slots}
        self.noted = Noted(chance, self.names)

    def _sources(self) -> list[Source]:
        cast = [*self.slots[:3], *self.slots[3:5], self.slots[6], *self.slots[8:10]]
        found = [
            Source(f"s{at}", slot.name, slot.kind.source or SourceKind.OTHER, f"a{slot.number}")
            for at, slot in enumerate(cast)
        ]
        outlets = [s for s in self.slots if s.kind is OUTLET and s is not self.publisher]
        found += [Source(f"s{10 + at}", s.name, SourceKind.MEDIA) for at, s in enumerate(outlets)]
        found += [
            Source(f"s{20 + at}", name, SourceKind.ANONYMOUS) for at, name in enumerate(_ANONYMOUS)
        ]
        return found

    def written(self) -> Pattern:
        """The whole pattern."""
        title = self.noted.words(5)
        url = f"https://example.org/{self.noted.word(9)}-{self.noted.word(9)}"
        for position in range(CLAIMS):
            self._claim(position)
            self.noted.add("\n\n" if position % 4 == 3 else " ")
        document = Document(
            id=digest("r", self.noted.text, title),
            name=f"{digest('r', self.noted.text, title)}.txt",
            text=self.noted.text,
            title=title,
            language="en",
            publisher=self.publisher.name,
            published_on=DAY,
            url=url,
        )
        return Pattern(document, self._extraction(), tuple(self.slots), tuple(self.noted.lengths))

    def _extraction(self) -> Extraction:
        actors = [
            Actor(
                f"a{slot.number}",
                slot.name,
                ActorKind(slot.kind.kind or ""),
                slot.country,
                tuple(self.noted.mentions.get(f"a{slot.number}", ())),
                aliases=tuple(sorted({slot.name, slot.name.split()[-1]})),
                roles=("spokesman",) if slot.kind is MINISTER else (),
            )
            for slot in self.slots[: len(CAST)]
        ]
        actors += [
            Actor(
                key, name, ActorKind.GROUP, None, tuple(self.noted.mentions.get(key, ())), (name,)
            )
            for key, name in self.names.items()
            if name in GROUPS
        ]
        places = [
            Place(
                f"p{slot.number}",
                slot.name,
                slot.country,
                tuple(self.noted.mentions.get(f"p{slot.number}", ())),
            )
            for slot in self.slots
            if slot.kind is PLACE
        ]
        speaking = {link.source for claim in self.claims for link in claim.attribution}
        return Extraction(
            actors=tuple(actor for actor in actors if actor.mentions),
            sources=tuple(source for source in self.sources if source.key in speaking),
            places=tuple(place for place in places if place.mentions),
            claims=tuple(self.claims),
            events=tuple(self.events),
        )

    def _source(self, key: str) -> Span:
        source = next(source for source in self.sources if source.key == key)
        return self.noted.mention(source.actor) if source.actor else self.noted.add(source.name)

    def _claim(self, position: int) -> None:
        """One sentence, its claim, and in four of ten an event in it."""
        form = chosen(self.chance, _FORMS)
        start = len(self.noted.text)
        speaker = self.chance.choice(self.sources[:8] + self.sources[-2:]).key
        links: list[Link] = []
        if form == "cited":
            outlet = self.chance.choice(self.sources[8:10]).key
            spans, cited = (self._source(outlet),), (self.noted.add(", citing "),)
            links = [Link(outlet, spans, cited), Link(speaker, (self._source(speaker),), cited)]
            self.noted.add(", reported that ")
        elif form == "indirect":
            spans = (self._source(speaker),)
            self.noted.add(" ")
            links = [Link(speaker, spans, (self._said(),))]
            self.noted.add(" that ")
        elif form == "nobody":
            self.noted.add("It was ")
            links = [Link(None, (), (self.noted.add("said"),))]
            self.noted.add(" that ")
        content = self._content(position, quoted=form == "direct")
        if form == "direct":
            self.noted.add("” ")
            cue = (self._said(),)
            self.noted.add(" ")
            links = [Link(speaker, (self._source(speaker),), cue)]
        self.noted.add(".")
        self._finish(content, links, Span(start, len(self.noted.text)), str(form))

    def _said(self) -> Span:
        return self.noted.add(
            self.chance.choice(("said", "told reporters", "announced", "claimed"))
        )

    def _content(self, position: int, *, quoted: bool) -> _Content:
        keys = sorted(self.names)
        actors = self.chance.sample([key for key in keys if key.startswith("a")], 2)
        if self.chance.random() < 0.4:
            actors = actors[:1]
        quotation = self.noted.add("“") if quoted else None
        begin = len(self.noted.text)
        first = self.noted.mention(actors[0])
        certainty = Certainty(chosen(self.chance, _CERTAINTIES))
        self.noted.add(" ")
        hedge = (
            self.noted.add("may have") if certainty is Certainty.POSSIBLE else self.noted.add("had")
        )
        self.noted.add(" ")
        trigger = self.noted.add(self.noted.word())
        second = None
        if len(actors) == 2:
            self.noted.add(" ")
            second = self.noted.mention(actors[1])
        self.noted.add(f" {self.noted.words(2)} the {self.noted.words(3)}")
        quantities: tuple[Quantity, ...] = ()
        if self.chance.random() < 0.2:
            self.noted.add(" with ")
            number = self.noted.add("some 5,000")
            quantities = (Quantity(number, 5000, 5000, True, None, "people"),)
        place = None
        if self.chance.random() < 0.25:
            self.noted.add(" in ")
            place = self.chance.choice(self.places)
            self.noted.mention(place)
        date = None
        if self.chance.random() < 0.4:
            self.noted.add(" on ")
            date = self._date(position)
        content = Span(begin, len(self.noted.text))
        if quotation:
            quotation = Span(quotation.start, len(self.noted.text) + 1)
        hedges = (hedge,) if certainty is Certainty.POSSIBLE else ()
        return _Content(
            content, quotation, actors, first, second, trigger, certainty, hedges, quantities,
            place, date,
        )  # fmt: skip

    def _date(self, position: int) -> Date:
        words = self.noted.add("Tuesday")
        day = (DAY - dt.timedelta(days=self.chance.randrange(8))).isoformat()
        if position % 12 == 5:
            return Date(words, "XXXX-11-05")
        return Date(words, f"{day}/.." if position % 12 == 7 else day, "published_on")

    def _finish(self, told: _Content, links: list[Link], sentence: Span, form: str) -> None:
        responses: tuple[Response, ...] = ()
        status = Status.UNVERIFIED
        if links and self.chance.random() < 0.13:
            stances = [((stance, status), weight) for stance, status, weight in _STANCES]
            stance, status = chosen(self.chance, stances)  # type: ignore[misc]
            self.noted.add(" ")
            answerer = f"a{self.chance.randrange(len(CAST))}"
            spans = (self.noted.mention(answerer), self.noted.add(" did answer."))
            responses = (Response(answerer, stance, spans),)
        claim = Claim(
            content=(told.span,),
            attribution=tuple(links),
            act=Act(chosen(self.chance, _ACTS)),
            directness=Directness.DIRECT if told.quotation else Directness.INDIRECT,
            certainty=told.certainty,
            polarity=Polarity.NEGATED if self.chance.random() < 0.08 else Polarity.AFFIRMED,
            status=status,
            hedges=told.hedges,
            quotations=(told.quotation,) if told.quotation else (),
            responses=responses,
            quantities=told.quantities,
            said_on=told.date,
            about=tuple(told.actors),
            rule=form,
        )
        self.claims.append(claim)
        if self.chance.random() < 0.4:
            self.events.append(self._event(told, sentence, len(self.claims) - 1))

    def _event(self, told: _Content, sentence: Span, position: int) -> Event:
        roles = (ParticipantRole.INITIATOR, ParticipantRole.RECIPIENT)
        spans = (told.first, told.second)
        participants = tuple(
            Participant(actor, role, (span,))
            for actor, role, span in zip(told.actors, roles, spans, strict=False)
            if span is not None
        )
        also = [position - 1] if position and self.chance.random() < 0.1 else []
        return Event(
            type=EventType(chosen(self.chance, _TYPES)),
            trigger=told.trigger,
            mentions=(told.trigger,),
            sentence=sentence,
            participants=participants,
            place=told.place,
            date=told.date,
            quantities=told.quantities,
            certainty=told.certainty,
            polarity=Polarity.AFFIRMED,
            tense=Tense(chosen(self.chance, _TENSES)),
            claims=(*also, position),
            rule="verb",
        )


@dataclass(frozen=True, slots=True)
class _Content:
    span: Span
    quotation: Span | None
    actors: list[str]
    first: Span
    second: Span | None
    trigger: Span
    certainty: Certainty
    hedges: tuple[Span, ...]
    quantities: tuple[Quantity, ...]
    place: str | None
    date: Date | None
