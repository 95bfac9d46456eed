"""From a cue to who says what: one small function per construction.

Each construction looks at one token and yields what it finds as `Attributed`: the cue, the head
of the source, the content. Inside quotations nothing is looked for: what quoted
words attribute in turn is part of what their speaker says (the guidelines of PolNeAR, Newell et
al. 2018, do the same).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from app.ingest.extract.cues import Cue, can_speak, cue_verbs, is_document
from app.ingest.extract.syntax import (
    as_spans,
    child,
    end_of,
    is_passive,
    subtree,
    trimmed,
    verb_group,
    without,
)
from app.ingest.extraction import Span
from app.vocabulary import Act, Certainty

_QUESTION_WORDS = frozenset(
    [
        "that",
        "what",
        "why",
        "how",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "whether",
        "if",
        "which",
        "whatever",
    ]
)
_CONTINUING = frozenset(
    ["because", "if", "so", "unless", "since", "although", "though", "while", "whereas", "until"]
)
_JUDGING = frozenset({"person", "as", "name", "of", "for"})
_JUDGED_OF = frozenset({"of", "for", "as", "with", "over"})
_CIRCUMSTANCES = frozenset(["during", "after", "before", "since", "amid"])
_BOUNDARIES = frozenset([",", "—", "–", "--", "-", "”", '"', "’", "''"])
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_INHERITING = frozenset(
    {"conj", "xcomp", "advcl", "acl", "dep", "parataxis", "acomp", "ccomp", "prep", "relcl"}
)


@dataclass(slots=True)
class Attributed:
    """One cue with its source and content, as a construction found it.

    `anchor` is the head word of the cue; `source` the head of the noun phrase, None where nobody
    is named; `quotes` whether the cue may introduce quoted words that the parser did not
    attach to it.
    """

    rule: str
    anchor: Token
    cue: tuple[Span, ...]
    source: Token | None
    content: list[Span]
    act: Act
    certainty: Certainty | None = None
    quotes: bool = False
    inner: list[tuple[Token | None, tuple[Span, ...]]] = field(default_factory=list)
    """Further links of the chain, outermost first: the head of the source and the cue."""


def verb_attributions(verb: Token) -> Iterator[Attributed]:
    """Everything that a cue verb introduces: usually one, none for "told" without a content."""
    cue = cue_verbs().get(verb.lemma_.lower())
    if cue is None or (verb.tag_ == "VBN" and verb.dep_ == "amod"):
        return
    source = source_of(verb)
    for construction in _VERB_CONSTRUCTIONS:
        found = construction(verb, cue, source)
        if found is not None:
            yield found
            return


def _attributed(  # noqa: PLR0913, PLR0917 - one argument per part of an attribution
    verb: Token,
    cue: Cue,
    frame: str,
    source: Token | None,
    content: list[Span],
    more: tuple[Token, ...] = (),
) -> Attributed:
    name, act, certainty = cue.rules[frame]
    words = sorted([*verb_group(verb), *more], key=lambda token: token.i)
    quotes = "quote" in cue.rules
    return Attributed(
        f"{name}+{frame}", verb, as_spans(words), source, content, act, certainty, quotes
    )


def source_of(verb: Token) -> Token | None:
    """The head of the subject: its own, inherited through coordination, participles, infinitives.

    "Khan met reporters and said": Khan. "Khan left, saying": Khan. "a letter saying": letter.
    "was told by Khan": Khan. An empty "it" is nobody.
    """
    head: Token | None = verb
    for _ in range(8):
        if head is None or head.pos_ in _NOMINAL:
            return head
        if is_passive(head):
            return _agent(head)
        subject = child(head, "nsubj")
        if subject is not None:
            return subject
        inverted = _inverted(head)
        if inverted is not None:
            return inverted
        head = _heir(head)
    return None


def _heir(verb: Token) -> Token | None:
    """Where a verb without a subject has it from: another verb, or the noun that it describes."""
    label, up = verb.dep_, verb.head
    if label in ("acl", "relcl") and up.pos_ in _NOMINAL:
        return _described_noun(verb, up)
    if label == "ccomp" and verb.tag_ not in ("VB", "VBG"):
        return None
    if label == "xcomp":
        addressee = child(up, "dobj")
        if addressee is not None and addressee.i < verb.i and up.lemma_ in ("urge", "ask", "tell"):
            return addressee
    if label in ("pcomp", "pobj") and up.dep_ == "prep":
        return up.head
    return up if label in _INHERITING else None


def _described_noun(verb: Token, noun: Token) -> Token | None:
    """ "a letter *saying*": letter; "a letter *written* by Khan", "his promise *to say*": Khan."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return _agent(verb)
    if verb.tag_ == "VB":
        return child(noun, "poss")
    return noun


def _agent(verb: Token) -> Token | None:
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
        and verb.nbor(-1).lower_ in ("'", '"', "”", "’", "''", ",", "?", "!", "--")
        and (can_speak(name) or is_document(name))
    ):
        return name
    return None


# Constructions, tried in this order.


def _according_verb(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The road is closed, *as reported by* RIA": the sentence ← RIA."""
    del source
    if "clause" not in cue.rules or verb.tag_ != "VBN":
        return None
    mark = child(verb, "mark")
    if mark is None or mark.lower_ != "as" or verb.dep_ != "advcl":
        return None
    agent = child(verb, "agent")
    if agent is None:
        return None
    hole = Span(verb.left_edge.idx, end_of(verb.right_edge))
    content = without(subtree(verb.head), hole)
    return _attributed(verb, cue, "clause", child(agent, "pobj"), content, (mark, agent))


def _clause(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *said* that the road was closed", also "The road, Khan *said*, was closed"."""
    frame = "clause" if "clause" in cue.rules else "wh" if "wh" in cue.rules else ""
    if not frame or (is_passive(verb) and source is None):
        return None
    for complement in verb.children:
        if complement.dep_ == "ccomp" and _is_finite(complement):
            if frame == "wh" and not _has_question_word(complement):
                continue
            return _attributed(verb, cue, frame, source, _complement(complement, verb))
    for complement in verb.children:  # "asked whether", "said … is" taken for something else
        later = complement.i > verb.i and complement.dep_ in ("ccomp", "xcomp")
        if later and _has_question_word(complement):
            return _attributed(verb, cue, frame, source, _complement(complement, verb))
    if frame == "clause" and source is not None:
        return _parenthetical(verb, cue, frame, source)
    return None


def _parenthetical(verb: Token, cue: Cue, frame: str, source: Token) -> Attributed | None:
    """ "This effort, he *noted*, underscores an approach": the clause around the cue."""
    if verb.dep_ not in ("parataxis", "ccomp", "advcl", "dep", "intj") or child(verb, "dobj"):
        return None
    if child(verb, "mark") is not None or source.head.i != verb.i:
        return None
    edge = verb.left_edge
    if not {edge.text, edge.nbor(-1).text if edge.i else ""} & _BOUNDARIES:
        return None
    if source.i < verb.i and abs(verb.i - source.i) > 12:
        return None
    content = without(subtree(verb.head), subtree(verb))
    return _attributed(verb, cue, frame, source, content)


def _is_finite(clause: Token) -> bool:
    """Has a tense or a subject; an infinitive without a subject belongs to other frames."""
    if child(clause, "nsubj", "nsubjpass", "expl", "csubj", "attr") is not None:
        subject = child(clause, "nsubj", "nsubjpass")
        to = child(clause, "aux")
        return not (to is not None and to.lower_ == "to" and subject is not None)
    if clause.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return clause.tag_ not in ("VB", "VBG") or child(clause, "mark") is not None


def _has_question_word(clause: Token) -> bool:
    return clause.left_edge.lower_ in _QUESTION_WORDS


def _complement(complement: Token, verb: Token) -> list[Span]:
    """The clause without the cue, if the clause surrounds it ("X, he said, Y")."""
    span = subtree(complement)
    if span.start <= verb.idx < span.end:
        return without(span, subtree(verb))
    return [Span(span.start, max(span.end, _clause_end(verb, complement)))]


def _clause_end(verb: Token, complement: Token) -> int:
    """The end of what goes on with the complement though the parser hung it on the cue.

    "Khan said the road was closed *because it had rained*, *but a second one was open*".
    """
    end = 0
    for other in verb.children:
        if other.i < complement.i or complement.i < verb.i:
            continue
        is_reason = other.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in _CONTINUING for c in other.children
        )
        is_second = (
            other.dep_ == "conj"
            and other.lemma_ not in cue_verbs()
            and child(other, "nsubj", "nsubjpass", "expl") is not None
        )
        if is_reason or is_second:
            end = end_of(other.right_edge)
    return end


def _document(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Polls *show* a close race", "the study *found* no effect": evidence."""
    if "document" not in cue.rules or source is None or not is_document(source):
        return None
    if is_passive(verb):
        return None
    for complement in verb.children:
        if complement.dep_ in ("ccomp", "dobj", "xcomp") and complement.i > verb.i:
            content = [Span(complement.left_edge.idx, _object_end(verb, complement))]
            return _attributed(verb, cue, "document", source, content)
    return None


def _infinitive(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *plans* to resign", "*agreed* to talks"."""
    if "infinitive" not in cue.rules or is_passive(verb) or source is None:
        return None
    if verb.tag_ == "VBG" and verb.dep_ in ("amod", "compound"):
        return None
    for complement in verb.children:
        if complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i and _has_to(complement):
            return _attributed(verb, cue, "infinitive", source, [subtree(complement)])
    return None


def _gerund(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *admitted* taking the money", "is *considering* leaving"."""
    if "gerund" not in cue.rules or source is None or is_passive(verb) or not can_speak(source):
        return None
    for complement in verb.children:
        later = complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i
        if later and complement.tag_ == "VBG":
            return _attributed(verb, cue, "gerund", source, [subtree(complement)])
    return None


def _has_to(clause: Token) -> bool:
    return clause.tag_ in ("VB", "VBN", "JJ", "NN") and any(
        c.dep_ == "aux" and c.lower_ == "to" for c in clause.children
    )


def _addressee_infinitive(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *urged* them to leave": the content takes in who is to do it."""
    if "addressee_infinitive" not in cue.rules or is_passive(verb) or source is None:
        return None
    for complement in verb.children:
        if complement.dep_ in ("xcomp", "ccomp") and complement.i > verb.i and _has_to(complement):
            subject = child(verb, "dobj", "dative") or child(complement, "nsubj", "nsubjpass")
            if subject is None or subject.i < verb.i:
                continue
            start = min(subject.left_edge.idx, complement.left_edge.idx)
            content = [Span(start, end_of(complement.right_edge))]
            return _attributed(verb, cue, "addressee_infinitive", source, content)
    return None


def _expected(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *is expected* to resign", "is said to", "was reported that": nobody is named."""
    del source
    if "passive" not in cue.rules or not is_passive(verb):
        return None
    subject = child(verb, "nsubjpass")
    complement = child(verb, "xcomp") or child(verb, "ccomp")
    if subject is None or complement is None or complement.i < verb.i:
        return None
    content = [subtree(complement)]
    if subject.lower_ != "it":
        content.insert(0, subtree(subject))
    return _attributed(verb, cue, "passive", _agent(verb), content)


def _judged(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *was criticised* for the delay", "*was accused* of fraud": who does it is not said."""
    del source
    if not _JUDGING & cue.rules.keys() or not is_passive(verb) or child(verb, "agent"):
        return None
    subject = child(verb, "nsubjpass")
    complement = next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in _JUDGED_OF and c.i > verb.i),
        None,
    )
    if subject is None or complement is None:
        return None
    frame = next(frame for frame in cue.rules if frame in _JUDGING)
    return _attributed(verb, cue, frame, None, [subtree(subject), subtree(complement)])


def _asked_about(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "*Asked about* the plan, Khan left"."""
    del source
    if "about" not in cue.rules or verb.tag_ != "VBN" or verb.lemma_ not in ("ask", "question"):
        return None
    about = child(verb, "prep")
    topic = child(about, "pobj", "pcomp") if about is not None else None
    if about is None or topic is None or child(verb, "agent") is not None:
        return None
    return _attributed(verb, cue, "about", None, [subtree(topic)], (about,))


def _named(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *called* the plan absurd"."""
    if "name" not in cue.rules or source is None or is_passive(verb):
        return None
    if not (can_speak(source) or is_document(source)):
        return None
    small_clause = child(verb, "ccomp")
    if small_clause is not None and small_clause.i > verb.i:
        return _attributed(verb, cue, "name", source, [subtree(small_clause)])
    predicate, target = child(verb, "oprd"), child(verb, "dobj")
    if predicate is None or predicate.i < verb.i:
        return None
    if target is None or target.i < verb.i:
        return _attributed(verb, cue, "name", source, [subtree(predicate)])
    content = [Span(target.left_edge.idx, end_of(predicate.right_edge))]
    return _attributed(verb, cue, "name", source, content)


def _described(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *described* the offer as generous"."""
    if "as" not in cue.rules or source is None or is_passive(verb):
        return None
    for preposition in verb.subtree:
        if preposition.lower_ != "as" or preposition.i < verb.i or preposition.dep_ != "prep":
            continue
        if preposition.head.i != verb.i and preposition.head.dep_ != "dobj":
            continue
        target = child(verb, "dobj")
        start = target.left_edge if target is not None and target.i > verb.i else preposition
        content = [Span(start.idx, end_of(preposition.right_edge))]
        return _attributed(verb, cue, "as", source, content)
    return None


def _about(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *called for* talks", "*complained about* the noise"."""
    if source is None or is_passive(verb):
        return None
    for preposition in verb.children:
        word = preposition.lower_
        if (
            preposition.dep_ not in ("prep", "prt")
            or preposition.i < verb.i
            or word not in cue.rules
        ):
            continue
        complement = child(preposition, "pobj", "pcomp")
        if complement is None or (
            child(verb, "dobj") and cue.rules[word][0].startswith("evaluate")
        ):
            continue
        end = end_of(complement.right_edge)
        purpose = child(verb, "xcomp")
        if purpose is not None and purpose.i > complement.i:
            end = end_of(purpose.right_edge)  # "called on Congress to pass a deal"
        content = [Span(complement.left_edge.idx, end)]
        return _attributed(verb, cue, word, source, content, (preposition,))
    return None


def _object(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "Khan *criticised* the ruling", "*denied* the claims", "*accused* them of fraud"."""
    frame = "object" if "object" in cue.rules else "person" if "person" in cue.rules else ""
    if not frame or source is None or not (can_speak(source) or is_document(source)):
        return None
    if is_passive(verb) and child(verb, "agent") is not None:
        patient = child(verb, "nsubjpass")
        if patient is None or patient.lower_ in ("it", "that", "which"):
            return None
        return _attributed(verb, cue, frame, source, [subtree(patient)])
    target = child(verb, "dobj")
    if target is None or target.i < verb.i or is_passive(verb) or target.i == source.i:
        return None
    content = [Span(target.left_edge.idx, _object_end(verb, target))]
    return _attributed(verb, cue, frame, source, content)


def _object_end(verb: Token, target: Token) -> int:
    """The end of the object with what completes it: "them *of fraud*", "the plan *as absurd*"."""
    end = _core_end(target)
    for other in verb.children:
        if other.i > target.i and (
            other.dep_ in ("xcomp", "oprd", "dative")
            or (
                other.dep_ == "prep"
                and other.lower_ in ("of", "for", "as", "on", "with", "about", "to")
            )
        ):
            end = max(end, end_of(other.right_edge))
    return end


def _core_end(target: Token) -> int:
    """The end of a noun phrase without a remark (", who …") or circumstance ("during …")."""
    end = target
    for part in target.rights:
        if part.dep_ in ("relcl", "appos", "acl") and part.left_edge.nbor(-1).text in (
            ",",
            "—",
            "--",
        ):
            break
        if part.dep_ == "prep" and part.lower_ in _CIRCUMSTANCES:
            break
        end = part.right_edge if part.dep_ != "punct" else end
    return end_of(end)


def _seem(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "The rebels *appear* to have left": nobody is named, the whole clause is the content."""
    del source
    if "seem" not in cue.rules:
        return None
    subject = child(verb, "nsubj", "expl")
    complement = child(verb, "xcomp", "oprd", "acomp", "ccomp", "advcl")
    if subject is None or complement is None or complement.i < verb.i:
        return None
    content = [subtree(complement)]
    if subject.lower_ not in ("it", "there"):
        content.insert(0, subtree(subject))
    return _attributed(verb, cue, "seem", None, content)


def _quoting(verb: Token, cue: Cue, source: Token | None) -> Attributed | None:
    """ "…," *said* Khan: the content is yet to come from the quotations around."""
    if "quote" not in cue.rules or source is None:
        return None
    return _attributed(verb, cue, "quote", source, [])


_VERB_CONSTRUCTIONS = (
    _according_verb,
    _document,
    _expected,
    _seem,
    _clause,
    _addressee_infinitive,
    _infinitive,
    _gerund,
    _judged,
    _asked_about,
    _named,
    _described,
    _about,
    _object,
    _quoting,
)


def according_to(token: Token) -> Attributed | None:
    """ "*According to* the police, the road is closed", "in the words of"."""
    if token.lower_ != "according" or token.i + 1 >= len(token.doc) or token.nbor().lower_ != "to":
        return None
    to = token.nbor()
    source = child(to, "pobj")
    if source is None:
        return None
    head = token.head
    while (
        head.dep_ not in ("ROOT", "ccomp", "conj", "advcl", "relcl", "parataxis")
        and head.i != head.head.i
    ):
        head = head.head
    if head.i == token.i:
        return None
    hole = Span(token.idx, end_of(source.right_edge))
    content = without(subtree(head), hole)
    cue = Span(token.idx, end_of(to))
    return Attributed("according to", token, (cue,), source, content, Act.STATEMENT)


def cut(text: str, found: Attributed, source: Span | None) -> None:
    """Leave cue and source out of the content, and separating signs at its ends."""
    holes = [*found.cue] + ([source] if source is not None else [])
    parts = found.content
    for hole in holes:
        parts = [piece for part in parts for piece in without(part, hole)]
    trimmed_parts = [trimmed(text, part.start, part.end) for part in parts]
    found.content = [part for part in trimmed_parts if part.start < part.end]
