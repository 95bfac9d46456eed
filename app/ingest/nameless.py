"""What an extraction finds but no row should be made of.

Extraction marks every mention, "we" and "a military base" included. A row that is shared by
reports must stand for somebody or someplace that can be told apart, so what has no name and no
description of its own is left out before it is stored.
"""

from __future__ import annotations

from dataclasses import replace

from app.ingest.extraction import Actor, Claim, Event, Extraction, Place
from app.vocabulary import MentionForm


def without_nameless(extraction: Extraction) -> Extraction:
    """The extraction without actors that only pronouns mean and places that no mention names.

    An actor stays if it is a source or responds to a claim, a place if an event happens there:
    who says it and where it happens is told even when it is told badly.
    """
    needed = {source.actor for source in extraction.sources} | {
        response.actor for claim in extraction.claims for response in claim.responses
    }
    happened_at = {event.place for event in extraction.events}
    actors = tuple(a for a in extraction.actors if a.key in needed or not _only_pronouns(a))
    places = tuple(p for p in extraction.places if p.key in happened_at or _has_name(p))
    if (actors, places) == (extraction.actors, extraction.places):
        return extraction
    kept = {actor.key for actor in actors}
    return replace(
        extraction,
        actors=actors,
        places=places,
        claims=tuple(_about(claim, kept) for claim in extraction.claims),
        events=tuple(_with_participants(event, kept) for event in extraction.events),
    )


def _only_pronouns(actor: Actor) -> bool:
    forms = {mention.form for mention in actor.mentions}
    return forms == {MentionForm.PRONOUN}


def _has_name(place: Place) -> bool:
    return any(mention.form is MentionForm.NAME for mention in place.mentions)


def _about(claim: Claim, kept: set[str]) -> Claim:
    return replace(claim, about=tuple(key for key in claim.about if key in kept))


def _with_participants(event: Event, kept: set[str]) -> Event:
    parts = tuple(part for part in event.participants if part.actor in kept)
    return replace(event, participants=parts)
