"""Two small reports, stored for real; each filter of the API finds some rows of them only."""

import datetime as dt

from app.database import migrate, writing
from app.identity import digest
from app.ingest.document import Document
from app.ingest.extraction import (
    Actor,
    Claim,
    Date,
    Event,
    Extraction,
    Link,
    Mention,
    Participant,
    Place,
    Source,
    Span,
)
from app.ingest.store import store
from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    MentionForm,
    ParticipantRole,
    Polarity,
    SourceKind,
    Status,
    Tense,
)

PAPER_TEXT = "France said, Le Papier wrote, that Paris may have met Sweden in Lyon. 🙂 All is fine."
LETTER_TEXT = "Jane Doe “will attack the harbour” of Sweden, a Memo says."

NAMES = {
    "Paris may have met Sweden in Lyon": "c_met",
    "All is fine": "c_fine",
    "will attack the harbour": "c_attack",
    "CONSULT": "e_met",
    "ASSAULT": "e_attack",
    "A meeting": "r_paper",
    "A letter": "r_letter",
}
"""What tests call the rows: ids of claims, events and reports depend on the content."""


def fill(url: str) -> None:
    """Migrate an empty database and store the two reports."""
    migrate(url)
    paper = Document(
        id=digest("r", PAPER_TEXT),
        name="paper.txt",
        text=PAPER_TEXT,
        title="A meeting",
        language="en",
        publisher="Le Papier",
        published_on=dt.date(2024, 5, 1),
    )
    letter = Document(
        id=digest("r", LETTER_TEXT),
        name="letter.txt",
        text=LETTER_TEXT,
        title="A letter",
        language="en",
    )
    with writing(url) as session:
        store(session.connection(), paper, _paper(), "1")
        store(session.connection(), letter, _letter(), "1")


def _paper() -> Extraction:
    france = Actor(
        "a1", "France", ActorKind.GOVERNMENT, "FR", _named(PAPER_TEXT, "France", "Paris"),
        aliases=("France", "Paris"),
    )  # fmt: skip
    sweden = Actor("a2", "Sweden", ActorKind.GOVERNMENT, "SE", _named(PAPER_TEXT, "Sweden"))
    met = Claim(
        content=(_span(PAPER_TEXT, "Paris may have met Sweden in Lyon"),),
        attribution=(Link("s1", (), ()), Link("s2", (), ())),
        act=Act.ALLEGATION,
        directness=Directness.INDIRECT,
        certainty=Certainty.POSSIBLE,
        polarity=Polarity.AFFIRMED,
        status=Status.DENIED,
        said_on=Date(Span(0, 1), "2024-04-30"),
        about=("a1", "a2"),
    )
    fine = Claim(
        content=(_span(PAPER_TEXT, "All is fine"),),
        attribution=(),
        act=Act.STATEMENT,
        directness=Directness.INDIRECT,
        certainty=Certainty.CERTAIN,
        polarity=Polarity.AFFIRMED,
        status=Status.UNVERIFIED,
        said_on=Date(Span(0, 1), "XXXX-11-05"),
    )
    meeting = Event(
        type=EventType.CONSULT,
        trigger=_span(PAPER_TEXT, "met"),
        mentions=(_span(PAPER_TEXT, "met"),),
        sentence=Span(0, PAPER_TEXT.index(" 🙂")),
        participants=(
            Participant("a1", ParticipantRole.INITIATOR, (_span(PAPER_TEXT, "Paris"),)),
            Participant("a2", ParticipantRole.RECIPIENT, (_span(PAPER_TEXT, "Sweden"),)),
        ),
        place="p1",
        date=Date(Span(0, 1), "2024-04"),
        quantities=(),
        certainty=Certainty.POSSIBLE,
        polarity=Polarity.AFFIRMED,
        tense=Tense.PAST,
        claims=(0,),
    )
    return Extraction(
        actors=(france, sweden),
        sources=(
            Source("s1", "Le Papier", SourceKind.MEDIA),
            Source("s2", "France", SourceKind.GOVERNMENT, "a1"),
        ),
        places=(Place("p1", "Lyon", "FR", _named(PAPER_TEXT, "Lyon")),),
        claims=(met, fine),
        events=(meeting,),
    )


def _letter() -> Extraction:
    jane = Actor(
        "a1", "Jane Doe", ActorKind.PERSON, None, _named(LETTER_TEXT, "Jane Doe"),
        aliases=("J. 100% Doe", "Åsa Døe"), roles=("captain",),
    )  # fmt: skip
    sweden = Actor("a2", "Sweden", ActorKind.GOVERNMENT, "SE", _named(LETTER_TEXT, "Sweden"))
    attack = Claim(
        content=(_span(LETTER_TEXT, "will attack the harbour"),),
        attribution=(Link("s1", (_span(LETTER_TEXT, "Memo"),), (_span(LETTER_TEXT, "says"),)),),
        act=Act.INTENTION,
        directness=Directness.DIRECT,
        certainty=Certainty.PROBABLE,
        polarity=Polarity.AFFIRMED,
        status=Status.UNCONFIRMED,
        said_on=Date(Span(0, 1), "2024-06/.."),
        about=("a1",),
    )
    event = Event(
        type=EventType.ASSAULT,
        trigger=_span(LETTER_TEXT, "attack"),
        mentions=(_span(LETTER_TEXT, "attack"),),
        sentence=Span(0, len(LETTER_TEXT)),
        participants=(
            Participant("a1", ParticipantRole.INITIATOR, ()),
            Participant("a2", ParticipantRole.OTHER, ()),
        ),
        place=None,
        date=Date(Span(0, 1), "XXXX-05-07"),
        quantities=(),
        certainty=Certainty.PROBABLE,
        polarity=Polarity.AFFIRMED,
        tense=Tense.FUTURE,
        claims=(0,),
    )
    return Extraction(
        actors=(jane, sweden),
        sources=(Source("s1", "A Memo", SourceKind.DOCUMENT),),
        claims=(attack,),
        events=(event,),
    )


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _named(text: str, *names: str) -> tuple[Mention, ...]:
    spans = [_span(text, name) for name in names]
    return tuple(Mention(span, span, MentionForm.NAME) for span in spans)
