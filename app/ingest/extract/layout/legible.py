"""The words of a text as a reader sees them, without what browsers and printers read.

Texts come with HTML left over, with soft hyphens, zero-width and direction marks, no-break blanks,
form feeds, ligatures and accents in two pieces. The parser knows none of these: a soft hyphen in
"minister" makes it a word that nobody has ever seen. So they are taken out before the parse, and
every span that was found is put back to where its words stand in the text as it came.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, fields, is_dataclass, replace
from html import unescape
from html.entities import html5
from typing import Any

from app.ingest.extraction import Extraction, Span

_MARKUP = re.compile(
    r"""
    (?P<unread> <!--.{0,2000}?--> | <(?P<code>script|style)\b[^<>]{0,500}>.{0,5000}?</(?P=code)> )
  | (?P<line> \r\n? | [\f\v\x1c-\x1e\x85\u2028\u2029]
      | </?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|table|thead|tbody|tr|td|th|blockquote|pre
          |section|article|aside|header|footer|main|nav|figure|figcaption)\b[^<>]{0,500}> )
  | (?P<style> </?(?:a|abbr|b|big|cite|code|del|em|font|i|iframe|img|ins|mark|q|s|small|span|strike
          |strong|sub|sup|time|tt|u|wbr)\b[^<>]{0,500}> )
  | (?P<entity> &(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30}); )
  | (?P<unseen> [\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+ )
  | (?P<blank> [\xa0\u2000-\u200a\u202f\u205f\u3000] )
  | (?P<letter> [A-Za-z][\u0300-\u036f]+ | [\ufb00-\ufb06] )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""What is read differently: elements of the HTML standard, characters by their Unicode category.
Bounded everywhere, so that marks without a partner cost no more than a text of their length."""


@dataclass(frozen=True, slots=True)
class Legible:
    """A text to be parsed, in stretches that know where they stand in the text as it came."""

    text: str
    starts: tuple[int, ...]
    """Where each stretch starts in `text`."""
    places: tuple[Span, ...]
    """The stretch in the text as it came."""

    def original(self, span: Span) -> Span:
        """Where the characters of a span stand in the text as it came."""
        first = bisect_right(self.starts, span.start) - 1
        last = bisect_right(self.starts, span.end - 1) - 1
        start, end = self.places[first].start, self.places[last].end
        if self._is_verbatim(first):
            start += span.start - self.starts[first]
        if self._is_verbatim(last):
            end = self.places[last].start + span.end - self.starts[last]
        return Span(start, end)

    def _is_verbatim(self, number: int) -> bool:
        following = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        place = self.places[number]
        return following - self.starts[number] == place.end - place.start


def legible(text: str) -> Legible:
    """The text as a reader sees it; most texts are that already."""
    pieces: list[str] = []
    places: list[Span] = []
    last = 0
    for match in _MARKUP.finditer(text):
        for piece, start, end in (
            (text[last : match.start()], last, match.start()),
            (_read(match), match.start(), match.end()),
        ):
            if piece:
                pieces.append(piece)
                places.append(Span(start, end))
        last = match.end()
    if last < len(text):
        pieces.append(text[last:])
        places.append(Span(last, len(text)))
    starts = []
    length = 0
    for piece in pieces:
        starts.append(length)
        length += len(piece)
    return Legible("".join(pieces), tuple(starts), tuple(places))


def _read(match: re.Match[str]) -> str:
    """What a reader sees of one piece of markup: nothing, a blank, a new line, a letter."""
    kind = match.lastgroup
    if kind == "line":
        return "\n"
    if kind == "blank":
        return " "
    if kind == "letter":
        return unicodedata.normalize("NFKC", match.group())
    if kind == "entity":
        return _character(match.group())
    return ""


def _character(entity: str) -> str:
    """What an entity stands for; an unknown one stays, though it starts like "&not"."""
    name = entity[1:]
    if name[0] != "#" and name not in html5:
        return entity
    return unescape(entity).replace("\xa0", " ")


def put_back(found: Extraction, seen: Legible) -> Extraction:
    """What was found in the legible text, with its spans in the text as it came."""
    moved: Extraction = _moved(found, seen)
    return moved


def _moved(value: Any, seen: Legible) -> Any:
    if isinstance(value, Span):
        return seen.original(value)
    if isinstance(value, tuple):
        return tuple(_moved(part, seen) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _moved(getattr(value, field.name), seen) for field in fields(value)}
        return replace(value, **parts)
    return value
