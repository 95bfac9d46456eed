"""A gold folder is scored by its own scorers, and what they say is shown and held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation import published, ratchet
from tests.evaluation.__main__ import main

SCORES = {"all": {"f1": 0.5, "kinds": {"clause": {"n": 3, "content_half": 0.75, "full": 0.5}}}}
SCORER = f"""
import sys
if sys.argv[1] == "inputs":
    print('{{"id": "one", "text": "Rao said it rained.", "published_on": null}}')
else:
    assert open(sys.argv[3]).read().startswith('{{"id": "one"')
    print('''{json.dumps(SCORES)}''')
"""
TABLE = published.Table(
    title="Rain (1 article)",
    corpus="rain",
    scorer="attribution",
    figures={"F1": "all.f1"},
    systems={"a coin": [0.25]},
    by_kind="all.kinds",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold folder with a scorer that always says the same, and no gold of our own."""
    (tmp_path / "score.py").write_text(SCORER, "utf-8")
    monkeypatch.setattr(published, "tables", lambda: [TABLE])
    monkeypatch.setattr("tests.evaluation.__main__.SPLITS", ())
    monkeypatch.setattr("sys.argv", ["evaluation", str(tmp_path)])
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_our_row_stands_above_the_others_and_the_kinds_below(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ratchet, "recorded", dict)
    assert main() == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert rows[2:] == [
        ["Reportedly", "0.500"],
        ["a", "coin", "0.250"],
        ["recall", "by", "kind", "gold", "content", "full"],
        ["clause", "3", "0.750", "0.500"],
        ["No", "recorded", "figure", "fell."],
    ]


@pytest.mark.usefixtures("folder")
def test_a_fallen_figure_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ratchet, "recorded", lambda: {"rain": {"attribution F1": 0.6}})
    assert main() == 1
    assert "LOWER  rain: attribution F1 fell from 0.6000 to 0.5000" in capsys.readouterr().out
