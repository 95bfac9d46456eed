"""Who an actor of one report is everywhere, and the evidence for it in plain words.

The first of these that holds: a known actor (`app/lexicon/known_actors.tsv`), a person's full
name, a public body with its country, a body's own name; else somebody of this report only. What a
reader needs to check the evidence stands beside it: the report, the name and the roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.identity import slug
from app.ingest.extraction import Actor, Place
from app.ingest.same_names import Words, body_name, is_full_name, person_name, public_body
from app.lexicon import table, words
from app.vocabulary import ActorKind, MentionForm

LOCAL_DIGEST = 10
"""Characters of the report's digest in an id of one report only: 50 bits, so that among three
million reports the chance that any two share them is four in a thousand (birthday bound), and then
only rows of the same name would be taken for one."""

_STATE = frozenset({ActorKind.GOVERNMENT, ActorKind.ARMED_FORCE, ActorKind.ORGANIZATION})


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor's id and why it is this one; `is_local`: it holds in this report only."""

    id: str
    evidence: str
    is_local: bool = False


def identify(actor: Actor, report_id: str) -> Identity:
    """The identity of an actor of a report."""
    named = any(mention.form is MentionForm.NAME for mention in actor.mentions)
    if is_person(actor.kind):
        return _person(actor, report_id) if named else _local(actor, report_id, "a description")
    if named and (known := _known(actor)) is not None:
        return known
    if (body := _public_body(actor, named=named)) is not None:
        return body
    if not named:
        return _local(actor, report_id, "a description")
    if is_generic(actor.name):
        return _local(actor, report_id, "a body of no known country")
    return _by_name(actor.name, body_name(actor.name), "name")


def local_id(name: str, report_id: str) -> str:
    """An id of this report only."""
    return f"{slug(name)}-{report_digest(report_id)}"


def report_digest(report_id: str) -> str:
    """What tells a report in ids that hold in it only."""
    return report_id.removeprefix("r_")[:LOCAL_DIGEST]


def name_id(name: str) -> str:
    """The id of a body or an outlet that is known by this name."""
    known = _known_actors().get(body_name(name))
    return _known_id(known) if known else _slug(body_name(name), name)


def place_id(place: Place) -> str:
    """The id of a place: its name, with the country where the name alone means another one.

    "Georgia" in the Caucasus is `georgia`, the one beside Alabama `georgia-us`.
    """
    usual = _usual_countries().get(body_name(place.name))
    if place.country is None or usual in {None, place.country}:
        return slug(place.name)
    return f"{slug(place.name)}-{place.country.lower()}"


def is_generic(name: str) -> bool:
    """Whether a name is made of words that bodies of many countries share."""
    return _is_shared(body_name(name)) or _is_shared(tuple(name.lower().split()))


def is_person(kind: ActorKind) -> bool:
    """Whether an actor of this kind is one human being."""
    return kind is ActorKind.PERSON


def _person(actor: Actor, report_id: str) -> Identity:
    if len(actor.name.split()) == 1:
        return _local(actor, report_id, "a single name")
    if not is_full_name(actor.name):
        return _local(actor, report_id, "an initial and a surname")
    found = _by_name(actor.name, person_name(actor.name), "full name")
    roles = f"; role: {actor.roles[0]}" if actor.roles else ""
    return Identity(found.id, found.evidence + roles)


def _known(actor: Actor) -> Identity | None:
    """A known actor by name or acronym; one of another country is its namesake."""
    known = _known_actors().get(body_name(actor.name))
    if known is None:
        return None
    if known.country and actor.country and known.country != actor.country:
        evidence = f"name of a known actor, but of another country: {actor.country}"
        return Identity(f"{_known_id(known)}-{actor.country.lower()}", evidence)
    seen = [alias for alias in actor.aliases if _names(alias, known)] or [actor.name]
    full = next((name for name in seen if body_name(name) == body_name(known.name)), None)
    evidence = f"known name: {full}" if full else f"known alias: {seen[0]}"
    return Identity(_known_id(known), evidence)


def _names(alias: str, known: _KnownActor) -> bool:
    return _known_actors().get(body_name(alias)) == known


def _known_id(known: _KnownActor) -> str:
    """As for any body of a country: the Department of Defense is the US defense department."""
    rest, _ = public_body(known.name)
    if known.country and _is_shared(rest):
        return _body_id(rest, known.country)
    return _slug(body_name(known.name), known.name)


def _public_body(actor: Actor, *, named: bool) -> Identity | None:
    """A body that each country has, of a known country; one that is described must be unique."""
    rest, told = public_body(actor.name)
    country = told or actor.country
    if country is None or not _is_shared(rest):
        return None
    if not named and (actor.kind not in _STATE or not _is_unique(rest)):
        return None
    evidence = f"name and country: {' '.join(rest)}, {country}"
    return Identity(_body_id(rest, country), evidence)


def _body_id(rest: Words, country: str) -> str:
    return f"{slug(' '.join(rest))}-{country.lower()}"


def _by_name(name: str, levelled: Words, evidence: str) -> Identity:
    id_ = _slug(levelled, name)
    return Identity(id_, evidence if id_ == slug(name) else f"{evidence}, as {' '.join(levelled)}")


def _local(actor: Actor, report_id: str, evidence: str) -> Identity:
    return Identity(local_id(actor.name, report_id), f"{evidence} in this report", is_local=True)


def _slug(levelled: Words, name: str) -> str:
    return slug(" ".join(levelled)) if levelled else slug(name)


def _is_shared(name: Words) -> bool:
    return all(word in words("generic_bodies") or word in words("shared_names") for word in name)


def _is_unique(name: Words) -> bool:
    """Whether a country has one such body: "defense ministry", "navy"."""
    return any(" ".join(name[at:]) in words("one_a_country") for at in range(len(name)))


@dataclass(frozen=True, slots=True)
class _KnownActor:
    name: str
    country: str | None


@cache
def _known_actors() -> dict[Words, _KnownActor]:
    known: dict[Words, _KnownActor] = {}
    for row in table("known_actors"):
        actor = _KnownActor(row["full"] or row["name"], row["country"] or None)
        for name in (row["name"], row["full"]):
            if name:
                known.setdefault(body_name(name), actor)
    return known


@cache
def _usual_countries() -> dict[Words, str]:
    """The country that the name of a place means on its own."""
    usual: dict[Words, str] = {}
    for row in table("countries"):
        for name in (row["name"], *row["capital"].split(";")):
            usual.setdefault(body_name(name), row["code"])
    for file in ("regions", "cities"):
        for row in table(file):
            if row["country"]:
                usual.setdefault(body_name(row["name"]), row["country"])
    return usual
