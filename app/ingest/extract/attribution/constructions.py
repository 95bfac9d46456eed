"""From a cue to who says what: one small function per construction.

Each construction looks at one token and gives what it finds as `Attributed`: the cue, the head
of the source, the content. They live by the shape of what they attribute: `clause_cues`,
`infinitive_cues`, `object_cues`, `idioms`; what has no verb in `noun_cues`, `adjective_cues`,
`according`, `hearsay`, `labels`.

Inside quotations nothing is looked for: what quoted words attribute in turn is part of what their
speaker says (the guidelines of PolNeAR, Newell et al. 2018, do the same).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from app.ingest.extract.attribution.attributed import Attributed
from app.ingest.extract.attribution.clause_cues import (
    according_verb,
    as_put,
    clause,
    expected,
    quoting,
    seem,
)
from app.ingest.extract.attribution.closing_cues import closing
from app.ingest.extract.attribution.cues import entry
from app.ingest.extract.attribution.infinitive_cues import (
    addressee_infinitive,
    declines_to_answer,
    for_infinitive,
    gerund,
    infinitive,
    told_to,
)
from app.ingest.extract.attribution.object_cues import (
    about,
    asked_about,
    described,
    document,
    done_by,
    judged,
    known_as,
    named,
    object_of,
)
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import is_asserted

_CONSTRUCTIONS = (
    according_verb,
    as_put,
    document,
    expected,
    seem,
    clause,
    closing,
    addressee_infinitive,
    told_to,
    for_infinitive,
    infinitive,
    gerund,
    known_as,
    judged,
    asked_about,
    named,
    described,
    about,
    object_of,
    done_by,
    quoting,
)
"""Tried in this order; the first that finds something wins."""


def verb_attributions(verb: Token) -> Iterator[Attributed]:
    """Everything that a cue verb introduces: usually one, none for "told" without a content."""
    if (verb.tag_ == "VBN" and verb.dep_ == "amod") or declines_to_answer(verb):
        return
    cue = entry(verb, asserted=is_asserted(verb))
    if cue is None:
        return
    source = source_of(verb)
    for construction in _CONSTRUCTIONS:
        found = construction(verb, cue, source)
        if found is not None:
            yield found
            return
