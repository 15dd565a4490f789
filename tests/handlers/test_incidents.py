"""What people type and press about an incident, and what they are told."""

import pytest

from bot.domain.effects import Kind
from bot.domain.ids import ChannelId, IncidentId
from bot.domain.incident import Severity
from bot.services.rooms import Rooms
from bot.views.incident_notes import INCIDENT_NOTES
from handlers.commands.grammar import Misread
from handlers.commands.incident import TypedIncident, severity, typed_incident
from tests.company import ANN, BEN, BOB, CEM, EVE, SUE
from tests.halls import Halls
from tests.handlers.house import House, chosen, chosen_person, words

ONE = IncidentId(1)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ('"Ash cloud"', TypedIncident("Ash cloud", Severity.SEV2, "")),
        ("Ash cloud", TypedIncident("Ash cloud", Severity.SEV2, "")),
        ("“Ash cloud” severity:1", TypedIncident("Ash cloud", Severity.SEV1, "")),
        ("“Ash cloud” severity:SEV1", TypedIncident("Ash cloud", Severity.SEV1, "")),
        ("Ash cloud SEV3", TypedIncident("Ash cloud", Severity.SEV3, "")),
        ('"a SEV1 as before" sev3', TypedIncident("a SEV1 as before", Severity.SEV3, "")),
        (
            '"Ash" words:ash,stranded severity:1 is:open',
            TypedIncident("Ash", Severity.SEV1, "words:ash,stranded   is:open"),
        ),
        ("Ash &amp; dust -lang:nl", TypedIncident("Ash & dust", Severity.SEV2, "-lang:nl")),
        ("", None),
    ],
)
def test_an_incident_as_it_is_typed(text: str, means: TypedIncident | None):
    assert typed_incident(text) == means


@pytest.mark.parametrize("text", ['""', "severity:1", "words:ash"])
def test_an_incident_without_a_title_is_no_incident(text: str):
    with pytest.raises(Misread):
        typed_incident(text)


@pytest.mark.parametrize("text", ["1", "SEV1", "severity:1", "severity:SEV1", "sev 1"])
def test_a_severity_as_it_is_typed(text: str):
    assert severity(text) is Severity.SEV1


def test_there_is_no_fourth_severity():
    with pytest.raises(Misread):
        severity("4")
    with pytest.raises(Misread):
        typed_incident('"Ash cloud" severity:4')


def told(house: House, command: str, **who: object) -> str:
    return words(house.type(command, **who))  # type: ignore[arg-type]


def test_bare_it_opens_the_form_that_says_whom_it_disturbs(house: House):
    house.type("/incident")
    assert house.form["callback_id"] == "declare"
    assert CEM in words(house.form)


def test_typed_it_is_declared_with_its_cases_and_the_second_is_told_who_was_first(house: House):
    house.story.post("ash")
    house.story.post("a bag")
    answer = told(house, '/incident declare "Ash" severity:1 words:ash')
    assert "SEV1 declared" in answer
    assert "1 case linked" in answer
    assert f"<@{CEM}>" in answer
    second = told(house, '/incident declare "Ash"', by=CEM)
    assert f"<@{ANN}> declared this already" in second
    assert "SEV1" in told(house, "/incident list")


def test_a_search_with_a_fault_declares_nothing(house: House):
    assert "sverity" in told(house, '/incident declare "Ash" sverity:1')
    assert "no incidents" in told(house, "/incident list")


def test_who_is_nowhere_declares_nothing(house: House):
    assert "invite" in told(house, '/incident declare "Ash"', by=BOB).lower()


def test_outside_of_its_channel_the_channels_are_named(house: House):
    assert "in no open incident" in told(house, "/incident update We know nothing")
    told(house, '/incident declare "Ash"')
    assert "#inc-2026-03-02-ash" in told(house, "/incident close").replace("\u2060", "")


def test_who_is_in_no_incident_hears_of_none(house: House):
    told(house, '/incident declare "Ash"')
    for stranger in (BOB, SUE):
        assert "inc-" not in told(house, "/incident update Me too", by=stranger)


def test_who_may_not_declare_is_not_shown_who_is_on_call(house: House):
    assert "invite" in told(house, "/incident", by=BOB).lower()
    assert house.forms.shown == []


def test_who_declares_what_is_known_hears_only_that_its_lead_was_asked_about_them(house: House):
    in_room(house)
    answer = told(house, '/incident declare "ash"', by=SUE)
    assert "request to let you in was sent" in answer
    for secret in ("C-ROOM", "inc-", "SEV", ANN):
        assert secret not in answer


def test_who_leads_lets_somebody_in_by_a_button(house: House):
    in_room(house)
    told(house, '/incident declare "ash"', by=SUE)
    house.press("incident_let_in", 1, by=CEM)
    assert "Only the lead" in house.told[-1]
    house.press("incident_let_in", 1, by=ANN)
    house.press("incident_not_now", 1, by=ANN)
    assert "decided it already" in house.told[-1]
    with house.story.reading() as tx:
        assert SUE in {guest.member for guest in tx.rooms.guests(ONE)}


def in_room(house: House) -> None:
    """Ann's incident, in whose channel service talks, so that the house can type there."""
    told(house, '/incident declare "Ash"')
    rooms = Rooms(house.story.kernel, Halls())
    while rooms.furnish_due():
        pass
    with house.story.work() as work:
        room = work.tx.rooms.get(ONE)
        assert room is not None
        work.tx.rooms.opened(room, ChannelId("C-ROOM"), room.name)
        work.tx.people.joined(ChannelId("C-ROOM"), [ANN, CEM])


def test_in_its_channel_everything_can_be_typed(house: House):
    in_room(house)
    case = house.story.post()
    assert "Posted" in told(house, "/incident update All grounded", channel="room")
    assert f"#{case}" in told(house, f"/incident link {case}", channel="room")
    assert "voice" in told(house, "/incident role voice @cem", channel="room")
    assert "SEV1" in told(house, "/incident severity 1", channel="room")
    panel = told(house, "/incident", channel="room")
    assert "All grounded" in panel
    assert "SEV2 → SEV1" in panel
    assert "Stood down" in told(house, "/incident close It blew away", channel="room")
    assert "stood down by" in told(house, "/incident update More", channel="room")


def test_every_button_opens_its_form_and_every_form_does_its_work(house: House):
    in_room(house)
    case = house.story.post()
    sent = {
        "incident_update": {"text": "All grounded"},
        "incident_role": {"role": chosen("voice"), "person": chosen_person(CEM)},
        "incident_link": {"into": f"#{case}"},
        "incident_severity": {"severity": chosen("1")},
        "incident_stand_down": {"text": "It blew away"},
    }
    for name, values in sent.items():
        house.press(name, 1)
        assert house.form["callback_id"] == name
        assert house.submit(name, 1, values) == {}
    incident = house.story.incidents.facts(ONE, by=EVE).incident
    assert (incident.voice, incident.severity, incident.is_open) == (CEM, Severity.SEV1, False)


def test_a_form_declares_and_says_what_it_did(house: House):
    values = {"title": "Ash", "severity": chosen("3"), "conditions": ""}
    answer = house.submit("declare", "", values)
    assert "SEV3 declared" in words(answer["view"])
    forged = house.submit("declare", "", values | {"severity": chosen("7")})
    assert forged["response_action"] in ("errors", "update", "push")


def test_the_crisis_rung_opens_a_room(house: House):
    case = house.story.post()
    house.submit("escalate", case, {"whom": chosen("crisis"), "reason": "Fire at the gate"})
    facts = house.story.incidents.facts(ONE, by=EVE)
    assert [one.case for one in facts.cases] == [case]


def test_a_stranger_to_the_room_is_refused_with_the_way_in(house: House):
    in_room(house)
    house.press("incident_update", 1, by=BEN)
    assert "invite you" in house.told[-1]
    house.press("incident_update", 99)
    assert "no incident 99" in house.told[-1]


def test_a_pin_marks_a_message_of_the_room_and_of_no_other_place(house: House):
    in_room(house)
    pin = {"user": ANN, "reaction": "pushpin", "item_user": BEN}
    room = {"type": "message", "channel": "C-ROOM", "ts": "7.7"}
    house.happen("reaction_added", item=room, **pin)
    house.happen("reaction_added", item=room, **(pin | {"reaction": "eyes"}))
    house.happen("reaction_added", item=room | {"channel": "C-SERVICE"}, **pin)
    house.happen("reaction_added", item={"type": "file"}, **pin)
    with house.story.work() as work:
        assert [one.message for one in work.tx.incidents.unread(limit=9)] == ["7.7"]


def test_elsewhere_the_shortcut_says_what_it_is_for(house: House):
    house.pick("add_to_timeline", "Buses come at two")
    assert "no incident's channel" in house.told[-1]


def test_everything_that_is_said_of_an_incident_has_words(house: House):
    in_room(house)
    with house.story.work() as work:
        said = {
            str(one.args["say"])
            for place in ("incident:1", "rapid-response", f"person:{ANN}")
            for one in work.tx.outbox.waiting(Kind.INCIDENT, place, limit=99)
        }
    assert said <= set(INCIDENT_NOTES)
    assert said
