"""Whose words they are: the subject of a verb, its own or inherited."""

from __future__ import annotations

from spacy.tokens import Token

from app.ingest.extract.attribution.contents import reporter_of
from app.ingest.extract.attribution.cues import can_speak, is_document
from app.ingest.extract.syntax import child, follows_comma, is_passive
from app.lexicon import words

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_INHERITING = frozenset(
    {"conj", "xcomp", "advcl", "acl", "dep", "parataxis", "acomp", "ccomp", "prep", "relcl"}
)
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLOSING = frozenset([",", "-", "–", "—", "--", ")"])
_QUOTE_MARKS = frozenset(["”", '"', "''", "“"])
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_VERBAL = frozenset({"aux", "advmod", "neg"})
_SUBJECT_CONTROL = frozenset({"promise", "use", "have", "take", "spend"})
"""Verbs whose subject does what follows their object: "used the speech to say"."""
_MARKS = frozenset(["'", '"', "”", "’", "''", ",", "?", "!", "--"])


def source_of(verb: Token) -> Token | None:
    """The head of the subject: its own, inherited through coordination, participles, infinitives.

    "Khan met reporters and said": Khan. "Khan left, saying": Khan. "a letter saying": letter.
    "was told by Khan": Khan. An empty "it" is nobody.
    """
    head: Token | None = verb
    for _ in range(8):
        if head is None:
            break
        if head.pos_ in _NOMINAL:
            return head
        if head is verb and (is_passive(head) or _is_asked(head)):
            return agent_of(head)
        subject = child(head, "nsubj", "nsubjpass")
        if subject is not None and not (head.lemma_ == "tell" and subject.i > head.i):
            if head is not verb and _is_empty(subject):
                return None
            issuer = _issuer(head, subject)
            return subject if issuer is None else source_of(issuer)
        inverted = _inverted(head)
        if inverted is not None:
            return inverted
        head = _heir(head)
    return _before_verb(verb) if _is_finite(verb) else None


def _is_empty(subject: Token) -> bool:
    """ "*It* is hard to say": stands for what follows, not for a speaker."""
    return subject.lower_ == "it" and child(subject.head, "acomp", "attr") is not None


def _is_finite(verb: Token) -> bool:
    """Has a tense of its own or an auxiliary's, so that it wants a subject."""
    auxiliary = child(verb, "aux")
    return verb.tag_ in _FINITE or (auxiliary is not None and auxiliary.tag_ != "TO")


def _issuer(verb: Token, subject: Token) -> Token | None:
    """ "Khan *released* a video *that* says": Khan speaks through it."""
    noun = verb.head
    if verb.dep_ != "relcl" or subject.tag_ != "WDT" or not is_document(noun):
        return None
    issuing = noun.dep_ == "dobj" and noun.head.lemma_ in words("issuing_verbs")
    return noun.head if issuing and subject.lower_ == "that" else None


def _is_asked(verb: Token) -> bool:
    """ "*Asked* by reporters whether S", "when *pressed* on it": a passive without its "was"."""
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and child(verb, "aux", "nsubj") is None


def _before_verb(verb: Token) -> Token | None:
    """ "…," Khan, the mayor of Tarn, *said*: the noun phrase before a verb without a subject.

    The parser hangs it on something else, most often on the last word of the quotation.
    """
    doc = verb.doc
    first = min([verb.i, *(c.i for c in verb.lefts if c.dep_ in _VERBAL)])
    if first > 1 and doc[first - 1].text in _CLOSING:
        first -= 1
    if first == 0:
        return None
    found: Token | None = None
    token = doc[first - 1]
    for _ in range(12):
        if token.pos_ in _NOMINAL and can_speak(token):
            found = token
        up = token.head
        if up.i >= token.i or token.dep_ in _SUBJECTS or up.is_space:
            break
        if token.dep_ == "appos" and not can_speak(up):
            break
        if token.dep_ in ("appos", "conj") and up.dep_ == "pobj" and follows_comma(token.left_edge):
            break  # "at a meeting in Tarn, Khan said"
        if any(between.text in _QUOTE_MARKS or between.is_space for between in doc[up.i : token.i]):
            break
        token = up
    return found


def _heir(verb: Token) -> Token | None:
    """Where a verb without a subject has it from: another verb, or the noun that it describes."""
    label, up = verb.dep_, verb.head
    if label == "conj" and (reporter := reporter_of(verb)) is not None:
        return reporter
    if label in ("acl", "relcl") and up.pos_ in _NOMINAL:
        return _described_noun(verb, up)
    if label == "ccomp" and verb.tag_ not in ("VB", "VBG"):
        return None
    if label == "xcomp" and up.lemma_ not in _SUBJECT_CONTROL:
        controller = child(up, "dobj")  # "urged them to say", "led some to think"
        if controller is not None and up.i < controller.i < verb.i:
            return controller
    if label in ("pcomp", "pobj") and up.dep_ == "prep":
        return _speaker_or_verb(up.head)
    return up if label in _INHERITING else None


def _described_noun(verb: Token, noun: Token) -> Token | None:
    """ "a letter *saying*": letter; "a letter *written* by Khan", "his promise *to say*": Khan."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return agent_of(verb)
    if verb.tag_ == "VB":
        owner = child(noun, "poss")
        return _governor(noun) if owner is None and noun.dep_ in ("dobj", "pobj") else owner
    if verb.tag_ == "VBG" and follows_comma(verb) and noun.dep_ not in ("nsubj", "nsubjpass"):
        return _governor(noun)
    if verb.dep_ == "acl" and noun.dep_ == "dobj" and noun.head.lemma_ in words("issuing_verbs"):
        return noun.head if is_document(noun) else noun
    return _speaker_or_verb(noun) if verb.dep_ == "acl" and verb.tag_ == "VBG" else noun


def _speaker_or_verb(noun: Token) -> Token | None:
    """ "a *letter* saying S", but "in *addition* to saying S": whose addition, the verb tells."""
    if noun.pos_ not in _NOMINAL or can_speak(noun) or is_document(noun):
        return noun
    return child(noun, "poss") or _governor(noun)


def _governor(noun: Token) -> Token | None:
    """The verb that a noun phrase completes, however deep it stands: "met him *in* the hall"."""
    up = noun.head
    for _ in range(6):
        if up.pos_ in ("VERB", "AUX") or up.head.i == up.i:
            break
        up = up.head
    return up if up.pos_ in ("VERB", "AUX") else None


def agent_of(verb: Token) -> Token | None:
    """The noun after "by"."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _inverted(verb: Token) -> Token | None:
    """ "…," said Khan: the parser often takes the speaker for an object."""
    name = child(verb, "dobj", "attr", "npadvmod")
    if verb.tag_ == "VBG" or verb.lemma_ == "tell":
        return None
    if (
        name is not None
        and 0 < name.left_edge.i - verb.i <= 1
        and verb.i > 0
        and verb.nbor(-1).lower_ in _MARKS
        and (can_speak(name) or is_document(name))
    ):
        return name
    return None
