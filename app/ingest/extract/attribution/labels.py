"""Labels and signatures: "Poll: voters leave the party", "Q: Did you see it?", "“…” — Ana Ruiz"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.cues import can_speak, is_document
from app.ingest.extract.layout.quotations import Quotations
from app.ingest.extract.syntax import text_of, trimmed
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act

LONGEST_HEADLINE = 120
"""Code points: longer lines after a colon are explanations, not what the label says."""

_LABEL = re.compile(
    r"^[ \t>*•“\"-]*(?:[^\n:“\"]{9,99} [-–—] ?(?=[^\n:“\"]{3,40}:\s+[“\"]))?"
    r"(?P<name>[^\W\d_][^\n:“\"]{0,58}?)(?P<topic> [Oo]n [^\n:“\"]{3,99}?)?\s?:\s+(?=\S)",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"[”\"]\s*(?P<dash>[-–—―]{1,2})\s*(?P<name>[A-Z][^\n“\"]{2,58})$", re.MULTILINE
)
_QUESTION_AND_ANSWER = frozenset({"Q", "A"})
_OPENERS = ("“", '"', "‘", "'")
_SPEAKING = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def labelled(doc: Doc, quotations: Quotations) -> Iterator[Attributed]:
    """What labels and signatures attribute, each kind in text order."""
    names = frozenset(ent[-1].text for ent in doc.ents if ent.label_ in _SPEAKING)
    yield from _labels(doc, names)
    for match in _SIGNED.finditer(text_of(doc)):
        quotation = quotations.at(match.start())
        head = _label_head(doc, Span(match.start("name"), match.end("name")), names)
        if quotation is not None and head is not None:
            cue = Span(match.start("dash"), match.end("dash"))
            words_signed = [Span(quotation.start, quotation.end)]
            yield Attributed("signature", head, (cue,), head, words_signed, Act.STATEMENT)


def _labels(doc: Doc, names: frozenset[str]) -> Iterator[Attributed]:
    """ "*Poll*: Voters leave", "*KHAN*: I never did", "Rains to last - *Ruiz*: “It is over.”"."""
    text = text_of(doc)
    for match in _LABEL.finditer(text):
        head = _label_head(doc, Span(match.start("name"), match.end("name")), names)
        if head is None:
            continue
        line_end = text.find("\n", match.end())
        end = line_end if line_end >= 0 else len(text)
        content = trimmed(text, match.end(), end)
        if not _speaks(doc, match, content):
            continue
        colon = text.index(":", match.end("topic" if match["topic"] else "name"))
        yield Attributed("label", head, (Span(colon, colon + 1),), head, [content], Act.STATEMENT)


def _speaks(doc: Doc, match: re.Match[str], content: Span) -> bool:
    """Whether a label is a speaker's: of a transcript (capitals), a quotation, or a headline.

    A headline is short and has a verb: "Khan: 1,204 votes" says nothing.
    """
    if content.start >= content.end:
        return False
    if match["name"].isupper() or text_of(doc).startswith(_OPENERS, content.start):
        return True
    if content.end - content.start > LONGEST_HEADLINE:
        return False
    said = doc.char_span(content.start, content.end, alignment_mode="expand")
    return said is not None and any(token.pos_ in ("VERB", "AUX") for token in said)


def _label_head(doc: Doc, name: Span, names: frozenset[str]) -> Token | None:
    """The head of a label that names a speaker or a text: a name, "Q", "Poll", "CLINTON".

    None for what editors put before a line: "Update", "Correction", "Photo".
    """
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    if span is None or len(span) > 7 or span.text.lower() in words("page_labels"):
        return None
    head: Token = span.root
    if span.text.strip() in _QUESTION_AND_ANSWER or span.text.isupper():
        return head
    if span[-1].text in names and len(span) <= 3 and span.text.istitle():
        return span[-1]  # "Khan: …", whatever part of speech the tagger sees in it
    if any(token.pos_ in ("VERB", "AUX") for token in span):
        return None
    if can_speak(head) or is_document(head):
        return head
    return None
