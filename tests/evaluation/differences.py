"""Where prediction and gold part, report by report, for whoever writes rules.

`python -m tests.evaluation.differences [NAME …]` reads the reports in `tuning/` only: held-out
reports are never shown. `-` stands before what was missed, `+` before what was made up, `~` before
a pair whose details differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.evaluation.__main__ import read_with_extractor
from tests.evaluation.claims import ATTRIBUTES, Claims
from tests.evaluation.events import Events
from tests.evaluation.gold import Claim, Report, load

Json = Mapping[str, Any]


def main(names: Sequence[str]) -> None:
    for report in load("tuning"):
        if not names or report.name in names:
            found = read_with_extractor(report.text, report.published_on)
            print(f"\n== {report.name}")
            for line in (*_claims(Claims(report, found)), *_events(Events(report, found))):
                print(line)


def _claims(side: Claims) -> Iterator[str]:
    text = side.report.text
    paired = {id(claim): other for claim, other in side.pairs}
    for claim in side.report.claims:
        other = paired.get(id(claim))
        if other is None:
            yield f"- claim {_quote(text, claim.content)} <- {_chain(side.report, claim)}"
        elif changes := list(_changes(side, claim, other)):
            yield f"~ claim {_quote(text, claim.content)}: {'; '.join(changes)}"
    made = {id(other) for other in paired.values()}
    for other in side.attributed:
        if id(other) not in made:
            yield f"+ claim {_quote(text, other['content'])} <- {_found_chain(side, other)}"


def _changes(side: Claims, claim: Claim, other: Json) -> Iterator[str]:
    """What differs within a pair, gold first."""
    right = len(claim.chain) == len(other["attribution"]) and all(
        map(side.is_right, claim.chain, other["attribution"])
    )
    if not right:
        yield f"chain {_chain(side.report, claim)} / {_found_chain(side, other)}"
    for name in (*ATTRIBUTES, "certainty"):
        if getattr(claim, name) != other[name]:
            yield f"{name} {getattr(claim, name)} / {other[name]}"


def _events(side: Events) -> Iterator[str]:
    text, paired = side.report.text, side.typed
    for i, event in enumerate(side.report.events):
        if i not in paired:
            yield f"- event {event.type} {_quote(text, event.triggers)}"
            continue
        other = side.events[paired[i]]
        parts = [*event.initiators, "->", *event.recipients]
        made = [
            f"{p['role'][0]}:{side.naming.actors.get(p['actor'])}" for p in other["participants"]
        ]
        yield (
            f"~ event {event.type} {_quote(text, event.triggers)}: {parts} {event.date} "
            f"{event.place} / {made} {other['date']} {side.naming.places.get(other['place'])}"
        )
    for j, other in enumerate(side.events):
        if j not in paired.values():
            yield f"+ event {other['type']} {_quote(text, [other['trigger']])}"


def _quote(text: str, spans: Iterable[Sequence[int]]) -> str:
    return repr(" / ".join(text[start:end] for start, end in spans))


def _chain(report: Report, claim: Claim) -> str:
    names = [report.parties[link.source].name if link.source else "?" for link in claim.chain]
    return " <- ".join(names) or "narration"


def _found_chain(side: Claims, other: Json) -> str:
    names = [
        side.naming.sources[link["source"]]["name"] if link["source"] else "?"
        for link in other["attribution"]
    ]
    return " <- ".join(names) or "narration"


if __name__ == "__main__":
    main(sys.argv[1:])
