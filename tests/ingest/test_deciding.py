"""Merging and splitting actors by hand, and taking it back, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app import schemas
from app.database import reading, writing
from app.ingest import deciding
from app.ingest.deciding import ImpossibleError
from app.ingest.decisions import CircularError, Place, decisions
from app.ingest.document import Metadata, document, with_language
from app.ingest.extraction import (
    Actor,
    Claim,
    Event,
    Extraction,
    Link,
    Mention,
    Participant,
    Source,
    Span,
)
from app.ingest.store import remove, store
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
from tests.dump import dump, recounted, whole

NAMES = ("Ana Ruiz", "Bo Kim", "Elan Trust")


def told_by(*names: str) -> Extraction:
    """Each of these says something about all of them, and all meet."""
    span = Span(0, 1)
    actors = tuple(
        Actor(
            f"a{at}",
            name,
            ActorKind.ORGANIZATION if name == "Elan Trust" else ActorKind.PERSON,
            None,
            (Mention(span, span, MentionForm.NAME),),
            aliases=(name,),
            roles=(f"role of {name}",),
        )
        for at, name in enumerate(names)
    )
    keys = tuple(actor.key for actor in actors)
    return Extraction(
        actors=actors,
        sources=tuple(Source(f"s{k}", k, SourceKind.PERSON, k) for k in keys),
        claims=tuple(
            Claim(
                content=(span,),
                attribution=(Link(f"s{key}", (span,), (span,)),),
                act=Act.STATEMENT,
                directness=Directness.INDIRECT,
                certainty=Certainty.CERTAIN,
                polarity=Polarity.AFFIRMED,
                status=Status.UNVERIFIED,
                about=keys,
            )
            for key in keys
        ),
        events=(
            Event(
                type=EventType.CONSULT,
                trigger=span,
                mentions=(span,),
                sentence=span,
                participants=tuple(
                    Participant(key, ParticipantRole.INITIATOR, (span,)) for key in keys
                ),
                place=None,
                date=None,
                quantities=(),
                certainty=Certainty.CERTAIN,
                polarity=Polarity.AFFIRMED,
                tense=Tense.PAST,
                claims=(0,),
            ),
        ),
    )


def put(url: str, title: str, *names: str) -> str:
    """Store a report in which these speak; its id."""
    loaded = with_language(document(title, f"{title}.", Metadata(publisher="Elan Trust")))
    with writing(url) as session:
        store(session.connection(), loaded, told_by(*names), "1")
    return loaded.id


def take_away(url: str, title: str) -> None:
    with writing(url) as session:
        remove(session.connection(), title)


def decide(url: str, decision: Callable[..., Any], *arguments: Any) -> Any:
    with writing(url) as session:
        return decision(session.connection(), *arguments)


def ids(url: str) -> list[str]:
    """The ids of all actors that stand for themselves."""
    with reading(url) as session:
        found = session.connection().execute(text("SELECT id FROM actor WHERE into_pk IS NULL"))
        return sorted(found.scalars())


def claims(url: str) -> list[schemas.Claim]:
    return [schemas.Claim.model_validate_json(body) for _, body in dump(url)["claim"]]


def test_merged_actors_are_one_in_every_body(database_url: str) -> None:
    put(database_url, "One", "Ana Ruiz", "Bo Kim")
    put(database_url, "Two", "Ana Ruiz")
    before = {claim.id for claim in claims(database_url)}
    decide(database_url, deciding.merge, "ana-ruiz", "bo-kim")
    assert ids(database_url) == ["bo-kim"]
    assert {claim.id for claim in claims(database_url)} == before
    for claim in claims(database_url):
        assert [actor.id for actor in claim.about] == ["bo-kim"]
        assert claim.origin
        assert claim.origin.id == "bo-kim"
    for _, body in dump(database_url)["event"]:
        event = schemas.Event.model_validate_json(body)
        assert [part.actor.id for part in event.participants] == ["bo-kim"]


def test_a_report_that_means_somebody_else_gets_an_actor_of_its_own(database_url: str) -> None:
    report_id = put(database_url, "One", "Ana Ruiz")
    put(database_url, "Two", "Ana Ruiz")
    decide(database_url, deciding.split, "ana-ruiz", [report_id])
    own = f"ana-ruiz-in-{report_id[2:8]}"
    assert ids(database_url) == ["ana-ruiz", own]
    about = {claim.report.id: claim.about[0].id for claim in claims(database_url)}
    assert about[report_id] == own
    assert sorted(about.values()) == ["ana-ruiz", own]


def test_splitting_a_merged_actor_takes_all_that_the_report_says_of_it(database_url: str) -> None:
    report_id = put(database_url, "One", "Ana Ruiz", "Bo Kim")
    put(database_url, "Two", "Bo Kim")
    decide(database_url, deciding.merge, "ana-ruiz", "bo-kim")
    decide(database_url, deciding.split, "bo-kim", [report_id])
    assert ids(database_url) == ["bo-kim", f"bo-kim-in-{report_id[2:8]}"]


def test_decisions_hold_whatever_is_loaded_later_and_in_any_order(
    sqlite_url: str, postgresql_url: str
) -> None:
    for url, order in ((sqlite_url, "One Two Three"), (postgresql_url, "Three One Two")):
        said = {"One": ("Ana Ruiz", "Bo Kim"), "Two": ("Bo Kim",), "Three": ("Elan Trust",)}
        reports = {title: put(url, title, *said[title]) for title in said}
        decide(url, deciding.merge, "bo-kim", "ana-ruiz")
        decide(url, deciding.split, "ana-ruiz", [reports["Two"]])
        decide(url, deciding.merge, "elan-trust", "ana-ruiz")
        held = dump(url)
        for title in said:
            take_away(url, title)
        assert ids(url) == []
        for title in order.split():
            put(url, title, *said[title])
        assert dump(url) == held
    assert dump(sqlite_url) == dump(postgresql_url)


def test_what_cannot_be_decided_is_told(sqlite_url: str) -> None:
    one = put(sqlite_url, "One", "Ana Ruiz", "Bo Kim")
    two = put(sqlite_url, "Two", "Ana Ruiz")
    before = whole(sqlite_url)
    for decision, arguments, reason in (
        (deciding.merge, ("nobody", "bo-kim"), "no actor has the id nobody"),
        (deciding.merge, ("bo-kim", "nobody"), "no actor has the id nobody"),
        (deciding.merge, ("bo-kim", "bo-kim"), "bo-kim cannot be merged into itself"),
        (deciding.split, ("nobody", [one]), "no actor has the id nobody"),
        (deciding.split, ("ana-ruiz", ["r_none"]), "no report r_none speaks of ana-ruiz"),
        (deciding.split, ("ana-ruiz", [one, two]), "no other report speaks of ana-ruiz"),
        (deciding.undo, (7,), "there is no decision 7"),
    ):
        with pytest.raises(ImpossibleError, match=f"^{reason}$"):
            decide(sqlite_url, decision, *arguments)
    assert whole(sqlite_url) == before


def test_a_merged_actor_is_decided_on_under_its_new_id(sqlite_url: str) -> None:
    put(sqlite_url, "One", "Ana Ruiz", "Bo Kim", "Elan Trust")
    decide(sqlite_url, deciding.merge, "ana-ruiz", "bo-kim")
    with pytest.raises(ImpossibleError, match=r"was merged into bo-kim \(decision 1\)"):
        decide(sqlite_url, deciding.merge, "elan-trust", "ana-ruiz")


def test_a_decision_that_would_go_in_a_circle_is_refused(sqlite_url: str) -> None:
    one = put(sqlite_url, "One", "Ana Ruiz")
    put(sqlite_url, "Two", "Ana Ruiz")
    decide(sqlite_url, deciding.split, "ana-ruiz", [one])
    with pytest.raises(ImpossibleError, match="other decisions lead back to"):
        decide(sqlite_url, deciding.merge, f"ana-ruiz-in-{one[2:8]}", "ana-ruiz")


def test_decisions_are_followed_to_their_end() -> None:
    made = decisions([("a", None, "b"), ("b", "r_123456789", "c"), ("c", None, "d")])
    assert made.place("a", "r_other") == Place("a", "b")
    assert made.place("a", "r_123456789") == Place("a-in-123456", "d")
    with pytest.raises(CircularError):
        decisions([("a", None, "b"), ("b", None, "a")]).check()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, 5), st.integers(0, 5)),
        st.tuples(st.just("split"), st.integers(0, 5), st.integers(0, 3)),
        st.tuples(st.just("undo"), st.integers(1, 5), st.just(0)),
    ),
    max_size=7,
)
SAID = st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=2, max_size=4)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # the database is not emptied after a failure
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(SAID, STEPS)
@example([{"Ana Ruiz", "Bo Kim"}, {"Bo Kim"}], [("merge", 0, 1), ("split", 0, 0), ("undo", 1, 0)])
def test_undoing_all_decisions_leaves_what_was_there_before(
    database_url: str, said: list[set[str]], steps: list[tuple[str, int, int]]
) -> None:
    reports = [put(database_url, f"R{at}", *sorted(names)) for at, names in enumerate(said)]
    before = dump(database_url)
    for step in steps:
        _try(database_url, reports, step)
    held = dump(database_url)
    for at, names in enumerate(said):
        take_away(database_url, f"R{at}")
        assert whole(database_url) == recounted(database_url)
        put(database_url, f"R{at}", *sorted(names))
        assert whole(database_url) == recounted(database_url)
    assert dump(database_url) == held
    with writing(database_url) as session:
        for row in reversed(deciding.all_rows(session.connection())):
            deciding.undo(session.connection(), row.pk)
    assert dump(database_url) == before
    for at in range(len(said)):
        take_away(database_url, f"R{at}")
    assert not any(whole(database_url).values())


def _try(url: str, reports: list[str], step: tuple[str, int, int]) -> None:
    """Take a step if it is possible; numbers choose from what is there."""
    kind, one, other = step
    known = ids(url)
    actor, into, report = (
        chosen[at % len(chosen)] for chosen, at in ((known, one), (known, other), (reports, other))
    )
    with suppress(ImpossibleError):
        if kind == "merge":
            decide(url, deciding.merge, actor, into)
        elif kind == "split":
            decide(url, deciding.split, actor, [report])
        else:
            decide(url, deciding.undo, one)
