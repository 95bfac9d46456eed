"""Who says what, according to whom, how sure, and who disagrees.

```
quotations ─▶ answers ─▶ attributions ─▶ chains ─▶ responses ─▶ narration ─▶ claims in text order
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.claims.acts import Reading, read, sustained
from app.ingest.extract.claims.answering import find_answers
from app.ingest.extract.claims.answers import Answer
from app.ingest.extract.claims.attributions import find_attributed
from app.ingest.extract.claims.certainty import certainty_of, hedge_words, polarity_of
from app.ingest.extract.claims.chains import chain
from app.ingest.extract.claims.makers import Makers
from app.ingest.extract.claims.narration import narration
from app.ingest.extract.claims.questions import Candidate, stems
from app.ingest.extract.claims.responders import Responders
from app.ingest.extract.claims.responses import attach, status_of
from app.ingest.extract.claims.sources import Sources
from app.ingest.extract.claims.steps import Step
from app.ingest.extract.claims.surroundings import Contents
from app.ingest.extract.entities.entities import Entities
from app.ingest.extract.layout.datelines import Datelines
from app.ingest.extract.layout.quotations import find_quotations
from app.ingest.extract.syntax import child, text_of
from app.ingest.extraction import Actor, Claim, Date, Link, Quantity, Response, Source, Span
from app.vocabulary import Act, Certainty, Directness, Polarity, Stance

BARE = 3
"""Tokens of a content that is no more than a noun: "the strike", "that early report"."""


def find_claims(
    doc: Doc, entities: Entities, dates: Sequence[Date], quantities: Sequence[Quantity]
) -> tuple[tuple[Claim, ...], tuple[Source, ...], tuple[Actor, ...]]:
    """The claims of a text in order, narration included, and the sources of their chains.

    The third value holds those who answer a claim and are no actors otherwise; see `responders`.
    Every sentence is in some claim; datelines are in none. Two claims never share both content and
    chain.
    """
    quotations = find_quotations(text_of(doc))
    answers = list(find_answers(doc))
    datelines = Datelines(text_of(doc))
    attributed = find_attributed(doc, quotations, answers, datelines)
    contents = Contents(doc, quotations, entities, dates, quantities)
    makers = Makers(doc)
    chains = [_chain(one, makers, datelines) for one in attributed]
    readings = _readings(contents, attributed, chains, answers)
    responders = Responders(entities, contents)
    candidates = _candidates(contents, answers, attributed, chains, readings) if answers else []
    responses = attach(answers, candidates, contents, responders)
    sources = Sources(text_of(doc), entities)
    claims = [
        _claim(contents, one, _links(steps, sources), reading, responses.get(position, []))
        for position, (one, steps, reading) in enumerate(
            zip(attributed, chains, readings, strict=True)
        )
    ]
    claims.extend(_narrated(contents, doc, attributed, answers, datelines))
    return _in_order(claims), sources.all(), responders.new_actors()


def _chain(attributed: Attributed, makers: Makers, datelines: Datelines) -> list[Step]:
    """The links, none where the report itself leaves something open ("it is unclear whether")."""
    if attributed.rule == "adjective+it":
        return []
    return chain(attributed, makers, datelines.agencies)


def _readings(
    contents: Contents,
    attributed: Sequence[Attributed],
    chains: Sequence[Sequence[Step]],
    answers: Sequence[Answer],
) -> list[Reading]:
    """What each source does with its content."""
    denying = {a.verb.i for a in answers if a.stance is Stance.DENIES and not a.is_defence}
    heads = [contents.head(one.content) for one in attributed]
    readings = [read(one, head, denying) for one, head in zip(attributed, heads, strict=True)]
    speakers = [
        (key, contents.paragraph(one.anchor.idx))
        if steps and steps[-1][0] is not None and (key := contents.actor_at.get(steps[-1][0].i))
        else None
        for one, steps in zip(attributed, chains, strict=True)
    ]
    negated = [polarity_of(head) is Polarity.NEGATED for head in heads]
    return sustained(readings, speakers, negated)


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
    return Claim(
        content=content,
        attribution=links,
        act=act,
        directness=contents.directness(content, quoted),
        certainty=certainty_of([*hedges, *own], reading.certainty),
        polarity=polarity_of(contents.head(content), turned=reading.turned),
        status=status_of(responses),
        hedges=hedge_words([*hedges, *own], reading.hedges),
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
            hedges=hedge_words(hedges),
            quotations=contents.quoted(content),
            quantities=contents.quantities(content),
            about=contents.about(content),
            rule="narration",
        )


def _candidates(
    contents: Contents,
    answers: Sequence[Answer],
    attributed: Sequence[Attributed],
    chains: Sequence[Sequence[Step]],
    readings: Sequence[Reading],
) -> list[Candidate]:
    """What answers need to know of each claim."""
    answering = {answer.verb.i for answer in answers}
    return [
        _candidate(contents, answering, *made)
        for made in zip(attributed, chains, readings, strict=True)
    ]


def _candidate(
    contents: Contents,
    answering: Set[int],
    attributed: Attributed,
    steps: Sequence[Step],
    reading: Reading,
) -> Candidate:
    content = attributed.content
    tokens = contents.tokens(content)
    head = contents.head(content)
    heads = [source for source, _ in steps if source is not None]
    keys = [contents.actor_at.get(head.i) for head in heads]
    about = contents.about(content)
    anchor = attributed.anchor.idx
    if reading.act is Act.ALLEGATION:
        about = (*_accused(contents, attributed.anchor), *about)
    return Candidate(
        content[0].start,
        max(span.end for span in content),
        anchor,
        contents.paragraph(anchor),
        stems(tokens),
        frozenset(key for key in keys if key is not None),
        keys[0] if keys else None,
        keys[-1] if keys else None,
        frozenset(head.lemma_.lower() for head in heads),
        frozenset(about),
        about[0] if about else None,
        any(token.pos_ == "NUM" for token in tokens),
        reading.act,
        len(tokens) <= BARE and not any(token.pos_ in ("VERB", "AUX") for token in tokens),
        head is not None and _is_in(answering, head, child(head, "xcomp")),
    )


def _is_in(answering: Set[int], *verbs: Token | None) -> bool:
    """ "We *confirm* nothing", "I am not *going* to *comment*"."""
    return any(verb is not None and verb.i in answering for verb in verbs)


def _accused(contents: Contents, cue: Token) -> Iterator[str]:
    """ "accused *the quarry* of dumping waste": spoken of, though outside the content."""
    accused = child(cue, "dobj", "nsubjpass")
    key = contents.actor_at.get(accused.i) if accused is not None else None
    if key is not None:
        yield key


def _in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """By text order, each content and chain once."""
    once = {(claim.content, claim.attribution): claim for claim in claims}
    return tuple(sorted(once.values(), key=lambda claim: claim.content))
