"""Who cites whom: "citing the ministry", "which cited a letter", "quoted him as saying".

What cites is a link and no claim of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak, is_document
from app.ingest.extract.attribution.subjects import agent_of, source_of
from app.ingest.extract.syntax import (
    as_spans,
    child,
    end_of,
    is_passive,
    subtree,
    text_of,
    tokens_of,
    verb_group,
)
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act

_QUOTING = frozenset({"cite", "quote"})
_RELATIVE = frozenset({"who", "which", "that"})
_VERBAL = ("VERB", "AUX")


@cache
def _citing() -> dict[str, frozenset[str]]:
    """The prepositions before whom a verb cites, "" for none."""
    found: dict[str, frozenset[str]] = {}
    for entry in words("citing_verbs"):
        verb, _, preposition = entry.partition("_")
        found[verb] = found.get(verb, frozenset()) | {preposition}
    return found


def quoted_before(doc: Doc) -> Iterator[Attributed]:
    """ "*S*, the agency quoted him as saying": S stands before the verb that quotes."""
    if not any(f"{word}d" in text_of(doc) for word in _QUOTING):
        return
    for saying in tokens_of(doc):
        verb = _quoting(saying)
        clause = child(verb, "ccomp") if verb is not None else None
        if verb is None or clause is None or clause.i > verb.i or child(saying, "ccomp"):
            continue
        spans = as_spans([saying])
        yield Attributed(
            "say+quoted", saying, spans, source_of(verb), [subtree(clause)], Act.STATEMENT
        )


def add_origins(found: list[Attributed]) -> list[Attributed]:
    """Join to each report whom it cites, so that one claim has one chain.

    "Media, *citing* the ministry, reported that S", "The agency, *which cited* a letter, said
    that S", "AFP *quoted* an official *as saying* that S": S ← media ← ministry.
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
            reports = [a for a in together if a.anchor.i not in dropped]
            for reporting in _reporting(verb, reports):
                reporting.inner.append((origin, _cue(verb)))
                _inherit_clause(verb, reporting, together)
                dropped.add(verb.i)
    return [attributed for attributed in found if attributed.anchor.i not in dropped]


def _quoting(saying: Token) -> Token | None:
    """The verb that quotes in "*quoted* an official as saying"."""
    preposition = saying.head
    if saying.tag_ != "VBG" or preposition.lower_ != "as" or preposition.dep_ != "prep":
        return None
    verb = preposition.head
    while verb.pos_ not in _VERBAL and verb.head.i != verb.i:
        verb = verb.head
    return verb if verb.lemma_ in _QUOTING else None


def _quoted_as_saying(attributed: Attributed) -> Token | None:
    """ "AFP *quoted* an official *as saying* that S", "he was *quoted by AFP as saying* that S".

    Gives the verb that quotes, its chain made.
    """
    saying = attributed.anchor
    verb = _quoting(saying)
    if verb is None:
        return None
    origin, outlet = _cited(verb), source_of(verb)
    if is_passive(verb):
        origin = child(verb, "nsubjpass")
        outlet = agent_of(verb) or _by_phrase(saying)
    if origin is None:
        return None
    cue = as_spans([saying.head, saying])
    if outlet is None:
        attributed.source, attributed.cue = origin, cue
        return verb
    attributed.inner.insert(0, (origin, cue))
    attributed.source, attributed.cue = outlet, as_spans(verb_group(verb))
    return verb


def _by_phrase(verb: Token) -> Token | None:
    """ "was quoted as saying *by the agency*", where the parser hangs it on the wrong verb."""
    by = next((c for c in verb.children if c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def _citing_verbs(together: Sequence[Attributed]) -> list[Token]:
    """ "citing", "which cited" and "based on" in a sentence that reports something."""
    return [
        token
        for token in together[0].anchor.sent
        if token.lemma_ in _citing()
        and token.pos_ == "VERB"
        and (
            token.tag_ == "VBG"
            or (token.lower_ == "based" and not is_passive(token) and token.dep_ != "acl")
            or _relative_subject(token) is not None
        )
    ]


def _relative_subject(verb: Token) -> Token | None:
    subject = child(verb, "nsubj")
    return subject if subject is not None and subject.lower_ in _RELATIVE else None


def _preposition(verb: Token) -> Token | None:
    """The preposition before whom a verb cites: "relying *on*", "based its view *on*"."""
    wanted = _citing().get(verb.lemma_, frozenset())
    for holder in (verb, child(verb, "dobj")):
        for part in holder.children if holder is not None else ():
            if part.dep_ == "prep" and part.lower_ in wanted:
                return part
    return None


def _cue(verb: Token) -> tuple[Span, ...]:
    preposition = _preposition(verb)
    is_near = preposition is not None and preposition.i == verb.i + 1
    return as_spans([verb, preposition] if preposition is not None and is_near else [verb])


def _cited(verb: Token) -> Token | None:
    """Who or what is cited; the parser takes "e-mail" for several objects.

    What is cited as a reason ("citing high costs") is no source. Who relays somebody's words has
    them from that person: "relaying the account *of a fisherman*".
    """
    preposition = _preposition(verb)
    if preposition is not None:
        cited = child(preposition, "pobj")
    elif "" in _citing().get(verb.lemma_, {""}):
        objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
        cited = objects[-1] if objects else None
    else:
        return None
    if cited is None or not (can_speak(cited) or is_document(cited)):
        return None
    if cited.lemma_ in ("account", "statement", "word"):
        by = next(
            (c for c in cited.children if c.dep_ == "prep" and c.lower_ in ("of", "by")), None
        )
        teller = child(by, "pobj") if by is not None else child(cited, "poss")
        return teller if teller is not None and can_speak(teller) else cited
    return cited


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
        if anchor.pos_ in _VERBAL and (best is None or distance < nearest):
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
