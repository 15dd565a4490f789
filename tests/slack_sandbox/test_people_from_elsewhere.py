"""Who is at home in another workspace of the organisation, in another company, or a guest."""

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.payloads import Payloads
from tests.slack_sandbox.kit import actions, button

ADMINISTRATION = {
    "is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted",
}  # fmt: skip


def user(client, person):
    return client.users_info(user=person.id)["user"]


@pytest.fixture
def sis(slack):
    return slack.person("sis", sister=True)


@pytest.fixture
def pat(slack):
    return slack.person("pat", stranger=True)


def test_an_organisation_names_the_workspaces_of_each_of_its_people(slack, client, ann, sis):
    hers, anns = user(client, sis), user(client, ann)

    assert sis.id.startswith("W")
    assert hers["team_id"] == hers["profile"]["team"] != slack.team_id
    assert hers["enterprise_user"]["teams"] == [hers["team_id"], slack.team_id]
    assert anns["enterprise_user"]["teams"] == [slack.team_id]
    assert sis.id in {one["id"] for one in client.users_list()["members"]}
    assert client.auth_test()["enterprise_id"] == hers["enterprise_user"]["enterprise_id"]


def test_without_a_sister_there_is_no_organisation(client, ann):
    assert "enterprise_user" not in user(client, ann)
    assert "enterprise_id" not in client.auth_test()


def test_a_press_names_where_it_was_done_and_where_the_person_is_at_home(
    slack, client, care, sis, app, connect
):
    heard = []

    @app.action("claim")
    def claim(ack, body):
        ack()
        heard.append(body)

    connect()
    slack.join(sis, "care")
    client.chat_postMessage(
        channel=care.id, text="card", blocks=[actions(button("claim", "Claim"))]
    )
    sis.press(slack.find("card"), "Claim")

    (body,) = heard
    assert body["user"]["team_id"] == sis.member.home
    assert body["team"]["id"] == slack.team_id
    assert body["enterprise"]["id"] == body["team"]["enterprise_id"]


def test_what_they_say_names_their_home_too(slack, client, care, sis, pat):
    public = slack.channel("partners", members=[sis, pat], private=False)
    sis.say("partners", "from next door")
    pat.say("partners", "from another company")

    theirs, hers = client.conversations_history(channel=public.id, limit=2)["messages"]
    assert hers["team"] == sis.member.home
    assert theirs["user_team"] == theirs["source_team"] == pat.member.home


def test_a_company_that_shares_a_channel_shows_little_of_its_people(slack, client, pat):
    assert user(client, pat)["is_stranger"]

    place = slack.channel("partners", members=[pat])
    seen = user(client, pat)

    assert not seen["is_stranger"]
    assert seen["team_id"] == seen["profile"]["team"] == pat.member.home
    assert "email" not in seen["profile"]
    assert not seen.keys() & ADMINISTRATION
    assert pat.id in client.conversations_members(channel=place.id)["members"]
    assert pat.id not in {one["id"] for one in client.users_list()["members"]}
    assert client.conversations_info(channel=place.id)["channel"]["is_ext_shared"]
    with pytest.raises(SlackApiError, match="users_not_found"):
        client.users_lookupByEmail(email=pat.member.email)


def test_who_cannot_be_invited_is_named_with_the_reason(slack, client, care, pat):
    gus = slack.person("gus", single=True)
    slack.channel("lobby", members=[gus])

    with pytest.raises(SlackApiError) as refusal:
        client.conversations_invite(channel=care.id, users=[pat.id, gus.id])

    errors = {one["user"]: one["error"] for one in refusal.value.response["errors"]}
    assert errors == {pat.id: "cant_invite", gus.id: "ura_max_channels"}
    assert user(client, gus)["is_ultra_restricted"]


def test_a_command_names_the_organisation(slack, care, sis):
    payloads = Payloads(slack.workspace, sis.member, slack.url)
    url = slack.workspace.response_urls.issue("commands", sis.id, care.id, None)

    fields = payloads.command(care, "/case", "mine", url)

    assert fields["team_id"] == slack.team_id
    assert fields["enterprise_id"]
