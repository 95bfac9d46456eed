"""The expressions that may be dates, compiled from the tables of `app.lexicon`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from app.lexicon import table, words

_BLANK = r"(?:[ \t\xa0]{1,3}|[ \t]?\r?\n[ \t]?)"
_TENS = "ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SPELLED_YEAR = (
    rf"nineteen (?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS})"
    rf"|two thousand(?: and)?(?: (?:{_ONES}|{_TEENS}|ten|twenty(?:[- ](?:{_ONES}))?))?"
    rf"|twenty (?:ten|{_TEENS}|twenty(?:[- ](?:{_ONES}))?)"
)
# The point of an abbreviation; "in May." and "on Friday." end sentences.
_POINT = r"(?:(?:(?<=\b\w{3})(?<!may)|(?<=\bsept)|(?<=\btues)|(?<=\bthurs))\.)?"
_WHICH = (
    "this past|this coming|this|last|next|that|past|coming|previous|following|preceding|prior|same"
    "|current"
)
# Words that modify the date after them and belong to it: a time of day, a hedge, a part.
_LEAD = r"""(?<![\w.,$€£-])
    (?:(?:(?:around|about|at\ about)\ )?
       (?:(?:mid|early|late)[ -](?:morning|afternoon|evening)
         |\d{1,2}(?::\d\d)?\ ?(?:[ap]\.m\.?|[ap]m)(?:\ \(?[a-z]{3}\)?)?(?:\ on)?
         |(?:noon|midnight)(?:\ on)?),?\ )?
    (?P<hedge>(?:nearly|almost|around|about|roughly|approximately|more\ than|less\ than)\ )?
    (?:(?:the\ )?(?:very\ )?(?:beginning|start|end|middle|close)\ of\ (?P<end>the\ )?
      |(?:the\ )?(?:early|late|mid)[ -]
      |(?:earlier|later|sometime)\ (?:in\ )?)?
    (?P<article>the\ )?
$"""
LEAD = re.compile(_LEAD.replace(r"\ ", _BLANK), re.IGNORECASE | re.VERBOSE)
LEAD_LENGTH = 60

WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way to write a date; `rule` names the function that reads a match."""

    rule: str
    article: bool
    expression: re.Pattern[str]


@cache
def calendar_words(kind: str) -> Mapping[str, int]:
    """The words of one kind ("month", "weekday", "ordinal" …) with their numbers."""
    return {row["word"]: int(row["value"]) for row in table("date_words") if row["kind"] == kind}


@cache
def counts() -> Mapping[str, int]:
    """One to twelve and a few more number words that count days, weeks and years."""
    return {
        row["word"]: int(row["low"])
        for row in table("number_words")
        if row["kind"] in ("unit", "ten")
    } | {"a": 1, "an": 1, "a couple of": 2, "couple of": 2}


@cache
def patterns_by_first_word() -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns that may match at a word, by that word in lower case; digits under "0"."""
    opened: dict[str, list[Pattern]] = defaultdict(list)
    for row in table("date_patterns"):
        expression = _expand(row["pattern"])
        pattern = Pattern(row["rule"], row["article"] == "y", re.compile(expression, re.IGNORECASE))
        for word in _first_words(row["opens"]):
            opened[word].append(pattern)
    return {word: tuple(patterns) for word, patterns in opened.items()}


@cache
def number_may_open() -> re.Pattern[str]:
    """What every date that starts with digits starts with: most numbers need no closer look."""
    months = _any_of({month[:3] for month in calendar_words("month")})
    return re.compile(
        rf"\d{{4}}(?!\d)|\d0'?s|\d{{1,2}}[ap]m|\d{{1,3}}(?:st|nd|rd|th)?{_BLANK}?[-–—/.:]?{_BLANK}?"
        rf"(?:\d|{months}|day|week|month|year|decade|centur|quarter|of|[ap]\.?m|to|until|and)",
        re.IGNORECASE,
    )


def _first_words(opens: str) -> set[str]:  # noqa: PLR0911 - one line a kind
    if not opens.startswith("<"):
        return set(opens.split("|"))
    match kind := opens.strip("<>"):
        case "digit":
            return {"0"}
        case "which":
            return {which.split()[0] for which in _WHICH.split("|")}
        case "number":
            return {number.split()[0] for number in counts()}
        case "vague":
            found = {word for line in words("date_vague") for word in re.findall("[a-z]+", line)}
            return found - {"the", "of", "and"}
        case "holiday":
            return {re.split(r"[ '.]", row["name"])[0] for row in table("holidays")}
        case "weekday":
            return {*calendar_words("weekday"), *calendar_words("weekday_short")}
        case _:
            return {re.split("[- ]", word)[0] for word in calendar_words(kind)}


def _expand(pattern: str) -> str:
    expanded = re.sub(r"(?<!\?P)<([a-z]+)(2?)>", _placeholder, pattern)
    return expanded.replace("[- ]", "(?:-| )").replace(" ", _BLANK)


def _placeholder(match: re.Match[str]) -> str:
    kind, number = match.groups()
    body, end = _placeholders()[kind]
    return f"(?P<{kind}{number}>{body}){end}"


@cache
def _placeholders() -> Mapping[str, tuple[str, str]]:
    """For each <kind> the expression of its group, and what must follow the group."""
    ordinals = _any_of(calendar_words("ordinal"))
    weekdays = _any_of([*calendar_words("weekday"), *calendar_words("weekday_short")])
    return {
        "month": (_any_of(calendar_words("month")), rf"\b{_POINT}"),
        "weekday": (weekdays, rf"\b{_POINT}"),
        "season": (_any_of(calendar_words("season")), r"\b"),
        "decade": (_any_of(calendar_words("decade")), r"\b"),
        "ordinal": (f"{ordinals}|[1-4](?:st|nd|rd|th)", r"\b"),
        "number": (_any_of(counts()), r"\b"),
        "day": (rf"0?[1-9]|[12]\d|3[01]|{ordinals}", r"(?:st|nd|rd|th)?(?![%\w]|:\d|,\d{3}|\.\d)"),
        "year": (rf"\d{{4}}|'\d\d|{_SPELLED_YEAR}", r"(?![\d%]|,\d{3}|\.\d)"),
        "spelled": (_SPELLED_YEAR, r"\b"),
        "daypart": ("early morning|morning|afternoon|evening|night|noon|midnight", r"\b"),
        "which": (_WHICH, r"\b"),
        "unit": ("day|weekend|week|month|quarter|year|decade|century|centurie(?=s)", ""),
        "way": ("ago|earlier|later|before|afterwards?|from now", r"\b"),
        "vague": ("a few|few|several|many|some", r"\b"),
        "holiday": (_any_of(row["name"] for row in table("holidays")), r"\b"),
        "reference": ("|".join(sorted(words("date_vague"), key=len, reverse=True)), r"\b"),
    }


def _any_of(alternatives: Iterable[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(alternatives, key=len, reverse=True)
    )
