"""The gold reports load, and a quotation finds its words or says that it does not."""

from pathlib import Path

import pytest

from tests.evaluation.gold import FOLDER, SPLITS, GoldError, find, load, read

REPORT = "---\npublished_on: 2026-01-05\n---\nThe ministry spoke. He said the ministry had erred.\n"
NOTHING = "actors: {}\nclaims: []\nevents: []\ndates: []\n"


def annotated(folder: Path, annotation: str) -> Path:
    (folder / "a.md").write_text(REPORT, encoding="utf-8")
    (folder / "a.yaml").write_text(annotation, encoding="utf-8")
    return folder / "a.md"


@pytest.mark.parametrize(("split", "reports"), [("tuning", 24), ("held_out", 7)])
def test_every_gold_report_loads(split: str, reports: int) -> None:
    assert len(load(split)) == reports


def test_no_report_is_without_its_annotation_or_the_reverse() -> None:
    for split in SPLITS:
        texts = {path.stem for path in (FOLDER / split).glob("*.md")}
        assert texts == {path.stem for path in (FOLDER / split).glob("*.yaml")}


def test_the_splits_share_no_party_that_speaks_or_acts_in_person() -> None:
    people = [
        {party.name for report in load(split) for party in report.parties.values()
         if party.kind == "person" and party.name[0].isupper()}
        for split in SPLITS
    ]  # fmt: skip
    assert not people[0] & people[1]


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("He said", "He said"),
        ("<the ministry> had", "the ministry"),
        ("The ministry ... He", "The ministry spoke.\nHe"),
        ("spoke.  He", "spoke.\nHe"),
        ("the ministry <had", None),
        ("ministry", None),
        ("er", None),
        ("She", None),
    ],
)
def test_a_quotation_names_one_place(quotation: str, words: str | None) -> None:
    text = "The ministry spoke.\nHe said the ministry had erred."
    if words is None:
        with pytest.raises(GoldError):
            find(text, quotation)
    else:
        start, end = find(text, quotation)
        assert text[start:end] == words


@pytest.mark.parametrize(
    "annotation",
    [
        NOTHING.replace("events: []", "happenings: []"),
        NOTHING.replace("events: []", "events: [{type: SHOUT, trigger: spoke}]"),
        NOTHING.replace("events: []", "events: [{type: ACCUSE, trigger: shouted}]"),
        NOTHING.replace("events: []", "events: [{type: ACCUSE, trigger: erred, initiators: [x]}]"),
        NOTHING.replace(
            "actors: {}", "actors: {m: {name: ministry, kind: office, mentions: [He]}}"
        ),
        NOTHING.replace("actors: {}", "actors: {m: {name: ministry, kind: government}}"),
    ],
)
def test_a_wrong_annotation_is_refused(annotation: str, tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"^a: "):
        read(annotated(tmp_path, annotation))


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    annotation = NOTHING.replace("claims: []", "claims: [{content: erred, from: []}]")
    (claim,) = read(annotated(tmp_path, annotation)).claims
    assert (claim.act, claim.certainty, claim.status) == ("statement", "certain", "unverified")
