"""The channel of an incident: opened once whatever happens, and what cannot be is said."""

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import NotInRoom
from bot.domain.ids import ChannelId
from bot.domain.incident import IncidentRole, Severity
from bot.domain.ports import SeenChannel
from bot.services.rooms import Rooms
from bot.services.roster import Roster
from bot.views.incident_notes import INCIDENT_NOTES
from tests.company import ANN, BEN, CEM, EVE
from tests.desk import TestDesk
from tests.halls import Halls
from tests.room import BOT, Office, Room, SimCrash, Workspace

NAME = "inc-2026-03-02-ash-cloud"
ROOM = ChannelId(f"C-{NAME}")


@pytest.fixture
def halls() -> Halls:
    return Halls()


def declare(desk: TestDesk) -> None:
    desk.incidents.declare("Ash cloud", Severity.SEV2, by=ANN)


def settle(desk: TestDesk, halls: Halls, office: Office | None = None) -> None:
    rooms = Rooms(desk.kernel, halls)
    for _ in range(100):
        done = rooms.furnish_due()
        said = office.delivery.deliver_due() if office else 0
        if not done and not said:
            return
    raise AssertionError("the rooms do not come to rest")


def story(desk: TestDesk, halls: Halls, office: Office) -> None:
    """From the declaration to a room in which everything stands."""
    declare(desk)
    settle(desk, halls, office)


def incident(desk: TestDesk):
    return desk.incidents.facts(1, by=EVE).incident  # type: ignore[arg-type]


def said(desk: TestDesk, place: str) -> list[str]:
    with desk.work() as work:
        found = work.tx.outbox.waiting(Kind.INCIDENT, place, limit=100)
    told = [str(message.args["say"]) for message in found]
    assert set(told) <= set(INCIDENT_NOTES)
    return told


@pytest.fixture
def office(desk: TestDesk):
    office = Office(desk, Room())
    yield office
    office.close()


def test_a_room_stands_with_its_people_its_topic_and_its_facts_pinned(
    desk: TestDesk, halls: Halls, office: Office
):
    story(desk, halls, office)
    assert incident(desk).channel == ROOM
    assert halls.members[ROOM] == {ANN, CEM, EVE}
    assert halls.topics[ROOM] == "SEV2 · open · Ash cloud"
    facts = office.room.of("facts:1")
    assert halls.pins == [(ROOM, facts[0].ts)]
    settle(desk, halls, office)
    assert len(halls.made) == 1


def calls_of_the_story(desk: TestDesk, halls: Halls, office: Office) -> int:
    story(desk, halls, office)
    return len(halls.calls)


@pytest.mark.parametrize("end", ["before", "after"])
@pytest.mark.parametrize("call", range(1, 6))
def test_a_desk_that_dies_at_any_call_leaves_one_room_in_which_all_is_well(
    desk: TestDesk, halls: Halls, office: Office, end: str, call: int
):
    setattr(halls, f"crash_{end}", call)
    declare(desk)
    try:
        settle(desk, halls, office)
    except SimCrash:
        office.restart()
    else:
        assert call > 4  # there are no more calls than that
    settle(desk, halls, office)
    assert list(halls.made) == [NAME]
    assert halls.members[ROOM] == {ANN, CEM, EVE}
    assert halls.pins == [(ROOM, office.room.of("facts:1")[0].ts)]
    assert len(office.room.of("facts:1")) == 1


def test_a_name_that_somebody_has_is_followed_by_the_next(desk: TestDesk, halls: Halls):
    halls.others |= {NAME, f"{NAME}-2"}
    declare(desk)
    settle(desk, halls)
    assert incident(desk).name == f"{NAME}-3"
    assert list(halls.made) == [f"{NAME}-3"]


def test_where_slack_takes_no_such_letters_the_room_has_a_number(desk: TestDesk, halls: Halls):
    halls.only_ascii = True
    desk.incidents.declare("停電", Severity.SEV2, by=ANN)
    settle(desk, halls)
    assert list(halls.made) == ["inc-2026-03-02-1"]


def test_a_room_of_another_incident_is_never_taken_over(desk: TestDesk, halls: Halls):
    declare(desk)
    settle(desk, halls)
    first = incident(desk)
    desk.incidents.stand_down(first.id, "It blew away", by=ANN)
    declare(desk)
    settle(desk, halls)
    assert list(halls.made) == [NAME, f"{NAME}-2"]


def test_who_cannot_be_invited_is_named_and_the_others_are_in(desk: TestDesk, halls: Halls):
    halls.unwelcome[CEM] = "user_is_restricted"
    declare(desk)
    settle(desk, halls)
    assert halls.members[ROOM] == {ANN, EVE}
    left_out = desk.incidents.facts(incident(desk).id, by=EVE).left_out
    assert [(guest.member, guest.fault) for guest in left_out] == [(CEM, "user_is_restricted")]
    assert "left_out" in said(desk, "incident:1")


def test_who_is_let_in_acts_at_once_even_before_the_desk_has_noted_it(desk: TestDesk, halls: Halls):
    declare(desk)
    halls.crash_after = 2  # the room is opened, they are let in, and the process dies
    with pytest.raises(SimCrash):
        settle(desk, halls)
    assert ANN in halls.members[ROOM]
    desk.incidents.update(incident(desk).id, "A new crew lands at nine", by=ANN)
    assert incident(desk).last_update == "A new crew lands at nine"
    with pytest.raises(NotInRoom):
        desk.incidents.update(incident(desk).id, "And I?", by=BEN)


def test_a_slack_that_opens_no_channel_is_told_once_and_tried_again(desk: TestDesk, halls: Halls):
    halls.fault = "restricted_action"
    declare(desk)
    for _ in range(30):
        Rooms(desk.kernel, halls).furnish_due()
        desk.pass_time("1m")
    assert said(desk, f"person:{ANN}") == ["room_fault"]
    assert said(desk, "rapid-response") == ["declared", "room_fault"]
    halls.fault = ""
    settle(desk, halls)
    assert incident(desk).channel == ROOM


# Who comes and who goes


@pytest.fixture
def roster(desk: TestDesk, halls: Halls) -> Roster:
    workspace = Workspace()
    declare(desk)
    settle(desk, halls)
    workspace.has(NAME, id=str(ROOM), members=[BOT, ANN, CEM, EVE])
    roster = Roster(desk.kernel, workspace)
    roster.workspace = workspace  # type: ignore[attr-defined]
    return roster


def test_who_joins_late_is_caught_up_and_who_came_at_once_is_not(desk: TestDesk, roster: Roster):
    with desk.work() as work:
        work.tx.people.left(ROOM, [CEM])
    roster.joined(ROOM, CEM)
    assert said(desk, f"person:{CEM}") == []
    desk.pass_time("10m")
    roster.joined(ROOM, BEN)
    roster.joined(ROOM, BEN)  # told twice by Slack
    assert said(desk, f"person:{BEN}") == ["catch_up"]


def test_a_lead_who_leaves_is_missed_and_the_next_one_leads(desk: TestDesk, roster: Roster):
    roster.left(ROOM, ANN)
    roster.left(ROOM, ANN)
    assert incident(desk).lead is None
    assert said(desk, "incident:1").count("role_free") == 1
    assert "role_free" in said(desk, "rapid-response")
    desk.incidents.give_role(incident(desk).id, IncidentRole.LEAD, CEM, by=CEM)
    assert incident(desk).lead == CEM


def test_a_lead_who_left_the_company_is_missed_too(desk: TestDesk, roster: Roster):
    with desk.work() as work:
        work.tx.people.put([])
    roster.person_changed(ANN)
    assert incident(desk).lead is None


def test_an_archived_room_is_told_to_its_lead_and_to_rapid_response(desk: TestDesk, roster: Roster):
    roster.workspace.changes(ROOM, is_archived=True)  # type: ignore[attr-defined]
    roster.channel_changed(ROOM)
    roster.channel_changed(ROOM)
    assert said(desk, f"person:{ANN}").count("room_fault") == 1
    assert "room_fault" in said(desk, "rapid-response")


class SlowWorkspace(Workspace):
    """While it answers which channels there are, an incident is given its own."""

    def channels(self) -> list[SeenChannel]:
        seen = super().channels()
        self.meanwhile()
        return seen

    def channel(self, channel: ChannelId) -> SeenChannel | None:
        self.meanwhile()
        return super().channel(channel)


@pytest.mark.parametrize("of_one_channel", [False, True])
def test_a_room_made_while_slack_told_of_its_channels_stays_open(
    desk: TestDesk, halls: Halls, of_one_channel: bool
):
    workspace = SlowWorkspace()
    workspace.meanwhile = lambda: (declare(desk), settle(desk, halls))  # type: ignore[attr-defined]
    roster = Roster(desk.kernel, workspace)
    if of_one_channel:
        roster.entered(ROOM)
    else:
        roster.sweep()
    with desk.reading() as tx:
        kept = tx.people.channel_at("incident:1")
    assert kept is not None
    assert kept.fault is None


def test_what_was_marked_is_kept_in_names_and_signs(desk: TestDesk, halls: Halls):
    declare(desk)
    settle(desk, halls)
    halls.words[ROOM, "7.7"] = "<@UBEN>: it is :fire: &amp; closed, <!here>"
    desk.incidents.mark(ROOM, "7.7", by=ANN)
    settle(desk, halls)
    [incident] = desk.incidents.all(by=ANN)
    [entry] = [one for one in incident.entries if one.message == "7.7"]
    assert entry.text == "Ben: it is 🔥 & closed, @here"
