"""What the database holds after reports came, changed and went, on SQLite and on PostgreSQL."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlmodel import col, select

from app import schemas
from app.database import migrate, reading, writing
from app.ingest.document import Document, Metadata, document, with_language
from app.ingest.extract import extract
from app.ingest.extraction import (
    Actor,
    Claim,
    Extraction,
    Link,
    Mention,
    Source,
    Span,
)
from app.ingest.pipeline import Stored, load_document
from app.ingest.rendering import render
from app.ingest.store import Change, remove, store
from app.models import Actor as ActorRow
from app.models import Claim as ClaimRow
from app.models import Event as EventRow
from app.models import Report as ReportRow
from app.models import Response as ResponseRow
from app.models import Revision as RevisionRow
from app.models import Source as SourceRow
from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    MentionForm,
    Polarity,
    SourceKind,
    Status,
)
from tests.dump import dump, recounted, whole

HARBOUR = (
    "Storm closes Port Elan\n\nHarbour master Mira Okafor said on Monday that the port would stay "
    "closed. “Nobody sails,” she told the Elan Gazette. Norway denied it had sent ships to Sweden."
)
TALKS = (
    "Norway and Sweden held talks in Oslo on 3 March 2025. Mira Okafor said 200 trucks were sent "
    "to Norway, according to the Elan Gazette."
)


def given_document(name: str, text: str, **metadata: str) -> Document:
    return with_language(document(name, text, Metadata(**metadata)))  # type: ignore[arg-type]


def add(url: str, name: str, text: str, **metadata: str) -> Change:
    outcome = load_document(url, given_document(name, text, **metadata))
    assert isinstance(outcome, Stored)
    return outcome.change


def told(name: str, kind: ActorKind, country: str | None = None) -> Extraction:
    """One actor, who says everything."""
    span = Span(0, 1)
    return Extraction(
        actors=(Actor("a1", name, kind, country, (Mention(span, span, MentionForm.NAME),)),),
        sources=(Source("s1", name, SourceKind.ORGANIZATION, "a1"),),
        claims=(
            Claim(
                content=(span,),
                attribution=(Link("s1", (span,), (span,)),),
                act=Act.STATEMENT,
                directness=Directness.INDIRECT,
                certainty=Certainty.CERTAIN,
                polarity=Polarity.AFFIRMED,
                status=Status.UNVERIFIED,
                about=("a1",),
            ),
        ),
    )


def put(url: str, text: str, extraction: Extraction, version: str = "1") -> Change:
    with writing(url) as session:
        return store(session.connection(), given_document(text, text), extraction, version)


def test_a_report_is_stored_with_all_that_was_found(database_url: str) -> None:
    assert add(database_url, "a.txt", HARBOUR, publisher="Elan Gazette") is Change.ADDED
    found = dump(database_url)
    ((_, body),) = found["report"]
    assert '"publisher":{"id":"elan-gazette"' in body
    assert found["claim"]
    assert ("mira-okafor", "Mira Okafor", "person") in {row[:3] for row in found["actor"]}


def test_an_answer_of_nobody_in_particular_is_stored_without_an_actor(database_url: str) -> None:
    add(database_url, "a.txt", "Mira Okafor said two ships had sunk. That could not be verified.")
    with reading(database_url) as session:
        [answer] = session.exec(select(ResponseRow)).all()
        [claim] = session.exec(select(ClaimRow).where(ClaimRow.pk == answer.claim_pk)).all()
    assert (answer.actor_pk, answer.stance) == (None, "does_not_confirm")
    assert '"responses":[{"actor":null,' in claim.body


def test_rows_tell_what_their_dates_were_resolved_against(database_url: str) -> None:
    text = (
        "Norway attacked Port Elan on Friday, Mira Okafor said on Saturday. On 3 March 2025 Norway "
        "signed a treaty with Sweden; the following day Norway withdrew its troops."
    )
    add(database_url, "a.txt", text, published_on="2025-03-10")
    with reading(database_url) as session:
        events = session.exec(select(EventRow).order_by(col(EventRow.position))).all()
        [said] = session.exec(select(ClaimRow).where(col(ClaimRow.said_on).is_not(None))).all()
    assert [(event.date, event.date_basis) for event in events] == [
        ("2025-03-07", "published_on"),
        ("2025-03-03", None),
        ("2025-03-04", "text"),
    ]
    assert (said.said_on, said.said_basis) == ("2025-03-08", "published_on")
    assert said.said_earliest == said.said_latest == dt.date(2025, 3, 8)


def test_loading_twice_changes_nothing(database_url: str) -> None:
    add(database_url, "a.txt", HARBOUR)
    before = whole(database_url)
    assert add(database_url, "a.txt", HARBOUR) is Change.HELD
    assert whole(database_url) == before


def test_the_order_of_loading_does_not_matter(database_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    migrate(other)
    for name, text in (("a.txt", HARBOUR), ("b.txt", TALKS)):
        add(database_url, name, text)
    for name, text in (("b.txt", TALKS), ("a.txt", HARBOUR)):
        add(other, name, text)
    assert dump(database_url) == dump(other)


def test_a_changed_document_replaces_what_had_its_name(database_url: str, tmp_path: Path) -> None:
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    migrate(fresh)
    add(database_url, "a.txt", HARBOUR)
    assert add(database_url, "a.txt", TALKS) is Change.REPLACED
    add(fresh, "a.txt", TALKS)
    assert dump(database_url) == dump(fresh)


def test_one_document_under_two_names_is_one_report_until_both_are_gone(database_url: str) -> None:
    add(database_url, "a.txt", HARBOUR)
    assert add(database_url, "b.txt", HARBOUR) is Change.HELD
    assert len(dump(database_url)["report"]) == 1
    with writing(database_url) as session:
        assert remove(session.connection(), "a.txt")
    assert len(dump(database_url)["report"]) == 1
    with writing(database_url) as session:
        assert remove(session.connection(), "b.txt")
        assert not remove(session.connection(), "b.txt")
    assert not any(whole(database_url).values())


def test_a_shared_row_says_what_most_reports_say_in_all_bodies(database_url: str) -> None:
    put(database_url, "One.", told("Elan Trust", ActorKind.OTHER))
    put(database_url, "Two.", told("Elan Trust", ActorKind.ORGANIZATION, "NO"))
    put(database_url, "Three.", told("Elan trust", ActorKind.ORGANIZATION))
    found = dump(database_url)
    assert found["actor"] == [("elan-trust", "Elan Trust", "organization", "NO")]
    for _, body in found["claim"]:
        claim = schemas.Claim.model_validate_json(body)
        assert claim.about == [
            schemas.ActorRef(
                id="elan-trust", name="Elan Trust", kind=ActorKind.ORGANIZATION, country="NO"
            )
        ]
    with writing(database_url) as session:
        remove(session.connection(), "Two.")
        remove(session.connection(), "Three.")
    found = dump(database_url)
    assert found["actor"] == [("elan-trust", "Elan Trust", "other", "None")]
    assert '"kind":"other"' in found["claim"][0][1]


def test_a_newer_extractor_reads_a_report_again(database_url: str) -> None:
    put(database_url, "One.", told("Elan Trust", ActorKind.OTHER), version="1")
    (before,) = dump(database_url)["claim"]
    assert put(database_url, "One.", told("Elan Bank", ActorKind.OTHER), "2") is Change.REFRESHED
    found = dump(database_url)
    assert [row[0] for row in found["actor"]] == ["elan-bank"]
    assert found["claim"][0] != before
    assert found["report"][0][0] == given_document("One.", "One.").id


REPORTS = [
    told("Elan Trust", ActorKind.OTHER),
    told("Elan Trust", ActorKind.ORGANIZATION, "NO"),
    told("Elan trust", ActorKind.ORGANIZATION, "SE"),
    told("Mira Okafor", ActorKind.PERSON),
    Extraction(),
]
STEPS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from([*REPORTS, None]), st.sampled_from("12")),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_what_is_counted_report_by_report_is_what_all_reports_say(
    database_url: str, steps: list[tuple[str, Extraction | None, str]]
) -> None:
    for name, extraction, version in steps:
        with writing(database_url) as session:
            if extraction is None:
                remove(session.connection(), name)
            else:
                text = f"{name}{REPORTS.index(extraction) % 2}"
                store(session.connection(), given_document(name, text), extraction, version)
        assert whole(database_url) == recounted(database_url)
    for name in "ABCD":
        with writing(database_url) as session:
            remove(session.connection(), name)
    assert not any(whole(database_url).values())


def test_no_report_looks_at_all_others_that_speak_of_the_same_actor(sqlite_url: str) -> None:
    def effort(change: Callable[[Connection], object]) -> int:
        """Tens of instructions of SQLite's machine."""
        tens: list[None] = []
        with writing(sqlite_url) as session:
            driver: Any = session.connection().connection.driver_connection
            driver.set_progress_handler(lambda: tens.append(None), 10)
            change(session.connection())
            driver.set_progress_handler(None, 0)
        return len(tens)

    def coming_and_going() -> list[int]:
        read = given_document("any", "Any.")
        return [
            effort(lambda connection: store(connection, read, REPORTS[0], "1")),
            effort(lambda connection: remove(connection, "any")),
        ]

    for number in range(10):
        put(sqlite_url, f"Report {number}.", REPORTS[0])
    few = coming_and_going()
    for number in range(10, 200):
        put(sqlite_url, f"Report {number}.", REPORTS[0])
    many = coming_and_going()
    assert all(of_many < 1.5 * of_few for of_many, of_few in zip(many, few, strict=True))


def test_an_error_leaves_the_database_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("disk on fire")

    add(database_url, "a.txt", HARBOUR)
    before = whole(database_url)
    monkeypatch.setattr("app.ingest.store.insert_all", fail)
    with pytest.raises(RuntimeError, match="disk on fire"):
        add(database_url, "a.txt", TALKS)
    assert whole(database_url) == before


def test_a_report_in_another_language_is_stored_and_says_so(database_url: str) -> None:
    german = "Die Regierung teilte am Montag mit, dass sie den Vertrag kündigen werde. " * 4
    outcome = load_document(database_url, document("de.txt", german, Metadata()))
    assert str(outcome) == "de.txt: added, not extracted (language: de)"
    ((_, body),) = dump(database_url)["report"]
    report = schemas.Report.model_validate_json(body)
    assert (report.language, report.extractor, report.not_extracted) == (
        "de",
        None,
        "language: de",
    )


def test_a_name_that_does_not_end_stops_nothing(database_url: str) -> None:
    endless = "Z" + "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(9000))
    put(database_url, "Z went.", told(endless, ActorKind.PERSON))
    ((_, name, *_),) = dump(database_url)["actor"]
    assert name == endless[:299] + "…"


def test_a_claim_and_its_twin_have_ids_of_their_own(sqlite_url: str) -> None:
    once = told("Elan Trust", ActorKind.OTHER)
    twice = Extraction(once.actors, once.sources, claims=once.claims * 3)
    put(sqlite_url, "One.", twice)
    assert len({id_ for id_, _ in dump(sqlite_url)["claim"]}) == 3


def store_extracted(url: str, text: str) -> bool:
    """Store what is found in a text, in place of the one before; False where it is no text."""
    if not text.strip():
        return False
    read = given_document("any.txt", text)
    with writing(url) as session:
        store(session.connection(), read, extract(text), text)
    return True


def quotes_of(value: object) -> list[schemas.Quote | schemas.Quantity]:
    if isinstance(value, schemas.Quote | schemas.Quantity):
        return [value]
    if isinstance(value, schemas.Schema):
        return [
            quote for name in type(value).model_fields for quote in quotes_of(getattr(value, name))
        ]
    if isinstance(value, list):
        return [quote for item in value for quote in quotes_of(item)]
    return []


WORDS = st.sampled_from(
    [
        *HARBOUR.split(),
        *TALKS.split(),
        "👩‍🚒",
        "e\u0301",
        "“",
        "”",
        "\r\n",
        "\n\n",
        "🇳🇴",
        "Zoe\u0308",
        "—",
    ]
)


DOCUMENTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80),
    st.lists(WORDS, min_size=3, max_size=40).map(" ".join),
)
"""Texts as readers let them through: there is no NUL in any."""


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DOCUMENTS)
def test_every_stored_span_gives_back_the_quoted_words(sqlite_url: str, text: str) -> None:
    if not store_extracted(sqlite_url, text):
        return
    with reading(sqlite_url) as session:
        for row, schema in ((ClaimRow, schemas.Claim), (EventRow, schemas.Event)):
            for body in session.exec(select(row.body)):
                for quote in quotes_of(schema.model_validate_json(body)):
                    assert text[quote.start : quote.end] == quote.quote
                    assert quote.quote


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DOCUMENTS)
@example(f"{HARBOUR} {TALKS}")
def test_every_body_is_what_its_schema_would_write(database_url: str, text: str) -> None:
    store_extracted(database_url, text)
    with reading(database_url) as session:
        for row, schema in (
            (ActorRow, schemas.Actor),
            (ClaimRow, schemas.Claim),
            (EventRow, schemas.Event),
            (ReportRow, schemas.Report),
            (SourceRow, schemas.Source),
        ):
            for body in session.exec(select(row.body)):
                assert schema.model_validate_json(body).model_dump_json() == body


def test_rendering_stored_rows_again_changes_no_body(database_url: str) -> None:
    for name, text in (("a.txt", HARBOUR), ("b.txt", TALKS)):
        add(database_url, name, text, publisher="Elan Gazette", published_on="2025-03-10")
    with writing(database_url) as session:
        before = session.exec(select(RevisionRow.number)).all()
        for pk in session.exec(select(ReportRow.pk)).all():
            assert pk
            render(session.connection(), pk)
        assert session.exec(select(RevisionRow.number)).all() == before
