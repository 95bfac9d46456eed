"""Who says what, according to whom, how sure, and who disagrees.

```
quotations ─▶ answers ─▶ attributions ─▶ chains ─▶ responses ─▶ narration ─▶ claims in text order
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.quotations import find_quotations
from app.ingest.extract.claims.acts import Reading, read
from app.ingest.extract.claims.answers import Answer, find_answers
from app.ingest.extract.claims.attributions import find_attributed
from app.ingest.extract.claims.certainty import certainty_of, polarity_of
from app.ingest.extract.claims.chains import Makers, Step, chain
from app.ingest.extract.claims.datelines import Datelines
from app.ingest.extract.claims.narration import narration
from app.ingest.extract.claims.responses import Candidate, attach, status_of, stems
from app.ingest.extract.claims.sources import Sources
from app.ingest.extract.claims.surroundings import Contents
from app.ingest.extract.entities.entities import Entities
from app.ingest.extraction import Claim, Date, Link, Quantity, Response, Source, Span
from app.vocabulary import Act, Certainty, Directness, Stance


def find_claims(
    doc: Doc, entities: Entities, dates: Sequence[Date], quantities: Sequence[Quantity]
) -> tuple[tuple[Claim, ...], tuple[Source, ...]]:
    """The claims of a text in order, narration included, and the sources of their chains.

    Every sentence is in some claim; datelines are in none. Two claims never share both content and
    chain.
    """
    quotations = find_quotations(doc.text)
    answers = list(find_answers(doc))
    datelines = Datelines(doc.text)
    attributed = find_attributed(doc, quotations, answers, datelines)
    contents = Contents(doc, quotations, entities, dates, quantities)
    makers = Makers(doc)
    chains = [_chain(one, makers, datelines) for one in attributed]
    denying = {answer.verb.i for answer in answers if answer.stance is Stance.DENIES}
    readings = [read(one, denying) for one in attributed]
    responses = _responses(contents, attributed, chains, readings, answers)
    sources = Sources(doc.text, entities)
    claims = [
        _claim(contents, one, _links(steps, sources), reading, responses.get(position, []))
        for position, (one, steps, reading) in enumerate(
            zip(attributed, chains, readings, strict=True)
        )
    ]
    claims.extend(_narrated(contents, doc, attributed, answers, datelines))
    return _in_order(claims), sources.all()


def _chain(attributed: Attributed, makers: Makers, datelines: Datelines) -> list[Step]:
    """The links, none where the report itself leaves something open ("it is unclear whether")."""
    if attributed.rule == "adjective+it":
        return []
    return chain(attributed, makers, datelines.agencies)


def _links(steps: Sequence[Step], sources: Sources) -> tuple[Link, ...]:
    links = []
    for head, cue in steps:
        if head is None:
            links.append(Link(None, (), cue))
            continue
        span = sources.span(head, cue[0] if cue else Span(head.idx, head.idx))
        links.append(Link(sources.of(head, span).key, (span,), cue))
    return tuple(links)


def _claim(
    contents: Contents,
    attributed: Attributed,
    links: tuple[Link, ...],
    reading: Reading,
    responses: list[Response],
) -> Claim:
    content = tuple(sorted(attributed.content))
    hedges = contents.hedges_in(content)
    act = reading.act
    if act is Act.STATEMENT:
        act = next((hedge.act for hedge in hedges if hedge.act is not None), act)
    own = contents.hedges_in(attributed.cue)
    quoted = contents.quoted(content)
    words = {hedge.span for hedge in (*hedges, *own)} | set(reading.hedges)
    return Claim(
        content=content,
        attribution=links,
        act=act,
        directness=contents.directness(content, quoted),
        certainty=certainty_of([*hedges, *own], reading.certainty),
        polarity=polarity_of(contents.head(content), turned=reading.turned),
        status=status_of(responses),
        hedges=tuple(sorted(words)),
        quotations=quoted,
        responses=tuple(responses),
        quantities=contents.quantities(content),
        said_on=contents.said_on(
            attributed.anchor, [*content, *(span for link in links for span in link.spans)]
        ),
        about=contents.about(content),
        rule=attributed.rule,
    )


def _narrated(
    contents: Contents,
    doc: Doc,
    attributed: Sequence[Attributed],
    answers: Sequence[Answer],
    datelines: Datelines,
) -> Iterator[Claim]:
    answering = {answer.verb.i for answer in answers}
    for spans, root in narration(doc, attributed, answering):
        content = tuple(datelines.out_of(spans))
        if not content:
            continue
        hedges = contents.hedges_in(content)
        certainty = certainty_of(hedges, None)
        yield Claim(
            content=content,
            attribution=(),
            act=Act.QUESTION if certainty is Certainty.UNKNOWN else Act.STATEMENT,
            directness=Directness.INDIRECT,
            certainty=certainty,
            polarity=polarity_of(root),
            status=status_of(()),
            hedges=tuple(hedge.span for hedge in hedges),
            quotations=contents.quoted(content),
            quantities=contents.quantities(content),
            about=contents.about(content),
            rule="narration",
        )


def _responses(
    contents: Contents,
    attributed: Sequence[Attributed],
    chains: Sequence[Sequence[Step]],
    readings: Sequence[Reading],
    answers: Sequence[Answer],
) -> Mapping[int, list[Response]]:
    """The responses by the position of the claim that they answer."""
    if not answers:
        return {}
    candidates = []
    for one, steps, reading in zip(attributed, chains, readings, strict=True):
        keys = [contents.actor_at.get(head.i) for head, _ in steps if head is not None]
        candidates.append(
            Candidate(
                one.content[0].start,
                max(span.end for span in one.content),
                one.anchor.idx,
                stems(contents.tokens(one.content)),
                frozenset(key for key in keys if key is not None),
                keys[-1] if keys else None,
                frozenset(contents.about(one.content)),
                reading.act,
            )
        )
    return attach(answers, candidates, contents.actor_at)


def _in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """By text order, each content and chain once."""
    once = {(claim.content, claim.attribution): claim for claim in claims}
    return tuple(sorted(once.values(), key=lambda claim: claim.content))
