"""Claims as JSON-LD in the terms of schema.org (https://schema.org/Claim, version 30.1).

Only what is true by schema.org's own definitions is said in its terms; the rest is in the JSON of
the same URL, of which this is no substitute:

- `author` is the origin of the claim, where it is a person or organization by name and puts the
  content forward. Whoever denies, asks, demands or wishes something has not claimed it; groups,
  documents and anonymous sources are neither a Person nor an Organization.
- `isBasedOn` are the documents in the attribution of such a claim, `appearance` is the report.
- `dateCreated` is the day on which the author said it, if that is known to the year and nobody
  stands between author and report: otherwise the day is that of whoever passed it on.
- `about` are the events that the claim reports, `mentions` the actors that its content mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from app import schemas
from app.vocabulary import Act, ActorKind, SourceKind

AgentType = Literal["Person", "Organization", "GovernmentOrganization"]
ThingType = Literal["Person", "Organization", "GovernmentOrganization", "Place", "Thing"]

_AGENTS: dict[SourceKind, AgentType] = {
    SourceKind.PERSON: "Person",
    SourceKind.MEDIA: "Organization",
    SourceKind.ORGANIZATION: "Organization",
    SourceKind.ARMED_FORCE: "Organization",
    SourceKind.GOVERNMENT: "GovernmentOrganization",
}
_THINGS: dict[ActorKind, ThingType] = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANIZATION: "Organization",
    ActorKind.ARMED_FORCE: "Organization",
    ActorKind.GOVERNMENT: "GovernmentOrganization",
    ActorKind.PLACE: "Place",
}
_NOT_CLAIMED = {Act.DENIAL, Act.QUESTION, Act.DEMAND, Act.WISH}
_ISO_8601 = re.compile(r"\d{4}(-\d\d){0,2}")


class Node(BaseModel):
    """A thing with an IRI, which is also the URL of its JSON."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, alias_generator=to_camel)

    id: str = Field(alias="@id")


class AgentNode(Node):
    """Who says it, or who published it."""

    type: AgentType = Field(alias="@type")
    name: str


class ThingNode(Node):
    """An actor that the content mentions."""

    type: ThingType = Field(alias="@type")
    name: str


class EventNode(Node):
    """An event that the claim reports."""

    type: Literal["Event"] = Field("Event", alias="@type")


class WorkNode(Node):
    """A report, or a document that information is attributed to."""

    type: Literal["CreativeWork"] = Field("CreativeWork", alias="@type")
    name: str
    publisher: AgentNode | None = None


class ClaimNode(Node):
    """A claim; members without a value are left out."""

    context: Literal["https://schema.org"] | None = Field(None, alias="@context")
    type: Literal["Claim"] = Field("Claim", alias="@type")
    url: str
    identifier: str
    text: str
    author: AgentNode | None = None
    date_created: str | None = None
    appearance: WorkNode
    is_based_on: list[WorkNode] | None = None
    about: list[EventNode] | None = None
    mentions: list[ThingNode] | None = None


class ClaimList(BaseModel):
    """A page of claims; `Link` leads to the next one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, alias_generator=to_camel)

    context: Literal["https://schema.org"] = Field("https://schema.org", alias="@context")
    type: Literal["ItemList"] = Field("ItemList", alias="@type")
    item_list_element: list[ClaimNode]


def one(body: str, base: str) -> str:
    """A claim as a document; `base` is the service's URL, with a slash at its end."""
    node = _claim(schemas.Claim.model_validate_json(body), base)
    node.context = "https://schema.org"
    return _json(node)


def listed(bodies: Iterable[str], base: str) -> str:
    """Claims as a document."""
    claims = [_claim(schemas.Claim.model_validate_json(body), base) for body in bodies]
    return _json(ClaimList(item_list_element=claims))


def _json(node: BaseModel) -> str:
    return node.model_dump_json(by_alias=True, exclude_none=True)


def _claim(claim: schemas.Claim, base: str) -> ClaimNode:
    url = f"{base}claims/{claim.id}"
    claimed = claim.act not in _NOT_CLAIMED
    author = _agent(claim.origin, base) if claimed else None
    return ClaimNode(
        id=url,
        url=url,
        identifier=claim.id,
        text=claim.text,
        author=author,
        date_created=_day(claim) if author else None,
        appearance=WorkNode(
            id=f"{base}reports/{claim.report.id}",
            name=claim.report.title,
            publisher=_agent(claim.report.publisher, base),
        ),
        is_based_on=(_documents(claim.attribution, base) or None) if claimed else None,
        about=[EventNode(id=f"{base}events/{event.id}") for event in claim.events] or None,
        mentions=[_thing(actor, base) for actor in claim.about] or None,
    )


def _agent(source: schemas.SourceRef | None, base: str) -> AgentNode | None:
    if source is None or source.kind not in _AGENTS:
        return None
    return AgentNode(id=_source(source, base), type=_AGENTS[source.kind], name=source.name)


def _thing(actor: schemas.ActorRef, base: str) -> ThingNode:
    url = f"{base}actors/{actor.id}"
    return ThingNode(id=url, type=_THINGS.get(actor.kind, "Thing"), name=actor.name)


def _documents(links: Sequence[schemas.Link], base: str) -> list[WorkNode]:
    sources = (link.source for link in links)
    return [
        WorkNode(id=_source(source, base), name=source.name)
        for source in sources
        if source is not None and source.kind == SourceKind.DOCUMENT
    ]


def _source(source: schemas.SourceRef, base: str) -> str:
    return f"{base}sources/{source.id}"


def _day(claim: schemas.Claim) -> str | None:
    said_by_author = len(claim.attribution) == 1
    known = claim.said_on and _ISO_8601.fullmatch(claim.said_on)
    return claim.said_on if said_by_author and known else None
