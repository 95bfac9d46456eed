"""A small world of rows, each filter of the API finding some of them and leaving out others.

Reports `r_paper` (The Paper, 2024-05-01) and `r_letter` (no publisher, no date).
"""

import datetime as dt
from typing import Any

from sqlmodel import Session

from app import models, schemas

LOADED = dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC)
PAPER_TEXT = (
    "France’s ministry said, The Paper wrote, that France may have met Sweden in Lyon. 🙂 Fine."
)
LETTER_TEXT = "Jane Doe “will attack the harbour”, a memo says."

_ACTORS: list[dict[str, Any]] = [
    {"pk": 1, "id": "france", "name": "France", "kind": "government", "country": "FR"},
    {"pk": 2, "id": "sweden", "name": "Sweden", "kind": "government", "country": "SE"},
    {"pk": 3, "id": "jane-doe", "name": "Jane Doe", "kind": "person", "country": None},
]
_SOURCES: list[dict[str, Any]] = [
    {"pk": 1, "id": "the-paper", "name": "The Paper", "kind": "media"},
    {"pk": 2, "id": "the-ministry", "name": "the ministry", "kind": "government", "actor_pk": 1},
    {"pk": 3, "id": "a-memo", "name": "a memo", "kind": "document"},
]
_PLACE = {"pk": 1, "id": "lyon", "name": "Lyon", "country": "FR"}
_REPORTS: list[dict[str, Any]] = [
    {"pk": 1, "id": "r_paper", "title": "A meeting", "text": PAPER_TEXT, "publisher_pk": 1,
     "published_on": dt.date(2024, 5, 1)},
    {"pk": 2, "id": "r_letter", "title": "A letter", "text": LETTER_TEXT, "publisher_pk": None,
     "published_on": None},
]  # fmt: skip
_CLAIMS: list[dict[str, Any]] = [
    {"pk": 1, "id": "c_met", "report": 0, "quote": "France may have met Sweden in Lyon",
     "chain": [0, 1], "about": [0, 1], "events": ["e_met"], "act": "allegation",
     "directness": "indirect", "certainty": "possible", "status": "denied",
     "said": ("2024-04-30", dt.date(2024, 4, 30), dt.date(2024, 4, 30))},
    {"pk": 2, "id": "c_fine", "report": 0, "quote": "Fine", "chain": [], "about": [],
     "events": [], "act": "statement", "directness": "indirect", "certainty": "certain",
     "status": "unverified", "said": ("XXXX-11-05", None, None)},
    {"pk": 3, "id": "c_attack", "report": 1, "quote": "will attack the harbour",
     "chain": [2], "about": [2], "events": ["e_attack"], "act": "intention",
     "directness": "direct", "certainty": "probable", "status": "unconfirmed",
     "said": ("2024-06/..", dt.date(2024, 6, 1), None)},
]  # fmt: skip
_EVENTS: list[dict[str, Any]] = [
    {"pk": 1, "id": "e_met", "report": 0, "quote": "met", "type": "CONSULT", "place": 1,
     "text": "France may have met Sweden in Lyon.", "claim": 0,
     "participants": [(0, "initiator"), (1, "recipient")], "certainty": "possible",
     "tense": "past", "date": ("2024-04", dt.date(2024, 4, 1), dt.date(2024, 4, 30))},
    {"pk": 2, "id": "e_attack", "report": 1, "quote": "attack", "type": "ASSAULT", "place": None,
     "text": "Jane Doe “will attack the harbour”, a memo says.", "claim": 2,
     "participants": [(2, "initiator"), (1, "other")], "certainty": "probable",
     "tense": "future", "date": ("XXXX-05-07", None, None)},
]  # fmt: skip


def fill(session: Session) -> None:
    """Write the world into an empty, migrated database."""
    session.add_all(models.Actor(**actor) for actor in _ACTORS)
    session.flush()
    session.add_all(models.Source(**source) for source in _SOURCES)
    session.add(models.Place(**_PLACE))
    session.flush()
    session.add_all(_report(**report) for report in _REPORTS)
    session.flush()
    session.add_all(_claim(claim) for claim in _CLAIMS)
    session.add_all(_event(event) for event in _EVENTS)
    session.flush()
    session.add_all(_joins())


def _joins() -> list[Any]:
    rows: list[Any] = []
    for claim in _CLAIMS:
        key = claim["pk"]
        rows += [
            models.AttributionLink(
                claim_pk=key, position=at, source_pk=_SOURCES[source]["pk"], spans=[], cue=[]
            )
            for at, source in enumerate(claim["chain"])
        ]
        rows += [models.ClaimActor(claim_pk=key, actor_pk=_ACTORS[n]["pk"]) for n in claim["about"]]
    for event in _EVENTS:
        key = event["pk"]
        rows.append(models.EventClaim(event_pk=key, claim_pk=_CLAIMS[event["claim"]]["pk"]))
        rows += [
            models.EventParticipant(event_pk=key, actor_pk=_ACTORS[n]["pk"], role=role, spans=[])
            for n, role in event["participants"]
        ]
    start = PAPER_TEXT.index("Lyon")
    place = {"place_pk": 1, "start": start, "end": start + 4}
    actor = {"actor_pk": 1, "start": 0, "end": 6}
    rows += [
        models.Mention(
            report_pk=1, extent_start=it["start"], extent_end=it["end"], form="name", **it
        )
        for it in (place, actor)
    ]
    for report_pk, actor_pk, alias in ((1, 1, "France"), (1, 2, "Sweden"), (2, 3, "J. 100% Doe")):
        reading = {"report_pk": report_pk, "actor_pk": actor_pk}
        rows.append(
            models.ActorReading(**reading, name=alias, kind="other", country=None, evidence="name")
        )
        rows.append(models.ActorAlias(**reading, alias=alias))
    rows.append(models.ActorRole(report_pk=2, actor_pk=3, role="captain"))
    return rows


def _source_ref(at: int) -> schemas.SourceRef:
    return schemas.SourceRef(**{name: _SOURCES[at][name] for name in ("id", "name", "kind")})


def _actor_ref(at: int) -> schemas.ActorRef:
    fields = ("id", "name", "kind", "country")
    return schemas.ActorRef(**{name: _ACTORS[at][name] for name in fields})


def _report_ref(at: int) -> schemas.ReportRef:
    report = _REPORTS[at]
    publisher = _source_ref(report["publisher_pk"] - 1) if report["publisher_pk"] else None
    return schemas.ReportRef(id=report["id"], title=report["title"], publisher=publisher)


def _report(**row: Any) -> models.Report:
    shared = {"url": None, "language": "en", "sha256": "0" * 64, "loaded_at": LOADED}
    body = schemas.Report(
        **_report_ref(row["pk"] - 1).model_dump(),
        published_on=row["published_on"],
        **shared,
        characters=len(row["text"]),
        extractor="1",
        not_extracted=None,
        claims=sum(claim["report"] == row["pk"] - 1 for claim in _CLAIMS),
        events=1,
    )
    return models.Report(**row, **shared, extractor="1", body=body.model_dump_json())


def _quote(report: int, words: str) -> dict[str, Any]:
    start = _REPORTS[report]["text"].index(words)
    return {"start": start, "end": start + len(words), "quote": words}


def _claim(row: dict[str, Any]) -> models.Claim:
    quote = _quote(row["report"], row["quote"])
    shared = {name: row[name] for name in ("act", "directness", "certainty", "status")}
    shared |= {"polarity": "affirmed", "rule": "test", "said_on": row["said"][0]}
    origin = _source_ref(row["chain"][-1]) if row["chain"] else None
    body = schemas.Claim.model_validate(
        {
            **shared, "id": row["id"], "report": _report_ref(row["report"]), "text": row["quote"],
            "content": [quote], "origin": origin, "hedges": [], "quotations": [], "responses": [],
            "attribution": [
                {"source": _source_ref(n), "spans": [], "cue": []} for n in row["chain"]
            ],
            "quantities": [], "said_basis": None, "about": [_actor_ref(n) for n in row["about"]],
            "events": [
                {"id": event["id"], "type": event["type"]}
                for event in _EVENTS if event["id"] in row["events"]
            ],
        }
    )  # fmt: skip
    return models.Claim(
        **shared, pk=row["pk"], id=row["id"], report_pk=row["report"] + 1, position=row["pk"],
        text=row["quote"], content=[[quote["start"], quote["end"]]], hedges=[], quotations=[],
        attributed=bool(row["chain"]),
        origin_pk=_SOURCES[row["chain"][-1]]["pk"] if row["chain"] else None,
        said_earliest=row["said"][1], said_latest=row["said"][2], body=body.model_dump_json(),
    )  # fmt: skip


def _event(row: dict[str, Any]) -> models.Event:
    trigger = _quote(row["report"], row["quote"])
    shared = {name: row[name] for name in ("id", "type", "text", "certainty", "tense")}
    shared |= {"polarity": "affirmed", "rule": "test", "date": row["date"][0], "date_basis": None}
    claim = _CLAIMS[row["claim"]]
    place = {"id": "lyon", "name": "Lyon", "country": "FR"} if row["place"] else None
    body = schemas.Event.model_validate(
        {
            **shared, "report": _report_ref(row["report"]), "trigger": trigger,
            "mentions": [trigger], "place": place, "quantities": [],
            "participants": [
                {"actor": _actor_ref(n), "role": role, "spans": []}
                for n, role in row["participants"]
            ],
            "claims": [
                {"id": claim["id"], "text": claim["quote"],
                 "origin": _source_ref(claim["chain"][-1])}
            ],
        }
    )  # fmt: skip
    return models.Event(
        **shared, pk=row["pk"], report_pk=row["report"] + 1, position=row["pk"],
        trigger_start=trigger["start"], trigger_end=trigger["end"],
        mentions=[[trigger["start"], trigger["end"]]], place_pk=row["place"],
        date_earliest=row["date"][1], date_latest=row["date"][2], body=body.model_dump_json(),
    )  # fmt: skip
