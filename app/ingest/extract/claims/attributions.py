"""All attributions of a text: constructions, quotations, chains, nested reports made one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.according import according_to, in_poll
from app.ingest.extract.attribution.adjective_cues import adjective_attribution
from app.ingest.extract.attribution.attributed import Attributed, cut
from app.ingest.extract.attribution.beside_quotations import speakers_after_datelines
from app.ingest.extract.attribution.constructions import verb_attributions
from app.ingest.extract.attribution.cues import attributing_verbs
from app.ingest.extract.attribution.hearsay import hearsay
from app.ingest.extract.attribution.idioms import idiomatic
from app.ingest.extract.attribution.labels import labelled
from app.ingest.extract.attribution.noun_cues import noun_attribution, without_lending_verbs
from app.ingest.extract.attribution.speakers import give_quotations
from app.ingest.extract.attribution.transcripts import turns, within_turns
from app.ingest.extract.attribution.unlisted_cues import unlisted
from app.ingest.extract.claims.answers import Answer
from app.ingest.extract.claims.chains import add_tellers, relay
from app.ingest.extract.claims.citing import add_origins, quoted_before
from app.ingest.extract.claims.nesting import outermost
from app.ingest.extract.claims.responses import response_clause
from app.ingest.extract.claims.sources import source_span
from app.ingest.extract.layout.datelines import Datelines
from app.ingest.extract.layout.furniture import Furniture
from app.ingest.extract.layout.quotations import Quotations
from app.ingest.extract.negation import is_nobody, is_withheld
from app.ingest.extract.syntax import text_of, tokens_of, trimmed, without
from app.ingest.extraction import Span
from app.vocabulary import Act, Stance

SMALL = 1_000
"""Code points of a text in which one claim may be more than half."""

_NOMINAL = {
    "NOUN": (in_poll, noun_attribution),
    "ADJ": (adjective_attribution,),
    "ADV": (hearsay,),
}


def find_attributed(
    doc: Doc, quotations: Quotations, answers: Sequence[Answer], datelines: Datelines
) -> list[Attributed]:
    """All attributions of a text, contents complete, in order of their cues."""
    text = text_of(doc)
    constructed = [*_constructions(doc, quotations), *quoted_before(doc)]
    constructed = [one for one in constructed if not _is_of_nobody(one)]
    constructed.sort(key=lambda attributed: attributed.anchor.i)
    constructed = without_lending_verbs(constructed)
    found = add_origins(without_silence(constructed, answers))
    speakers_after_datelines(found, datelines)
    add_tellers(found)
    give_quotations(text, found, quotations)
    remarks = sorted(span for answer in answers if (span := response_clause(answer)) is not None)
    for attributed in found:
        for head, cue in ((attributed.source, attributed.cue), *attributed.inner):
            _cut_step(text, attributed, head, cue)
        attributed.content = datelines.out_of(attributed.content)
        _leave_out(text, attributed, remarks)
        _shorten(text, attributed)
    found = relay(text, [attributed for attributed in found if attributed.content])
    return within_turns(outermost(text, found))


def _is_of_nobody(attributed: Attributed) -> bool:
    """ "*No group* has claimed the raid": nothing is said. "Nobody expected S" tells a view."""
    source = attributed.source
    is_view = attributed.act is Act.BELIEF or attributed.rule.endswith("+clause")
    return source is not None and is_nobody(source) and not is_view


def _cut_step(text: str, attributed: Attributed, head: Token | None, cue: tuple[Span, ...]) -> None:
    """Leave the words of a link, its cue and its source, out of the content."""
    span = source_span(text, head, cue[0]) if head is not None and cue else None
    if cue == attributed.cue:
        cut(text, attributed, span)
        return
    start = min(s.start for s in cue)
    end = max(span.end if span is not None else start, *(s.end for s in cue))
    pieces = [part for piece in attributed.content for part in without(piece, Span(start, end))]
    attributed.content = [piece for p in pieces if (piece := trimmed(text, *p))[0] < piece[1]]


def without_silence(found: list[Attributed], answers: Sequence[Answer]) -> list[Attributed]:
    """Leave out who says nothing: "declined to comment", "has not confirmed the report".

    Such words are a response and put nothing forward. What is left open has a content all the same:
    "could not confirm *that the road is closed*".
    """
    silent = {
        verb.i: answer.stance
        for answer in answers
        if answer.stance in (Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM)
        for verb in _refusal(answer.verb)
    }
    return [
        attributed
        for attributed in found
        if (stance := silent.get(attributed.anchor.i)) is None
        or (stance is Stance.DOES_NOT_CONFIRM and attributed.rule.endswith("+clause"))
    ]


def _refusal(verb: Token) -> list[Token]:
    """The verbs of one refusal: "declined to comment", "neither confirmed nor denied"."""
    found = [verb, *(c for c in verb.conjuncts if is_withheld(c))]
    if verb.dep_ == "xcomp" and is_withheld(verb):
        found.append(verb.head)
    return found


def _constructions(doc: Doc, quotations: Quotations) -> Iterator[Attributed]:
    furniture = Furniture(text_of(doc))

    def is_reported(offset: int) -> bool:
        return quotations.at(offset) is None and not furniture.has(offset)

    spoken = list(turns(doc))
    labels = {turn.cue[0] for turn in spoken}
    yield from spoken
    yield from _by_words(doc, quotations, is_reported)
    for found in labelled(doc, quotations):
        if found.cue[0] not in labels and not furniture.has(found.anchor.idx):
            yield found


def _by_words(
    doc: Doc, quotations: Quotations, is_reported: Callable[[int], bool]
) -> Iterator[Attributed]:
    """What cue verbs, "according to", and nouns, adjectives and adverbs attribute."""
    text = text_of(doc)
    for token in tokens_of(doc):
        part_of_speech = token.pos_
        if part_of_speech in ("VERB", "AUX"):
            if is_reported(token.idx):
                yield from _by_verb(text, token, quotations)
        elif part_of_speech in _NOMINAL:
            for construction in _NOMINAL[part_of_speech]:
                found = construction(token)
                if found is not None and is_reported(token.idx):
                    yield found
                    break


def _by_verb(text: str, verb: Token, quotations: Quotations) -> Iterator[Attributed]:
    """What a verb attributes: by the lexicon, in an idiom, or to a quotation beside it."""
    if verb.lemma_.lower() in attributing_verbs() and (made := list(verb_attributions(verb))):
        yield from made
    elif (stance := idiomatic(verb)) is not None:
        yield stance
    elif verb.lower_ == "according":
        if (found := according_to(verb)) is not None:
            yield found
    elif (beside := unlisted(text, verb, quotations)) is not None:
        yield beside


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
