"""Who says what, according to whom, how sure, and who disagrees.

```
quotations ─▶ constructions (verbs, nouns, adjectives, labels) ─▶ quotations given to cues
          ─▶ chains ─▶ nested reports made one ─▶ responses ─▶ narration ─▶ claims in text order
```
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution import Attributed, according_to, cut, verb_attributions
from app.ingest.extract.certainty import Hedges, certainty_of, find_hedges, polarity_of
from app.ingest.extract.chains import add_origins, outlet
from app.ingest.extract.cues import cue_verbs
from app.ingest.extract.entities import Entities
from app.ingest.extract.narration import narration
from app.ingest.extract.nominal import (
    adjective_attribution,
    hearsay,
    labelled,
    noun_attribution,
)
from app.ingest.extract.quotations import Quotations, find_quotations
from app.ingest.extract.responses import (
    Answer,
    Candidate,
    attach,
    content_lemmas,
    find_answers,
    response_clause,
    status_of,
)
from app.ingest.extract.sources import Sources, source_span
from app.ingest.extract.speakers import give_quotations
from app.ingest.extract.syntax import trimmed, without
from app.ingest.extraction import Claim, Date, Link, Quantity, Response, Source, Span
from app.vocabulary import Act, Directness

SMALL = 1_000
"""Code points of a text in which one claim may be more than half."""

FILLING = 0.75
"""Share of an outer content that a nested report must have to become a link of its chain."""

_NESTING = ("+clause", "+quote", "+infinitive", "+document")
_NOMINAL = {"NOUN": noun_attribution, "ADJ": adjective_attribution, "ADV": hearsay}


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything found around the claims of one text, to be looked up by offset."""

    doc: Doc
    text: str
    quotations: Quotations
    hedges: Hedges
    dates: Sequence[Date]
    quantities: Sequence[Quantity]
    mentions: Sequence[tuple[int, str]]


def find_claims(
    doc: Doc, entities: Entities, dates: Sequence[Date], quantities: Sequence[Quantity]
) -> tuple[tuple[Claim, ...], tuple[Source, ...]]:
    """The claims of a text in order, narration included, and the sources of their chains.

    Every sentence is in some claim. Two claims never share both content and chain.
    """
    quotations = find_quotations(doc.text)
    answers = list(find_answers(doc))
    attributed = find_attributed(doc, quotations, answers)
    mentions = sorted(
        (mention.span.start, entities.actor_at[index])
        for index, mention in entities.mention_at.items()
        if index in entities.actor_at
    )
    found = _Found(doc, doc.text, quotations, find_hedges(doc), dates, quantities, mentions)
    sources = Sources(doc.text, entities)
    responses = _responses(found, attributed, answers, entities)
    claims = [
        _claim(found, one, _links(one, sources), responses.get(position, []))
        for position, one in enumerate(attributed)
    ]
    claims.extend(_narrated(found, attributed, answers))
    return _in_order(claims), sources.all()


def find_attributed(
    doc: Doc, quotations: Quotations, answers: Sequence[Answer] = ()
) -> list[Attributed]:
    """All attributions of a text, contents complete, in order of their cues."""
    text = doc.text
    found = add_origins(list(_constructions(doc, quotations)))
    give_quotations(text, found, quotations)
    remarks = sorted(span for answer in answers if (span := response_clause(answer)) is not None)
    for attributed in found:
        source = attributed.source
        span = source_span(text, source, attributed.cue[0]) if source is not None else None
        cut(text, attributed, span)
        _leave_out(text, attributed, remarks)
        _shorten(text, attributed)
    return _outermost([attributed for attributed in found if attributed.content])


def _constructions(doc: Doc, quotations: Quotations) -> Iterator[Attributed]:
    verbs = cue_verbs()
    for token in doc:
        part_of_speech = token.pos_
        if part_of_speech in ("VERB", "AUX"):
            known = token.lemma_.lower() in verbs
            if not known and token.lower_ != "according":
                continue
            if quotations.at(token.idx) is not None:
                continue
            if known:
                yield from verb_attributions(token)
            elif (found := according_to(token)) is not None:
                yield found
        elif (rule := _NOMINAL.get(part_of_speech)) is not None:
            found = rule(token)
            if found is not None and quotations.at(token.idx) is None:
                yield found
    yield from labelled(doc, quotations)


def _leave_out(text: str, attributed: Attributed, remarks: Sequence[Span]) -> None:
    """A remark on who confirmed a content is no part of it."""
    if not remarks:
        return
    pieces: list[Span] = []
    for piece in attributed.content:
        first = bisect_left(remarks, (piece.start, piece.start))
        if first < len(remarks) and remarks[first].start < piece.end:
            parts = without(piece, remarks[first])
            pieces.extend(trimmed(text, *part) for part in parts)
        else:
            pieces.append(piece)
    attributed.content = [piece for piece in pieces if piece.start < piece.end]


def _shorten(text: str, attributed: Attributed) -> None:
    """No claim takes in more than half of a text: that is a mark or a label gone astray."""
    if len(text) <= SMALL:
        return
    left = len(text) // 2
    kept = []
    for piece in attributed.content:
        if piece.end - piece.start > left:
            break
        left -= piece.end - piece.start
        kept.append(piece)
    attributed.content = kept


def _outermost(found: list[Attributed]) -> list[Attributed]:
    """One claim for nested reports: what stands inside the content of another goes.

    Where the inner report fills the outer one ("Khan said police *believe that S*") it becomes a
    link of the chain: S ← Khan ← the police.
    """
    by_start = sorted(
        ((span, attributed) for attributed in found for span in attributed.content),
        key=lambda entry: entry[0],
    )
    kept = []
    outer: Attributed | None = None
    furthest = -1
    position = 0
    for attributed in sorted(found, key=lambda a: a.anchor.idx):
        at = attributed.anchor.idx
        while position < len(by_start) and by_start[position][0].start <= at:
            span, owner = by_start[position]
            if span.end > furthest:
                furthest, outer = span.end, owner
            position += 1
        if furthest <= at:
            kept.append(attributed)
        elif outer is not None and _fills(attributed, outer):
            outer.inner.append((attributed.source, attributed.cue))
            outer.content = attributed.content
            outer.act, outer.certainty = attributed.act, attributed.certainty
    return kept


def _fills(inner: Attributed, outer: Attributed) -> bool:
    """Whether a nested report is nearly all of what the outer one says."""
    if inner.anchor.pos_ not in ("VERB", "AUX") or inner.source is None or outer.inner:
        return False
    if outer.rule == "label" or not inner.rule.endswith(_NESTING):
        return False
    inside = sum(span.end - span.start for span in inner.content)
    around = sum(span.end - span.start for span in outer.content)
    return inside >= FILLING * around


def _links(attributed: Attributed, sources: Sources) -> tuple[Link, ...]:
    """The chain, outermost first."""
    steps = [(attributed.source, attributed.cue), *attributed.inner]
    if (teller := outlet(attributed)) is not None:
        steps.insert(0, teller)
    links = []
    for head, cue in steps:
        if head is None:
            links.append(Link(None, (), cue))
            continue
        span = sources.span(head, cue[0])
        links.append(Link(sources.of(head, span).key, (span,), cue))
    return tuple(links)


def _claim(
    found: _Found, attributed: Attributed, links: tuple[Link, ...], responses: list[Response]
) -> Claim:
    content = tuple(sorted(attributed.content))
    hedges = found.hedges.within(content)
    act = attributed.act
    if act is Act.STATEMENT:
        act = next((hedge.act for hedge in hedges if hedge.act is not None), act)
    own = found.hedges.within(attributed.cue)
    quoted = _quoted(found, content)
    return Claim(
        content=content,
        attribution=links,
        act=act,
        directness=_directness(found.text, content, quoted),
        certainty=certainty_of([*hedges, *own], attributed.certainty),
        polarity=polarity_of(_head(found.doc, content), act),
        status=status_of(responses),
        hedges=tuple(sorted({hedge.span for hedge in (*hedges, *own)})),
        quotations=quoted,
        responses=tuple(responses),
        quantities=_quantities(found, content),
        said_on=_said_on(found, attributed, content),
        about=_about(found, content),
        rule=attributed.rule,
    )


def _narrated(
    found: _Found, attributed: Sequence[Attributed], answers: Sequence[Answer]
) -> Iterator[Claim]:
    answering = {answer.verb.i for answer in answers}
    for spans, root in narration(found.doc, attributed, answering):
        content = tuple(spans)
        hedges = found.hedges.within(content)
        yield Claim(
            content=content,
            attribution=(),
            act=Act.STATEMENT,
            directness=Directness.INDIRECT,
            certainty=certainty_of(hedges, None),
            polarity=polarity_of(root, Act.STATEMENT),
            status=status_of(()),
            hedges=tuple(hedge.span for hedge in hedges),
            quotations=_quoted(found, content),
            quantities=_quantities(found, content),
            about=_about(found, content),
            rule="narration",
        )


def _quoted(found: _Found, content: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches of a content inside quotation marks, without the marks."""
    stretches = []
    for span in content:
        for quotation in found.quotations.within(*span):
            start = max(span.start, quotation.inner.start)
            end = min(span.end, quotation.inner.end)
            if start < end:
                stretches.append(Span(start, end))
    return tuple(stretches)


def _directness(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> Directness:
    """Direct if nothing but "that" and marks stands outside the quotation marks."""
    if not quoted:
        return Directness.INDIRECT
    outside = sum(sum(map(str.isalnum, text[s.start : s.end])) for s in content)
    outside -= sum(sum(map(str.isalnum, text[s.start : s.end])) for s in quoted)
    return Directness.DIRECT if outside <= len("that") else Directness.MIXED


def _head(doc: Doc, content: Sequence[Span]) -> Token | None:
    """The head word of the first piece of a content."""
    if not content:
        return None
    span = doc.char_span(*content[0], alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _quantities(found: _Found, content: Sequence[Span]) -> tuple[Quantity, ...]:
    return tuple(
        quantity
        for span in content
        for quantity in _starting_in(found.quantities, span)
        if quantity.span.end <= span.end
    )


def _starting_in(rows: Sequence[Quantity], span: Span) -> Sequence[Quantity]:
    first = bisect_left(rows, span.start, key=lambda row: row.span.start)
    last = bisect_left(rows, span.end, key=lambda row: row.span.start)
    return rows[first:last]


def _about(found: _Found, content: Sequence[Span]) -> tuple[str, ...]:
    """The actors that a content mentions, in order."""
    keys: list[str] = []
    for span in content:
        first = bisect_left(found.mentions, (span.start, ""))
        last = bisect_left(found.mentions, (span.end, ""))
        keys.extend(key for _, key in found.mentions[first:last])
    return tuple(dict.fromkeys(keys))


def _said_on(found: _Found, attributed: Attributed, content: Sequence[Span]) -> Date | None:
    """The date beside the cue in its sentence, outside the content: "reported on November 5"."""
    sentence = attributed.anchor.sent
    first = bisect_right(found.dates, sentence.start_char - 1, key=lambda date: date.span.start)
    best: Date | None = None
    for date in found.dates[first:]:
        if date.span.start >= sentence.end_char:
            break
        if date.edtf is None or any(s.start <= date.span.start < s.end for s in content):
            continue
        at = attributed.anchor.idx
        if best is None or abs(date.span.start - at) < abs(best.span.start - at):
            best = date
    return best


def _responses(
    found: _Found, attributed: Sequence[Attributed], answers: Sequence[Answer], entities: Entities
) -> dict[int, list[Response]]:
    """The responses by the position of the claim that they answer."""
    if not answers:
        return {}
    candidates = []
    for one in attributed:
        start, end = one.content[0].start, max(span.end for span in one.content)
        tokens = found.doc.char_span(start, end, alignment_mode="expand")
        speakers = [
            head for head in (one.source, *(head for head, _ in one.inner)) if head is not None
        ]
        candidates.append(
            Candidate(
                start,
                end,
                one.anchor.idx,
                content_lemmas(tokens) if tokens is not None else frozenset(),
                frozenset(k for t in speakers if (k := entities.actor_at.get(t.i)) is not None),
                frozenset(_about(found, one.content)),
                one.anchor.sent.start_char,
            )
        )
    return attach(iter(answers), candidates, entities.actor_at)


def _in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """By text order, each content and chain once."""
    once = {(claim.content, claim.attribution): claim for claim in claims}
    return tuple(sorted(once.values(), key=lambda claim: claim.content))
