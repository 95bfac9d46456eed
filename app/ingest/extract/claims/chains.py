"""Chains of attribution: outermost first, the origin last.

Link 0 is whom the report itself quotes. What stands behind it follows: whom it cites, the document
that it has seen, who made the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak, is_document
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import as_spans, child, end_of, verb_group
from app.ingest.extraction import Span
from app.lexicon import words

Step = tuple[Token | None, tuple[Span, ...]]
"""The head of a link's source, and its cue."""

_CITING = frozenset({"cite", "quote"})
_RELATIVE = frozenset({"who", "which", "that"})
_LISTENERS = frozenset({"reporter", "journalist", "press", "media", "medium", "outlet"})
_OWN = frozenset({"this", "our"})
_NAMING = frozenset({"compound", "appos", "nmod", "amod"})
_NOMINAL = ("NOUN", "PROPN", "PRON")
_HANDING = frozenset({"see", "obtain", "review", "view", "examine", "read"})
_MAKING = frozenset(
    {"make", "write", "prepare", "compile", "draft", "conduct", "produce", "draw", "carry"}
)


def add_origins(found: list[Attributed]) -> list[Attributed]:
    """Join to each report whom it cites, so that one claim has one chain.

    "Media, *citing* the ministry, reported that S", "The agency, *which cited* a letter, said
    that S", "AFP *quoted* an official *as saying* that S": S ← media ← ministry. What cites is a
    link and no claim of its own.
    """
    by_sentence: dict[int, list[Attributed]] = {}
    for attributed in found:
        by_sentence.setdefault(attributed.anchor.sent.start, []).append(attributed)
    dropped: set[int] = set()
    for attributed in list(found):
        verb = _quoted_as_saying(attributed)
        if verb is not None:
            dropped.add(verb.i)
    for together in by_sentence.values():
        for verb in _citing_verbs(together):
            origin = _cited(verb)
            if origin is None or verb.i in dropped:
                continue
            for reporting in _reporting(verb, [a for a in together if a.anchor.i not in dropped]):
                reporting.inner.append((origin, as_spans([verb])))
                _inherit_clause(verb, reporting, together)
                dropped.add(verb.i)
    return [attributed for attributed in found if attributed.anchor.i not in dropped]


def _quoted_as_saying(attributed: Attributed) -> Token | None:
    """ "AFP *quoted* an official *as saying* that S": the verb that quotes, its chain made."""
    saying = attributed.anchor
    preposition = saying.head
    if saying.tag_ != "VBG" or preposition.lower_ != "as" or preposition.dep_ != "prep":
        return None
    verb = preposition.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.lemma_ not in _CITING:
        return None
    origin = _cited(verb)
    if origin is None:
        return None
    attributed.inner.insert(0, (origin, as_spans([preposition, saying])))
    attributed.source, attributed.cue = source_of(verb), as_spans(verb_group(verb))
    return verb


def _citing_verbs(together: Sequence[Attributed]) -> list[Token]:
    """ "citing" and "which cited" in a sentence that reports something."""
    return [
        token
        for token in together[0].anchor.sent
        if token.lemma_ in _CITING
        and token.pos_ == "VERB"
        and (token.tag_ == "VBG" or _relative_subject(token) is not None)
    ]


def _relative_subject(verb: Token) -> Token | None:
    subject = child(verb, "nsubj")
    return subject if subject is not None and subject.lower_ in _RELATIVE else None


def _cited(verb: Token) -> Token | None:
    """Who or what is cited; the parser takes "e-mail" for several objects.

    What is cited as a reason ("citing high costs") is no source.
    """
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    cited = objects[-1] if objects else None
    return cited if cited is not None and (can_speak(cited) or is_document(cited)) else None


def _reporting(verb: Token, together: Sequence[Attributed]) -> list[Attributed]:
    """The reports that a citing verb belongs to: all of its own subject, else the nearest cue."""
    own, best, nearest = [], None, 0
    for attributed in together:
        anchor, source = attributed.anchor, attributed.source
        if anchor.i == verb.i or (source is not None and _within(verb, source)):
            continue
        if verb.head.i == anchor.i or (source is not None and verb.head.i == source.i):
            own.append(attributed)
        distance = abs(anchor.i - verb.i)
        if anchor.pos_ in ("VERB", "AUX") and (best is None or distance < nearest):
            best, nearest = attributed, distance
    return own or ([best] if best is not None else [])


def _within(verb: Token, source: Token) -> bool:
    """Whether the parser took what is cited for the source itself."""
    return any(c.i == source.i for c in verb.children)


def _inherit_clause(verb: Token, reporting: Attributed, together: Sequence[Attributed]) -> None:
    """ "reported, citing two members, *that S*": the clause that the parser hung on "citing"."""
    if reporting.content:
        return
    for attributed in together:
        if attributed.anchor.i == verb.i and attributed.rule.endswith("+clause"):
            reporting.content.extend(attributed.content)
    clause = child(verb, "ccomp")
    if not reporting.content and clause is not None:
        reporting.content.append(Span(clause.left_edge.idx, end_of(clause.right_edge)))


def relay(text: str, found: list[Attributed]) -> list[Attributed]:
    """ "The navy says, *according to AFP*, that S": S ← AFP ← navy, one claim.

    "according to" right after a cue speaks of that cue; contents must be complete.
    """
    by_cue_end = {max(span.end for span in a.cue): a for a in found if a.rule != "according to"}
    dropped: set[int] = set()
    for attributed in found:
        if attributed.rule != "according to" or attributed.source is None:
            continue
        at = attributed.anchor.idx
        while at and text[at - 1] in ", ":
            at -= 1
        told = by_cue_end.get(at)
        if told is None or told.source is None:
            continue
        told.inner.insert(0, (told.source, told.cue))
        told.source, told.cue = attributed.source, attributed.cue
        dropped.add(attributed.anchor.i)
    return [attributed for attributed in found if attributed.anchor.i not in dropped]


def _is_outlet(head: Token) -> bool:
    if head.lemma_.lower() in _LISTENERS or head.pos_ not in ("NOUN", "PROPN"):
        return False
    if any(c.lower_ in _OWN for c in head.lefts):
        return False
    media = words("media_words")
    named = [head, *(c for c in head.children if c.dep_ in _NAMING)]
    return any(token.lower_ in media for token in named)


class Makers:
    """Who made the documents of a text, where the text says so."""

    def __init__(self, doc: Doc) -> None:
        self._made: dict[str, list[tuple[int, Token]]] = {}
        for token in doc:
            if token.pos_ == "NOUN" and is_document(token) and (maker := _named_maker(token)):
                self._made.setdefault(token.lemma_, []).append((token.i, maker))

    def of(self, document: Token) -> Step | None:
        """ "*The assessment*, made by the agency, …", and later "the assessment": the agency."""
        if not is_document(document) or document.pos_ != "NOUN":
            return None
        verb, maker = _made_by(document)
        if verb is not None and maker is not None:
            return maker, as_spans([verb])
        if _named_maker(document) is not None or not _is_definite(document):
            return None
        earlier = [m for i, m in self._made.get(document.lemma_, ()) if i < document.i]
        return (earlier[-1], ()) if earlier else None


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.lefts)


def _made_by(document: Token) -> tuple[Token | None, Token | None]:
    """ "made by the agency", "which the agency drew up"."""
    for verb in document.children:
        if verb.lemma_ in _MAKING and verb.dep_ in ("acl", "relcl"):
            agent = child(verb, "agent")
            maker = child(agent, "pobj") if agent is not None else child(verb, "nsubj")
            if maker is not None and maker.pos_ in _NOMINAL and maker.lower_ not in _RELATIVE:
                return verb, maker
    return None, None


def _named_maker(document: Token) -> Token | None:
    """ "*the agency's* assessment", "a report by *it*", "in a report, *the agency* said"."""
    owner = child(document, "poss")
    if owner is not None and can_speak(owner):
        return owner
    for preposition in document.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            maker = child(preposition, "pobj")
            if maker is not None and can_speak(maker):
                return maker
    if (maker := _made_by(document)[1]) is not None:
        return maker
    where = document.head
    if where.dep_ == "prep" and where.lower_ == "in" and where.head.pos_ == "VERB":
        subject = child(where.head, "nsubj")
        if subject is not None and can_speak(subject) and subject.pos_ != "PRON":
            return subject
    return None


def handed_by(document: Token) -> Step | None:
    """ "a letter *seen by AFP*": the report has the letter from AFP."""
    for verb in document.subtree:
        if verb.lemma_ not in _HANDING or verb.dep_ not in ("acl", "relcl") or verb.tag_ != "VBN":
            continue
        agent = child(verb, "agent")
        reader = child(agent, "pobj") if agent is not None else None
        if agent is not None and reader is not None and _is_outlet(reader):
            return reader, as_spans([verb, agent])
    return None


def chain(attributed: Attributed, makers: Makers, agencies: frozenset[str]) -> list[Step]:
    """All links of an attribution, outermost first."""
    steps: list[Step] = [(attributed.source, attributed.cue), *attributed.inner]
    origin = steps[-1][0]
    if origin is not None and is_document(origin):
        reader = handed_by(origin)
        if reader is not None and str(reader[0]).casefold() not in agencies:
            steps.insert(len(steps) - 1, reader)
        if (maker := makers.of(origin)) is not None:
            steps.append(maker)
    return steps
