"""Who made the documents of a text, and who has seen them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.cues import can_speak, is_document
from app.ingest.extract.claims.steps import Step
from app.ingest.extract.syntax import as_spans, child, follows_comma, tokens_of
from app.lexicon import words

_RELATIVE = frozenset({"who", "which", "that"})
_LISTENERS = frozenset({"reporter", "journalist", "press", "media", "medium", "outlet"})
_OWN = frozenset({"this", "our"})
_NAMING = frozenset({"compound", "appos", "nmod", "amod"})
_NOMINAL = ("NOUN", "PROPN", "PRON")
_HANDING = frozenset({"see", "obtain", "review", "view", "examine", "read"})
_MAKING = frozenset(
    {"make", "write", "prepare", "compile", "draft", "conduct", "produce", "draw", "carry"}
)


class Makers:
    """Who made the documents of a text, where the text says so."""

    def __init__(self, doc: Doc) -> None:
        self._made: dict[str, list[tuple[int, Token]]] = {}
        for token in tokens_of(doc):
            if token.pos_ == "NOUN" and is_document(token) and (maker := _named_maker(token)):
                self._made.setdefault(token.lemma_, []).append((token.i, maker))

    def of(self, document: Token) -> Step | None:
        """ "*The assessment*, made by the agency, …", and later "the assessment": the agency.

        "A report made by the agency" is one source, which its maker only names.
        """
        if not is_document(document) or document.pos_ != "NOUN":
            return None
        verb, maker = _made_by(document)
        if verb is not None and maker is not None:
            return (maker, as_spans([verb])) if follows_comma(verb.left_edge) else None
        if _named_maker(document) is not None or not _is_definite(document):
            return None
        earlier = [m for i, m in self._made.get(document.lemma_, ()) if i < document.i]
        return (earlier[-1], ()) if earlier else None


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in noun.lefts)


def _made_by(document: Token) -> tuple[Token | None, Token | None]:
    """ "made by the agency", "which the agency drew up"."""
    for verb in document.children:
        if verb.lemma_ in _MAKING and verb.dep_ in ("acl", "relcl"):
            agent = child(verb, "agent")
            maker = child(agent, "pobj") if agent is not None else child(verb, "nsubj")
            if maker is not None and maker.pos_ in _NOMINAL and maker.lower_ not in _RELATIVE:
                return verb, maker
    return None, None


def _named_maker(document: Token) -> Token | None:
    """ "*the agency's* assessment", "a report by *it*", "in a report, *the agency* said"."""
    owner = child(document, "poss")
    if owner is not None and can_speak(owner):
        return owner
    for preposition in document.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            maker = child(preposition, "pobj")
            if maker is not None and can_speak(maker):
                return maker
    if (maker := _made_by(document)[1]) is not None:
        return maker
    where = document.head
    if where.dep_ == "prep" and where.lower_ == "in" and where.head.pos_ == "VERB":
        subject = child(where.head, "nsubj")
        if subject is not None and can_speak(subject) and subject.pos_ != "PRON":
            return subject
    return None


def handed_by(document: Token) -> Step | None:
    """ "a letter *seen by AFP*": the report has the letter from AFP."""
    for verb in document.subtree:
        if verb.lemma_ not in _HANDING or verb.dep_ not in ("acl", "relcl") or verb.tag_ != "VBN":
            continue
        agent = child(verb, "agent")
        reader = child(agent, "pobj") if agent is not None else None
        if agent is not None and reader is not None and _is_outlet(reader):
            return reader, as_spans([verb, agent])
    return None


def _is_outlet(head: Token) -> bool:
    if head.lemma_.lower() in _LISTENERS or head.pos_ not in ("NOUN", "PROPN"):
        return False
    if any(c.lower_ in _OWN for c in head.lefts):
        return False
    media = words("media_words")
    named = [head, *(c for c in head.children if c.dep_ in _NAMING)]
    return any(token.lower_ in media for token in named)
