"""What `reportedly extract --explain` tells of a claim: its rule, chain, reading and answers."""

from __future__ import annotations

from app.explaining import explained
from app.ingest.extract import extract


def explain(text: str) -> str:
    """The explanation with each run of blanks as one."""
    return "\n".join(" ".join(line.split()) for line in explained(text, extract(text)))


def test_a_claim_stands_beside_its_rule_above_its_chain() -> None:
    assert explain("Police said that the bridge may close in June.") == (
        "say+clause “that the bridge may close in June”\n"
        "chain Police [said]\n"
        "reading possible, hedged by “may”"
    )


def test_each_link_has_its_cue_and_what_the_text_calls_its_source() -> None:
    lines = explain("Bo Kim arrived. Citing a letter, he said that the bridge would close.")
    assert "chain Bo Kim [said], as “he” ← letter [Citing]" in lines


def test_who_answered_stands_with_the_claim_and_its_status() -> None:
    lines = explain("Peru said that Italy had closed the border. Italy denied the report.")
    assert "reading denied\ndenies Italy: “denied the report”" in lines


def test_what_nobody_is_named_for_says_so() -> None:
    assert "chain nobody named [reportedly]" in explain("The bridge was reportedly closed.")


def test_the_report_itself_has_a_rule_too_and_no_chain() -> None:
    assert explain("It rained in the north.") == "narration “It rained in the north.”"


def test_an_event_shows_who_took_part_where_and_when() -> None:
    lines = explain("Kenya arrested a pirate in Norway on 3 May 2025.").splitlines()
    start = next(i for i, line in enumerate(lines) if "COERCE" in line)
    assert {"initiator Kenya", "place Norway", "date 2025-05-03 “3 May 2025”"} <= set(lines[start:])
