"""Whether what looks like a date is one: "2000 troops", "USA Today" and "she may" are none.

The checks look at the words around a match, by the rule that matched. They read at most a few dozen
characters on either side, so that the time of a text grows with its length.
"""

from __future__ import annotations

import re
from functools import cache

from app.lexicon import table, words

_BEFORE = 24
"""Code points before a match that are looked at: a preposition, an article, part of a name."""

_PLACED = re.compile(
    r"\b(?:in|since|by|until|till|into|from|of|for|to|than|with|and|or|through|during|over|before"
    r"|after|between|late|early|mid|last|next|this|end|ending|ended)(?: ?-| |\n)$|\($",
    re.IGNORECASE,
)
_YEAR_PLACED = re.compile(
    r"\b(?:in|since|by|until|till|from|of|for|than|with|during|before|after|early|late|mid)[ -]+$",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\b(?:in|since|during) $", re.IGNORECASE)
_SEASON_PLACED = re.compile(
    r"\b(?:in|since|by|until|into|during|over|late|early|mid)[ -](?:the )?$", re.IGNORECASE
)
_RELATIVE = re.compile(
    "(?:this|that|last|next|past|coming|current|same|previous|following|preceding|prior) .*",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?:a|an|the|its|his|her|their|our|this|that)\s$", re.IGNORECASE)
_NUMBER = re.compile(
    r"\s(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty)\b)"
)
_BOUNDED = re.compile(r"(?:last|next|past|coming) ", re.IGNORECASE)
_MONTHS_THAT_ARE_NAMES = ("april", "may", "june", "august", "march")


def plausible(rule: str, match: re.Match[str]) -> bool:
    """Whether the words around a match leave it a date rather than a name or a number."""
    check = _CHECKS.get(rule)
    if check is None:
        return True
    start, end = match.span()
    text = match.string
    return check(text[max(0, start - _BEFORE) : start], text[start:end], text[end : end + _BEFORE])


def _is_year(before: str, written: str, after: str) -> bool:  # noqa: PLR0911 - a list of tests
    """1000 to 2199, not the number of anything: "2000 troops", "1,998", "Room 2010", "$1999"."""
    if not written.isdecimal():
        return not written.startswith("'") or before[-1:] in ("", " ")
    if not 1000 <= int(written) < 2200:
        return False
    if (_counts(after) or _has_companion("year", before, after)) and not _IN_YEAR.search(before):
        return False
    if re.match(r"-(?!\d)|[-/]\w|\.\d|:\d|°|\"", after):
        return re.match(r"-(?:era|style|vintage|present)", after) is not None
    if _YEAR_PLACED.search(before):
        return True
    if before[-1:] == "-":
        return re.search(r"\b(?:post|pre|mid)-$", before, re.IGNORECASE) is not None
    if re.search(r"(?:No\.|[A-Z]\w*) $", before):
        return re.search(r"\b(?:The|That|This|His|Her|Its|Their|And|Or|To|A) $", before) is not None
    return 1800 <= int(written) < 2100


def _counts(after: str) -> bool:
    """Whether the number before `after` counts something."""
    match = re.match(r"\s([a-z]+)", after)
    return match is not None and match[1] in words("counted_nouns")


def _is_month(before: str, written: str, after: str) -> bool:  # noqa: PLR0911 - a list of tests
    """ "May" and "Mar." are months where they look like it; "May 2025", "last May" always."""
    if re.search(r"\s", written):
        return _is_capitalised(before, written, after)
    if written[0].islower():
        return len(written) > 4 and written != "march"
    name = written.rstrip(".").lower()
    if len(name) == 3 and name != "may":
        return re.search(r"(?i)\b(?:in|since|by|until|from|last|next|this) $", before) is not None
    if _PLACED.search(before):
        return name not in ("may", "march") or not written.isupper()
    if name not in _MONTHS_THAT_ARE_NAMES:
        return re.match(r"\s[A-Z]", after) is None
    if _OWNED.search(before) and re.match(r"\s(?!on\b)[a-z]", after):
        return True
    in_name = name == "may" or re.search(r"[A-Z]\w+ $", before)
    return (
        not in_name and re.match(r"'s\b|,|\.\s|\s(?:and|to|through|was|is|as)\b", after) is not None
    )


def _is_capitalised(_before: str, written: str, _after: str) -> bool:
    """ "5 may" and "march 3" are no dates; other months may be written small beside a number."""
    parts = re.findall(r"[^\W\d_]{3,}", written)
    if any(part[0].isupper() or len(part) > 5 for part in parts):
        return True
    return bool(re.search(r"\d", written)) and not {"may", "march", "mar"}.intersection(parts)


def _is_day(before: str, written: str, after: str) -> bool:
    """Not part of a name: "17 November Street"."""
    return not _has_companion("day", before, after) and _is_capitalised(before, written, after)


def _is_range(before: str, written: str, after: str) -> bool:
    """ "Between 5 and 7 November" is one range, "5 and 7 November" are two days."""
    if re.search(r"\sand\s", written) and not re.search(r"(?i)\bbetween\s$", before):
        return False
    return _is_capitalised(before, written, after)


def _is_weekday(before: str, written: str, after: str) -> bool:
    """Written in full, and no newspaper or feast: "Sunday Times", "Black Friday"."""
    if not re.search(r"(?i)\w{3}day\b", written):
        return False
    if re.search(r" (?:Morning|Night)$", written) and re.match(r" [A-Z]", after):
        return False
    return not _has_companion("weekday", before, after)


def _has_companion(kind: str, before: str, after: str) -> bool:
    """Whether a word beside it makes a name or a number of what looks like a date."""
    word_before, word_after = _companions(kind)
    return bool(word_before.search(before) or word_after.match(after))


@cache
def _companions(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = (
        "|".join(
            row["word"]
            for row in table("date_companions")
            if row["kind"] == kind and row["side"] == side
        )
        or r"(?!)"
        for side in ("before", "after")
    )
    return re.compile(rf"\b(?:{before})\s$"), re.compile(rf"\s(?:{after})\b")


def _is_no_name(before: str, written: str, after: str) -> bool:
    """No part of a name or of a compound: "USA Today", "Newark Now", "now-cancelled"."""
    if re.match(r"-\w", after):
        return False
    last = before.rstrip()[-1:]
    return not (written[0].isupper() and (last.isalpha() or last in (",", ";")))


def _is_season(before: str, written: str, after: str) -> bool:
    """Alone, a season needs words that place it: "in the spring", not "in Spring Hill"."""
    if written[-1].isalpha() and written[0].isupper() and re.match(r" [A-Z]", after):
        return False
    return " " in written or _SEASON_PLACED.search(before) is not None


def _is_relative(before: str, written: str, after: str) -> bool:
    """ "the year", "the week" need an article; "This Week" is a name.

    "The last week of the campaign" is not last week.
    """
    if re.match(r"[A-Z][a-z]+ [A-Z][a-z]", written):
        return False
    if _RELATIVE.fullmatch(written):
        return not (_BOUNDED.match(written) and re.match(r"\sof\b", after))
    before = before.lower()
    if not before.endswith("the ") or " " in written:
        return before.endswith("the ")
    if written == "weekend" or re.search(r"\b(?:end|beginning|start|middle) of the $", before):
        return True
    return written in ("quarter", "year", "week") and not re.match(
        r"-|\s(?:of|before|after|old|that|when|end|\d)", after
    )


def _is_holiday(before: str, written: str, after: str) -> bool:
    """Written large, and not part of a longer name: "Easter Island"."""
    return (
        not written.islower()
        and not re.match(r" [A-Z]", after)
        and not _has_companion("holiday", before, after)
    )


def _is_decade(before: str, written: str, _after: str) -> bool:
    """ "80s" needs an apostrophe before it, "eighties" an article: ages are no decades."""
    if not written[0].isdecimal():
        return before.lower().endswith(("the ", "early ", "late ", "mid-"))
    return len(written) >= 5 or before[-1:] in ("'", "’")


def _is_century(_before: str, written: str, after: str) -> bool:
    """ "The 3rd century BC" has no days here, "20th Century Fox" is a name."""
    if "C" in written and re.match(r" [A-Z]", after):
        return False
    return re.match(r"\s?(?:BCE?\b|B\.C\.)", after) is None


def _is_whole(before: str, _written: str, after: str) -> bool:
    """ "Half a year ago" is not a year ago, nor are "the year-earlier nine months" a quarter."""
    return not (
        re.search(r"(?i)\bhalf(?:-| )$", before) or re.match(r"\s(?:\w+ )?(?:months|half)\b", after)
    )


def _is_vague(before: str, written: str, after: str) -> bool:
    """ "The past", not "the past 13 days", "the future", not "future costs"; no part of a name."""
    if written.lower() in ("past", "future"):
        return before.lower().endswith("the ") and not _NUMBER.match(after)
    return _is_no_name(before, written, after)


_CHECKS = {
    "year": _is_year,
    "month": _is_month,
    "calendar": _is_day,
    "range": _is_range,
    "weekday": _is_weekday,
    "day": _is_no_name,
    "vague": _is_vague,
    "season": _is_season,
    "relative": _is_relative,
    "holiday": _is_holiday,
    "decade": _is_decade,
    "century": _is_century,
    "offset": _is_whole,
}
