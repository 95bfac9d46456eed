"""A database of random rows in which each filter finds some, with many equal and missing days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from sqlmodel import Session

from app import models
from app.query.collection import Collection
from app.query.collections import ACTORS, CLAIMS, EVENTS, REPORTS, SOURCES
from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    ParticipantRole,
    SourceKind,
    Status,
    Tense,
)

WORDS = ("harbour", "troops", "minister", "grain", "bridge")
COUNTRIES = ("FR", "SE", None)
REPORTS_IN_ALL, ACTORS_IN_ALL, ROWS = 20, 8, 60

ACTOR_IDS = (*(f"a{n}" for n in range(ACTORS_IN_ALL)), "nobody")
SOURCE_IDS = (*(f"s{n}" for n in range(ACTORS_IN_ALL)), "nobody")
DATES = (
    "2024-01-03", "2024-01", "2024-01-05/2024-01-06", "2023", "2021-03-05/2023-11", "2022/..",
    "2024-01-04/..", "../2024-01-02", "../2023-02-11", "0001", "9999",
)  # fmt: skip
DAYS = ("said", "occurred", "published")
VALUES: Mapping[str, Sequence[Any]] = {
    "q": (*WORDS, "harbour troops", '"minister grain"', "bridges", "harb*", "nothing", "…"),
    **dict.fromkeys(("source", "origin", "publisher"), SOURCE_IDS),
    **dict.fromkeys(("about", "actor", "initiator", "recipient"), ACTOR_IDS),
    "event": [f"e{n}" for n in range(0, ROWS, 5)],
    "report": [*(f"r{n}" for n in range(REPORTS_IN_ALL)), "none"],
    "place": ("p0", "p1", "p2"),
    "country": ("FR", "SE", "NO"),
    "language": ("en", "fr"),
    "act": ("statement", "denial", "wish"),
    "status": ("unverified", "denied"),
    "certainty": ("certain", "possible"),
    "directness": ("direct", "indirect"),
    "attributed": (True, False),
    "type": ("AID", "ASSAULT"),
    "tense": ("past", "future"),
    "kind": ("person", "media", "government"),
    **{f"{day}_{side}": DATES for day in DAYS for side in ("on", "after", "before")},
}
"""Values of each parameter, some of which find nothing."""

COLLECTIONS: tuple[Collection, ...] = (CLAIMS, EVENTS, REPORTS, ACTORS, SOURCES)


def fill(session: Session) -> None:
    """Add the rows: the same ones whenever it is called."""
    chance = Random(5)
    _add_shared(session, chance)
    session.flush()
    for n in range(REPORTS_IN_ALL):
        session.add(
            models.Report(
                id=f"r{n}", title=chance.choice(WORDS[:3]), language="en" if n % 5 else "fr",
                published_on=days(chance)[0], publisher_pk=chance.randint(1, ACTORS_IN_ALL),
                sha256="", text=words(chance), loaded_at=dt.datetime.now(dt.UTC), body=f'"r{n}"',
            )
        )  # fmt: skip
    session.flush()
    for n in range(ROWS):
        _add_claim(session, chance, n)
    session.flush()
    for n in range(ROWS):
        _add_event(session, chance, n)


def _add_shared(session: Session, chance: Random) -> None:
    """Actors and sources of which the last two are merged into the first."""
    for n in range(ACTORS_IN_ALL):
        into = 1 if n >= ACTORS_IN_ALL - 2 else None
        name = f"{chance.choice(WORDS).title()} {n % 4}"
        names = "" if into else f"{name.lower()}\n{'né e' if n % 3 else '/_%'}\n"
        kind = chance.choice(("person", "government"))
        session.add(
            models.Actor(
                pk=n + 1, id=f"a{n}", name=name, kind=ActorKind(kind), into_pk=into,
                country=chance.choice(COUNTRIES), names=names,
            )
        )  # fmt: skip
        session.flush()
        kind = chance.choice(("person", "media"))
        session.add(
            models.Source(
                pk=n + 1, id=f"s{n}", name=name, kind=SourceKind(kind), into_pk=into,
                names=names,
            )
        )  # fmt: skip
    for n, country in enumerate(COUNTRIES):
        session.add(models.Place(id=f"p{n}", name=f"p{n}", country=country))


def _add_claim(session: Session, chance: Random, n: int) -> None:
    earliest, latest = days(chance)
    shared: dict[str, Any] = {"rule": "", "polarity": "affirmed", "body": f'"c{n}"'}
    session.add(
        models.Claim(
            pk=n + 1, id=f"c{n}", report_pk=chance.randint(1, REPORTS_IN_ALL), position=n,
            text=words(chance), content=[], hedges=[], quotations=[],
            attributed=chance.random() < 0.7, origin_pk=chance.randint(1, ACTORS_IN_ALL),
            act=chance.choice((Act.STATEMENT, Act.DENIAL)),
            directness=chance.choice(list(Directness)), certainty=chance.choice(list(Certainty)),
            status=chance.choice((Status.UNVERIFIED, Status.DENIED)), said_earliest=earliest,
            said_latest=latest, **shared,
        )
    )  # fmt: skip
    session.flush()
    for position in range(chance.randrange(3)):
        session.add(
            models.AttributionLink(
                claim_pk=n + 1, position=position, source_pk=chance.randint(1, ACTORS_IN_ALL),
                said_earliest=earliest, spans=[], cue=[],
            )
        )  # fmt: skip
    for actor_pk in chance.sample(range(1, ACTORS_IN_ALL + 1), 2):
        session.add(models.ClaimActor(claim_pk=n + 1, actor_pk=actor_pk, said_earliest=earliest))


def _add_event(session: Session, chance: Random, n: int) -> None:
    earliest, latest = days(chance)
    shared: dict[str, Any] = {"rule": "", "polarity": "affirmed", "body": f'"e{n}"'}
    session.add(
        models.Event(
            pk=n + 1, id=f"e{n}", report_pk=chance.randint(1, REPORTS_IN_ALL), position=n,
            type=chance.choice(("AID", "ASSAULT")), text=words(chance), trigger_start=0,
            trigger_end=0, mentions=[], place_pk=chance.choice((1, 2, 3, None)),
            certainty=chance.choice(list(Certainty)), tense=chance.choice(list(Tense)),
            date_earliest=earliest, date_latest=latest, **shared,
        )
    )  # fmt: skip
    session.flush()
    for role in ParticipantRole:
        if chance.random() < 0.5:
            session.add(
                models.EventParticipant(
                    event_pk=n + 1, actor_pk=chance.randint(1, ACTORS_IN_ALL), role=role,
                    date_earliest=earliest, spans=[],
                )
            )  # fmt: skip
    for source_pk in chance.sample(range(1, ACTORS_IN_ALL + 1), 2):
        session.add(models.EventSource(event_pk=n + 1, source_pk=source_pk, date_earliest=earliest))
    if country := chance.choice(COUNTRIES):
        session.add(models.EventCountry(event_pk=n + 1, country=country, date_earliest=earliest))
    for claim_pk in chance.sample(range(1, ROWS + 1), 2):
        session.add(models.EventClaim(event_pk=n + 1, claim_pk=claim_pk))


def words(chance: Random) -> str:
    return " ".join(chance.sample(WORDS, chance.randint(1, 3)))


def days(chance: Random) -> tuple[dt.date | None, dt.date | None]:
    """A few days and spans of days, some of them far, some open, some unknown."""
    first = dt.date(2024, 1, chance.randint(1, 5))
    first -= dt.timedelta(days=chance.choice((0, 0, chance.randrange(1500))))
    last = first + dt.timedelta(days=chance.choice((0, 0, 3, 400)))
    return chance.choice(((first, last), (first, last), (first, None), (None, last), (None, None)))
