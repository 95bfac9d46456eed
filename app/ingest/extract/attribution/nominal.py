"""Attribution without a verb: nouns, adjectives, adverbs, colons and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from app.ingest.extract.attribution.attribution import Attributed
from app.ingest.extract.attribution.cues import can_speak, cue_adjectives, cue_nouns, is_document
from app.ingest.extract.attribution.quotations import Quotations
from app.ingest.extract.attribution.subjects import source_of
from app.ingest.extract.syntax import as_spans, child, subtree, trimmed, without
from app.ingest.extraction import Span
from app.lexicon import words
from app.vocabulary import Act, Certainty

LONGEST_HEADLINE = 120
"""Code points: longer lines after a colon are explanations, not what the label says."""

_POLLS = frozenset({"poll", "survey"})
_HELD = frozenset({Act.BELIEF, Act.WISH, Act.INTENTION})
_LABEL = re.compile(r"^[ \t>*•-]*(?P<name>[^\W\d_][^\n:“\"]{0,58}?)\s?:\s+(?=\S)", re.MULTILINE)
_SIGNED = re.compile(
    r"[”\"]\s*(?P<dash>[-–—―]{1,2})\s*(?P<name>[A-Z][^\n“\"]{2,58})$", re.MULTILINE
)


def noun_attribution(noun: Token) -> Attributed | None:
    """ "the *claim* that S" and, with an owner, "Paris's *pledge* of support", "her *plan* to go".

    Without an owner only a that-clause counts: "criticism of the plan" is an event, not a
    statement of anybody.
    """
    if noun.dep_ == "pobj" and noun.lemma_ in _POLLS:
        return in_poll(noun)
    cue = cue_nouns().get(noun.lemma_.lower())
    if cue is None or noun.dep_ == "compound":
        return None
    owner = _owner(noun)
    for complement in noun.children:
        if complement.i < noun.i:
            continue
        frame = _frame(complement)
        if frame not in cue.rules or (owner is None and frame != "clause"):
            continue
        body = (
            complement if frame in ("clause", "infinitive") else child(complement, "pobj", "pcomp")
        )
        if body is None:
            continue
        _, act, certainty = cue.rules[frame]
        if owner is None and act in _HELD:
            owner = _holder(noun)
        more = [complement] if body is not complement else []
        return Attributed(
            f"noun+{frame}", noun, as_spans([noun, *more]), owner, [subtree(body)], act, certainty
        )
    return None


def in_poll(poll: Token) -> Attributed | None:
    """ "*In* a new poll, half of the voters were undecided": evidence of the poll."""
    preposition = poll.head
    if preposition.lower_ != "in" or preposition.head.pos_ not in ("VERB", "AUX"):
        return None
    main = preposition.head
    if preposition.i > main.i or child(main, "nsubj", "nsubjpass", "expl") is None:
        return None
    if preposition.left_edge.i != main.left_edge.i:
        return None
    content = without(subtree(main), subtree(preposition))
    return Attributed("in poll", preposition, as_spans([preposition]), poll, content, Act.EVIDENCE)


def _frame(complement: Token) -> str:
    if complement.dep_ in ("acl", "ccomp", "relcl"):
        if complement.left_edge.lower_ == "that" and complement.left_edge.dep_ == "mark":
            return "clause"
        if complement.tag_ == "VB" and any(c.lower_ == "to" for c in complement.lefts):
            return "infinitive"
    return str(complement.lower_) if complement.dep_ == "prep" else ""


def _owner(noun: Token) -> Token | None:
    """ "*his* claim", "the claim *by* the ministry", "Khan made the claim that"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for preposition in noun.children:
        if preposition.lower_ in ("by", "from") and preposition.dep_ in ("prep", "agent"):
            return child(preposition, "pobj")
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in words("light_verbs"):
        subject = child(verb, "nsubj")
        if subject is None and verb.dep_ in ("xcomp", "conj", "advcl"):
            subject = child(verb.head, "nsubj")
        return subject if subject is not None and can_speak(subject) else None
    return None


def _holder(noun: Token) -> Token | None:
    """Who holds a view that nobody owns: "some cling to the *hope* that S"."""
    up = noun.head
    if noun.dep_ == "pobj" and up.dep_ == "prep":
        up = up.head
    elif noun.dep_ != "dobj":
        return None
    if up.pos_ != "VERB":
        return None
    subject = source_of(up)
    return subject if subject is not None and can_speak(subject) else None


def adjective_attribution(adjective: Token) -> Attributed | None:
    """ "Officials are *confident* that S", "she was *ready* to go"."""
    cue = cue_adjectives().get(adjective.lower_)
    if cue is None or adjective.dep_ not in ("acomp", "ccomp", "conj"):
        return None
    if (impersonal := open_question(adjective)) is not None:
        return impersonal
    subject = child(adjective.head, "nsubj")
    if subject is None or subject.lower_ in ("it", "there") or not can_speak(subject):
        return None
    for complement in adjective.children:
        if complement.i < adjective.i:
            continue
        frame = ""
        body: Token | None = complement
        if complement.dep_ == "ccomp":
            frame = "clause"
        elif complement.dep_ == "xcomp":
            frame = "infinitive"
        elif complement.dep_ == "prep":
            frame = complement.lower_
            body = child(complement, "pobj", "pcomp")
        if frame not in cue.rules or body is None:
            continue
        _, act, certainty = cue.rules[frame]
        more = [complement] if body is not complement else []
        cue_words = [adjective.head, adjective] if adjective.head.lemma_ == "be" else [adjective]
        return Attributed(
            f"adjective+{frame}", adjective, as_spans(sorted(cue_words + more, key=lambda t: t.i)),
            subject, [subtree(body)], act, certainty,
        )  # fmt: skip
    return None


def open_question(adjective: Token) -> Attributed | None:
    """ "It is *unclear* why Khan left", "it is *likely* that": nobody is named."""
    cue = cue_adjectives().get(adjective.lower_)
    if cue is None or "it" not in cue.rules or adjective.dep_ != "acomp":
        return None
    subject = child(adjective.head, "nsubj", "expl")
    complement = child(adjective, "ccomp", "xcomp") or child(adjective.head, "ccomp", "advcl")
    if (
        subject is None
        or subject.lower_ != "it"
        or complement is None
        or complement.i < adjective.i
    ):
        return None
    if complement.dep_ == "xcomp" or complement.left_edge.lower_ in words("question_words") - {
        "that"
    }:
        return None  # "It was not clear who": the report's own voice
    _, act, certainty = cue.rules["it"]
    cue_words = as_spans([adjective.head, adjective])
    return Attributed(
        "adjective+it", adjective, cue_words, None, [subtree(complement)], act, certainty
    )


def hearsay(adverb: Token) -> Attributed | None:
    """ "Khan *reportedly* left": nobody is named; the clause of the adverb is the content."""
    if adverb.lower_ not in words("hearsay_adverbs"):
        return None
    verb = adverb.head
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ == "amod":
        return None
    span = subtree(verb)
    act, certainty = Act.STATEMENT, Certainty.PROBABLE
    if adverb.lower_ != "reportedly":
        act, certainty = Act.ALLEGATION, Certainty.POSSIBLE
    return Attributed("hearsay", adverb, as_spans([adverb]), None, [span], act, certainty)


def labelled(doc: Doc, quotations: Quotations) -> Iterator[Attributed]:
    """ "Poll: Voters leave the party", "Q: Did you see it?", "“…” — Ana Ruiz"."""
    text = doc.text
    for match in _LABEL.finditer(text):
        name = Span(match.start("name"), match.end("name"))
        head = _label_head(doc, name)
        if head is None:
            continue
        line_end = text.find("\n", match.end())
        end = line_end if line_end >= 0 else len(text)
        content = trimmed(text, match.end(), end)
        if not _speaks(text, match, content) or not _says_something(doc, content):
            continue
        colon = match.end("name") + text[match.end("name") : match.end()].index(":")
        cue = Span(colon, colon + 1)
        if content.start < content.end:
            yield Attributed("label", head, (cue,), head, [content], Act.STATEMENT)
    for match in _SIGNED.finditer(text):
        quotation = quotations.at(match.start())
        head = _label_head(doc, Span(match.start("name"), match.end("name")))
        if quotation is not None and head is not None:
            cue = Span(match.start("dash"), match.end("dash"))
            words_signed = [Span(quotation.start, quotation.end)]
            yield Attributed("signature", head, (cue,), head, words_signed, Act.STATEMENT)


def _speaks(text: str, match: re.Match[str], content: Span) -> bool:
    """Whether a label is a speaker's: of a transcript (capitals), a quotation, or a headline."""
    is_transcript = match["name"].isupper()
    is_quoted = text[content.start : content.start + 1] in ("“", '"')
    return is_transcript or is_quoted or content.end - content.start <= LONGEST_HEADLINE


def _says_something(doc: Doc, content: Span) -> bool:
    """ "Source: Ministry of Health" names, "Source: Minister to resign" says something."""
    said = doc.char_span(content.start, content.end, alignment_mode="expand")
    if said is None:
        return False
    return any(token.pos_ in ("VERB", "AUX") or token.is_quote for token in said)


def _label_head(doc: Doc, name: Span) -> Token | None:
    """The head of a label that names a speaker or a text: a name, "Q", "Poll", "CLINTON"."""
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    if span is None or len(span) > 7:
        return None
    if any(token.pos_ in ("VERB", "AUX") for token in span):
        return None
    head: Token = span.root
    if str(span.text).strip() in ("Q", "A") or str(span.text).isupper():
        return head
    if can_speak(head) or is_document(head):
        return head
    return None
