"""Names that are written in several ways and are one, and names that only look alike."""

import pytest

from app.ingest.extraction import Actor, Extraction, Mention, Place, Span
from app.ingest.resolve import resolve
from app.ingest.same_names import body_name, person_name
from app.vocabulary import ActorKind, MentionForm

SPAN = Span(0, 1)


def ids(*actors: Actor) -> list[str]:
    return list(resolve(Extraction(actors=actors), "r_abcdefghijkl", None).actors)


def actor(
    name: str,
    kind: ActorKind = ActorKind.ORGANIZATION,
    country: str | None = None,
    form: MentionForm = MentionForm.NAME,
    key: str = "a1",
) -> Actor:
    return Actor(key, name, kind, country, (Mention(SPAN, SPAN, form),), (name,))


@pytest.mark.parametrize(
    "names",
    [
        ("Ana Ruiz", "Ana M. Ruiz", "Dr. Ana Ruiz", "Ana Ruiz, PhD", "Ana Ruíz"),
        ("Pavlo Dubensky", "Pavlo Dubenskyy", "Pavlo Dubenskiy", "Pavlo Dubenskyi"),
        ("Muhammad al-Khatib", "Mohamed Al Khatib", "Mohammed el-Khatib"),
        ("Sergey Ilin", "Sergei Ilin"),
        ("Kim Il-han", "Kim Il Han"),
        ("Bo Holm Jr.", "Bo Holm, Jr", "Bo Holm Junior"),
    ],
)
def test_ways_of_writing_a_person_are_one_name(names: tuple[str, ...]) -> None:
    assert len({person_name(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bo Holm", "Bo Holm Jr."),
        ("Vladimir Ilin", "Volodymyr Ilin"),
        ("George W. Bush", "George H. W. Bush"),
        ("Al Kerr", "Kerr"),
    ],
)
def test_names_that_tell_people_apart_stay_two(one: str, other: str) -> None:
    assert person_name(one) != person_name(other)


@pytest.mark.parametrize(
    "names",
    [
        ("Brenholt Motors", "Brenholt Motors Inc.", "the Brenholt Motors Company, Ltd"),
        ("Holm & Lie GmbH", "Holm and Lie"),
        ("Fjord Defence Organisation", "Fjord Defense Organization"),
    ],
)
def test_ways_of_writing_an_organization_are_one_name(names: tuple[str, ...]) -> None:
    assert len({body_name(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "country", "form"),
    [
        ("Ministry of Defence of Peru", "PE", MentionForm.NAME),
        ("Peruvian Defence Ministry", None, MentionForm.NAME),
        ("Peru's defense ministry", "PE", MentionForm.DESCRIPTION),
        ("Defense Ministry", "PE", MentionForm.NAME),
        ("Peru's Ministry for National Defence", "PE", MentionForm.NAME),
    ],
)
def test_a_public_body_is_one_with_its_country(
    name: str, country: str | None, form: MentionForm
) -> None:
    assert ids(actor(name, ActorKind.GOVERNMENT, country, form)) == ["defense-ministry-pe"]


def test_bodies_of_one_name_in_two_countries_are_two() -> None:
    assert ids(
        actor("Labour Party", country="NZ"),
        actor("Labour Party", country="MT", key="a2"),
        actor("Elan Trust", country="NO", key="a3"),
        actor("Elan Trust", country="SE", key="a4"),
    ) == ["labor-party-nz", "labor-party-mt", "elan-trust", "elan-trust-se"]


def test_an_acronym_is_the_body_that_the_lexicon_knows_by_it() -> None:
    (full,) = ids(actor("International Atomic Energy Agency"))
    found = resolve(Extraction(actors=(actor("I.A.E.A."),)), "r_abcdefghijkl", None)
    (reading,) = found.actors.values()
    assert (reading.id, reading.evidence) == (full, "known alias: I.A.E.A.")


def test_a_namesake_of_a_known_body_in_another_country_is_another_one() -> None:
    known, other = (
        ids(actor("National Intelligence Service", ActorKind.GOVERNMENT, country))
        for country in ("KR", "KE")
    )
    assert known == ["national-intelligence-service"]
    assert other == ["national-intelligence-service-ke"]


def test_an_initial_and_a_surname_are_nobody_elsewhere() -> None:
    assert ids(actor("J. Holm", ActorKind.PERSON)) == ["j-holm-abcdefghij"]


def test_two_people_whom_one_report_tells_apart_by_initials_stay_two() -> None:
    assert ids(
        actor("Ann A. Lee", ActorKind.PERSON), actor("Ann B. Lee", ActorKind.PERSON, key="a2")
    ) == ["ann-lee", "ann-lee-b"]


def test_the_evidence_is_told_in_plain_words() -> None:
    said = Actor(
        "a1",
        "Ana M. Ruiz",
        ActorKind.PERSON,
        "PE",
        (Mention(SPAN, SPAN, MentionForm.NAME),),
        roles=("president of Peru",),
    )
    (reading,) = resolve(Extraction(actors=(said,)), "r_abcdefghijkl", None).actors.values()
    assert reading.evidence == "full name, as ana ruiz; role: president of Peru"


def test_places_of_one_name_in_two_countries_are_two_places() -> None:
    places = tuple(
        Place(f"p{at}", "Georgia", country, (Mention(SPAN, SPAN, MentionForm.NAME),))
        for at, country in enumerate(("GE", "US", None))
    )
    found = resolve(Extraction(places=places), "r_abcdefghijkl", None)
    assert list(found.places) == ["georgia", "georgia-us"]
