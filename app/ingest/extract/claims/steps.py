"""One link of a chain before its source has a key."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extraction import Span

Step = tuple[Token | None, tuple[Span, ...]]
"""The head of a link's source, and its cue."""
