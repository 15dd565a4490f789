"""users.*, usergroups.*, team.info and auth.test: who works here."""

import json
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Sandbox


def test_people_have_the_facts_that_slack_tells(slack, client):
    eve = slack.person(
        "eve", email="eve@example.com", admin=True, time_zone="America/New_York", title="Lead"
    )

    user = client.users_info(user=eve.id)["user"]

    assert (user["name"], user["real_name"], user["is_admin"]) == ("eve", "Eve", True)
    assert (user["tz"], user["profile"]["email"]) == ("America/New_York", "eve@example.com")
    assert user["profile"]["title"] == "Lead"
    assert user["tz_offset"] in (-14400, -18000)


def test_a_person_is_found_by_address_until_they_leave(slack, client, ann):
    assert client.users_lookupByEmail(email="Ann@example.com")["user"]["id"] == ann.id

    slack.deactivate(ann)

    with pytest.raises(SlackApiError, match="users_not_found"):
        client.users_lookupByEmail(email="ann@example.com")
    assert client.users_info(user=ann.id)["user"]["deleted"]


def test_the_list_has_everybody_and_the_bot(slack, client, ann):
    members = client.users_list()["members"]

    assert [(one["name"], one["is_bot"]) for one in members] == [("samepage", True), ("ann", False)]


def test_the_same_name_is_the_same_person(slack, ann):
    assert slack.person("ann").id == ann.id


def test_the_bot_learns_who_it_is_and_what_it_may_do(slack, client):
    answer = client.auth_test()

    assert (answer["user_id"], answer["team_id"]) == (slack.bot_user_id, slack.team_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    assert client.team_info()["team"]["id"] == slack.team_id
    assert client.api_test(foo="bar")["args"]["foo"] == "bar"


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-forged", "auth.test", "invalid_auth"),
        (Sandbox.app_token, "auth.test", "not_allowed_token_type"),
        (Sandbox.bot_token, "apps.connections.open", "not_allowed_token_type"),
        (Sandbox.bot_token, "admin.users.list", "unknown_method"),
    ],
)
def test_each_method_wants_its_own_kind_of_token(slack, token, method, error):
    with pytest.raises(SlackApiError) as refusal:
        WebClient(token, slack.api_url).api_call(method)

    assert refusal.value.response["error"] == error


def test_a_revoked_token_is_worth_nothing(slack, client):
    slack.revoke_token()

    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()


def test_a_missing_scope_is_named(slack, client, care):
    slack.remove_scope("chat:write")

    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=care.id, text="x")

    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "chat:write"


def test_scopes_come_from_the_manifest():
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    with Sandbox.start(manifest=manifest) as slack:
        client = WebClient(slack.bot_token, slack.api_url)

        with pytest.raises(SlackApiError, match="missing_scope"):
            client.users_list()


def test_a_user_group_is_made_filled_as_a_whole_and_switched_off(slack, client, ann):
    group = client.usergroups_create(name="On call", handle="on-call")["usergroup"]["id"]

    client.usergroups_users_update(usergroup=group, users=[ann.id])
    client.usergroups_update(usergroup=group, description="who is due")
    client.usergroups_disable(usergroup=group)

    assert client.usergroups_users_list(usergroup=group)["users"] == [ann.id]
    assert client.usergroups_list()["usergroups"] == []
    everything = client.usergroups_list(include_disabled=True, include_users=True)["usergroups"]
    assert [(one["handle"], one["users"]) for one in everything] == [("on-call", [ann.id])]
    assert client.usergroups_enable(usergroup=group)["usergroup"]["date_delete"] == 0


def test_a_user_group_cannot_be_emptied_nor_made_twice(client):
    group = client.usergroups_create(name="On call")["usergroup"]["id"]

    with pytest.raises(SlackApiError, match="no_users_provided"):
        client.usergroups_users_update(usergroup=group, users=[])
    with pytest.raises(SlackApiError, match="invalid_users"):
        client.usergroups_users_update(usergroup=group, users=["U404"])
    with pytest.raises(SlackApiError, match="name_already_exists"):
        client.usergroups_create(name="On call")
    with pytest.raises(SlackApiError, match="handle_already_exists"):
        client.usergroups_create(name="Others", handle="on-call")
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        client.usergroups_users_list(usergroup="S404")


def test_a_body_that_is_no_json_is_said_to_be_none(slack):
    request = urllib.request.Request(
        f"{slack.api_url}auth.test", b"{", {"Content-Type": "application/json"}
    )

    with urllib.request.urlopen(request) as answer:
        assert json.load(answer) == {"ok": False, "error": "invalid_json"}
