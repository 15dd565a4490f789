"""An incident: declared once, led by somebody, never forgotten, stood down with a summary."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import (
    IncidentIsOver,
    LinkedAlready,
    NeedsWords,
    NoIncidentHere,
    NoSuchPerson,
    NotIncidentLead,
    NotInRoom,
    NotMember,
)
from bot.domain.ids import ChannelId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.domain.incident_facts import Happened
from bot.services.contents import content_of
from bot.services.rooms import Rooms
from bot.views.incident_notes import INCIDENT_NOTES
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, TOM, email_of
from tests.desk import TestDesk
from tests.halls import Halls
from tests.room import office_of

ROOM = ChannelId("C-inc-2026-03-02-ash-cloud")


@pytest.fixture
def halls() -> Halls:
    return Halls()


@pytest.fixture
def rooms(desk: TestDesk, halls: Halls) -> Rooms:
    return Rooms(desk.kernel, halls)


def ash(desk: TestDesk, severity: Severity = Severity.SEV2, **facts: object) -> Incident:
    """Declared by Ann."""
    return desk.incidents.declare("Ash cloud", severity, by=ANN, **facts).incident  # type: ignore[arg-type]


def settle(rooms: Rooms) -> None:
    for _ in range(50):
        if not rooms.furnish_due():
            return
    raise AssertionError("the rooms do not come to rest")


def said(desk: TestDesk, place: str = "incident:1") -> list[str]:
    """What waits to be said there, by the names of the sentences."""
    with desk.work() as work:
        found = work.tx.outbox.waiting(Kind.INCIDENT, place, limit=100)
    told = [str(message.args["say"]) for message in found]
    assert set(told) <= set(INCIDENT_NOTES)
    return told


def whole(desk: TestDesk, incident: Incident):
    return desk.incidents.facts(incident.id, by=EVE)


# Declaring


def test_who_declares_leads_and_a_channel_is_wanted_with_who_is_needed(desk: TestDesk):
    declared = desk.incidents.declare("Ash cloud", Severity.SEV2, by=ANN)
    assert declared.is_new
    assert declared.incident.name == "inc-2026-03-02-ash-cloud"
    assert declared.incident.lead == ANN
    guests = {guest.member for guest in whole(desk, declared.incident).guests}
    assert guests == {ANN, CEM, EVE}  # on duty, and public relations
    assert said(desk, "rapid-response") == ["declared"]


def test_who_is_called_and_declares_the_same_meets_the_others_in_one_channel(desk: TestDesk):
    first = ash(desk)
    second = desk.incidents.declare("ASH  cloud", Severity.SEV2, by=CEM)
    assert not second.is_new
    assert second.incident.id == first.id
    assert CEM in {guest.member for guest in whole(desk, first).guests}


def test_the_same_title_later_that_day_has_a_channel_of_its_own(desk: TestDesk):
    first = ash(desk)
    desk.incidents.stand_down(first.id, "It blew away", by=ANN)
    assert ash(desk).name == "inc-2026-03-02-ash-cloud-2"


def test_whom_each_severity_calls(desk: TestDesk):
    desk.rota({"person": email_of(CEM)}, {"person": email_of(DORA), "level": 2})
    assert desk.incidents.called_for(Severity.SEV3) == (CEM,)
    assert set(desk.incidents.called_for(Severity.SEV2)) == {CEM, EVE}
    assert set(desk.incidents.called_for(Severity.SEV1)) == {CEM, DORA, EVE}


def test_nobody_who_works_nowhere_declares_anything(desk: TestDesk):
    with pytest.raises(NotMember):
        desk.incidents.declare("Ash cloud", Severity.SEV1, by=BOB)


def test_a_title_without_words_opens_nothing(desk: TestDesk):
    with pytest.raises(NeedsWords):
        desk.incidents.declare("  ", Severity.SEV1, by=ANN)


def test_a_crisis_is_declared_from_a_case_and_carries_it(desk: TestDesk):
    number = desk.post("fire at gate B")
    declared = desk.incidents.escalate(number, "Fire at gate B", by=ANN)
    assert declared.incident.severity is Severity.SEV1
    assert [one.case for one in whole(desk, declared.incident).cases] == [number]
    assert desk.case(number).escalated == "Fire at gate B"


# Cases


def test_a_linked_case_says_so_on_its_card_until_it_is_over(desk: TestDesk):
    number, incident = desk.post(), ash(desk)
    desk.incidents.link(incident.id, number, by=ANN)

    def banner() -> Incident | None:
        with desk.work() as work:
            message = work.tx.outbox.get(f"card:{number}:service")
            return content_of(work, message).incident

    assert banner().title == "Ash cloud"
    desk.incidents.stand_down(incident.id, "It blew away", by=ANN)
    assert banner() is None


def test_a_case_is_part_of_one_incident_only(desk: TestDesk):
    number = desk.post()
    first = ash(desk, cases=[number])
    other = desk.incidents.declare("Strike", Severity.SEV3, by=ANN).incident
    with pytest.raises(LinkedAlready):
        desk.incidents.link(other.id, number, by=ANN)
    desk.incidents.link(first.id, number, by=ANN)  # once more changes nothing
    assert len(whole(desk, first).cases) == 1


def test_the_search_of_a_declaration_finds_open_cases_that_are_free(desk: TestDesk):
    one, _, solved = desk.post("ash"), desk.post("a bag"), desk.post("ash here")
    taken = desk.post("ash there")
    desk.closings.no_reply(solved, by=ANN)
    desk.incidents.declare("Strike", Severity.SEV3, [taken], by=ANN)
    found = desk.boards.linkable("words:ash", by=ANN)
    assert [line.case.id for line in found.lines] == [one]


# In the room


def test_only_its_members_and_admins_act_in_it(desk: TestDesk, rooms: Rooms):
    incident = ash(desk)
    settle(rooms)
    with pytest.raises(NotInRoom):
        desk.incidents.update(incident.id, "We know nothing", by=TOM)
    desk.incidents.update(incident.id, "We know something", by=EVE)
    assert whole(desk, incident).incident.last_update == "We know something"
    assert "update" in said(desk)


def test_a_role_is_told_to_its_person_who_is_asked_in(desk: TestDesk, rooms: Rooms):
    incident = ash(desk)
    settle(rooms)
    desk.incidents.give_role(incident.id, IncidentRole.SCRIBE, BEN, by=ANN)
    settle(rooms)
    assert said(desk, f"person:{ANN}") == said(desk, f"person:{BEN}") == ["role"]
    assert BEN in {guest.member for guest in whole(desk, incident).guests if guest.is_in}


def test_a_higher_severity_asks_more_people_in_and_hurries_the_updates(desk: TestDesk):
    incident = ash(desk, Severity.SEV3)
    graded = desk.incidents.grade(incident.id, Severity.SEV1, by=ANN)
    assert (graded.update_due - desk.now).total_seconds() == 30 * 60
    assert EVE in {guest.member for guest in whole(desk, incident).guests}


def test_what_is_added_twice_stands_once(desk: TestDesk, rooms: Rooms, halls: Halls):
    incident = ash(desk)
    settle(rooms)
    halls.words[(ROOM, "7.7")] = "The runway is closed"
    desk.incidents.mark(ROOM, "7.7", by=ANN)
    desk.incidents.mark(ROOM, "7.7", by=ANN)
    desk.incidents.mark(ROOM, "7.7", by=TOM)  # who is not in it
    settle(rooms)
    added = [one for one in whole(desk, incident).entries if one.what is Happened.ADDED]
    assert [one.text for one in added] == ["The runway is closed"]


def test_elsewhere_there_is_no_incident(desk: TestDesk):
    incident = ash(desk)
    with pytest.raises(NoIncidentHere) as refused:
        desk.incidents.must_be_here(ChannelId("C-SERVICE"), by=ANN)
    assert refused.value.open_ones == (incident.name,)


# The clock


def test_the_lead_is_asked_first_then_the_room_and_not_for_ever(desk: TestDesk, rooms: Rooms):
    ash(desk, Severity.SEV1)
    settle(rooms)
    desk.pass_time("29m")
    assert desk.incident_clock.remind() == 0
    desk.pass_time("1m")
    desk.incident_clock.remind()
    assert "update_due" in said(desk, f"person:{ANN}")
    assert "update_due" not in said(desk)
    desk.pass_time("5m")
    desk.incident_clock.remind()
    assert said(desk).count("update_due") == 1

    for _ in range(100):
        desk.pass_time("30m")
        desk.incident_clock.remind()
    assert said(desk).count("update_due") == 3


def test_a_month_that_passes_at_once_asks_once(desk: TestDesk, rooms: Rooms):
    ash(desk, Severity.SEV1)
    settle(rooms)
    desk.pass_time("30d")
    assert desk.incident_clock.remind() == 1
    assert desk.incident_clock.remind() == 0


def test_an_update_sets_the_clock_anew(desk: TestDesk, rooms: Rooms):
    incident = ash(desk, Severity.SEV1)
    settle(rooms)
    desk.pass_time("29m")
    desk.incidents.update(incident.id, "Still ash", by=ANN)
    desk.pass_time("29m")
    assert desk.incident_clock.remind() == 0


# The end


def test_only_the_lead_or_an_admin_stands_it_down_and_the_summary_is_kept(
    desk: TestDesk, rooms: Rooms
):
    incident = ash(desk)
    settle(rooms)
    with pytest.raises(NotIncidentLead):
        desk.incidents.stand_down(incident.id, "Enough", by=CEM)
    desk.pass_time("2h")
    desk.incidents.stand_down(incident.id, "The ash blew away", by=ANN)
    assert "summary" in said(desk)
    assert whole(desk, incident).incident.summary == "The ash blew away"
    with pytest.raises(IncidentIsOver):
        desk.incidents.update(incident.id, "More ash", by=ANN)
    assert desk.incident_clock.remind() == 0


def test_ten_who_declare_at_the_same_moment_meet_in_one_channel(desk: TestDesk):
    def declare(_: int) -> bool:
        return desk.incidents.declare("Ash cloud", Severity.SEV1, by=ANN).is_new

    with ThreadPoolExecutor(10) as crowd:
        assert sum(crowd.map(declare, range(10))) == 1
    assert len(desk.incidents.all(by=ANN)) == 1


def test_the_pinned_facts_follow_their_cases(desk: TestDesk, rooms: Rooms):
    number = desk.post()
    ash(desk, cases=[number])
    settle(rooms)
    before = desk.outbox("facts:1").wanted
    desk.casework.claim(number, by=ANN)
    assert desk.outbox("facts:1").wanted > before


def test_what_is_said_before_the_channel_stands_waits_and_troubles_nobody(
    desk: TestDesk, rooms: Rooms
):
    incident = ash(desk)
    desk.incidents.update(incident.id, "We know nothing", by=ANN)
    with office_of(desk) as office:
        office.settle()
        assert not [key for key in office.room.stands() if "closed:" in key]
        settle(rooms)
        office.settle()
        assert len(office.room.of("facts:1")) == 1
        assert [key for key in office.room.stands(ROOM) if "update" in key]


def test_nobody_who_is_gone_is_given_a_role(desk: TestDesk, rooms: Rooms):
    incident = ash(desk)
    desk.gone(BEN)
    with pytest.raises(NoSuchPerson):
        desk.incidents.give_role(incident.id, IncidentRole.VOICE, BEN, by=ANN)
