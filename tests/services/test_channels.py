"""A department has the channel it is known by, never one that only took its name."""

import pytest

from bot.domain.effects import Kind
from bot.domain.errors import LeavesCompany, NoSuchChannel, NotAdmin, NothingToChange
from bot.domain.ids import ChannelId, MemberId
from bot.domain.incident import Severity
from bot.domain.outbox import Message
from bot.services.places import where
from bot.services.placing import Placing
from bot.services.roster import Roster
from bot.store.people import KnownChannel
from tests.company import ANN, DORA, EVE, SUE, channel_of
from tests.desk import TestDesk
from tests.room import BOT, Workspace
from tests.services.test_roster import SERVICE_CHANNEL, known, members, roster, workspace

__all__ = ["roster", "workspace"]

PLACE = "department:service"
TRAP = ChannelId("C0TRAP0001")


def questions(desk: TestDesk, admin: MemberId = EVE) -> list[Message]:
    with desk.work() as work:
        found = work.tx.outbox.waiting(Kind.NOTE, f"person:{admin}", limit=99)
    return [one for one in found if one.args["say"] == "channel_wanted"]


def trap(workspace: Workspace, **facts: object) -> None:
    """The department's channel is renamed, and another one takes its name."""
    workspace.changes(SERVICE_CHANNEL, name="service-old")
    inside = [BOT, SUE] if facts.get("is_member", True) else [SUE]
    workspace.has("care-service", members=inside, id=TRAP, **facts)


def first_start(desk: TestDesk, workspace: Workspace) -> Roster:
    """Nothing is known of service's channel, and a public one has its name."""
    with desk.work() as work:
        work.tx.people.put_channel(KnownChannel(PLACE, "care-service", None, True))
    del workspace.channels_[SERVICE_CHANNEL]
    workspace.has("care-service", members=[ANN, SUE], id=TRAP, is_private=False, is_member=False)
    roster = Roster(desk.kernel, workspace)
    roster.sweep()
    return roster


@pytest.mark.parametrize("is_private", [True, False])
def test_a_channel_that_takes_a_departments_name_gets_nothing_of_it(
    desk: TestDesk, workspace: Workspace, roster: Roster, is_private: bool
) -> None:
    trap(workspace, is_private=is_private)
    for look in (roster.sweep, lambda: roster.entered(TRAP)):
        look()
        with desk.work() as work:
            assert where(work, PLACE) == SERVICE_CHANNEL
        assert members(desk, TRAP) == set()
    roster.channel_changed(TRAP, "care-service")
    assert known(desk, PLACE).channel == SERVICE_CHANNEL
    assert questions(desk) == []


def test_a_public_channel_of_the_name_is_entered_only_when_an_admin_says_so(
    desk: TestDesk, workspace: Workspace
) -> None:
    roster = first_start(desk, workspace)

    assert BOT not in workspace.members_[TRAP]
    assert known(desk, PLACE).channel is None
    assert [one.args["doubt"] for one in questions(desk)] == ["public"]
    assert any("public" in why for why in roster.missing())
    roster.sweep()
    assert len(questions(desk)) == 1

    with pytest.raises(NotAdmin):
        roster.let_use(PLACE, TRAP, by=ANN)
    roster.let_use(PLACE, TRAP, by=EVE)
    roster.entered(TRAP)

    assert known(desk, PLACE).channel == TRAP
    assert BOT in workspace.members_[TRAP]
    assert roster.missing() == []
    roster.sweep()
    assert known(desk, PLACE).channel == TRAP
    with pytest.raises(NothingToChange):
        roster.let_use(PLACE, TRAP, by=EVE)


def test_while_an_admin_has_not_said_so_its_cases_are_in_triage(
    desk: TestDesk, workspace: Workspace
) -> None:
    roster = first_start(desk, workspace)
    case = desk.post()
    Placing(desk.kernel).look()
    assert desk.case(case).department == "triage"
    roster.let_use(PLACE, TRAP, by=EVE)
    roster.entered(TRAP)
    Placing(desk.kernel).look()
    assert desk.case(case).department == "service"


def test_what_an_admin_said_can_be_taken_back(desk: TestDesk, workspace: Workspace) -> None:
    roster = first_start(desk, workspace)
    roster.let_use(PLACE, TRAP, by=EVE)
    roster.entered(TRAP)
    [change] = [one for one in desk.administration.changes(by=EVE) if one.area == "channels"]

    desk.administration.undo(change.id, by=EVE)

    assert known(desk, PLACE).channel is None
    roster.sweep()
    assert known(desk, PLACE).channel is None
    roster.let_use(PLACE, TRAP, by=EVE)


def test_who_renames_the_public_channel_has_a_private_one_instead(
    desk: TestDesk, workspace: Workspace
) -> None:
    roster = first_start(desk, workspace)
    workspace.changes(TRAP, name="care-service-talk")
    roster.channel_changed(TRAP, "care-service-talk")
    assert workspace.created == ["care-service"]
    assert known(desk, PLACE).is_private
    assert [one.args.get("gone") for one in questions(desk)] == [True]


def test_where_the_desk_lost_its_channel_another_of_the_name_needs_an_admins_word(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    trap(workspace)
    seen = workspace.channels_.pop(SERVICE_CHANNEL)  # it was put out of it
    roster.sweep()
    assert known(desk, PLACE).channel is None
    assert [one.args["doubt"] for one in questions(desk)] == ["other"]
    workspace.channels_[SERVICE_CHANNEL] = seen
    roster.entered(SERVICE_CHANNEL)
    assert known(desk, PLACE).channel == SERVICE_CHANNEL


def test_a_channel_that_is_shared_later_gets_nothing_until_an_admin_confirms_it(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    workspace.changes(SERVICE_CHANNEL, is_shared=True)
    roster.channel_changed(SERVICE_CHANNEL)
    with desk.work() as work:
        assert where(work, PLACE) is None
    assert [one.args["doubt"] for one in questions(desk)] == ["shared"]

    roster.let_use(PLACE, SERVICE_CHANNEL, by=EVE)
    roster.entered(SERVICE_CHANNEL)
    with desk.work() as work:
        assert where(work, PLACE) == SERVICE_CHANNEL


def test_a_shared_channel_is_confirmed_for_its_own_department_alone(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    workspace.changes(channel_of("sales"), is_shared=True)
    roster.channel_changed(channel_of("sales"))
    case = desk.post()
    for is_confirmed in (False, True):
        if is_confirmed:
            roster.let_use("department:sales", channel_of("sales"), by=EVE)
            roster.entered(channel_of("sales"))
        with pytest.raises(LeavesCompany):
            desk.questions.ask_channel(case, channel_of("sales"), "is it?", by=ANN)


def test_a_public_channel_that_an_admin_let_it_use_and_others_share_is_asked_about_again(
    desk: TestDesk, workspace: Workspace
) -> None:
    roster = first_start(desk, workspace)
    roster.let_use(PLACE, TRAP, by=EVE)
    workspace.changes(TRAP, is_shared=True)
    roster.entered(TRAP)
    assert known(desk, PLACE).fault
    assert "shared" in [one.args["doubt"] for one in questions(desk)]


def test_in_another_workspace_nothing_is_known(desk: TestDesk, workspace: Workspace) -> None:
    with desk.work() as work:
        work.tx.setup.put("workspace", {"url": "", "bot": BOT, "team": "T-FORMER"})
    workspace.changes(SERVICE_CHANNEL, name="somebody-elses")
    Roster(desk.kernel, workspace).sweep()
    assert known(desk, PLACE).channel == "C-NEW-care-service"


def test_a_new_name_in_the_set_up_is_looked_for(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    new = workspace.has("care-desk", members=[BOT, DORA])
    desk.department("service", channel="#care-desk")
    roster.sweep()
    assert known(desk, PLACE).channel == new.id


def test_the_room_of_an_incident_is_no_channel_of_its_name(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    room = workspace.has("inc-ash", members=[BOT, ANN])
    incident = desk.incidents.declare("Ash", Severity.SEV2, by=ANN).incident
    with desk.work() as work:
        wanted = work.tx.rooms.get(incident.id)
        assert wanted is not None
        work.tx.rooms.opened(wanted, room.id, "inc-ash")
        work.tx.people.put_channel(KnownChannel("incident:1", "inc-ash", room.id, True))
    workspace.changes(room.id, name="inc-ash-old")
    workspace.has("inc-ash", members=[BOT, SUE], id=TRAP)
    roster.sweep()
    roster.entered(TRAP)
    assert known(desk, "incident:1").channel == room.id


def test_nobody_outside_of_an_incident_asks_in_its_room(
    desk: TestDesk, workspace: Workspace, roster: Roster
) -> None:
    incident = desk.incidents.declare("Ash", Severity.SEV2, by=ANN).incident
    with desk.work() as work:
        wanted = work.tx.rooms.get(incident.id)
        assert wanted is not None
        work.tx.rooms.opened(wanted, TRAP, "inc-ash")
        work.tx.people.put_channel(KnownChannel("incident:1", "inc-ash", TRAP, True))
    with pytest.raises(NoSuchChannel):
        desk.questions.ask_channel(desk.post(), TRAP, "what is it?", by=DORA)
