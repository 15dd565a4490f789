"""The one door out: the newest state, pings first, exactly one live message, nothing lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.errors import NothingToAcknowledge
from bot.domain.facts import BundleFacts, CardFacts, MovedFacts, WarningsFacts
from bot.domain.ids import CaseId, ChannelId, MemberId
from bot.domain.outbox import MessageState, NotExecuted, Refused, ShutOut, SlackAnswer, Unknown
from bot.domain.ports import Letter
from bot.services.delivery import BATCH
from bot.services.digests import MOST_SINGLE_WARNINGS
from bot.services.outcomes import MOST_REPOSTS
from bot.services.places import open_place
from tests.company import ANN, CEM, EVE, TECHNICAL, channel_of
from tests.desk import TestDesk
from tests.room import (
    CRASH_AFTER,
    CRASH_BEFORE,
    LOST,
    LOST_BUT_SAID,
    NOT_SENT,
    Fault,
    Office,
    Room,
    SimCrash,
    office_of,
)

SERVICE_CHANNEL = channel_of("service")
RAPID = channel_of("rapid-response")


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


@pytest.fixture
def room(office: Office) -> Room:
    return office.room


def now_in(desk: TestDesk, place: str, channel: str) -> None:
    """A sweep has found that the place is there, and can be written to."""
    with desk.work() as work:
        known = work.tx.people.channel_at(place)
        assert known is not None
        open_place(work, replace(known, channel=ChannelId(channel)))


def card_of(case: CaseId, department: str = "service") -> str:
    return f"card:{case}:{department}"


def shown(room: Room, key: str) -> CardFacts:
    (one,) = room.of(key)
    assert isinstance(one.content, CardFacts)
    return one.content


# What is said


def test_a_case_becomes_one_card(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    office.settle()
    assert room.stands() == [card_of(case)]
    assert room.standing[0].channel == SERVICE_CHANNEL


def test_the_same_again_says_nothing(desk: TestDesk, office: Office, room: Room):
    desk.post()
    office.settle()
    said = list(room.said)
    office.pass_time("5m", every="10s")
    assert room.said == said


def test_ten_changes_are_one_update_with_the_newest_state(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    office.settle()
    for _ in range(5):
        desk.casework.claim(case, by=ANN)
        desk.casework.release(case, by=ANN)
    desk.casework.claim(case, by=ANN)
    office.settle()
    assert room.of(card_of(case))[0].edits == 1
    assert shown(room, card_of(case)).case.assignee == ANN


def test_what_changes_while_it_is_said_is_said_after(desk: TestDesk, office: Office, room: Room):
    case = desk.post()

    class Clicking(Room):
        def post(self, letter):
            answer = super().post(letter)
            desk.casework.claim(case, by=ANN)
            return answer

    with office_of(desk) as other:
        other.room = Clicking()
        other.restart()
        other.settle()
        assert shown(other.room, card_of(case)).case.assignee == ANN
        assert other.message(card_of(case)).state is MessageState.SHOWN


def test_a_note_waits_for_the_card_it_hangs_under(desk: TestDesk, office: Office, room: Room):
    case = desk.post(conversation="t")
    desk.post("hello?", conversation="t")
    room.faults = [NOT_SENT]
    office.delivery.deliver_due()
    assert room.said == [("post", card_of(case))]
    desk.pass_time("5s")
    office.settle()
    card, note = room.standing
    assert (note.thread, note.channel) == (card.ts, card.channel)


def test_pings_are_first_whatever_waited_longer(desk: TestDesk, office: Office, room: Room):
    cases = [desk.post() for _ in range(3 * BATCH)]
    desk.pass_time("1s")
    desk.casework.escalate(cases[0], "a bomb", by=ANN)
    office.delivery.deliver_due()
    assert room.said[0][1].startswith("bundle:")


def test_urgent_cards_come_before_the_others(desk: TestDesk, office: Office, room: Room):
    desk.post()
    desk.rules({"department": "service", "when": "words:bomb", "priority": "urgent"})
    urgent = desk.post("a bomb")
    office.settle()
    assert room.stands()[0] == card_of(urgent)


# More pings than people can read


def escalated(desk: TestDesk, office: Office, count: int = 6):
    cases = [desk.post() for _ in range(count)]
    office.settle()
    for case in cases:
        desk.casework.escalate(case, "help", by=ANN)
    office.settle()
    return cases


@pytest.mark.parametrize("count", [1, 6, 45])
def test_what_is_called_for_at_once_is_one_list(
    desk: TestDesk, office: Office, room: Room, count: int
):
    cases = escalated(desk, office, count)
    (bundle,) = [one for one in room.standing if one.channel == RAPID]
    assert isinstance(bundle.content, BundleFacts)
    assert [ping.case.id for ping in bundle.content.pings] == cases


def test_each_of_a_bundle_is_acknowledged_by_itself(desk: TestDesk, office: Office, room: Room):
    cases = escalated(desk, office)
    desk.watch.acknowledge(cases[2], f"escalated:{desk.case(cases[2]).version}", by=CEM)
    office.settle()
    (bundle,) = [one for one in room.standing if one.channel == RAPID]
    assert isinstance(bundle.content, BundleFacts)
    by = [ping.acknowledged_by for ping in bundle.content.pings]
    assert by == [None] * 5 + [CEM]
    with pytest.raises(NothingToAcknowledge):
        desk.watch.acknowledge(cases[3], "nonsense", by=CEM)


def test_more_than_a_message_holds_are_counted(desk: TestDesk, office: Office, room: Room):
    escalated(desk, office, 100)
    (one,) = [one for one in room.standing if one.channel == RAPID]
    assert isinstance(one.content, BundleFacts)
    facts = one.content
    assert (len(facts.pings), facts.rest, facts.late, facts.waiting) == (45, 55, 100, 100)


def test_a_list_found_where_it_stands_goes_on_in_the_next(
    desk: TestDesk, office: Office, room: Room
):
    cases = [desk.post() for _ in range(7)]
    office.settle()
    room.faults = [LOST_BUT_SAID]
    said_at = desk.now
    desk.casework.escalate(cases[0], "help", by=ANN)
    office.delivery.deliver_due()
    for case in cases[1:]:
        desk.casework.escalate(case, "help", by=ANN)
    desk.pass_time("2s")
    office.delivery.look_for_unknown()
    office.settle()
    found, live = (one for one in room.standing if one.channel == RAPID)
    assert found.content == MovedFacts((CEM,), 1, said_at)
    assert isinstance(live.content, BundleFacts)
    assert [ping.case.id for ping in live.content.pings] == cases


def test_warnings_that_wait_together_share_a_message(desk: TestDesk, office: Office, room: Room):
    cases = [desk.post() for _ in range(2 * MOST_SINGLE_WARNINGS)]
    for case in cases[:6]:
        desk.casework.claim(case, by=ANN)
    office.settle()
    desk.pass_time("45m", sweep=True)
    office.settle()
    (to_ann,) = [one for one in room.standing if one.key.startswith("warnings:")]
    assert isinstance(to_ann.content, WarningsFacts)
    assert [one.case.id for one in to_ann.content.warnings] == cases[:6]
    alone = [one for one in room.standing if one.key.startswith("warning:")]
    assert len({one.thread for one in alone if one.thread}) == len(alone) == 4


# Slack says: slower


def test_a_line_that_waits_keeps_no_other_waiting(desk: TestDesk, office: Office, room: Room):
    slow, other = desk.post("where is my bag"), desk.post("the app fails")
    room.slow[SERVICE_CHANNEL] = desk.now.replace(second=30)
    office.settle()
    assert room.stands() == [card_of(other, "technical")]
    desk.pass_time("30s")
    office.settle()
    assert card_of(slow) in room.stands()


def test_a_refusal_for_now_is_tried_again_when_it_says(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    later = desk.now.replace(second=20)
    room.faults = [Fault(NotExecuted("ratelimited", later - desk.now, limited=True))]
    office.settle()
    desk.pass_time("19s")
    office.settle()
    assert room.stands() == []
    desk.pass_time("1s")
    office.settle()
    assert room.stands() == [card_of(case)]


def test_what_slack_asked_to_be_silent_about_outlives_a_restart(
    desk: TestDesk, office: Office, room: Room
):
    refused = desk.post()
    wait = timedelta(seconds=40)
    room.faults = [Fault(NotExecuted("ratelimited", wait, limited=True))]
    office.settle()
    office.room = Room()
    office.restart()
    assert office.room.slow == {SERVICE_CHANNEL: desk.now + wait}
    elsewhere = desk.post("the app fails")
    later = desk.post()
    office.settle()
    assert office.room.stands() == [card_of(elsewhere, "technical")]
    desk.pass_time("40s")
    office.settle()
    assert sorted(office.room.stands(SERVICE_CHANNEL)) == [card_of(refused), card_of(later)]


def test_shut_out_it_asks_once_in_ten_seconds_and_goes_on(
    desk: TestDesk, office: Office, room: Room
):
    cases = [desk.post() for _ in range(3)]
    room.is_revoked = True
    office.delivery.deliver_due()
    assert office.delivery.fault == "token_revoked"
    before = len(room.said)
    office.pass_time("60s")
    assert len(room.said) - before == 6
    room.is_revoked = False
    office.pass_time("11s")
    assert sorted(room.stands()) == [card_of(case) for case in cases]
    assert office.delivery.fault is None


# Nobody knows whether it was said


def test_what_may_have_been_said_is_looked_for_and_taken_over(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    room.faults = [LOST_BUT_SAID]
    office.pass_time("60s")
    assert room.stands() == [card_of(case)]
    assert room.looks == 1
    assert office.message(card_of(case)).state is MessageState.SHOWN


def test_what_is_nowhere_is_said_again_after_three_looks(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    room.faults = [LOST]
    office.settle()
    looked = []
    for second in range(1, 40):
        desk.pass_time("1s")
        if office.delivery.look_for_unknown():
            looked.append(second)
        office.settle()
    assert looked == [2, 10, 30]
    assert room.stands() == [card_of(case)]


def test_where_nobody_can_look_nothing_is_repeated(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    room.faults, room.cannot_look = [LOST_BUT_SAID], Unknown("timeout")
    office.pass_time("5m", every="5s")
    assert len(room.said) == 1
    room.cannot_look = None
    office.pass_time("1m")
    assert room.stands() == [card_of(case)]


def test_after_an_outage_one_look_is_enough(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    room.faults, room.cannot_look = [LOST], Unknown("internal_error")
    office.pass_time("5m")
    assert room.stands() == []
    room.cannot_look = None
    office.pass_time("21s")
    assert room.stands() == [card_of(case)]


@pytest.mark.parametrize("blind", [*product([False, True], repeat=4)])
def test_nothing_is_repeated_in_the_first_half_minute(
    desk: TestDesk, office: Office, blind: tuple[bool, ...]
):
    """However many looks fail: Slack may still do what it has not refused."""
    blinks = iter(blind)

    class Blinking(Room):
        def find(self, letter: Letter) -> SlackAnswer | None:
            return Unknown("timeout") if next(blinks, False) else super().find(letter)

    desk.post()
    office.room = Blinking(faults=[LOST])
    office.restart()
    office.settle()
    office.pass_time("29s")
    assert len(office.room.said) == 1
    office.pass_time("61s")
    assert len(office.room.said) == 2


def test_what_can_never_be_looked_for_is_said_rather_than_lost(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    room.faults, room.cannot_look = [LOST], Refused("unknown_method")
    office.pass_time("10s")
    assert room.stands() == [card_of(case)]


def test_a_change_of_unknown_outcome_is_simply_said_again(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    office.settle()
    desk.casework.claim(case, by=ANN)
    room.faults = [NOT_SENT]
    office.pass_time("10s")
    assert shown(room, card_of(case)).case.assignee == ANN


# Crashes


@pytest.mark.parametrize("crash", [CRASH_BEFORE, CRASH_AFTER])
@pytest.mark.parametrize("is_update", [False, True])
def test_a_crash_at_any_point_ends_with_one_live_message(
    desk: TestDesk, office: Office, room: Room, crash: Fault, is_update: bool
):
    case = desk.post()
    if is_update:
        office.settle()
        desk.casework.claim(case, by=ANN)
    room.faults = [crash]
    office.crash()
    office.pass_time("60s")
    assert room.stands() == [card_of(case)]
    assert shown(room, card_of(case)).case.assignee == (ANN if is_update else None)


FAULTS = st.sampled_from([CRASH_BEFORE, CRASH_AFTER, LOST, LOST_BUT_SAID, NOT_SENT])


@settings(max_examples=30)
@given(faults=st.lists(FAULTS, max_size=6))
def test_whatever_fails_in_the_end_every_message_stands_once(
    tmp_path_factory: pytest.TempPathFactory, faults: list[Fault]
):
    desk = TestDesk(tmp_path_factory.mktemp("desk") / "desk.db")
    with office_of(desk) as office:
        case = desk.post(conversation="t")
        desk.post("hello?", conversation="t")
        desk.casework.escalate(case, "help", by=ANN)
        office.room.faults = list(faults)
        for _ in range(90):
            try:
                office.settle()
            except SimCrash:
                office.restart()
            desk.pass_time("5s")
            office.delivery.look_for_unknown()
        keys = office.room.stands()
        assert len(keys) == len(set(keys)) == 3
        assert shown(office.room, card_of(case)).case.escalated == "help"


# People delete and archive


def test_a_deleted_card_comes_back_three_times(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    office.settle()
    back = 0
    for _ in range(MOST_REPOSTS + 2):
        room.delete(card_of(case))
        desk.casework.claim(case, by=ANN)
        desk.casework.release(case, by=ANN)
        office.settle()
        back += len(room.of(card_of(case)))
    assert back == MOST_REPOSTS
    assert office.message(card_of(case)).state is MessageState.DEAD


def test_an_archived_channel_is_waited_for_and_triage_has_what_comes_meanwhile(
    desk: TestDesk, office: Office, room: Room
):
    room.archived = {SERVICE_CHANNEL}
    for _ in range(4):
        desk.post()
        office.pass_time("10m", every="1m")
    told = [key for key in room.stands(channel_of("triage")) if key.startswith("note:closed")]
    assert len(told) == 1
    cards = [key for key in room.stands(channel_of("triage")) if key.startswith("card:")]
    assert len(cards) == 3  # those that came in once that was known
    assert len([key for _, key in room.said if key.endswith(":service")]) == 1


def test_what_waited_for_the_channel_is_said_when_it_opens(
    desk: TestDesk, office: Office, room: Room
):
    room.archived = {SERVICE_CHANNEL}
    case = desk.post()
    office.settle()
    room.archived.clear()
    now_in(desk, "department:service", SERVICE_CHANNEL)
    office.settle()
    assert card_of(case) in room.stands(SERVICE_CHANNEL)


def test_a_card_moves_to_the_channel_that_its_place_has_now(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post(conversation="t")
    office.settle()
    room.archived = {SERVICE_CHANNEL}
    now_in(desk, "department:service", "C-SECOND")
    desk.post("hello?", conversation="t")
    office.pass_time("10s")
    assert card_of(case) in room.stands("C-SECOND")


def test_pings_reach_people_directly_while_rapid_response_is_closed(
    desk: TestDesk, office: Office, room: Room
):
    room.archived = {RAPID}
    case = desk.post()
    desk.casework.escalate(case, "help", by=ANN)
    office.settle()
    direct = [one for one in room.standing if one.channel == CEM]
    assert len(direct) == 1
    assert office.message(direct[0].key).lane is Lane.PING


def test_so_do_many_as_one_list(desk: TestDesk, office: Office, room: Room):
    room.archived = {RAPID}
    cases = escalated(desk, office)
    (direct,) = [one for one in room.standing if one.channel == CEM]
    assert isinstance(direct.content, BundleFacts)
    assert [one.case.id for one in direct.content.pings] == cases


def test_a_ping_that_was_said_is_not_repeated_to_people(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    desk.casework.escalate(case, "help", by=ANN)
    office.settle()
    room.archived = {RAPID}
    desk.closings.no_reply(case, by=ANN)
    office.settle()
    assert [one for one in room.standing if one.channel == CEM] == []


def test_a_refused_ping_reaches_its_people_too(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    office.settle()
    room.faults = [Fault(Refused("invalid_blocks"))]
    desk.casework.escalate(case, "help", by=ANN)
    office.settle()
    assert [one.channel for one in room.standing if isinstance(one.content, BundleFacts)] == [CEM]


def test_a_refused_message_is_listed_and_the_others_go_on(
    desk: TestDesk, office: Office, room: Room
):
    refused, other = desk.post(), desk.post()
    room.faults = [Fault(Refused("msg_too_long"))]
    office.settle()
    assert room.stands() == [card_of(other)]
    (letter,) = desk.boards.dead_letters(by=EVE)
    assert letter.message
    assert letter.message.key == card_of(refused)
    assert letter.message.error == "msg_too_long"


def test_a_message_that_cannot_be_drawn_silences_no_other(
    desk: TestDesk, office: Office, room: Room
):
    with desk.work() as work:
        args = {"say": "reply_held", "reply": "no such reply"}
        work.tell(Effect("note:odd", Kind.NOTE, "department:service", Lane.PING, args=args))
    case = desk.post()
    office.settle()
    assert room.stands() == [card_of(case)]
    assert office.message("note:odd").state is MessageState.DEAD


def test_a_warning_that_its_owner_cannot_get_goes_to_the_department(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post()
    desk.casework.claim(case, by=ANN)
    office.settle()
    room.archived = {ANN}  # her account takes no direct messages
    desk.pass_time("45m", sweep=True)
    office.settle()
    assert [one for one in room.stands(SERVICE_CHANNEL) if one.startswith("warning:")]
    assert desk.case(case).assignee == ANN


def test_a_deleted_card_comes_back_before_the_note_under_it(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post(conversation="t")
    office.settle()
    desk.hand_offs.to_department(case, TECHNICAL, "please", by=ANN)
    office.settle()
    keys = room.stands(channel_of("technical"))
    assert keys[0] == card_of(case, "technical")
    assert keys[1].startswith("note:")


def test_a_round_that_finds_nothing_wakes_nobody(desk: TestDesk, office: Office, room: Room):
    case = desk.post()
    office.settle()
    desk.post("hello?")
    room.slow[SERVICE_CHANNEL] = desk.now.replace(second=30)
    office.delivery.deliver_due()
    with desk.reading() as tx:
        before = tx.outbox.get(card_of(case))
    assert office.delivery.deliver_due() == 0
    assert office.message(card_of(case)) == before


def test_shut_out_by_a_missing_scope_is_named(desk: TestDesk, office: Office, room: Room):
    desk.post()
    room.faults = [Fault(ShutOut("missing_scope"))]
    office.delivery.deliver_due()
    assert office.delivery.fault == "missing_scope"


def test_nobody_is_pinged_who_is_not_named(desk: TestDesk, office: Office, room: Room):
    desk.rota()
    room.archived = {RAPID}
    desk.casework.escalate(desk.post(), "help", by=ANN)
    office.settle()
    people = {one.channel for one in room.standing if one.channel.startswith("U")}
    assert people == set[MemberId]()


def test_the_card_that_stayed_behind_says_where_the_new_one_stands(
    desk: TestDesk, office: Office, room: Room
):
    with desk.kernel.work() as work:
        work.tx.setup.put("workspace", {"url": "https://northwind.slack.com/"})
    case = desk.post()
    office.settle()
    old = card_of(case)
    desk.hand_offs.to_department(case, TECHNICAL, "look at it", by=ANN)
    office.settle()
    assert shown(room, old).link is not None
