"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from unicodedata import name

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 4000
"""Code points looked at: the answer no longer changes with more."""

SHORTEST = 200
"""Code points below which only a sure answer counts: names alone mislead the classifier."""

CONFIDENT = 0.95
"""Probability from which a short text counts as another language than English."""

LIKELY = 0.5
"""The same for longer texts: lists and tables get less."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language, "en" where that is not sure.

    What is mostly in letters that are not Latin is never English, however short it is.
    """
    sample = text[:SAMPLE].strip()
    ranked = _identifier().rank(sample)
    if not _is_latin(sample):
        return next(str(language) for language, _ in ranked if language != "en")
    language, probability = ranked[0]
    needed = CONFIDENT if len(sample) < SHORTEST else LIKELY
    return str(language) if probability >= needed else "en"


def _is_latin(text: str) -> bool:
    """Whether half of the letters are of the Latin script, or there are none."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(name(letter, "").startswith("LATIN ") for letter in letters)
    return 2 * latin >= len(letters)


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
