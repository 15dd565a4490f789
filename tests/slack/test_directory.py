"""Who and what there is in the workspace."""

import pytest

from bot.domain.errors import SlackUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.slack.directory import SlackDirectory
from bot.slack.gateway import make_client
from slack_sandbox import Channel, Sandbox


def test_the_desk_knows_who_it_is_and_what_it_may_do(slack: Sandbox, directory: SlackDirectory):
    identity = directory.identity()
    assert (identity.bot_user, identity.team) == (slack.bot_user_id, slack.team_id)
    assert "chat:write" in identity.scopes
    assert identity.url == f"{slack.url}/"


def test_a_wrong_token_is_told_from_slack_being_away(slack: Sandbox):
    stranger = SlackDirectory(make_client("xoxb-wrong", slack.api_url), [].append)
    with pytest.raises(SlackUnavailable, match="invalid_auth"):
        stranger.identity()


# Channels


def test_channels_are_seen_with_what_the_desk_may_do_there(
    slack: Sandbox, directory: SlackDirectory
):
    slack.channel("care-service")
    slack.channel("town-hall", private=False, bot=False)
    slack.channel("old", private=False)
    slack.archive("old")
    slack.channel("secret", bot=False)
    seen = {channel.name: channel for channel in directory.channels()}
    assert "secret" not in seen
    assert seen["care-service"].is_private
    assert seen["care-service"].is_member
    assert not seen["town-hall"].is_member
    assert seen["old"].is_archived


def test_a_new_channel_is_private_and_ours(slack: Sandbox, directory: SlackDirectory):
    created = directory.create_channel("#care-sales")
    assert (created.name, created.is_private, created.is_member) == ("care-sales", True, True)
    assert created in directory.channels()


def test_a_channel_that_exists_is_taken_over(directory: SlackDirectory, care: Channel):
    assert directory.create_channel("care-service").id == care.id


def test_a_public_channel_that_exists_is_not_entered_before_it_is_wanted(
    slack: Sandbox, directory: SlackDirectory
):
    slack.channel("care-sales", private=False, bot=False)
    there = directory.create_channel("care-sales")
    assert not there.is_member
    assert not there.is_ours
    assert directory.join(there).is_member
    assert slack.bot_user_id in directory.members(there.id)


def test_what_the_desk_has_made_itself_is_told_from_what_others_made(
    slack: Sandbox, directory: SlackDirectory
):
    slack.channel("care-sales")
    directory.create_channel("care-service")
    assert {one.name: one.is_ours for one in directory.channels()} == {
        "care-sales": False,
        "care-service": True,
    }


def test_where_joining_is_not_allowed_the_desk_stays_outside(
    slack: Sandbox, directory: SlackDirectory
):
    slack.remove_scope("channels:join")
    slack.channel("care-sales", private=False, bot=False)
    assert not directory.join(directory.create_channel("care-sales")).is_member


def test_a_name_taken_by_a_channel_nobody_shows_us_is_said(
    slack: Sandbox, directory: SlackDirectory
):
    slack.channel("care-sales", bot=False)
    with pytest.raises(SlackUnavailable, match="name_taken"):
        directory.create_channel("care-sales")


def test_lists_are_read_to_their_last_page(slack: Sandbox, directory: SlackDirectory):
    people = [slack.person(f"p{number}") for number in range(410)]
    crowd = slack.channel("crowd", members=people)
    for number in range(210):
        slack.channel(f"c{number}")
    assert len(directory.channels()) == 211
    assert set(directory.members(ChannelId(crowd.id))) >= {person.id for person in people}
    assert {person.id for person in directory.people()} == {person.id for person in people}


def test_members_of_a_channel_that_is_gone_are_not_an_empty_list(directory: SlackDirectory):
    with pytest.raises(SlackUnavailable, match="channel_not_found"):
        directory.members(ChannelId("C404"))


# Inviting


def test_one_who_cannot_be_invited_keeps_no_other_out(
    slack: Sandbox, directory: SlackDirectory, care: Channel
):
    ann, ben, gone = (slack.person(name) for name in ("ann", "ben", "gone"))
    slack.join(ann, "care-service")
    slack.deactivate(gone)
    strangers = [MemberId("U404"), MemberId(slack.bot_user_id)]
    directory.invite(ChannelId(care.id), [MemberId(one.id) for one in (ann, gone, ben)] + strangers)
    assert {ann.id, ben.id} <= set(directory.members(ChannelId(care.id)))


def test_who_is_there_already_may_be_invited_again(
    slack: Sandbox, directory: SlackDirectory, care: Channel
):
    ann = MemberId(slack.person("ann").id)
    directory.invite(ChannelId(care.id), [ann])
    directory.invite(ChannelId(care.id), [ann])
    directory.invite(ChannelId(care.id), [])
    assert ann in directory.members(ChannelId(care.id))


def test_more_people_than_slack_takes_at_once_all_come(
    slack: Sandbox, directory: SlackDirectory, care: Channel
):
    people = [MemberId(slack.person(f"p{number}").id) for number in range(120)]
    directory.invite(ChannelId(care.id), people)
    assert set(people) <= set(directory.members(ChannelId(care.id)))


def test_into_an_archived_channel_nobody_can_be_invited(
    slack: Sandbox, directory: SlackDirectory, care: Channel
):
    ann = slack.person("ann")
    slack.archive("care-service")
    with pytest.raises(SlackUnavailable, match="is_archived"):
        directory.invite(ChannelId(care.id), [MemberId(ann.id)])


def test_one_channel_is_asked_for_alone(slack: Sandbox, directory: SlackDirectory):
    lunch = slack.channel("lunch", members=[slack.person("ann")])
    seen = directory.channel(ChannelId(lunch.id))
    assert seen == next(one for one in directory.channels() if one.id == lunch.id)
    assert [one.method for one in slack.calls].count("conversations.info") == 1
    assert directory.channel(ChannelId("C0404")) is None


# People


def test_a_person_is_seen_as_slack_tells(slack: Sandbox, directory: SlackDirectory):
    eve = slack.person("eve", email="eve@example.com", admin=True, time_zone="Asia/Tokyo")
    seen = directory.person(MemberId(eve.id))
    assert seen is not None
    assert (seen.name, seen.email, seen.time_zone) == ("Eve", "eve@example.com", "Asia/Tokyo")
    assert (seen.is_admin, seen.is_outside, seen.is_gone) == (True, False, False)
    assert directory.person_by_email("Eve@example.com") == seen
    assert directory.people() == [seen]


def test_owners_are_admins_guests_are_outside_and_leavers_are_gone(
    slack: Sandbox, directory: SlackDirectory
):
    owner = slack.person("olga", owner=True)
    guest = slack.person("gus", guest=True)
    leaver = slack.person("lea")
    slack.deactivate(leaver)
    people = {person.id: person for person in directory.people()}
    assert people[MemberId(owner.id)].is_admin
    assert people[MemberId(guest.id)].is_outside
    assert people[MemberId(leaver.id)].is_gone


def test_who_is_at_home_in_a_sister_workspace_works_here_and_a_partner_does_not(
    slack: Sandbox, directory: SlackDirectory
):
    sister, partner = slack.person("sis", sister=True), slack.person("pat", stranger=True)
    people = {person.id: person for person in directory.people()}
    assert not people[MemberId(sister.id)].is_outside
    for _ in range(2):  # of no channel here, and then in one that the companies share
        seen = directory.person(MemberId(partner.id))
        assert seen is not None
        assert seen.is_outside
        slack.channel("partners", members=[partner])


def test_a_bot_and_a_stranger_are_nobody(slack: Sandbox, directory: SlackDirectory):
    assert directory.person(MemberId(slack.bot_user_id)) is None
    assert directory.person(MemberId("U404")) is None
    assert directory.person_by_email("nobody@example.com") is None
