"""Whether a verb, a noun or a whole clause is negated, and whether something was left undone.

Three questions of growing reach: `is_negated` looks for "not" at the verb itself, `has_no` for any
negative word in the clause ("nobody", "no warning"), `is_withheld` for what somebody chose not to
say ("declined to confirm"). Quirk et al. 1985, sections 10.54 to 10.64.
"""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.syntax import child

COORDINATED = 4
"""Steps up a coordination: "did not confirm, deny or discuss"."""

_NEGATIVE = frozenset({"no", "nobody", "none", "nothing", "neither", "never", "nowhere"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl", "preconj", "cc"})
_LACKING = frozenset({"unaware", "unable"})
_REFUSING = frozenset({"decline", "refuse", "fail"})
_WILLING = frozenset({"able", "going", "want", "wish", "ready", "prepared"})


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
        if is_negated(verb) or _is_neither(verb) or _is_declined(verb):
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


def _is_declined(verb: Token) -> bool:
    """ "declined *to say*", "is unable *to say*", "was not ready *to say*"."""
    if verb.dep_ != "xcomp":
        return False
    up = verb.head
    if up.lemma_ in _REFUSING or up.lower_ == "unable":
        return True
    return up.lower_ in _WILLING and (is_negated(up) or is_negated(up.head))
