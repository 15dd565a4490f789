"""Departments, people and the switch: who may change them, what follows, and taking it back."""

from dataclasses import replace

import pytest

from bot.domain.accounts import Accounts, Door
from bot.domain.department import Role
from bot.domain.epoch import Cause
from bot.domain.errors import (
    Broken,
    NoSuchChange,
    NoSuchDepartment,
    NotAdmin,
    NothingToChange,
    NotLead,
    NotMember,
)
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.reply import Outgoing
from bot.domain.routing import Rule
from bot.services import epochs
from bot.services.administration import Administration
from tests.company import (
    ANN,
    BEN,
    BOB,
    CEM,
    DORA,
    EVE,
    GIL,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    TRIAGE,
    channel_of,
    email_of,
)
from tests.desk import TestDesk

VIP = DepartmentKey("vip")


def steps(desk: TestDesk) -> dict[str, bool]:
    return {step.title: step.done for step in desk.administration.setup_steps(by=EVE)}


# Departments


def test_a_department_is_added_with_its_channel(desk: TestDesk):
    desk.administration.add_department("vip", "care-vip", "Very important", by=EVE)
    (added,) = [one for one in desk.administration.departments(by=ANN) if one.key == VIP]
    assert (added.name, added.channel) == ("Very important", "#care-vip")


@pytest.mark.parametrize(
    ("key", "channel", "name"),
    [
        ("VIP!", "care-vip", "Vip"),
        ("vip", "Care VIP", "Vip"),
        ("vip", "#care-vip", ""),
        ("service", "#care-vip", "Vip"),
        ("vip", "#care-service", "Vip"),
        ("rapid-response", "#care-vip", "Vip"),
    ],
)
def test_one_with_a_fault_is_refused_and_breaks_nothing(
    desk: TestDesk, key: str, channel: str, name: str
):
    with pytest.raises(Broken):
        desk.administration.add_department(key, channel, name, by=EVE)
    assert desk.post()
    assert len(desk.administration.departments(by=ANN)) == 8


def test_when_one_that_a_rule_names_is_undone_the_rule_waits(desk: TestDesk):
    number = desk.administration.add_department("vip", "care-vip", "Vip", by=EVE)
    desk.policies.add_rule(Rule(VIP, "words:gold"), by=EVE)
    desk.administration.undo(number, by=EVE)
    assert desk.case(desk.post("gold")).department == SERVICE
    assert desk.policies.rules(by=EVE).book.rules[-1].suspended == "Vip was removed"

    desk.administration.undo(desk.administration.changes(by=EVE)[0].id, by=EVE)

    assert desk.case(desk.post("gold")).department == VIP


def test_when_one_with_open_cases_is_undone_they_go_to_triage(desk: TestDesk):
    number = desk.administration.add_department("vip", "care-vip", "Vip", by=EVE)
    case = desk.post("a mystery")
    desk.casework.route(case, VIP, by=EVE)

    desk.administration.undo(number, by=EVE)

    assert desk.case(case).department == TRIAGE
    assert desk.case(case).why.endswith("but Vip was removed")


def test_only_admins_add_departments(desk: TestDesk):
    with pytest.raises(NotAdmin, match=EVE):
        desk.administration.add_department("vip", "care-vip", "Vip", by=DORA)


# Members


def test_members_are_those_of_the_channel_and_the_named(desk: TestDesk):
    desk.administration.name_member(BOB, SERVICE, Role.TRAINEE, by=DORA)
    (board,) = desk.administration.members(SERVICE, by=ANN)
    assert dict(board.members) == {
        ANN: None, BEN: None, DORA: None, GIL: None, BOB: Role.TRAINEE,
    }  # fmt: skip
    assert board.may_publish == {ANN, BEN, DORA, BOB}
    assert board.channel_private
    assert len(desk.administration.members(None, by=ANN)) == 8


def test_the_lead_and_admins_name_members(desk: TestDesk):
    desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=DORA)
    desk.administration.name_member(BOB, SERVICE, Role.LEAD, by=EVE)
    desk.administration.name_member(GIL, SERVICE, Role.TRAINEE, by=BOB)
    with pytest.raises(NotLead, match="Customer service"):
        desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=ANN)
    with pytest.raises(NotLead):
        desk.administration.name_member(GIL, TECHNICAL, Role.MEMBER, by=DORA)
    with pytest.raises(NoSuchDepartment):
        desk.administration.name_member(GIL, DepartmentKey("nowhere"), Role.MEMBER, by=EVE)


def test_naming_the_same_again_is_no_change(desk: TestDesk):
    desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=EVE)
    with pytest.raises(NothingToChange):
        desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=EVE)


def test_who_is_named_no_longer_gives_back_what_only_the_name_allowed(desk: TestDesk):
    desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=EVE)
    case, kept = desk.post(), desk.post()
    desk.casework.claim(case, by=GIL)
    desk.casework.claim(kept, by=ANN)
    desk.administration.remove_member(GIL, SERVICE, by=DORA)
    assert desk.case(case).assignee is None
    assert desk.case(kept).assignee == ANN
    with pytest.raises(NothingToChange):
        desk.administration.remove_member(GIL, SERVICE, by=DORA)


def test_a_lead_takes_back_their_own_naming(desk: TestDesk):
    number = desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=DORA)
    desk.administration.undo(number, by=DORA)
    assert GIL not in desk.administration.members(SERVICE, by=ANN)[0].may_publish


def test_who_leads_another_department_now_takes_back_no_naming_here(desk: TestDesk):
    number = desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=DORA)
    desk.put("named", {**desk.document("named"), "sales": {DORA: "lead"}})
    desk.department("service", lead="@nobody")
    with pytest.raises(NotAdmin):
        desk.administration.undo(number, by=DORA)


def test_a_lead_takes_back_nobody_elses_change(desk: TestDesk):
    number = desk.administration.name_member(GIL, SERVICE, Role.MEMBER, by=EVE)
    with pytest.raises(NotAdmin):
        desk.administration.undo(number, by=DORA)


# Admins


def test_the_workspaces_admins_count_until_somebody_is_added(desk: TestDesk):
    assert desk.administration.admins(by=ANN) == (EVE,)
    desk.administration.add_admin(BOB, by=EVE)
    assert desk.administration.admins(by=ANN) == (BOB, EVE)
    with pytest.raises(NothingToChange):
        desk.administration.add_admin(BOB, by=EVE)
    with pytest.raises(NotAdmin):
        desk.administration.add_admin(ANN, by=ANN)


def test_an_admin_undone_is_no_admin(desk: TestDesk):
    number = desk.administration.add_admin(BOB, by=EVE)
    desk.administration.undo(number, by=BOB)
    assert desk.administration.admins(by=ANN) == (EVE,)
    with pytest.raises(NotAdmin):
        desk.administration.add_admin(CEM, by=BOB)


# The switch


def test_anybody_of_a_department_brakes(desk: TestDesk):
    desk.administration.set_outgoing(Outgoing.HOLD, by=TOM)
    desk.administration.set_outgoing(Outgoing.OFF, by=SUE)
    assert desk.administration.outgoing(by=ANN).switch is Outgoing.OFF
    with pytest.raises(NothingToChange):
        desk.administration.set_outgoing(Outgoing.OFF, by=ANN)


def test_nobody_from_elsewhere_does(desk: TestDesk):
    with pytest.raises(NotMember):
        desk.administration.set_outgoing(Outgoing.OFF, by=BOB)
    with pytest.raises(NotMember):
        desk.administration.outgoing(by=BOB)


def test_leads_and_admins_release(desk: TestDesk):
    for by in (DORA, EVE):
        desk.administration.set_outgoing(Outgoing.OFF, by=TOM)
        with pytest.raises(NotAdmin):
            desk.administration.set_outgoing(Outgoing.HOLD, by=TOM)
        desk.administration.set_outgoing(Outgoing.ON, by=by)


def test_undoing_the_brake_is_releasing_it(desk: TestDesk):
    number = desk.administration.set_outgoing(Outgoing.OFF, by=TOM)
    with pytest.raises(NotAdmin):
        desk.administration.undo(number, by=TOM)
    desk.administration.undo(number, by=EVE)
    assert desk.administration.outgoing(by=ANN).switch is Outgoing.ON


def test_after_a_restore_a_lead_s_undo_releases_nothing(desk: TestDesk):
    number = desk.administration.set_outgoing(Outgoing.OFF, by=DORA)
    with desk.work() as work:
        epochs.begin(work, Cause.RESTORED, skip=1)
    with pytest.raises(NotAdmin):
        desk.administration.undo(number, by=DORA)
    assert desk.administration.outgoing(by=ANN).switch is Outgoing.OFF
    desk.administration.undo(number, by=EVE)
    assert desk.administration.outgoing(by=ANN).switch is Outgoing.ON


# Changes


def test_every_change_has_an_author_a_moment_and_an_undo(desk: TestDesk):
    number = desk.administration.set_outgoing(Outgoing.HOLD, by=DORA)
    (change,) = desk.administration.changes(by=EVE)
    assert (change.id, change.by, change.at, change.what) == (
        number, DORA, desk.now, "public replies on hold",
    )  # fmt: skip
    assert desk.administration.undo(number, by=EVE) == "public replies on hold"
    undone = desk.administration.changes(by=EVE)[-1]
    assert (undone.undone_by, undone.undone_at) == (EVE, desk.now)
    with pytest.raises(NothingToChange, match=EVE):
        desk.administration.undo(number, by=EVE)


def test_an_undo_can_be_undone(desk: TestDesk):
    desk.administration.undo(desk.administration.set_outgoing(Outgoing.HOLD, by=EVE), by=EVE)
    newest = desk.administration.changes(by=EVE)[0]
    desk.administration.undo(newest.id, by=EVE)
    assert desk.administration.outgoing(by=EVE).switch is Outgoing.HOLD


def test_changes_are_for_admins(desk: TestDesk):
    with pytest.raises(NotAdmin):
        desk.administration.changes(by=ANN)
    with pytest.raises(NoSuchChange):
        desk.administration.undo(77, by=EVE)


def test_who_lost_the_right_undoes_nothing(desk: TestDesk):
    number = desk.policies.add_rule(Rule(SALES, "words:x"), by=EVE).number or 0
    desk.put("admins", [CEM])
    with pytest.raises(NotAdmin):
        desk.administration.undo(number, by=EVE)


# Set-up


def test_what_is_missing_is_a_step_to_do(desk: TestDesk):
    assert steps(desk) == {
        "Every channel can be written to": True,
        "Every department has members": True,
        "Every department has a lead": False,
        "Posts are routed by rules": True,
        "Somebody is on call": True,
        "Public replies are sent": True,
        "Posts come in": False,
    }
    desk.rota()
    desk.put("outgoing", "hold")
    desk.left("technical", TOM)
    desk.put("routing", {})
    done = [title for title, is_done in steps(desk).items() if is_done]
    assert done == ["Every channel can be written to"]


def todo(desk: TestDesk, title: str) -> str:
    (step,) = [one for one in desk.administration.setup_steps(by=EVE) if one.title == title]
    return "" if step.done else step.todo


def test_guests_and_apps_are_no_members(desk: TestDesk):
    desk.left("technical", TOM)
    with desk.work() as work:
        work.tx.people.joined(channel_of("technical"), [GIL, MemberId("U07APP")])
    told = todo(desk, "Every department has members")
    assert told == (
        "Invite people for Technical support. Guests there may act once they are named:"
        " /desk member add @person technical"
    )
    (board,) = desk.administration.members(TECHNICAL, by=EVE)
    assert [member for member, _ in board.members] == [GIL]

    desk.administration.name_member(GIL, TECHNICAL, Role.MEMBER, by=EVE)
    assert todo(desk, "Every department has members") == ""


def test_somebody_on_call_is_somebody_whom_a_ping_reaches(desk: TestDesk):
    title = "Somebody is on call"
    desk.rota({"person": email_of(ANN)})
    assert todo(desk, title) == "Invite to #rapid-response, where they are called: <@UANN>"
    desk.joined("rapid-response", ANN)
    assert todo(desk, title) == ""
    desk.gone(ANN)
    assert "/rota add" in todo(desk, title), "who left is called by nobody"


def test_a_rota_with_most_hours_empty_is_none(desk: TestDesk):
    desk.rota({"person": email_of(CEM), "days": "mon-fri", "hours": "09:00-17:00"})
    told = todo(desk, "Somebody is on call")
    assert told.startswith("Nobody is on call Mon 17:00 until Tue 09:00, Tue 17:00 until Wed 09:00")
    assert "and 2 more times (UTC, in the next seven days): /rota add" in told
    desk.rota({"person": email_of(CEM), "hours": "08:00-22:00"})
    assert todo(desk, "Somebody is on call") == "", "nights are a gap, and no empty rota"


def test_replies_without_an_address_are_not_sent(desk: TestDesk):
    title = "Public replies are sent"

    def with_doors(*doors: Door, missing: frozenset[str] = frozenset()) -> str:
        kernel = replace(desk.kernel, accounts=Accounts(doors=doors, missing=missing))
        steps = Administration(kernel).setup_steps(by=EVE)
        return next(("" if one.done else one.todo) for one in steps if one.title == title)

    nowhere, shop = Door("webhook", "KEY"), Door("shop", "SHOP", reply_url="https://s.example")
    assert with_doors(nowhere) == "They have nowhere to go: set WEBHOOK_REPLY_URL in .env"
    assert "set KEY and WEBHOOK_REPLY_URL" in with_doors(nowhere, missing=frozenset({"KEY"}))
    assert with_doors(nowhere, shop) == ""
    assert with_doors(nowhere, shop, missing=frozenset({"SHOP"})) != ""
    desk.put("outgoing", "hold")
    assert "/desk outgoing on" in with_doors(shop)


def test_a_channel_nobody_has_looked_for_yet_is_missing(desk: TestDesk):
    desk.administration.add_department("vip", "care-vip", "Vip", by=EVE)
    (step,) = [one for one in desk.administration.setup_steps(by=EVE) if "channel" in one.title]
    assert not step.done
    assert "#care-vip" in step.todo


def test_networks_are_those_that_posts_came_from(desk: TestDesk):
    desk.post(source="bluesky", id="1")
    desk.post(source="x", id="1")
    desk.post(source="x", id="2")
    assert desk.administration.networks(by=ANN) == (("bluesky", "1"), ("x", "2"))


def test_a_stranger_sees_nothing(desk: TestDesk):
    stranger = MemberId("USTRANGER")
    for look in (
        desk.administration.departments,
        desk.administration.admins,
        desk.administration.outgoing,
        desk.administration.networks,
    ):
        with pytest.raises(NotMember):
            look(by=stranger)
    with pytest.raises(NotMember):
        desk.administration.members(None, by=stranger)
    with pytest.raises(NotMember):
        desk.replies.draft(CaseId(desk.post()), by=stranger)
