"""What a number expression amounts to: "5,000", "half a million", "several dozen", "two-thirds"."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.ingest.extract.quantities.patterns import number_words

_PERCENT = 100
_SCALE = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|bn|mn)$", re.IGNORECASE)
_UNNAMED_TENS = (20.0, 99.0)
""""Tens" of something."""


class Amount(NamedTuple):
    """The bounds of a number; None where the words leave an end open."""

    low: float | None
    high: float | None
    approximate: bool = False


def amount_of(match: re.Match[str]) -> Amount | None:
    """The bounds that the number itself sets; None for what is no amount ("3-2", "from one")."""
    if match["range"]:
        return _range(match["range"])
    if match["fraction"]:
        return _fraction(match["fraction"])
    first = _number(match["first"])
    if not match["second"]:
        return None if match["between"] else Amount(first, first)
    second = _number(match["second"])
    if match["joint"].strip() == "and" and not match["between"]:
        return None
    scale = _SCALE.search(match["second"])
    if scale and first < 1000:
        first *= number_words()[scale.group().lower()][1]
    return Amount(first, second) if first < second else None


def _range(written: str) -> Amount:
    """ "Dozens", "tens of thousands", "several hundred", "a couple"."""
    words = [word for word in re.findall(r"[a-z]+", written.lower()) if word not in ("of", "a")]
    first = words[0]
    if number_words().get(first, ("",))[0] == "vague":
        _, low, high = number_words()[first]
        if len(words) == 1:
            return Amount(low, high, approximate=True)
        scale = number_words()[words[1]][1]
        return Amount(low * scale, _end_of_range(low, high, words[1]), approximate=True)
    low, high = number_words()[first][1:] if first in number_words() else _UNNAMED_TENS
    for word in words[1:]:
        low, high = _times(low, high, word)
    return Amount(low, high, approximate=True)


def _end_of_range(low: float, high: float, scale: str) -> float:
    """Where "several hundred" ends, which is where "hundreds" end; "a couple" are two."""
    return high * number_words()[scale][1] if low == high else number_words()[f"{scale}s"][2]


def _times(low: float, high: float, word: str) -> tuple[float, float]:
    """ "Tens" of "thousands": 20,000 to 99,999."""
    scale = number_words()[word][1] / 2
    return low * scale, (high + 1) * scale - 1


def _fraction(written: str) -> Amount:
    """ "Two-thirds" in percent."""
    *count, part = re.findall(r"[a-z]+", written.lower())
    times = number_words()[count[0]][1] if count and count[0] in number_words() else 1.0
    share = round(_PERCENT * times * number_words()[part][1], 1)
    return Amount(share, share)


def _number(written: str) -> float:
    """ "5,000", "1.2 million", "two hundred and fifty", "half a million", "a dozen"."""
    total = current = 0.0
    for part in re.findall(r"[\d.,]*\d|[a-z]+", written.lower()):
        if part[0].isdigit():
            current = float(part.replace(",", ""))
        elif part in ("a", "an"):
            current = current or 1.0
        elif part == "half":
            current = 0.5
        elif part != "and":
            kind, value, _ = number_words()[part]
            if kind in ("unit", "ten"):
                current += value
            elif value == 100:
                current *= value
            else:
                total, current = total + (current or 1.0) * value, 0.0
    return total + current
