"""Rows stand for somebody or someplace that can be told apart."""

from app.ingest.extract import extract
from app.ingest.nameless import without_nameless
from app.vocabulary import MentionForm

TEXT = (
    "We met the mayor in Lima. Soldiers guarded a military base. "
    "“They have nothing to hide,” said Mayor Rosa Quispe."
)


def test_no_actor_is_kept_that_only_pronouns_mean() -> None:
    found = extract(TEXT)
    assert any(
        all(mention.form is MentionForm.PRONOUN for mention in actor.mentions)
        for actor in found.actors
    )
    kept = without_nameless(found)
    needed = {source.actor for source in kept.sources}
    for actor in kept.actors:
        named = any(mention.form is not MentionForm.PRONOUN for mention in actor.mentions)
        assert named or actor.key in needed


def test_what_refers_to_actors_refers_to_those_that_are_kept() -> None:
    kept = without_nameless(extract(TEXT))
    keys = {actor.key for actor in kept.actors}
    assert {key for claim in kept.claims for key in claim.about} <= keys
    assert {part.actor for event in kept.events for part in event.participants} <= keys


def test_named_actors_and_places_are_kept() -> None:
    kept = without_nameless(extract(TEXT))
    assert "Rosa Quispe" in {actor.name for actor in kept.actors}
    assert "Lima" in {place.name for place in kept.places}
