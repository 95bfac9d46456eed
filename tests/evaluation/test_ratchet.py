"""The ratchet holds what is recorded, and only lets it rise."""

from pathlib import Path

from tests.evaluation.published import tables
from tests.evaluation.ratchet import fallen, raised, recorded, write


def test_a_figure_that_falls_is_named() -> None:
    record = {"c": {"full F1": 0.7}, "not run": {"f": 0.5}}
    assert fallen(record, {"c": {"full F1": 0.6996}}) == []
    (line,) = fallen(record, {"c": {"full F1": 0.6994}})
    assert line == "c: full F1 fell from 0.7000 to 0.6994"


def test_a_figure_that_is_gone_is_named() -> None:
    assert fallen({"c": {"a": 0.1, "b": 0.2}}, {"c": {"a": 0.3}})


def test_recording_raises_and_never_lowers() -> None:
    record = {"c": {"a": 0.5, "b": 0.5}, "d": {"a": 0.1}}
    measured = {"c": {"a": 0.6, "b": 0.4}, "e": {"a": 0.2}}
    assert raised(record, measured) == {
        "c": {"a": 0.6, "b": 0.5},
        "d": {"a": 0.1},
        "e": {"a": 0.2},
    }


def test_the_record_is_read_as_written(tmp_path: Path) -> None:
    figures = {"own_tuning": {"claims": 0.5123}, "polnear_dev": {"attribution full F1": 0.6}}
    write(figures, tmp_path / "ratchet.toml")
    assert recorded(tmp_path / "ratchet.toml") == figures
    assert recorded(tmp_path / "none.toml") == {}


def test_each_system_has_a_figure_for_each_column() -> None:
    for table in tables():
        for figures in table.systems.values():
            assert len(figures) == len(table.figures)
