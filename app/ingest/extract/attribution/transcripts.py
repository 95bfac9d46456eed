"""Transcripts of interviews, hearings and briefings: each turn is what its speaker says.

A turn starts with a label, "Q:", "MR. RAO:", "Ana Ruiz:", and goes on until the next one, over
paragraphs; the last turn ends with its line, for what follows may be the report again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.syntax import text_of, trimmed
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act, Certainty

TURN = "turn"
"""The rule's name."""

FEWEST = 2
"""Turns that make a transcript: a single label may be a headline's or a list's."""

LONGEST_NAME = 4
"""Words of a label; more is a sentence that leads to a list."""

_LABEL = re.compile(
    r"^[ \t>*_#-]{0,8}(?P<name>[^\W\d_][^\n:“\"*]{0,58}?)[*_]{0,2} ?(?P<cue>:)[*_]{0,2}\s+(?=\S)"
    r"|(?:^|(?<=[.?!] ))(?P<letter>[QA])(?P<sign>[.:])\s+(?=\S)",
    re.MULTILINE,
)
_SPEAKER_ITSELF = frozenset({"i", "we"})
_NOTE = re.compile(r"\s*[(\[].*")
_ENDED = re.compile(r"[.?!…][\"”’)\]]*\s+\S")


def turns(doc: Doc) -> Iterator[Attributed]:
    """ "Q: *Will the border open?*", "MR. RAO: *Not before June.*": in order, none if fewer."""
    text = text_of(doc)
    labels = [(match, head) for match in _labels(text) if (head := _head(doc, match)) is not None]
    found = [match for match, _ in labels]
    if len(found) < FEWEST:
        return
    ends = [following.start() for _, following in pairwise(found)]
    ends.append(_end_of_line(text, found[-1].end()))
    for (match, head), end in zip(labels, ends, strict=True):
        content = trimmed(text, match.end(), end, " \t\r\n*_>#-")
        if content.start < content.end:
            yield _turn(text, match, head, content)


def within_turns(found: list[Attributed]) -> list[Attributed]:
    """What a speaker reports of others gets the speaker as its first link.

    "ANA RUIZ: *The minister told us the plan was dead*": Ruiz ← the minister. What speakers say of
    themselves ("I think …") stays theirs alone, and who only asks reports nothing. `found` is in
    order of the cues.
    """
    turn: Attributed | None = None
    kept = []
    for attributed in found:
        source = attributed.source
        if attributed.rule == TURN:
            turn = attributed
        elif turn is not None and attributed.anchor.idx < turn.content[-1].end:
            if turn.act is Act.QUESTION:
                continue
            if source is None or source.lower_ not in _SPEAKER_ITSELF:
                attributed.inner.insert(0, (source, attributed.cue))
                attributed.source, attributed.cue = turn.source, turn.cue
        kept.append(attributed)
    return kept


def _turn(text: str, match: re.Match[str], head: Token, content: Span) -> Attributed:
    """One turn; a single question asks and leaves its answer open."""
    said = text[slice(*content)]
    asks = said.rstrip('"”’)').endswith("?") and _ENDED.search(said) is None
    cue = Span(*match.span("cue" if match["name"] else "sign"))
    act = Act.QUESTION if asks else Act.STATEMENT
    certainty = Certainty.UNKNOWN if asks else None
    return Attributed(TURN, head, (cue,), head, [content], act, certainty)


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of speakers: known or used again, and where there are such, all that are names."""
    candidates = [
        match
        for match in _LABEL.finditer(text)
        if _name(match).casefold() not in words("page_labels") | words("anonymous_nouns")
    ]
    uses = Counter(map(_name, candidates))
    known = words("turn_labels")
    sure = [
        match
        for match in candidates
        if (name := _name(match)).casefold() in known or (uses[name] > 1 and _is_name(name))
    ]
    if len(sure) < FEWEST:
        return []
    return [match for match in candidates if match in sure or _is_capitalised(_name(match))]


def _name(match: re.Match[str]) -> str:
    """Without what a stenographer adds: "Q (through interpreter)"."""
    return _NOTE.sub("", match["name"] or match["letter"])


def _is_name(label: str) -> bool:
    """ "HARBOUR GAZETTE", "Ana Ruiz"; a single word may head a list: "Price: …"."""
    return label.isupper() or (" " in label and _is_capitalised(label))


def _is_capitalised(name: str) -> bool:
    parts = name.split()
    return len(parts) <= LONGEST_NAME and all(part[0].isupper() for part in parts if len(part) > 3)


def _head(doc: Doc, match: re.Match[str]) -> Token | None:
    """The head of a label, if it can be a speaker: known, in capitals, or like a name."""
    name, start = _name(match), match.start("name" if match["name"] else "letter")
    span = doc.char_span(start, start + len(name), alignment_mode="expand")
    if span is None:
        return None
    head: Token = span.root
    if name.isupper() or name.casefold() in words("turn_labels"):
        return head
    if any(token.ent_type_ in ("DATE", "TIME") or token.pos_ == "VERB" for token in span):
        return None
    return head


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
