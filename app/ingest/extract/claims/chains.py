"""Chains of attribution: outermost first, the origin last.

Link 0 is whom the report itself quotes. What stands behind it follows: whom it cites, the document
that it has seen, who made the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak, cue_verbs, is_document
from app.ingest.extract.attribution.subjects import agent_of, source_of
from app.ingest.extract.claims.makers import Makers, handed_by
from app.ingest.extract.claims.steps import Step
from app.ingest.extract.syntax import as_spans, child, verb_group
from app.lexicon import words

_HEARING = frozenset({"learn", "hear", "understand", "know", "gather"})
_ASKING = frozenset({"interview", "quote", "cite", "survey", "poll", "contact"})
_RELATIVE = frozenset({"who", "which", "that"})


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


def add_tellers(found: Sequence[Attributed]) -> None:
    """Join to each report through whom it came, and from whom its source has it."""
    for attributed in found:
        for construction in (_interposed, _quoted_who_say, _carried_by, _asked_by):
            outer = construction(attributed)
            if outer is not None and attributed.source is not None:
                attributed.inner.insert(0, (attributed.source, attributed.cue))
                attributed.source, attributed.cue = outer
                break
        heard = _heard_from(attributed)
        if heard is not None:
            attributed.inner.append(heard)


def _interposed(attributed: Attributed) -> Step | None:
    """ "The mayor has *said*, Ansa reports, that S": S ← Ansa ← mayor."""
    anchor = attributed.anchor
    saying = anchor.head
    if anchor.dep_ != "parataxis" or saying.lemma_ not in cue_verbs() or saying.i > anchor.i:
        return None
    speaker = child(saying, "nsubj")
    starts_later = attributed.content and attributed.content[0].start > anchor.idx
    if speaker is None or not can_speak(speaker) or not starts_later:
        return None
    outer = attributed.source
    if outer is None:
        return None
    step = (outer, attributed.cue)
    attributed.source, attributed.cue = speaker, as_spans(verb_group(saying))
    return step


def _quoted_who_say(attributed: Attributed) -> Step | None:
    """ "The article *quotes two officials who* say that S": S ← article ← officials."""
    source = attributed.source
    if source is None or attributed.anchor.dep_ != "relcl" or source.lower_ not in _RELATIVE:
        return None
    quoted = attributed.anchor.head
    verb = quoted.head
    if quoted.dep_ != "dobj" or verb.lemma_ not in ("cite", "quote") or verb.tag_ == "VBG":
        return None
    outlet = source_of(verb)
    return (outlet, as_spans(verb_group(verb))) if outlet is not None else None


def _carried_by(attributed: Attributed) -> Step | None:
    """ "The agency *carried a statement in which* the ministry said that S": the agency."""
    document = attributed.anchor.head
    carrying = document.head
    if attributed.anchor.dep_ != "relcl" or not is_document(document) or document.dep_ != "dobj":
        return None
    source = attributed.source
    if source is None or source.lower_ in _RELATIVE:
        return None
    if carrying.lemma_ not in words("issuing_verbs"):
        return None
    outlet = source_of(carrying)
    if outlet is None or outlet.i == source.i or outlet.pos_ == "PRON":
        return None
    return outlet, as_spans(verb_group(carrying))


def _asked_by(attributed: Attributed) -> Step | None:
    """ "Villagers *interviewed by the Tribune* say that S": S ← Tribune ← villagers."""
    source = attributed.source
    if source is None:
        return None
    for verb in source.children:
        if verb.dep_ == "acl" and verb.lemma_ in _ASKING and verb.tag_ == "VBN":
            asker = agent_of(verb)
            if asker is not None and can_speak(asker):
                return asker, as_spans([verb])
    return None


def _heard_from(attributed: Attributed) -> Step | None:
    """ "They *learned from the manager* that S": the manager."""
    verb = attributed.anchor
    if verb.lemma_ not in _HEARING:
        return None
    from_ = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    teller = child(from_, "pobj") if from_ is not None else None
    if from_ is None or teller is None or not (can_speak(teller) or is_document(teller)):
        return None
    return teller, as_spans([from_])


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
