"""What the parser is told that it does not know by itself."""

from __future__ import annotations

import pytest

from app.ingest.annotate import annotated


@pytest.mark.parametrize(
    ("sentence", "lemma"),
    [
        ("She hoped to win.", "hope"),
        ("The firm was fined.", "fine"),
        ("They hated it.", "hate"),
        ("He planned to stay.", "plan"),
        ("The team is winning.", "win"),
    ],
)
def test_a_form_leads_to_its_verb_and_not_to_a_shorter_one(sentence: str, lemma: str) -> None:
    with annotated(sentence) as doc:
        assert lemma in [token.lemma_ for token in doc]
