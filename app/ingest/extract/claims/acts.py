"""What a source does with a content, beyond what the cue word says by itself."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.negation import is_withheld
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act, Certainty

_TAKING_BACK = frozenset({Act.CONFIRMATION, Act.DENIAL})
_JUDGING = ("+name", "+as")


@dataclass(frozen=True, slots=True)
class Reading:
    """An attribution with negation and judgement taken into account.

    `certainty` is None where the cue leaves it to the content; `turned` says that the source puts
    forward the opposite of the content; `hedges` are words of the cue that leave it open.
    """

    act: Act
    certainty: Certainty | None
    turned: bool
    hedges: tuple[Span, ...] = ()


def read(  # noqa: PLR0911 - one return a reading
    attributed: Attributed, head: Token | None, denying: Set[int]
) -> Reading:
    """The reading of one attribution; `denying` are the verbs, by index, that deny.

    `head` is the head of the content: who says that a report "*is wrong*" denies it.

    "did *not confirm* that S", "has *not said* whether S" leave S open. "*doubts* that S", "does
    *not believe* that S" speak against S (negative raising: Horn 1978). Calling a report "a lie" is
    denying it.
    """
    act, anchor, cue = attributed.act, attributed.anchor, attributed.cue
    refused = anchor.pos_ in ("VERB", "AUX") and is_withheld(anchor)
    if attributed.rule == "adjective+it" and act is Act.QUESTION:
        return Reading(act, Certainty.UNKNOWN, False, cue)
    if attributed.rule == "adjective+it" and is_withheld(anchor.head):
        return Reading(Act.QUESTION, Certainty.UNKNOWN, False, cue)
    if refused and act in _TAKING_BACK:
        return Reading(Act.STATEMENT, Certainty.UNKNOWN, False, cue)
    if refused and _asks(attributed):
        return Reading(Act.QUESTION, Certainty.UNKNOWN, False, cue)
    if anchor.lemma_ == "doubt" and anchor.pos_ == "VERB":
        return Reading(act, Certainty.POSSIBLE, not refused, cue)
    judging = attributed.rule.endswith(_JUDGING) or act is Act.EVALUATION
    if judging and anchor.i in denying:
        return Reading(Act.DENIAL, attributed.certainty, False)
    if act is Act.STATEMENT and head is not None and head.i in denying:
        return Reading(Act.DENIAL, attributed.certainty, False)
    return Reading(act, attributed.certainty, refused and act is Act.BELIEF)


def sustained(
    readings: Sequence[Reading], speakers: Sequence[Hashable], negated: Sequence[bool]
) -> list[Reading]:
    """ "He denied the report. “*There are no talks*,” *he said*": what goes on denying.

    `speakers` tells for each claim, in text order, who speaks in which paragraph (None: nobody
    known), `negated` whether its content is.
    """
    found: list[Reading] = []
    for position, reading in enumerate(readings):
        speaker = speakers[position]
        if (
            found
            and reading.act is Act.STATEMENT
            and negated[position]
            and speaker is not None
            and speaker == speakers[position - 1]
            and found[-1].act is Act.DENIAL
        ):
            found.append(replace(reading, act=Act.DENIAL))
        else:
            found.append(reading)
    return found


def _asks(attributed: Attributed) -> bool:
    """Whether the content is an indirect question: "whether she will attend"."""
    start = min(span.start for span in attributed.content)
    asked = [t for t in attributed.anchor.subtree if t.idx == start]
    return bool(asked) and asked[0].lower_ in words("question_words") - {"that"}
