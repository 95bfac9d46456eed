"""`reportedly extract --explain`: for each claim and event the rule that found it, and its words.

A claim opens with its rule and content; indented below stand the chain with the cue of each link,
how the content is meant, and who answered it, each only where there is something to tell:

    say+clause        “that the bridge would close in June”
        chain         the ministry [according to] ← Ana Ruiz [said], as “she”
        reading       denial, possible (“may”)
        denies        Bo Kim: “called the report a lie”
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.ingest.extraction import Claim, Event, Extraction, Link, Span
from app.vocabulary import Act, Certainty, Directness, Polarity, Status

WIDTH = 30
"""Characters of the column of rules, as wide as the longest name."""

_PLAIN = frozenset(
    {Act.STATEMENT, Directness.INDIRECT, Certainty.CERTAIN, Polarity.AFFIRMED, Status.UNVERIFIED}
)
"""What goes without saying: the values that most claims have."""


def explained(text: str, found: Extraction) -> Iterator[str]:
    """The lines that explain what was found in one text: its claims, then its events."""
    names = {source.key: source.name for source in found.sources}
    names |= {actor.key: actor.name for actor in found.actors}
    names |= {place.key: place.name for place in found.places}
    for claim in found.claims:
        yield from _claim(text, claim, names)
    for event in found.events:
        yield from _event(text, event, names)


def _claim(text: str, claim: Claim, names: Mapping[str, str]) -> Iterator[str]:
    yield _row(claim.rule, _words(text, claim.content))
    if claim.attribution:
        yield _detail("chain", " ← ".join(_link(text, link, names) for link in claim.attribution))
    values = (claim.act, claim.directness, claim.certainty, claim.polarity, claim.status)
    reading = [str(value) for value in values if value not in _PLAIN]
    if claim.hedges:
        reading.append("hedged by " + ", ".join(_words(text, [span]) for span in claim.hedges))
    if claim.said_on is not None:
        reading.append(f"said on {claim.said_on.edtf}")
    if reading:
        yield _detail("reading", ", ".join(reading))
    for answer in claim.responses:
        who = "nobody named" if answer.actor is None else names[answer.actor]
        yield _detail(str(answer.stance), f"{who}: {_words(text, answer.spans)}")


def _link(text: str, link: Link, names: Mapping[str, str]) -> str:
    """The source by name and cue, and by what the text calls it where that is another name."""
    cue = f" [{_plain(text, link.cue)}]" if link.cue else ""
    if link.source is None:
        return f"nobody named{cue}"
    name, said = names[link.source], _plain(text, link.spans)
    known = not said or name.casefold() in said.casefold()
    return f"{name}{cue}" + ("" if known else f", as “{said}”")


def _event(text: str, event: Event, names: Mapping[str, str]) -> Iterator[str]:
    yield _row(event.rule, f"{event.type} {_words(text, event.mentions)}")
    for part in event.participants:
        yield _detail(str(part.role), names[part.actor])
    if event.place is not None:
        yield _detail("place", names[event.place])
    if event.date is not None:
        yield _detail("date", f"{event.date.edtf} {_words(text, [event.date.span])}")
    values = (event.tense, event.certainty, event.polarity)
    yield _detail("reading", ", ".join(str(value) for value in values if value not in _PLAIN))


def _row(rule: str, words: str) -> str:
    return f"{rule:<{WIDTH}} {words}"


def _detail(name: str, words: str) -> str:
    return f"    {name:<{WIDTH - 4}} {words}"


def _words(text: str, spans: Iterable[Span]) -> str:
    """The words of the text in quotation marks, each stretch of its own."""
    return " … ".join(f"“{_plain(text, [span])}”" for span in spans)


def _plain(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)
