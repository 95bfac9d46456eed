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
    """A page copied with its markup: paragraphs, links, entities."""
    text = text.replace("&", "&amp;").replace("“", "&ldquo;").replace("”", "&#8221;")
    text = text.replace("’", chance.choice(["&rsquo;", "&#x2019;"])).replace('"', "&quot;")
    link = '<a href="https://example.org/?a=1&b=2">'
    text = re.sub(r"\b\w{6,}\b(?![^&<]*[;>])", _wrapped(chance, [link, "<b>", "<em>"]), text)
    return re.sub(r"^.+$", r"<p class='x'>\g<0></p>", text, flags=re.MULTILINE)


def _wrapped(chance: random.Random, tags: list[str]) -> Callable[[re.Match[str]], str]:
    def wrap(word: re.Match[str]) -> str:
        tag = chance.choice(tags)
        return f"{tag}{word[0]}</{tag[1:].split()[0].rstrip('>')}>"

    return lambda word: wrap(word) if chance.random() < 0.1 else word[0]


def tags_astray(text: str, chance: random.Random) -> str:
    signs = ["<p>", "</p>", "<br/>", "&quot;", "&#8217;", '<a href="https://example.org/?a=1&b=2">']
    return re.sub(r" ", lambda _: chance.choice(signs) if chance.random() < 0.1 else " ", text)


def page_furniture(text: str, chance: random.Random) -> str:
    """What a page has around and between the paragraphs of its report."""
    between = [
        "Read more: Ten things to know about the harbour",
        "Photo: Ana Ruiz/Harbour Gazette",
        "A crane above the old town in March. (Ana Ruiz/Harbour Gazette)",
        "Share this",
        "Advertisement",
        "ALSO READ: What the mayor said about the bridge",
        "Sign up for our newsletter",
    ]
    body = re.sub(r"\n\n+", lambda _: f"\n\n{chance.choice(between)}\n\n", text)
    head = "By Jane Roe and Bo Kim\nUpdated 10:32 GMT, 7 November 2025\n\n"
    foot = "\n\nReporting by Jane Roe; editing by Bo Kim\n© 2025 Harbour Gazette"
    return head + body + foot


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


def unseen_characters(text: str, chance: random.Random) -> str:
    """Soft hyphens inside words, no-break and zero-width blanks beside them, direction marks."""
    text = re.sub(r"(?<=\w{4})(?=\w{3})", lambda _: "\xad" if chance.random() < 0.1 else "", text)
    signs = ["\xa0", "\u200b ", " \ufeff", "\u202e ", " \u200f", "\u2009"]
    return re.sub(r" ", lambda _: chance.choice(signs) if chance.random() < 0.2 else " ", text)


def emoji_and_combining_marks(text: str, chance: random.Random) -> str:
    signs = ["🙂", "👩‍👩‍👧", "e\u0301", "\u0301", "\u200b", "\xa0", "\ufeff", "\u202e", "🇺🇦"]
    return re.sub(r" ", lambda _: chance.choice(signs) if chance.random() < 0.2 else " ", text)


def form_feeds(text: str, _: random.Random) -> str:
    """Pages of a printed report: a form feed, and a running head."""
    return re.sub(r"\n\n", "\f\nHarbour Gazette   7\n\n", text)


def quotation_marks_nested(text: str, _: random.Random) -> str:
    """Each closing mark closes three."""
    return re.sub("”", "’”’", re.sub("“", "‘“‘", text))


def quotation_marks_doubled(text: str, _: random.Random) -> str:
    return _QUOTATION_MARK.sub(lambda mark: mark[0] if mark[0] in "'’" else mark[0] * 2, text)


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
    tags_astray,
    page_furniture,
    tweets_between,
    transcript,
    table_rows,
    bullet_list,
    unseen_characters,
    emoji_and_combining_marks,
    form_feeds,
    quotation_marks_nested,
    quotation_marks_doubled,
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
