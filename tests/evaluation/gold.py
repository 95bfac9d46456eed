"""Our own gold reports: what a person annotated in `tests/gold/`, as values with offsets.

A report is a Markdown file with front matter; its annotation is the YAML file of the same name,
which quotes the report's words (`tests/gold/README.md` is the guideline). Reading fails loudly:
a quotation that the text does not have exactly once, an unknown key or a word outside the closed
vocabularies raises `GoldError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from app.vocabulary import (
    Act,
    ActorKind,
    Certainty,
    Directness,
    EventType,
    Polarity,
    SourceKind,
    Stance,
    Status,
    Tense,
)

FOLDER = Path(__file__).parent.parent / "gold"
SPLITS = ("tuning", "held_out")

Spans = tuple[tuple[int, int], ...]
Vocabulary = TypeVar("Vocabulary", bound=StrEnum)

_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_DESCRIBED = {ActorKind.GROUP, SourceKind.DOCUMENT, SourceKind.ANONYMOUS}
_DESCRIPTION = re.compile(r"(?:A|An|Her|His|Its|One)\s")
_MARKED = re.compile(r"(?s)(.*)<(.+)>(.*)")


class GoldError(ValueError):
    """An annotation that does not fit its report."""


@dataclass(frozen=True)
class Party:
    """An actor or a source; `names` are all that may be called its canonical name."""

    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    mentions: Spans
    is_actor: bool

    @property
    def is_described(self) -> bool:
        """Whether the report describes it without a name: "two officials", "a letter"."""
        plain = self.name[0].islower() or bool(_DESCRIPTION.match(self.name))
        return plain or self.kind in _DESCRIBED


@dataclass(frozen=True)
class Link:
    """A step of the chain; `source` is the key of a party, None where the report names nobody."""

    source: str | None
    words: Spans
    cue: Spans


@dataclass(frozen=True)
class Response:
    """What `actor` (the key of a party; None: nobody in particular) says of a claim."""

    actor: str | None
    stance: Stance
    words: Spans


@dataclass(frozen=True)
class Claim:
    """A claim; the chain is outermost first, and empty for hedged narration."""

    content: Spans
    chain: tuple[Link, ...]
    act: Act
    directness: Directness
    certainty: Certainty
    polarity: Polarity
    hedges: Spans
    responses: tuple[Response, ...]
    status: Status
    said_on: str | None


@dataclass(frozen=True)
class Event:
    """An event; participants are keys of parties, quantities pairs of low and high."""

    type: EventType
    triggers: Spans
    initiators: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    date: str | None
    quantities: tuple[tuple[float | None, float | None], ...]
    certainty: Certainty
    polarity: Polarity
    tense: Tense


@dataclass(frozen=True)
class Report:
    """One annotated report; `published_on` is an ISO date or None."""

    name: str
    text: str
    published_on: str | None
    parties: dict[str, Party]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    dates: tuple[tuple[Spans, str | None], ...]


def load(split: str, folder: Path = FOLDER) -> list[Report]:
    """The reports of one split, by file name. Raises GoldError naming file and quotation."""
    return [read(path) for path in sorted((folder / split).glob("*.md"))]


def read(path: Path) -> Report:
    """One report with its annotation. Raises GoldError naming file and quotation."""
    whole = path.read_text(encoding="utf-8")
    front = _FRONT_MATTER.match(whole)
    if not front:
        raise GoldError(f"{path.name}: no front matter")
    annotation = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    published = yaml.safe_load(front[1])["published_on"]
    try:
        return _report(path.stem, whole[front.end() :], published, annotation)
    except GoldError as error:
        raise GoldError(f"{path.stem}: {error}") from None


def _report(name: str, text: str, published: object, annotation: dict[str, Any]) -> Report:
    _only(annotation, "actors sources claims events dates")
    parties = {key: _party(text, row, ActorKind) for key, row in annotation["actors"].items()}
    for key, row in (annotation.get("sources") or {}).items():
        if key in parties:
            raise GoldError(f"{key} is an actor and a source")
        parties[key] = _party(text, row, SourceKind)
    report = Report(
        name,
        text,
        str(published) if published else None,
        parties,
        tuple(_claim(text, row) for row in annotation["claims"]),
        tuple(_event(text, row) for row in annotation["events"]),
        tuple(_date(text, row) for row in annotation["dates"]),
    )
    _check_keys(report)
    return report


def find(text: str, quotation: str) -> tuple[int, int]:
    """Where the text has the quotation: `[start, end)` in code points.

    `He <said> on` quotes "said" and names its neighbours to tell it from other places; `…` or
    `...` stands for whatever lies between two ends. Any blank matches any blank or line break.
    Raises GoldError unless there is exactly one place.
    """
    marked = _MARKED.fullmatch(quotation)
    before, inner, after = marked.groups() if marked else ("", quotation, "")
    pattern = f"(?=({_pattern(before)})({_pattern(inner)}){_pattern(after)})"
    # A word is quoted whole: "her" is not found in "others".
    pattern = (r"(?<!\w)" if (before or inner)[:1].isalnum() else "") + pattern
    places = [match.span(2) for match in re.finditer(pattern, text, re.DOTALL)]
    if len(places) != 1:
        raise GoldError(f"{quotation!r} is found {len(places)} times")
    return places[0]


def _pattern(words: str) -> str:
    pieces = [
        r"\s+".join(re.escape(word) for word in piece.split())
        for piece in re.split(r"\.\.\.|…", words)
    ]
    blank_before, blank_after = words[:1].isspace(), words[-1:].isspace()
    closed = r"(?!\w)" if words[-1:].isalnum() else ""
    return (
        (r"\s+" if blank_before else "")
        + ".*?".join(pieces)
        + closed
        + (r"\s+" if blank_after else "")
    )


def _spans(text: str, quotations: Any) -> Spans:
    """One quotation, a list of them, or none."""
    if quotations is None:
        return ()
    listed = quotations if isinstance(quotations, list) else [quotations]
    return tuple(find(text, str(quotation)) for quotation in listed)


def _party(text: str, row: dict[str, Any], kinds: type[StrEnum]) -> Party:
    _only(row, "name also kind country mentions")
    names = (row["name"], *row.get("also", ()))
    return Party(
        row["name"],
        names,
        _word(kinds, row["kind"]),
        row.get("country"),
        _spans(text, row.get("mentions")),
        kinds is ActorKind,
    )


def _claim(text: str, row: dict[str, Any]) -> Claim:
    _only(
        row,
        "content from act directness certainty polarity hedges responses status said_on",
    )
    responses = tuple(_response(text, response) for response in row.get("responses", ()))
    derived = _status(response.stance for response in responses)
    said_on = row.get("said_on")
    return Claim(
        _spans(text, row["content"]),
        tuple(_link(text, link) for link in row["from"]),
        _word(Act, row.get("act", Act.STATEMENT)),
        _word(Directness, row.get("directness", Directness.INDIRECT)),
        _word(Certainty, row.get("certainty", Certainty.CERTAIN)),
        _word(Polarity, row.get("polarity", Polarity.AFFIRMED)),
        _spans(text, row.get("hedges")),
        responses,
        _word(Status, row.get("status", derived)),
        None if said_on is None else str(said_on),
    )


def _link(text: str, row: dict[str, Any]) -> Link:
    _only(row, "source words cue")
    return Link(row["source"], _spans(text, row["words"]), _spans(text, row["cue"]))


def _response(text: str, row: dict[str, Any]) -> Response:
    _only(row, "actor stance words")
    return Response(row["actor"], _word(Stance, row["stance"]), _spans(text, row["words"]))


def _status(stances: Iterable[Stance]) -> Status:
    """Where responses leave a claim: a denial outweighs a dispute, that a confirmation."""
    found = set(stances)
    for stance, status in (
        (Stance.DENIES, Status.DENIED),
        (Stance.DISPUTES, Status.DISPUTED),
        (Stance.CONFIRMS, Status.CONFIRMED),
        (Stance.DOES_NOT_CONFIRM, Status.UNCONFIRMED),
    ):
        if stance in found:
            return status
    return Status.UNVERIFIED


def _event(text: str, row: dict[str, Any]) -> Event:
    _only(
        row,
        "type trigger mentions initiators recipients place date quantities"
        " certainty polarity tense",
    )
    return Event(
        _word(EventType, row["type"]),
        _spans(text, [row["trigger"], *row.get("mentions", ())]),
        tuple(row.get("initiators", ())),
        tuple(row.get("recipients", ())),
        row.get("place"),
        None if row.get("date") is None else str(row["date"]),
        tuple(_quantity(text, quantity) for quantity in row.get("quantities", ())),
        _word(Certainty, row.get("certainty", Certainty.CERTAIN)),
        _word(Polarity, row.get("polarity", Polarity.AFFIRMED)),
        _word(Tense, row.get("tense", Tense.PAST)),
    )


def _quantity(text: str, row: dict[str, Any]) -> tuple[float | None, float | None]:
    _only(row, "words low high")
    find(text, row["words"])
    return row["low"], row["high"]


def _date(text: str, row: dict[str, Any]) -> tuple[Spans, str | None]:
    _only(row, "words edtf")
    return _spans(text, row["words"]), None if row["edtf"] is None else str(row["edtf"])


def _only(row: dict[str, Any], known: str) -> None:
    if unknown := set(row) - set(known.split()):
        raise GoldError(f"unknown key {', '.join(sorted(unknown))}")


def _word(vocabulary: type[Vocabulary], word: str) -> Vocabulary:
    try:
        return vocabulary(word)
    except ValueError as error:
        raise GoldError(str(error)) from None


def _check_keys(report: Report) -> None:
    """Whoever speaks, responds or takes part is listed; an actor of an event is an actor."""
    speakers = {link.source for claim in report.claims for link in claim.chain}
    responding = {response.actor for claim in report.claims for response in claim.responses}
    acting = {key for event in report.events for key in (*event.initiators, *event.recipients)}
    for key in (speakers | responding | acting) - {None}:
        if key not in report.parties:
            raise GoldError(f"{key} is neither an actor nor a source")
    for key in acting:
        if not report.parties[key].is_actor:
            raise GoldError(f"{key} takes part in an event and is no actor")
    for party in report.parties.values():
        if party.is_actor and not party.mentions:
            raise GoldError(f"{party.name} has no mention")
