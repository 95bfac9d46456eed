"""Ids that hold across reports: what is one actor everywhere, what in one report only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity import SLUG_LENGTH, slug
from app.ingest.extraction import Actor, Extraction, Mention, Source, Span
from app.ingest.resolve import Resolution, resolve
from app.vocabulary import ActorKind, MentionForm, SourceKind

REPORT = "r_abcdefghijkl"
SPAN = Span(0, 1)


def actor(
    name: str,
    kind: ActorKind = ActorKind.PERSON,
    country: str | None = None,
    form: MentionForm = MentionForm.NAME,
    key: str = "a1",
) -> Actor:
    return Actor(key, name, kind, country, (Mention(SPAN, SPAN, form),), (name,), ())


def id_of(found: Actor, report: str = REPORT) -> str:
    (id_,) = resolve(Extraction(actors=(found,)), report, None).actors
    return id_


def source_ids(*sources: Source, actors: tuple[Actor, ...] = ()) -> list[str]:
    return list(resolve(Extraction(actors=actors, sources=sources), REPORT, None).sources)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("North Korea", "north-korea"),
        ("the Łódź Police", "lodz-police"),
        ("Women’s League", "women-league"),
        ("Ødegaard & Søn", "odegaard-son"),
        ("北京", "beijing"),
        ("A", "a"),
    ],
)
def test_slugs_are_readable(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_every_name_has_a_slug(name: str) -> None:
    made = slug(name)
    assert made == slug(name)
    assert 0 < len(made) <= SLUG_LENGTH
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_full_name_is_the_same_person_in_every_report() -> None:
    assert id_of(actor("Mira Okafor")) == id_of(actor("Mira Okafor"), "r_zzzzzzzzzzzz")


@pytest.mark.parametrize(
    "found",
    [
        actor("Okafor"),
        actor("two officials", ActorKind.GROUP, form=MentionForm.DESCRIPTION),
        actor("the Defense Ministry", ActorKind.GOVERNMENT),
    ],
)
def test_who_may_be_somebody_else_elsewhere_is_an_actor_of_one_report(found: Actor) -> None:
    assert id_of(found) == f"{slug(found.name)}-abcdefghij"
    assert id_of(found) != id_of(found, "r_zzzzzzzzzzzz")


def test_a_body_that_many_countries_have_is_told_by_its_country() -> None:
    ministry = actor("Defense Ministry", ActorKind.GOVERNMENT, "NO")
    assert id_of(ministry) == "defense-ministry-no"


def test_namesakes_in_one_report_stay_apart() -> None:
    resolution = resolve(
        Extraction(
            actors=(
                actor("an official", form=MentionForm.DESCRIPTION),
                actor("an official", form=MentionForm.DESCRIPTION, key="a2"),
                actor("Lena Hart", key="a3"),
                actor("Lena Hart", ActorKind.ORGANIZATION, key="a4"),
            )
        ),
        REPORT,
        None,
    )
    assert list(resolution.actors) == [
        "official-abcdefghij",
        "official-abcdefghij-2",
        "lena-hart",
        "lena-hart-organization",
    ]
    assert all(reading.evidence for reading in resolution.actors.values())


def test_a_source_that_is_an_actor_has_its_id_and_name() -> None:
    resolution = resolve(
        Extraction(
            actors=(actor("Mira Okafor"),),
            sources=(Source("s1", "she", SourceKind.PERSON, "a1"),),
        ),
        REPORT,
        None,
    )
    (reading,) = resolution.sources.values()
    assert (reading.id, reading.name, reading.actor) == (
        "mira-okafor",
        "Mira Okafor",
        "mira-okafor",
    )


def test_the_media_of_a_country_are_one_source_and_officials_are_many() -> None:
    described = actor("Norwegian media", ActorKind.GROUP, "NO", MentionForm.DESCRIPTION)
    assert source_ids(
        Source("s1", "Norwegian media", SourceKind.MEDIA, "a1"),
        Source("s2", "officials", SourceKind.GOVERNMENT),
        Source("s3", "A person close to the Palace", SourceKind.ANONYMOUS),
        actors=(described,),
    ) == ["norwegian-media", "officials-abcdefghij", "person-close-to-the-palace-abcdefghij"]


def test_the_publisher_is_a_source_and_a_medium() -> None:
    resolution: Resolution = resolve(Extraction(), REPORT, "The Harbour Post")
    assert resolution.publisher == "harbour-post"
    assert resolution.sources["harbour-post"].kind is SourceKind.MEDIA
