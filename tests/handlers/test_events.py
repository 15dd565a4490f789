"""What happens in the workspace, heard."""

from dataclasses import replace

from bot.domain.errors import StoreUnavailable
from bot.domain.ids import ChannelId, MemberId
from bot.domain.ports import SeenChannel
from tests.company import ANN, BEN, BOB, TECHNICAL, channel_of
from tests.handlers.house import BOT, TEAM, House, words

HERE = channel_of("service")


def test_who_joins_a_department_may_act_and_who_leaves_gives_back(house: House):
    case = house.story.post()
    house.happen("member_joined_channel", user=BOB, channel=HERE, team=TEAM)
    house.press("claim", case, by=BOB)
    assert house.story.case(case).assignee == BOB
    house.happen("member_left_channel", user=BOB, channel=HERE, team=TEAM)
    assert house.story.case(case).assignee is None


def test_an_account_that_is_gone_gives_its_cases_back(house: House):
    case = house.story.post()
    house.press("claim", case)
    house.town.people_here[ANN] = replace(house.town.people_here[ANN], is_gone=True)
    house.happen("user_change", user={"id": ANN, "deleted": True})
    assert house.story.case(case).assignee is None


def test_who_has_just_come_into_the_workspace_is_known(house: House):
    new = MemberId("UNEW")
    house.town.people_here[new] = replace(house.town.people_here[BOB], id=new, is_outside=True)
    house.happen("team_join", user={"id": new, "is_restricted": True})
    with house.story.store.reading() as tx:
        found = tx.people.get(new)
    assert found is not None
    assert found.is_outside


def test_an_archived_channel_is_known_to_be_one(house: House):
    house.town.channels_here = [SeenChannel(HERE, "care-service", True, True, True)]
    house.happen("group_archive", channel=HERE, user=ANN)
    house.happen("channel_rename", channel={"id": HERE, "name": "care-service"})
    with house.story.store.reading() as tx:
        known = tx.people.channel_at("department:service")
    assert known is not None
    assert known.is_archived


def test_a_private_channel_that_is_shared_has_another_id_and_an_admin_is_asked(house: House):
    shared = ChannelId("C0SHARED001")
    house.town.channels_here = [SeenChannel(shared, "care-service", True, False, True, True)]
    house.happen("channel_id_changed", old_channel_id=HERE, new_channel_id=shared)
    with house.story.store.reading() as tx:
        known = tx.people.channel_at("department:service")
    assert known is not None
    assert (known.channel, known.offer, known.doubt) == (None, shared, "shared")


def test_what_the_store_could_not_keep_slack_tells_again(house: House):
    house.desk = replace(house.desk, roster=Away())  # type: ignore[arg-type]
    house.again()
    assert house.happen("member_left_channel", user=ANN, channel=HERE).status == 503
    assert house.happen("user_change", user={"id": ANN}).status == 200


def test_an_event_nobody_waits_for_is_acknowledged(house: House):
    assert house.happen("reaction_added", user=ANN).status == 200
    assert house.happen("message", user=ANN, channel=HERE, text="hm", ts="1.2").status == 200


# @Samepage under a card


def test_words_under_a_card_mean_its_case(house: House):
    case = house.story.post()
    thread = house.card_of(case)
    house.mention("take", thread=thread)
    assert house.story.case(case).assignee == ANN
    house.mention("handoff #care-technical please look", thread=thread)
    assert house.story.case(case).department == TECHNICAL
    [first, second] = house.whispers
    assert first == (HERE, ANN, f"*#{case}* is yours.", thread)
    assert "is offered to" in second[2]


def test_all_of_an_answer_is_whispered(house: House):
    case = house.story.post("my bag is gone")
    house.mention("show", thread=house.card_of(case))
    house.mention("queue", thread=house.card_of(case))
    assert ["my bag is gone" in words(told.blocks) for told in house.whispered] == [True, True]


def test_a_number_that_is_typed_wins_over_the_thread(house: House):
    case, other = house.story.post(), house.story.post("and a coat", by="@joe")
    house.mention(f"claim {other}", thread=house.card_of(case))
    house.mention(f"{other} release")
    assert house.story.case(case).assignee is None
    assert "back in the queue" in house.whispers[-1][2]


def test_a_refusal_is_whispered_too(house: House):
    case = house.story.post()
    house.press("claim", case, by=BEN)
    house.mention("claim", thread=house.card_of(case))
    house.mention("claim", thread="8.8")
    house.mention("clam", thread=house.card_of(case))
    assert f"<@{BEN}>" in house.whispers[0][2]
    assert house.whispers[1][2]
    assert "/case claim N" in house.whispers[2][2]


def test_what_needs_a_form_is_not_done_by_half(house: House):
    case = house.story.post()
    house.mention("reply", thread=house.card_of(case))
    assert house.story.case(case).assignee is None
    house.mention("snooze", thread=house.card_of(case))
    assert f"/case reply {case}" in house.whispers[0][2]
    assert f"/case snooze {case}" in house.whispers[1][2]
    assert house.forms.shown == []


def test_under_a_message_of_many_cases_one_has_to_be_named(house: House):
    first, second = house.story.post(), house.story.post("and a coat", by="@joe")
    digest = house.digest_of(first, second)
    house.mention("claim", thread=digest)
    assert house.story.case(first).assignee is None
    assert house.story.case(second).assignee is None
    assert "`claim N`" in house.whispers[0][2]
    house.mention(f"claim {second}", thread=digest)
    assert house.story.case(second).assignee == ANN
    house.pick("draft_reply", "hello", thread=digest)
    assert "many cases" in house.told[0]


def test_alone_it_says_what_it_understands(house: House):
    house.mention("", thread="8.8")
    assert "`claim`" in house.whispers[0][2]


def test_the_same_words_told_twice_act_once(house: House):
    case = house.story.post()
    thread = house.card_of(case)
    house.mention("claim", thread=thread, ts="3.3")
    house.mention("release", thread=thread, ts="4.4")
    house.mention("claim", thread=thread, ts="3.3")
    assert house.story.case(case).assignee is None
    assert len(house.whispers) == 2


def test_bots_are_not_answered(house: House):
    thread = house.card_of(house.story.post())
    house.mention("claim", thread=thread, bot_id="B1")
    house.mention("claim", thread=thread, by=BOT)
    assert house.whispers == []


def test_a_colleague_at_home_in_a_sister_workspace_is_answered_under_a_card(house: House):
    case = house.story.post()
    house.mention("claim", thread=house.card_of(case), user_team="T0SISTER", team="T0SISTER")
    assert house.story.case(case).assignee == ANN


def test_a_stranger_under_a_card_reads_why_not(house: House):
    case = house.story.post()
    stranger = MemberId("U0STRANGER")
    house.mention("claim", thread=house.card_of(case), by=stranger, user_team="T0OTHER")
    assert house.story.case(case).assignee is None
    assert house.whispers[0][1] == stranger


class Away:
    """A roster whose store is away."""

    def left(self, *_: object) -> None:
        raise StoreUnavailable("disk full")

    person_changed = left
