"""The user group is who is on duty, Slack is asked no more than needed, and faults are kept."""

from dataclasses import dataclass, field

import pytest

from bot.domain.ids import MemberId
from bot.domain.moments import TypedSpan
from bot.services.user_group import UserGroup
from tests.company import ANN, BEN, CEM, EVE, email_of
from tests.desk import TestDesk


@dataclass
class Groups:
    """Implements `UserGroups`."""

    kept: list[tuple[str, tuple[MemberId, ...]]] = field(default_factory=list)
    fault: str | None = None

    def keep(self, group: str, members: tuple[MemberId, ...]) -> str | None:
        self.kept.append((group, members))
        return self.fault


@pytest.fixture
def groups() -> Groups:
    return Groups()


@pytest.fixture
def keeper(desk: TestDesk, groups: Groups) -> UserGroup:
    desk.put("on_call", {"shift": [{"person": email_of(CEM)}], "user_group": "@on-call"})
    return UserGroup(desk.kernel, groups)


def test_it_follows_who_is_on_duty_and_asks_only_when_that_changes(
    desk: TestDesk, groups: Groups, keeper: UserGroup
):
    desk.rotas.override(BEN, TypedSpan("10:00", "10:30"), by=EVE)
    desk.rotas.event("Fair", (ANN,), TypedSpan("10:00", "10:30"), by=EVE)
    for _ in range(8):
        keeper.keep()
        desk.pass_time("15m")
    people = [members for _, members in groups.kept]
    assert people == [(CEM,), (BEN, ANN), (CEM,)]
    assert {group for group, _ in groups.kept} == {"@on-call"}


def test_after_an_hour_it_is_set_again(desk: TestDesk, groups: Groups, keeper: UserGroup):
    for _ in range(5):
        keeper.keep()
        desk.pass_time("30m")
    assert len(groups.kept) == 3


def test_a_fault_stands_quietly_on_the_board_until_it_is_gone(
    desk: TestDesk, groups: Groups, keeper: UserGroup
):
    groups.fault = "this Slack plan has no user groups"
    keeper.keep()
    assert desk.rotas.board(by=EVE).user_group == "this Slack plan has no user groups"
    groups.fault = None
    desk.pass_time("1h")
    keeper.keep()
    assert desk.rotas.board(by=EVE).user_group == ""


def test_with_nobody_on_duty_slack_is_not_asked(desk: TestDesk, groups: Groups, keeper: UserGroup):
    desk.gone(CEM)
    keeper.keep()
    assert groups.kept == []
    assert "Slack keeps no empty group" in desk.rotas.board(by=EVE).user_group


def test_without_a_group_nothing_is_done(desk: TestDesk, groups: Groups):
    UserGroup(desk.kernel, groups).keep()
    assert groups.kept == []
    assert desk.rotas.board(by=EVE).user_group == ""


def test_it_is_kept_through_every_change_of_the_rota(desk: TestDesk, keeper: UserGroup):
    desk.rotas.override(BEN, TypedSpan("10:00", "10:30"), by=EVE)
    assert desk.document("on_call")["user_group"] == "@on-call"
