"""Which language a text is in."""

from __future__ import annotations

from functools import cache

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
    """The ISO 639-1 code of a text's language, "en" where that is not sure."""
    sample = text[:SAMPLE].strip()
    language, probability = _identifier().classify(sample)
    needed = CONFIDENT if len(sample) < SHORTEST else LIKELY
    return str(language) if probability >= needed else "en"


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
