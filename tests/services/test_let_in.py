"""Into an incident, and to its lead: never by typing its title."""

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import LeavesCompany, NothingToChange, NotIncidentLead, NotInRoom
from bot.domain.ids import ChannelId, IncidentId, MemberId
from bot.domain.incident import Incident, IncidentRole, Severity
from bot.services.rooms import Rooms
from tests.company import ANN, BEN, CEM, DORA, EVE, GIL, SUE
from tests.desk import TestDesk
from tests.halls import Halls
from tests.services.test_incidents import settle

ONE = IncidentId(1)
ROOM = ChannelId("C-inc-2026-03-02-ash-cloud")


@pytest.fixture
def ash(desk: TestDesk) -> Incident:
    """Ann's; Ben was invited to its channel too."""
    incident = desk.incidents.declare("Ash cloud", Severity.SEV2, by=ANN).incident
    settle(Rooms(desk.kernel, Halls()))
    with desk.store.transaction() as tx:
        tx.people.joined(ROOM, [BEN])
    return incident


def guests(desk: TestDesk) -> set[MemberId]:
    with desk.reading() as tx:
        return {guest.member for guest in tx.rooms.guests(ONE)}


def told(desk: TestDesk, person: MemberId) -> list[str]:
    """What was said to them alone about incidents."""
    with desk.work() as work:
        found = work.tx.outbox.waiting(Kind.INCIDENT, f"person:{person}", limit=99)
    return [str(one.args["say"]) for one in found if one.args["say"] != "role"]


def test_typing_its_title_lets_nobody_in_makes_no_second_one_and_asks_its_lead(
    desk: TestDesk, ash: Incident
) -> None:
    for severity in (Severity.SEV2, Severity.SEV1):
        desk.incidents.declare("ash  CLOUD", severity, by=SUE)

    assert SUE not in guests(desk)
    assert told(desk, ANN) == ["asks_in"]
    assert desk.incidents.count() == 1
    assert desk.incidents.facts(ONE, by=ANN).incident.severity is Severity.SEV2
    with pytest.raises(NotInRoom):
        desk.incidents.facts(ONE, by=SUE)


def test_who_is_let_in_brings_their_cases_and_who_is_not_hears_so(
    desk: TestDesk, ash: Incident
) -> None:
    case = desk.post("ash everywhere")
    desk.incidents.declare("Ash cloud", Severity.SEV1, [case], by=DORA)
    assert desk.incidents.facts(ONE, by=ANN).cases == ()

    desk.incidents.decide(1, is_in=True, by=ANN)

    assert DORA in guests(desk)
    assert [one.case for one in desk.incidents.facts(ONE, by=ANN).cases] == [case]
    assert told(desk, DORA) == ["let_in"]

    desk.incidents.declare("Ash cloud", Severity.SEV1, by=SUE)
    desk.incidents.decide(2, is_in=False, by=ANN)
    assert told(desk, SUE) == ["not_let_in"]
    with pytest.raises(NothingToChange, match="not let in"):
        desk.incidents.declare("Ash cloud", Severity.SEV1, by=SUE)
    assert SUE not in guests(desk)


def test_only_who_leads_or_an_admin_decides_who_comes_in(desk: TestDesk, ash: Incident) -> None:
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=SUE)
    with pytest.raises(NotIncidentLead):
        desk.incidents.decide(1, is_in=True, by=BEN)
    with pytest.raises(NotInRoom):
        desk.incidents.decide(1, is_in=True, by=SUE)
    desk.incidents.decide(1, is_in=True, by=EVE)


def test_the_lead_is_passed_by_the_lead_and_taken_by_admins_only(
    desk: TestDesk, ash: Incident
) -> None:
    with pytest.raises(NotIncidentLead):
        desk.incidents.give_role(ONE, IncidentRole.LEAD, BEN, by=BEN)
    with pytest.raises(NotIncidentLead):
        desk.incidents.stand_down(ONE, "It blew away", by=BEN)

    desk.incidents.give_role(ONE, IncidentRole.LEAD, BEN, by=ANN)
    desk.incidents.give_role(ONE, IncidentRole.LEAD, EVE, by=EVE)
    assert desk.incidents.facts(ONE, by=EVE).incident.lead == EVE


def test_a_new_lead_is_asked_about_who_waits(desk: TestDesk, ash: Incident) -> None:
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=SUE)
    desk.incidents.give_role(ONE, IncidentRole.LEAD, BEN, by=ANN)
    assert told(desk, BEN) == ["asks_in"]
    desk.incidents.decide(1, is_in=True, by=BEN)


def test_when_it_is_stood_down_who_waits_hears_that_it_has_ended(
    desk: TestDesk, ash: Incident
) -> None:
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=SUE)
    desk.incidents.stand_down(ONE, "It blew away", by=ANN)
    assert told(desk, SUE) == ["not_let_in"]


def test_without_a_lead_the_room_is_asked_and_without_anybody_the_admins(
    desk: TestDesk, ash: Incident
) -> None:
    with desk.work() as work:
        work.tx.incidents.save(work.tx.incidents.get(ONE).given(IncidentRole.LEAD, None))
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=SUE)
    with desk.work() as work:
        found = work.tx.outbox.waiting(Kind.INCIDENT, "incident:1", limit=99)
        assert "asks_in" in {str(one.args["say"]) for one in found}
        work.tx.people.left(ROOM, work.tx.people.members(ROOM))
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=DORA)
    assert told(desk, EVE) == ["asks_in"]


def test_a_crisis_under_a_known_name_lets_nobody_in_and_calls_rapid_response(
    desk: TestDesk, ash: Incident
) -> None:
    case = desk.post("ash everywhere")
    desk.incidents.escalate(case, "Ash cloud", by=DORA)
    assert DORA not in guests(desk)
    assert [people for _, people in desk.pings(case)] == [[CEM]]


def test_a_guest_whom_no_department_names_is_given_no_role(desk: TestDesk, ash: Incident) -> None:
    with pytest.raises(LeavesCompany):
        desk.incidents.give_role(ONE, IncidentRole.VOICE, GIL, by=ANN)
    assert GIL not in guests(desk)


def test_a_named_guest_hears_only_of_the_incidents_they_are_in(
    desk: TestDesk, ash: Incident
) -> None:
    desk.put("named", {"service": {GIL: "member"}})
    assert desk.incidents.all(by=GIL) == ()
    with desk.store.transaction() as tx:
        tx.people.joined(ROOM, [GIL])
    assert [one.incident.id for one in desk.incidents.all(by=GIL)] == [ONE]
