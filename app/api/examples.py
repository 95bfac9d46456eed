"""Rows of the seed document, as examples in the OpenAPI document.

`python -m tests.api` writes them anew; a test compares them with what is served.
"""

import json
from pathlib import Path
from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
)
"""One row of each collection: "claim", "event", "actor", "source", "report"."""

ANSWERS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("example_answers.json").read_text(encoding="utf-8")
)
"""Other answers, shortened: "reading", "report" with its text, "annotations"."""
