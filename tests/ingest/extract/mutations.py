"""Real reports spoilt in the ways in which texts reach us: for property tests."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from app.ingest.read import Refusal, read

Mutation = Callable[[str, random.Random], str]

ROOT = Path(__file__).parents[3]
REPORTS = tuple(
    found.text
    for found in read(
        [*sorted((ROOT / "seeds").iterdir()), *sorted((ROOT / "tests/gold/tuning").glob("*.md"))]
    )
    if not isinstance(found, Refusal)
)
_QUOTATION_MARK = re.compile(r"[“”\"„«»‘’']")
_CLOSING_MARK = re.compile(r"(?<=[\w.,!?])[”\"’](?=\s|$)")


def characters_lost(text: str, chance: random.Random) -> str:
    return "".join(sign for sign in text if chance.random() > 0.03)


def characters_doubled(text: str, chance: random.Random) -> str:
    return "".join(sign * (1 + (chance.random() < 0.03)) for sign in text)


def words_swapped(text: str, chance: random.Random) -> str:
    pieces = re.split(r"(\s+)", text)
    for _ in range(len(pieces) // 20):
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[one], pieces[other] = pieces[other], pieces[one]
    return "".join(pieces)


def quotation_marks_mixed(text: str, chance: random.Random) -> str:
    return _QUOTATION_MARK.sub(lambda _: chance.choice("“”\"„«»‘’'"), text)


def quotation_marks_straight(text: str, chance: random.Random) -> str:
    return _QUOTATION_MARK.sub(chance.choice("\"'"), text)


def quotations_never_closed(text: str, _: random.Random) -> str:
    return _CLOSING_MARK.sub("", text)


def apostrophes_as_quotation_marks(text: str, chance: random.Random) -> str:
    return re.sub(r"\b\w{5,}\b", lambda m: f"'{m[0]}'" if chance.random() < 0.1 else m[0], text)


def all_capitals(text: str, _: random.Random) -> str:
    return text.upper()


def no_capitals(text: str, _: random.Random) -> str:
    return text.lower()


def no_punctuation(text: str, _: random.Random) -> str:
    return re.sub(r"[^\w\s]", "", text)


def one_line(text: str, _: random.Random) -> str:
    return " ".join(text.split())


def hard_wrapped(text: str, _: random.Random) -> str:
    return re.sub(r"(.{50,70}) ", r"\1\n", text)


def windows_lines(text: str, _: random.Random) -> str:
    return text.replace("\n", "\r\n")


def lines_shuffled(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    chance.shuffle(lines)
    return "\n".join(lines)


def html_left_over(text: str, chance: random.Random) -> str:
    signs = ["<p>", "</p>", "<br/>", "&quot;", "&#8217;", '<a href="https://example.org/?a=1&b=2">']
    return re.sub(r" ", lambda _: chance.choice(signs) if chance.random() < 0.1 else " ", text)


def tweets_between(text: str, chance: random.Random) -> str:
    tweets = [
        "\nRT @newsdesk_24: BREAKING 🚨🚨 3 dead?? #harbour https://t.co/Ab12\n",
        "\n— Ana Ruiz (@ana_r) March 3, 2025\n",
        '\n.@mayor lol "no comment" 🤷🏽‍♀️ smh\n',
    ]
    return re.sub(r"\n+", lambda _: chance.choice(tweets), text)


def transcript(text: str, chance: random.Random) -> str:
    speakers = ["Q:", "A:", "MR. RAO:", "THE PRESIDENT:", "[crosstalk]", "Q (through interpreter):"]
    return re.sub(r"(?<=[.?!]) ", lambda _: f"\n{chance.choice(speakers)} ", text)


def table_rows(text: str, chance: random.Random) -> str:
    return re.sub(r" ", lambda _: chance.choice([" | ", "\t", " "]), text)


def bullet_list(text: str, chance: random.Random) -> str:
    return re.sub(
        r"(?<=[.?!]) ", lambda _: chance.choice(["\n- ", "\n • ", "\n3. ", "\n(b) "]), text
    )


def emoji_and_combining_marks(text: str, chance: random.Random) -> str:
    signs = ["🙂", "👩‍👩‍👧", "e\u0301", "\u0301", "\u200b", "\xa0", "\ufeff", "\u202e", "🇺🇦"]
    return re.sub(r" ", lambda _: chance.choice(signs) if chance.random() < 0.2 else " ", text)


def brackets_astray(text: str, chance: random.Random) -> str:
    return re.sub(r" ", lambda _: chance.choice("()[]{} ") if chance.random() < 0.1 else " ", text)


MUTATIONS: tuple[Mutation, ...] = (
    characters_lost,
    characters_doubled,
    words_swapped,
    quotation_marks_mixed,
    quotation_marks_straight,
    quotations_never_closed,
    apostrophes_as_quotation_marks,
    all_capitals,
    no_capitals,
    no_punctuation,
    one_line,
    hard_wrapped,
    windows_lines,
    lines_shuffled,
    html_left_over,
    tweets_between,
    transcript,
    table_rows,
    bullet_list,
    emoji_and_combining_marks,
    brackets_astray,
)


@st.composite
def spoilt_reports(draw: st.DrawFn) -> str:
    """A report after up to three mutations."""
    text = draw(st.sampled_from(REPORTS))
    chance = random.Random(draw(st.integers(0, 2**16)))
    for mutation in draw(st.lists(st.sampled_from(MUTATIONS), min_size=1, max_size=3)):
        text = mutation(text, chance)
    return text
