"""Who is where: found at the start, kept current by what people do, mended by the next sweep."""

from dataclasses import replace

import pytest

from bot.domain.department import Person
from bot.domain.errors import (
    LeavesCompany,
    NoSuchChannel,
    NoSuchPerson,
    NotMember,
    NotNamed,
    SlackUnavailable,
)
from bot.domain.ids import RAPID_RESPONSE, ChannelId, MemberId
from bot.domain.outbox import MessageState
from bot.services.places import close_place
from bot.services.roster import Roster
from bot.store.people import KnownChannel
from tests.company import (
    ANN,
    BEN,
    DORA,
    EVE,
    GIL,
    MEMBERS,
    PEOPLE,
    SUE,
    TOM,
    channel_of,
    email_of,
)
from tests.desk import TestDesk
from tests.room import BOT, Workspace

NEW = MemberId("UNEW")
SERVICE_CHANNEL = channel_of("service")


@pytest.fixture
def workspace() -> Workspace:
    """As the desk knows it, so that a sweep changes nothing."""
    workspace = Workspace(people_={person.id: person for person in PEOPLE})
    for key, members in MEMBERS.items():
        workspace.has(f"care-{key}", members=[*members, BOT], id=channel_of(key))
    workspace.has(RAPID_RESPONSE, members=[MemberId("UCEM"), BOT], id=channel_of(RAPID_RESPONSE))
    return workspace


@pytest.fixture
def roster(desk: TestDesk, workspace: Workspace) -> Roster:
    roster = Roster(desk.kernel, workspace)
    roster.sweep()
    return roster


def members(desk: TestDesk, channel: ChannelId) -> set[MemberId]:
    with desk.reading() as tx:
        return set(tx.people.members(channel))


def known(desk: TestDesk, place: str):
    with desk.reading() as tx:
        return tx.people.channel_at(place)


# The sweep


def test_a_sweep_of_what_is_known_changes_nothing(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    assert workspace.created == []
    assert members(desk, SERVICE_CHANNEL) == {ANN, BEN, DORA, GIL}
    assert roster.missing() == []


def test_at_the_first_start_channels_are_found_by_their_names(desk: TestDesk, workspace: Workspace):
    with desk.work() as work:
        work.tx.people.put_channel(KnownChannel("department:service", "care-service", None, True))
    workspace.has("care-service", members=[BOT, SUE], id="C-OTHER")
    del workspace.channels_[SERVICE_CHANNEL]
    Roster(desk.kernel, workspace).sweep()
    assert known(desk, "department:service").channel == "C-OTHER"
    desk.casework.claim(desk.post(), by=SUE)


def test_missing_channels_are_made_with_the_lead_and_the_admins_in_them(
    desk: TestDesk, workspace: Workspace
):
    del workspace.channels_[SERVICE_CHANNEL]
    Roster(desk.kernel, workspace).sweep()
    assert workspace.created == ["care-service"]
    assert workspace.invited == [("C-NEW-care-service", (DORA, EVE))]
    made = known(desk, "department:service")
    assert made.is_private
    assert members(desk, made.channel) == {DORA, EVE}


def test_a_channel_that_cannot_be_made_is_missing_until_it_can(
    desk: TestDesk, workspace: Workspace
):
    del workspace.channels_[SERVICE_CHANNEL]
    workspace.may_create = False
    roster = Roster(desk.kernel, workspace)
    roster.sweep()
    assert [one.split(":")[0] for one in roster.missing()] == ["#care-service"]
    workspace.may_create = True
    roster.sweep()
    assert roster.missing() == []


def test_a_public_channel_is_joined(desk: TestDesk, workspace: Workspace):
    workspace.has(
        "care-service", members=[ANN], id=SERVICE_CHANNEL, is_private=False, is_member=False
    )
    roster = Roster(desk.kernel, workspace)
    roster.sweep()
    assert BOT in workspace.members_[SERVICE_CHANNEL]
    assert members(desk, SERVICE_CHANNEL) == {ANN}
    assert not known(desk, "department:service").is_private


def test_a_renamed_channel_is_the_same_channel(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.changes(SERVICE_CHANNEL, name="care-klantenservice")
    roster.sweep()
    assert workspace.created == []
    assert known(desk, "department:service").channel == SERVICE_CHANNEL
    assert roster.department_of_channel("#care-klantenservice") == "service"


def test_a_workspace_that_does_not_answer_changes_nothing(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.is_down = True
    with pytest.raises(SlackUnavailable):
        roster.sweep()
    assert members(desk, SERVICE_CHANNEL) == {ANN, BEN, DORA, GIL}


def test_who_left_while_the_desk_was_down_gives_back_their_cases(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    workspace.members_[SERVICE_CHANNEL].remove(ANN)
    roster.sweep()
    assert desk.case(case).assignee is None
    assert "left_queue" in desk.notes(case)


def test_who_was_made_a_guest_while_it_was_down_too(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    workspace.people_[ANN] = replace(workspace.people_[ANN], is_outside=True)
    roster.sweep()
    assert desk.case(case).assignee is None


# What people do


def test_who_joins_works_there_at_once(desk: TestDesk, workspace: Workspace, roster: Roster):
    case = desk.post()
    workspace.people_[NEW] = Person(NEW, "Nell New", "nell@example.com")
    with pytest.raises(NotMember):
        desk.casework.claim(case, by=NEW)
    roster.joined(SERVICE_CHANNEL, NEW)
    desk.casework.claim(case, by=NEW)
    assert desk.replies.draft(case, by=NEW)


def test_who_leaves_gives_back_what_they_hold(desk: TestDesk, roster: Roster):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    roster.left(SERVICE_CHANNEL, ANN)
    assert desk.case(case).assignee is None
    with pytest.raises(NotMember):
        desk.casework.claim(case, by=ANN)


def test_an_account_that_is_closed_gives_back_everything(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    workspace.people_[ANN] = replace(workspace.people_[ANN], is_gone=True)
    roster.person_changed(ANN)
    assert desk.case(case).assignee is None
    with pytest.raises(NotMember):
        desk.casework.claim(case, by=ANN)


def test_an_account_that_is_not_there_any_more_is_gone(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    del workspace.people_[ANN]
    roster.person_changed(ANN)
    with pytest.raises(NoSuchPerson):
        roster.find_person(email_of(ANN))


def test_a_guest_works_only_where_they_are_named(desk: TestDesk, roster: Roster):
    case = desk.post()
    with pytest.raises(NotMember):
        desk.casework.claim(case, by=GIL)
    desk.put("named", {"service": {GIL: "member"}})
    desk.casework.claim(case, by=GIL)


def test_in_a_public_channel_members_claim_and_only_named_ones_publish(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.changes(SERVICE_CHANNEL, is_private=False)
    roster.channel_changed(SERVICE_CHANNEL)
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    with pytest.raises(NotNamed):
        desk.replies.draft(case, by=ANN)
    desk.put("named", {"service": {ANN: "member"}})
    assert desk.replies.draft(case, by=ANN)


def test_somebody_elsewhere_in_the_workspace_is_nobodys_affair(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    roster.joined(ChannelId("C-LUNCH"), NEW)
    assert members(desk, ChannelId("C-LUNCH")) == set()


# Channels that are closed and opened


def a_parked_card(desk: TestDesk, number: int | None = None) -> str:
    key = f"card:{number or desk.post()}:service"
    with desk.work() as work:
        message = work.tx.outbox.get(key)
        assert message
        close_place(work, message, "is_archived")
    return key


def state_of(desk: TestDesk, key: str) -> MessageState:
    message = desk.outbox(key)
    assert message
    return message.state


def test_a_channel_opened_again_says_what_waited(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    key = a_parked_card(desk)
    workspace.changes(SERVICE_CHANNEL, is_archived=True)
    roster.channel_changed(SERVICE_CHANNEL)
    assert state_of(desk, key) is MessageState.PARKED
    assert known(desk, "department:service").fault == "it is archived"
    workspace.changes(SERVICE_CHANNEL, is_archived=False)
    roster.channel_changed(SERVICE_CHANNEL)
    assert state_of(desk, key) is MessageState.QUEUED


def test_of_a_channel_that_is_none_of_ours_slack_is_not_asked(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    lunch = workspace.has("lunch", members=[ANN], is_private=False)
    roster.channel_changed(lunch.id, "lunch-and-learn")
    assert workspace.asked_for == []


def test_one_that_is_renamed_to_what_a_department_is_missing_is_found(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    del workspace.channels_[SERVICE_CHANNEL]
    workspace.may_create = False
    roster.deleted(SERVICE_CHANNEL)
    new = workspace.has("care-service", members=[BOT, ANN])
    roster.channel_changed(new.id, "care-service")
    assert known(desk, "department:service").channel == new.id
    assert workspace.asked_for == [new.id]


def test_a_private_channel_that_the_bot_was_put_out_of_is_told_as_closed(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.changes(SERVICE_CHANNEL, is_member=False, is_private=True)
    roster.channel_changed(SERVICE_CHANNEL)
    assert known(desk, "department:service").fault
    workspace.changes(SERVICE_CHANNEL, is_member=True)
    roster.entered(SERVICE_CHANNEL)
    assert known(desk, "department:service").fault is None


def test_the_next_sweep_finds_what_no_event_told(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    key = a_parked_card(desk)
    roster.sweep()
    assert state_of(desk, key) is MessageState.QUEUED


def test_put_out_of_its_channel_the_desk_waits_for_an_invitation(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    number = desk.post()
    seen = workspace.channels_.pop(SERVICE_CHANNEL)
    roster.channel_changed(SERVICE_CHANNEL)
    assert known(desk, "department:service").fault
    key = a_parked_card(desk, number)
    workspace.channels_[SERVICE_CHANNEL] = seen
    roster.entered(SERVICE_CHANNEL)
    assert known(desk, "department:service").fault is None
    assert state_of(desk, key) is MessageState.QUEUED
    assert members(desk, SERVICE_CHANNEL) == {ANN, BEN, DORA, GIL}


def test_a_question_that_waits_for_a_foreign_channel_is_asked_when_the_desk_is_invited(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    asked = desk.questions.ask_channel(desk.post(), ChannelId("C-LAB"), "do you know?", by=ANN)
    with desk.work() as work:
        message = work.tx.outbox.get(f"note:ask:{asked.id}")
        assert message
        close_place(work, message, "not_in_channel")
    workspace.has("lab", members=[BOT], id="C-LAB")
    roster.entered(ChannelId("C-LAB"))
    assert state_of(desk, f"note:ask:{asked.id}") is MessageState.QUEUED


# Found as typed


@pytest.mark.parametrize("typed", ["@ann", "Ann", "ann@example.com", "UANN", " @ANN "])
def test_people_are_found_as_they_are_typed(roster: Roster, typed: str):
    assert roster.find_person(typed) == ANN


def test_of_two_with_one_name_nobody_is_guessed(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.people_ |= {
        "U1": Person(MemberId("U1"), "Kim Lee"),
        "U2": Person(MemberId("U2"), "Kim Park"),
    }
    roster.sweep()
    with pytest.raises(NoSuchPerson):
        roster.find_person("@kim")
    assert roster.find_person("@kim lee") == "U1"


def test_who_is_called_exactly_so_is_meant(desk: TestDesk, workspace: Workspace, roster: Roster):
    workspace.people_["U1"] = Person(MemberId("U1"), "Ann Other")
    roster.sweep()
    assert roster.find_person("@ann") == ANN


@pytest.mark.parametrize("typed", ["@nobody", "", "@", "x@y.z"])
def test_nobody_is_said_to_be_nobody(roster: Roster, typed: str):
    with pytest.raises(NoSuchPerson):
        roster.find_person(typed)


def test_channels_are_found_among_ours_and_all_others(workspace: Workspace, roster: Roster):
    workspace.has("lunch", members=[BOT], id="C-LUNCH")
    assert roster.find_channel("#care-sales") == channel_of("sales")
    assert roster.find_channel("lunch") == "C-LUNCH"
    with pytest.raises(NoSuchChannel):
        roster.find_channel("#nowhere")


@pytest.mark.parametrize("typed", ["partners", "C0PARTNERS1"])
def test_a_channel_that_another_company_shares_is_none_to_ask_in(
    workspace: Workspace, roster: Roster, typed: str
):
    workspace.has("partners", members=[BOT], id="C0PARTNERS1", is_private=False, is_shared=True)
    with pytest.raises(LeavesCompany):
        roster.find_channel(typed)


@pytest.mark.parametrize(
    ("typed", "department"),
    [
        ("#care-service", "service"),
        ("service", "service"),
        (SERVICE_CHANNEL, "service"),
        ("#rapid-response", None),
        ("#lunch", None),
    ],
)
def test_a_channel_tells_its_department(roster: Roster, typed: str, department: str | None):
    assert roster.department_of_channel(typed) == department


def test_a_department_without_a_channel_has_no_place(roster: Roster, desk: TestDesk):
    assert known(desk, "department:legal") is None
    assert TOM not in members(desk, SERVICE_CHANNEL)


# Whom the list of people does not tell of


def test_a_member_whom_the_list_leaves_out_is_asked_for_before_they_have_any_right(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    stranger = MemberId("USTRANGER")
    workspace.people_[stranger] = Person(stranger, "Zoe", is_outside=True)
    workspace.unlisted.add(stranger)
    workspace.members_[SERVICE_CHANNEL].append(stranger)
    roster.sweep()
    with pytest.raises(NotMember):
        desk.casework.claim(desk.post(), by=stranger)


def test_somebody_of_whom_slack_tells_nothing_may_do_nothing(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    workspace.members_[SERVICE_CHANNEL].append(NEW)
    roster.sweep()
    with pytest.raises(NotMember):
        desk.casework.claim(desk.post(), by=NEW)


def test_an_admin_whom_only_their_address_tells_is_found_by_it(
    desk: TestDesk, workspace: Workspace
):
    workspace.unlisted.update(workspace.people_)
    Roster(desk.kernel, workspace).sweep()
    assert EVE in desk.administration.admins(by=EVE)


def test_a_channel_that_cannot_be_read_keeps_no_other_from_being_read(
    desk: TestDesk, workspace: Workspace, roster: Roster
):
    del workspace.members_[SERVICE_CHANNEL]
    workspace.unreadable.add(SERVICE_CHANNEL)
    workspace.members_[channel_of("triage")].append(TOM)
    with pytest.raises(SlackUnavailable):
        roster.sweep()
    assert TOM in members(desk, channel_of("triage"))


def test_a_company_of_thousands_is_written_some_at_a_time_and_then_only_where_it_changes(
    desk: TestDesk, roster: Roster, workspace: Workspace
) -> None:
    crowd = {
        f"U{n:05}": Person(MemberId(f"U{n:05}"), f"N{n}", f"N{n}@example.com") for n in range(250)
    }
    workspace.people_ |= crowd  # type: ignore[arg-type]
    roster.sweep()
    with desk.reading() as tx:
        known = tx.people.all()
    assert known.keys() >= crowd.keys()
