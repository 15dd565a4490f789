"""A user group in Slack, found by id or handle and made equal to some people."""

import pytest
from slack_sdk import WebClient

from bot.domain.ids import MemberId
from bot.slack.user_groups import SlackUserGroups
from slack_sandbox import Sandbox


@pytest.fixture
def group(client: WebClient) -> str:
    made = client.usergroups_create(name="On call", handle="on-call")
    return str(made["usergroup"]["id"])


@pytest.mark.parametrize("named", ["@on-call", "on-call", None])
def test_it_becomes_these_people(slack: Sandbox, client: WebClient, group: str, named: str | None):
    ann, ben = MemberId(slack.person("ann").id), MemberId(slack.person("ben").id)
    groups = SlackUserGroups(client)
    assert groups.keep(named or group, (ann,)) is None
    assert groups.keep(named or group, (ben, ann)) is None
    assert client.usergroups_users_list(usergroup=group)["users"] == [ben, ann]


def test_a_group_that_is_not_there_is_named(client: WebClient, group: str):
    assert SlackUserGroups(client).keep("@nobody", (MemberId("U1"),)) == (
        "there is no user group @nobody"
    )


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("plan_upgrade_required", "this Slack plan has no user groups"),
        ("permission_denied", "lets only some people change user groups"),
        ("missing_scope", "install it again from its manifest"),
        ("something_new", "Slack says something_new"),
    ],
)
def test_what_keeps_slack_from_it_is_said(
    slack: Sandbox, client: WebClient, group: str, code: str, why: str
):
    slack.faults.add("ok-false", method="usergroups.users.update", error=code)
    assert why in str(SlackUserGroups(client).keep(group, (MemberId(slack.person("ann").id),)))
