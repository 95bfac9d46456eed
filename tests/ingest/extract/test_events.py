"""Events: type, parties, circumstances, and what is no event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ingest.extract import extract
from app.ingest.extraction import Event, Extraction
from app.vocabulary import Certainty, EventType, ParticipantRole, Polarity, Tense


def events(text: str) -> list[Event]:
    return list(extract(text).events)


def types(text: str) -> list[str]:
    return [event.type.value for event in extract(text).events]


def parties(found: Extraction, event: Event, role: ParticipantRole) -> set[str]:
    names = {actor.key: actor.name for actor in found.actors}
    return {names[p.actor] for p in event.participants if p.role is role}


def who_whom(text: str) -> tuple[str, set[str], set[str]]:
    found = extract(text)
    event = found.events[0]
    return (
        event.type.value,
        parties(found, event, ParticipantRole.INITIATOR),
        parties(found, event, ParticipantRole.RECIPIENT),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and Peru agreed to share fishing grounds.", "AGREE"),
        ("The Kenyan president visited Japan.", "CONSULT"),
        ("Chile praised Canada.", "SUPPORT"),
        ("Brazil shared intelligence with Portugal.", "COOPERATE"),
        ("Denmark sent blankets to Nepal.", "AID"),
        ("The Thai government lifted the curfew.", "CONCEDE"),
        ("Ethiopia withdrew its troops from Somalia.", "RETREAT"),
        ("Mexico demanded an apology from Spain.", "REQUEST"),
        ("Ghana accused Togo of smuggling.", "ACCUSE"),
        ("Finland rejected the Swedish proposal.", "REJECT"),
        ("Iran threatened to attack Israel.", "THREATEN"),
        ("Students in Quito protested against the government.", "PROTEST"),
        ("Austria imposed sanctions on Belarus.", "SANCTION"),
        ("Turkey deployed 300 soldiers along the border.", "MOBILIZE"),
        ("Police arrested the editor.", "COERCE"),
        ("Rebels shelled the town of Goma.", "ASSAULT"),
    ],
)
def test_each_type_has_its_verbs(text: str, expected: str) -> None:
    assert types(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deployment of Turkish troops to Libya worried nobody.", "MOBILIZE"),
        ("Talks between Egypt and Sudan began in Cairo.", "CONSULT"),
        ("France launched an attack on the rebels.", "ASSAULT"),
        ("Poland held a meeting with Latvia.", "CONSULT"),
        ("Troop movements by Ethiopia worried nobody.", "MOBILIZE"),
        ("A prisoner swap between Mali and Chad took place.", "COOPERATE"),
        ("The Italian minister paid a visit to Malta.", "CONSULT"),
    ],
)
def test_nouns_and_light_verbs_tell_events(text: str, expected: str) -> None:
    assert expected in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "Turkey attacked Greece.",
        "Greece was attacked by Turkey.",
        "Turkey, which attacked Greece, is large.",
        "Turkey began to attack Greece.",
        "Turkey launched an attack on Greece.",
    ],
)
def test_voice_and_clause_do_not_change_who_does_it_to_whom(text: str) -> None:
    assert who_whom(text) == ("ASSAULT", {"Turkey"}, {"Greece"})


def test_what_somebody_pledges_leads_to_whom_it_is_pledged() -> None:
    text = "Peru's pledge of support to Bolivia pleased many."
    assert who_whom(text) == ("SUPPORT", {"Peru"}, {"Bolivia"})


def test_what_somebody_is_accused_of_is_done_by_the_accused_and_only_possible() -> None:
    text = "Rights groups accuse both the rebels and the army of killing civilians."
    found = extract(text)
    [killing] = [event for event in found.events if text[slice(*event.trigger)] == "killing"]
    assert parties(found, killing, ParticipantRole.INITIATOR) == {"rebels", "army"}
    assert killing.certainty is Certainty.POSSIBLE
    [accusing] = [event for event in found.events if event.type is EventType.ACCUSE]
    assert accusing.certainty is Certainty.CERTAIN


def test_both_sides_of_a_meeting_are_parties() -> None:
    kind, first, second = who_whom("The meeting between Angela Merkel and Emmanuel Macron ended.")
    assert (kind, first | second) == ("CONSULT", {"Angela Merkel", "Emmanuel Macron"})


def test_whoever_says_must_demands() -> None:
    kind, who, whom = who_whom("Japan said North Korea must return the fishermen.")
    assert (kind, who, whom) == ("REQUEST", {"Japan"}, {"North Korea"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway said it would send food to Chad.", "AGREE"),
        ("The rebels said they would attack Goma.", "THREATEN"),
        ("Norway said it would not meet Chad.", "REJECT"),
    ],
)
def test_a_stated_intention_is_a_promise_a_threat_or_a_refusal(text: str, expected: str) -> None:
    assert types(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Lima said the weather was fine.",
        "Anna Petersen told reporters that she liked the film.",
        "The Defense Ministry and the Security Council are in the capital.",
        "The Peace Conference Hall stands beside the Museum of War.",
        "Engineers attacked the problem with new tools.",
        "The Icelandic team will fight for the title.",
        "A spokesman for Airbus declined to comment.",
        "Maria Lopez denied the allegation.",
        "The storm killed ten people.",
        "Strong demand for oil surprised the market.",
    ],
)
def test_statements_names_metaphors_and_accidents_are_no_events(text: str) -> None:
    assert types(text) == []


def test_a_later_mention_is_the_same_event() -> None:
    text = (
        "The Norwegian prime minister met the president of Ghana. "
        "This encounter, held in Accra on May 3, lasted an hour."
    )
    (meeting,) = events(text)
    assert [text[slice(*span)] for span in meeting.mentions] == ["met", "encounter"]
    assert meeting.date is not None
    assert meeting.date.edtf == "XXXX-05-03"
    assert meeting.place is not None


def test_the_date_of_saying_is_not_the_date_of_the_event() -> None:
    (event,) = events("Officials reported on Friday that Kenya had arrested a pirate.")
    assert event.date is None


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Kenya arrested a pirate.", Tense.PAST),
        ("Kenya is arresting pirates.", Tense.PRESENT),
        ("Kenya will arrest the pirate.", Tense.FUTURE),
        ("Kenya could arrest the pirate.", Tense.HYPOTHETICAL),
    ],
)
def test_tense_follows_the_verb_group(text: str, tense: Tense) -> None:
    assert [event.tense for event in events(text)] == [tense]


def test_hedges_and_negation_are_kept_with_the_event() -> None:
    (hedged,) = events("Kenya had allegedly arrested a pirate.")
    (negated,) = events("Kenya did not arrest the pirate.")
    assert (hedged.certainty, hedged.polarity) == (Certainty.POSSIBLE, Polarity.AFFIRMED)
    assert (negated.certainty, negated.polarity) == (Certainty.CERTAIN, Polarity.NEGATED)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("No troops withdrew from Lima.", Polarity.NEGATED),
        ("“No, Kenya arrested the pirate,” the captain said.", Polarity.AFFIRMED),
    ],
)
def test_a_negative_word_anywhere_in_the_clause_negates_the_event(
    text: str, polarity: Polarity
) -> None:
    assert {event.polarity for event in events(text)} == {polarity}


def test_amounts_belong_to_the_event_that_they_count_in() -> None:
    (event,) = events("Turkey deployed about 300 soldiers to Libya.")
    assert [quantity.low for quantity in event.quantities] == [300]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 900 nurses walked off the job in Lyon.", "PROTEST"),
        ("The senator conceded defeat.", "CONCEDE"),
        ("Peru retaliated with tariffs on Chilean wine.", "SANCTION"),
        ("Norway halted its cultural exchange programme with Russia.", "SANCTION"),
        ("Spain called the raid a disgrace.", "ACCUSE"),
        ("Two gunmen shot dead a radio journalist in Cali.", "ASSAULT"),
        ("The outpost was abandoned on Monday.", "RETREAT"),
        ("A 30-year-old suspect was held.", "COERCE"),
        ("Greece sent a search and rescue team to Syria.", "AID"),
        ("The rebels called on both sides to lay down their arms.", "REQUEST"),
        ("Canada suggested that Peru withdraw.", "REQUEST"),
        ("Estonia gave its word to Latvia.", "AGREE"),
        ("Envoys from Qatar sat down with the rebels.", "CONSULT"),
        ("Brazil gave its blessing to the treaty.", "SUPPORT"),
        ("The premier let the nurses keep their pensions.", "CONCEDE"),
        ("Danish police shared fingerprints with Norway.", "COOPERATE"),
        ("The Danish navy plucked 30 migrants from a dinghy.", "AID"),
        ("The troops pulled out of the town.", "RETREAT"),
        ("Zambia applied to the World Bank for a loan.", "REQUEST"),
        ("Malta took the company to court.", "ACCUSE"),
        ("Greece brushed aside the request.", "REJECT"),
        ("The rebels vowed to burn the bridges.", "THREATEN"),
        ("Fans booed the minister.", "PROTEST"),
        ("Chad stormed out of the talks.", "SANCTION"),
        ("Police threw the editor behind bars.", "COERCE"),
        ("Gunmen sprayed a bus with bullets.", "ASSAULT"),
        ("Peru will not sign the treaty with Chile, its premier said.", "REJECT"),
        ("The union said it would call a strike unless Peru paid.", "THREATEN"),
        ("Kidnappers set two engineers free.", "RETREAT"),
        ("Farmers petitioned the court to free the editor.", "REQUEST"),
    ],
)
def test_the_same_act_has_many_wordings(text: str, expected: str) -> None:
    assert expected in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ajax will meet Celtic in the semi-finals.",
        "The swimmer fought back to win the title.",
        "The company launched a new phone in Kenya.",
        "A flood in Peru destroyed the town.",
        "“Support the president!”",
        "Wasps attack bees.",
        "Doctors often fight exhaustion.",
        "She spoke on behalf of an aide who was not allowed to brief the press.",
        "The government of Peru offered nothing.",
        "Kenya feared the risk of an attack on Nairobi.",
        "Peru has the right to attack Chile.",
        "The mayor agreed that the soup was good.",
        "The study suggests that Peru is large.",
        "She resumed her studies in March.",
        "The envoy takes part as an observer.",
        "The play takes place in Peru.",
        "They agreed on most points.",
        "The board will meet on Friday.",
        "Ana Ruiz opposes the tax.",
        "The authority must approve the merger.",
        "The minister did not rule out a vote.",
        "The witness backed up his story.",
        "Shootings in Lima have doubled since May.",
        "The Lakes Free Trade Agreement is old.",
        "She is the best candidate to beat Juan Diaz.",
        "Ana Ruiz praised the antenna.",
        "Her appeal to young voters has grown.",
        "The steelmaker will close its mill in Linz.",
        "The minister had never met Juan Diaz.",
        "The report warned that the two firms would control the market.",
    ],
)
def test_sport_markets_habits_commands_and_fears_are_no_events(text: str) -> None:
    assert types(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked the base, killing two soldiers and wounding four others.",
        "Rebels killed two soldiers when they opened fire on the base.",
        "Police used pepper spray to disperse the protesters.",
        "A bombing near Goma killed two soldiers.",
        "Norway suspended its cooperation with Russia.",
    ],
)
def test_one_act_told_by_several_words_is_one_event(text: str) -> None:
    assert len(types(text)) == 1


def test_a_verbal_attack_is_an_accusation() -> None:
    assert types("Maria Lopez attacked Juan Diaz, calling him a liar.") == ["ACCUSE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senator Ana Ruiz attacked her opponent Juan Diaz over taxes.", ["ACCUSE"]),
        ("Ana Ruiz will beat Juan Diaz in Ohio.", []),
        ("Gunmen attacked Juan Diaz with knives.", ["ASSAULT"]),
    ],
)
def test_politicians_fight_with_words_and_gunmen_with_arms(text: str, expected: list[str]) -> None:
    assert types(text) == expected


@pytest.mark.parametrize(
    ("text", "role", "words"),
    [
        ("Envoys from Qatar met the rebels.", ParticipantRole.INITIATOR, "Envoys from Qatar"),
        ("Kenya praised mediator Juan Diaz.", ParticipantRole.RECIPIENT, "mediator Juan Diaz"),
        ("Kenya withdrew its troops from Somalia.", ParticipantRole.RECIPIENT, "Somalia"),
        ("Kenya held its first meeting with Peru.", ParticipantRole.RECIPIENT, "Peru"),
        ("Norway sent tents to help Peru.", ParticipantRole.RECIPIENT, "Peru"),
        ("The premier is on a visit to Peru.", ParticipantRole.INITIATOR, "The premier"),
        ("The deployment of Kenyan troops began.", ParticipantRole.INITIATOR, "Kenyan troops"),
        (
            "Amnesty deplored the treatment of prisoners by Eritrea.",
            ParticipantRole.RECIPIENT,
            "Eritrea",
        ),
        ("Peru filed a suit against Chile at a court.", ParticipantRole.RECIPIENT, "Chile"),
        ("Kenya speeded up the withdrawal of forces.", ParticipantRole.INITIATOR, "Kenya"),
    ],
)
def test_a_party_is_a_whole_noun_phrase_and_no_thing(
    text: str, role: ParticipantRole, words: str
) -> None:
    (event,) = events(text)
    named = [text[slice(*s)] for p in event.participants if p.role is role for s in p.spans]
    assert named == [words]


def test_those_who_act_together_stand_on_both_sides() -> None:
    assert who_whom("Chad and Togo agreed to share water.") == ("AGREE", {"Chad"}, {"Togo"})


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On 4 March 2024 Kenya arrested a pirate.", "2024-03-04"),
        ("Kenya summoned the ambassador of Peru on 4 March 2024.", "2024-03-04"),
        ("Rebels killed two soldiers as they attacked Goma on 4 March 2024.", "2024-03-04"),
        ("Kenya detained the pirate on 4 March 2024 and deported him.", "2024-03-04"),
        ("Kenya condemned the attack of 4 March 2024.", None),
        ("Kenya has detained the pirate until 4 March 2024.", None),
    ],
)
def test_the_date_may_hang_on_any_word_of_the_clause(text: str, edtf: str | None) -> None:
    event = events(text)[0]
    assert (event.date and event.date.edtf) == edtf


def test_an_event_points_to_the_claims_that_report_it() -> None:
    found = extract("Kenya arrested a pirate, Reuters reported. It rained in Oslo.")
    (event,) = found.events
    contents = [found.claims[i].content for i in event.claims]
    assert contents
    assert all(any(s <= event.trigger.start < e for s, e in content) for content in contents)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Peru", "attacked", "met", "will", "not", "said", "the", "talks", "of", "troops", "by",
             "must", "🙂", "é", "\r\n", "\n", "(", "”", "to", "sanctions", ",", ".", "THREATENED"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_spans_and_keys_hold_for_any_text(words: list[str]) -> None:
    text = " ".join(words)
    found = extract(text)
    keys = {actor.key for actor in found.actors}
    for event in found.events:
        assert event.trigger in event.mentions
        assert isinstance(event.type, EventType)
        assert all(0 <= start < end <= len(text) for start, end in event.mentions)
        assert {p.actor for p in event.participants} <= keys
        assert all(0 <= i < len(found.claims) for i in event.claims)
