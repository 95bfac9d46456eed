"""Whether a verb, a noun or a whole clause is negated, and whether something was left undone.

Three questions of growing reach: `is_negated` looks for "not" at the verb itself, `has_no` for any
negative word in the clause ("nobody", "no warning"), `is_withheld` for what somebody chose not to
say ("declined to confirm"). Quirk et al. 1985, sections 10.54 to 10.64.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from app.ingest.extract.syntax import child
from app.lexicon import words

COORDINATED = 4
"""Steps up a coordination: "did not confirm, deny or discuss"."""

_NEGATIVE = frozenset({"no", "nobody", "none", "nothing", "neither", "never", "nowhere"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl", "preconj", "cc"})
_LACKING = frozenset({"unaware", "unable"})
_NOBODY = frozenset({"nobody", "none", "neither"})
_NONE_OF = frozenset({"no", "neither"})

STEPS = 4
"""Words between a withheld verb and what withholds it: "was not *in a position to* confirm"."""

_LINKS = frozenset(
    ["xcomp", "ccomp", "acl", "relcl", "pcomp", "prep", "pobj", "acomp", "attr", "advcl", "advmod"]
)
_CLAUSES = frozenset({"ccomp", "relcl"})
_NOT_FINITE = frozenset({"VB", "VBG", "VBN"})


def is_negated(verb: Token) -> bool:
    """ "did *not*", "*never*": a negation right at the verb."""
    return any(c.dep_ == "neg" for c in verb.children)


def has_no(head: Token) -> bool:
    """ "*Nobody* was hurt", "had *no* warning", "*no* attack"; not the interjection "No, …"."""
    for part in head.children:
        if part.lower_ in _NEGATIVE and part.dep_ != "intj":
            return True
        if part.dep_ in _ARGUMENTS and any(c.lower_ in _NEGATIVE for c in part.children):
            return True
        if part.dep_ == "acomp" and part.lower_ in _LACKING:
            return True
    return head.lower_ in _NEGATIVE


def is_withheld(verb: Token) -> bool:
    """ "did not *confirm*", "neither confirmed nor *denied*", "declined to *comment*"."""
    for _ in range(COORDINATED):
        if _is_undone(verb) or _is_declined(verb):
            return True
        if not _is_alternative(verb):
            return False
        verb = verb.head
    return False


def shares_negation(verb: Token) -> bool:
    """ "neither confirmed nor *denied*", "did not confirm or *deny*": one refusal, two verbs."""
    return _is_alternative(verb) and is_withheld(verb.head)


def _is_neither(verb: Token) -> bool:
    """ "would *neither* confirm nor deny", "*nor* did they confirm"."""
    return any(
        c.lower_ in ("neither", "nor") and c.i < verb.i and c.dep_ in ("preconj", "cc", "advmod")
        for c in verb.children
    )


def _is_alternative(verb: Token) -> bool:
    """ "confirm *or deny*": the second verb shares what is said of the first."""
    if verb.dep_ != "conj":
        return False
    joint = child(verb.head, "cc")
    return _is_neither(verb.head) or (joint is not None and joint.lower_ in ("or", "nor"))


def _is_undone(verb: Token) -> bool:
    """ "did *not* confirm", "*neither* side responded", "*nobody* was available"."""
    if is_negated(verb) or _is_neither(verb):
        return True
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    return subject.lower_ in _NOBODY or any(
        c.lower_ in _NONE_OF and c.dep_ in ("det", "preconj", "cc") for c in subject.children
    )


def _is_declined(verb: Token) -> bool:
    """ "declined *to say*", "stopped short of *saying*", "was not able *to say*"."""
    if verb.tag_ not in _NOT_FINITE:
        return False
    lame = False
    for up in _governors(verb):
        word = up.lemma_.lower()
        able = child(up, "acomp")  # "was not *possible* to say", where "to say" hangs on "was"
        lame = lame or (able is not None and able.lower_ in words("enabling_words"))
        if word in words("withholding_words"):
            return not (up.pos_ in ("VERB", "AUX") and is_negated(up))
        if word in ("have", "be") and any(c.lower_ == "yet" for c in up.children):
            return True
        lame = lame or word in words("enabling_words")
        if up.pos_ in ("VERB", "AUX"):
            return lame and _is_undone(up)
    return False


def is_nobody(noun: Token) -> bool:
    """ "*Nobody* said so", "*no group* has claimed it": who did not speak is no source."""
    if noun.lower_ in ("nobody", "none"):
        return True
    return any(c.lower_ == "no" and c.dep_ == "det" for c in noun.lefts)


def withholder(verb: Token) -> Token:
    """The verb that tells who withholds it: "*stopped* short of confirming"; else the verb."""
    return next((up for up in _governors(verb) if up.pos_ in ("VERB", "AUX")), verb)


def _governors(verb: Token) -> Iterator[Token]:
    """The words on which an infinitive or gerund hangs: position, in, was."""
    up = verb
    for _ in range(STEPS):
        if up.dep_ not in _LINKS or (up.dep_ in _CLAUSES and verb.tag_ != "VB"):
            return
        up = up.head
        yield up
