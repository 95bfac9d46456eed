"""The closed lists of words that rows, JSON and filters share.

Each class is one column, one JSON value and one filter. Values never change their meaning; a new
value may be added.
"""

from enum import StrEnum


class ActorKind(StrEnum):
    """What acts or is acted on. A country that acts is a `government`."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    ARMED_FORCE = "armed_force"
    GROUP = "group"
    PLACE = "place"
    OTHER = "other"


class SourceKind(StrEnum):
    """What information is attributed to.

    `document` is a text that speaks ("the intelligence assessment"), `anonymous` somebody whom
    the report does not name ("a person familiar with the talks").
    """

    PERSON = "person"
    MEDIA = "media"
    GOVERNMENT = "government"
    ORGANIZATION = "organization"
    ARMED_FORCE = "armed_force"
    GROUP = "group"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"
    OTHER = "other"


class MentionForm(StrEnum):
    """How a mention refers: "Viktor Goremykin", "the minister", "he"."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class Act(StrEnum):
    """What the origin of a claim does with its content."""

    STATEMENT = "statement"
    ALLEGATION = "allegation"
    DENIAL = "denial"
    CONFIRMATION = "confirmation"
    BELIEF = "belief"
    INTENTION = "intention"
    WISH = "wish"
    DEMAND = "demand"
    PROMISE = "promise"
    QUESTION = "question"
    WARNING = "warning"
    EVALUATION = "evaluation"
    EVIDENCE = "evidence"


class Directness(StrEnum):
    """Whether the words are quoted. Narration quotes nobody and counts as `indirect`."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Certainty(StrEnum):
    """How sure the report lets its reader be.

    After FactBank (Saurí and Pustejovsky 2009); verbal probabilities follow the bands of
    Intelligence Community Directive 203: `probable` from "likely" (55 %) up, `possible` below.
    `unknown`: the text leaves it open whether the content holds ("whether … is unclear").
    """

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether the content says that something is, or that it is not."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Stance(StrEnum):
    """What another party says of a claim."""

    CONFIRMS = "confirms"
    DENIES = "denies"
    DOES_NOT_CONFIRM = "does_not_confirm"
    NO_COMMENT = "no_comment"
    DISPUTES = "disputes"


class Status(StrEnum):
    """Where a claim stands after its responses; `unverified`: nobody responded."""

    UNVERIFIED = "unverified"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    DISPUTED = "disputed"


class EventType(StrEnum):
    """The sixteen event types of PLOVER (Open Event Data Alliance, codebook 2023)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class ParticipantRole(StrEnum):
    """Who does it, to or with whom, and whoever else takes part."""

    INITIATOR = "initiator"
    RECIPIENT = "recipient"
    OTHER = "other"


class Tense(StrEnum):
    """When an event lies seen from the report; `hypothetical`: under "if", "could", "would"."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
