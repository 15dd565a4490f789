"""A storm: more posts than Slack takes cards for. One message lists many, and no case is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.effects import Kind
from bot.domain.facts import CardFacts, DigestFacts, NoteFacts
from bot.domain.ids import CaseId
from bot.domain.outbox import MessageState, Refused
from bot.domain.post import Priority
from bot.domain.storm import ENDS_AFTER, GATHERS_FOR, MOST_LINES, REDRAWN_AFTER, REDRAWN_EVERY
from bot.services.places import open_place
from tests.company import ANN, BEN, TECHNICAL, channel_of
from tests.desk import TestDesk
from tests.room import CRASH_AFTER, CRASH_BEFORE, Fault, Office, Room, Standing, office_of

SERVICE_CHANNEL = channel_of("service")
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


@pytest.fixture
def room(office: Office) -> Room:
    office.room.pace = A_SECOND
    return office.room


def card_of(case: CaseId, department: str = "service") -> str:
    return f"card:{case}:{department}"


def storm(desk: TestDesk, office: Office, count: int = 20) -> list[CaseId]:
    """So many posts at once, and a few seconds in which their digest stands."""
    cases = [desk.post(f"post {number}", by=f"@jane{number}") for number in range(count)]
    office.pass_time("8s")
    return cases


def digests(room: Room) -> list[Standing]:
    return [one for one in room.standing if one.key.startswith("digest:")]


def listed(digest: Standing) -> list[CaseId]:
    assert isinstance(digest.content, DigestFacts)
    return [line.case.id for line in digest.content.lines]


def all_listed(room: Room) -> list[CaseId]:
    return [case for digest in digests(room) for case in listed(digest)]


# How it begins


def test_a_few_posts_have_a_card_each(desk: TestDesk, office: Office, room: Room):
    cases = storm(desk, office, 14)
    assert sorted(room.stands()) == [card_of(case) for case in cases]


def test_more_than_slack_takes_in_time_share_one_message(
    desk: TestDesk, office: Office, room: Room
):
    cases = storm(desk, office, 20)
    (digest,) = room.standing
    assert digest.channel == SERVICE_CHANNEL
    assert listed(digest) == cases


def test_what_all_channels_wait_for_begins_a_storm_too(desk: TestDesk, office: Office, room: Room):
    room.pace, room.pace_of_all = timedelta(0), A_SECOND
    for number in range(10):
        desk.post(f"post {number}")
        desk.post(f"the app fails {number}")
    office.pass_time("8s")
    assert len(digests(room)) == 2


def test_thousands_are_listed_without_loss_and_in_order(desk: TestDesk, office: Office, room: Room):
    cases = storm(desk, office, 5 * MOST_LINES + 7)
    assert all_listed(room) == cases
    assert max(len(listed(one)) for one in digests(room)) == MOST_LINES


def test_in_a_storm_they_gather_for_some_seconds(desk: TestDesk, office: Office, room: Room):
    storm(desk, office)
    later = [desk.post("once more") for _ in range(3)]
    office.settle()
    assert len(digests(room)) == 1
    desk.pass_time(f"{GATHERS_FOR.seconds}s")
    office.settle()
    assert listed(digests(room)[1]) == later


def test_a_single_post_in_a_storm_has_a_card(desk: TestDesk, office: Office, room: Room):
    storm(desk, office)
    case = desk.post("the only one")
    office.pass_time("8s")
    assert card_of(case) in room.stands()


def test_urgent_ones_have_cards_of_their_own_at_once(desk: TestDesk, office: Office, room: Room):
    storm(desk, office)
    desk.rules({"department": "service", "when": "words:bomb", "priority": "urgent"})
    for _ in range(5):
        desk.post()
    urgent = desk.post("a bomb")
    office.settle()
    assert room.stands()[-1] == card_of(urgent)


def test_followers_cards_are_lines_in_their_own_channels(
    desk: TestDesk, office: Office, room: Room
):
    desk.rules({"department": "service", "when": "words:post", "also": ["technical"]})
    cases = storm(desk, office)
    (there,) = [one for one in digests(room) if one.channel == channel_of("technical")]
    assert listed(there) == cases


# Taking a case from it


def test_claiming_gives_the_case_a_card_in_the_thread_of_its_digest(
    desk: TestDesk, office: Office, room: Room
):
    cases = storm(desk, office)
    (digest,) = digests(room)
    desk.casework.claim(cases[3], by=ANN)
    office.settle()
    (card,) = room.of(card_of(cases[3]))
    assert (card.thread, card.channel) == (digest.ts, SERVICE_CHANNEL)
    assert isinstance(card.content, CardFacts)
    assert card.content.case.assignee == ANN


def test_the_line_says_who_has_it_after_a_while(desk: TestDesk, office: Office, room: Room):
    with desk.work() as work:
        work.tx.setup.put("workspace", {"url": "https://northwind.slack.com/"})
    cases = storm(desk, office)
    (digest,) = digests(room)
    for case in cases[:10]:
        desk.casework.claim(case, by=ANN)
    office.settle()
    assert digest.edits == 0
    desk.pass_time(f"{REDRAWN_AFTER.seconds}s")
    office.settle()
    assert digest.edits == 1
    assert isinstance(digest.content, DigestFacts)
    assert [line.case.assignee for line in digest.content.lines] == [ANN] * 10 + [None] * 10
    (card,) = room.of(card_of(cases[0]))
    link = digest.content.lines[0].link
    assert link
    assert f"thread_ts={digest.ts}" in link
    assert card.ts.replace(".", "") in link


def test_claimed_before_the_digest_stands_it_waits_for_it(
    desk: TestDesk, office: Office, room: Room
):
    cases = [desk.post(f"post {number}") for number in range(20)]
    office.settle()
    desk.pass_time(f"{GATHERS_FOR.seconds}s")

    class Clicking(Room):
        def post(self, letter):
            if letter.message.kind is Kind.DIGEST:
                desk.casework.claim(cases[0], by=ANN)
            return super().post(letter)

    office.room = Clicking(pace=A_SECOND)
    office.restart()
    office.settle()
    digest, card = office.room.standing
    assert (digest.key.split(":")[0], card.key) == ("digest", card_of(cases[0]))
    assert card.thread == digest.ts


def test_what_is_taken_while_it_waits_is_no_line(desk: TestDesk, office: Office, room: Room):
    cases = [desk.post(f"post {number}") for number in range(20)]
    office.settle()
    desk.casework.claim(cases[5], by=ANN)
    office.pass_time("8s")
    assert cases[5] not in all_listed(room)
    assert room.of(card_of(cases[5]))[0].thread is None


def test_a_hand_off_leaves_the_digest_for_a_card_where_it_goes(
    desk: TestDesk, office: Office, room: Room
):
    cases = storm(desk, office)
    desk.hand_offs.to_department(cases[0], TECHNICAL, "please look", by=ANN)
    office.pass_time("3s")
    assert room.of(card_of(cases[0], "technical"))
    desk.pass_time(f"{REDRAWN_AFTER.seconds}s")
    office.settle()
    (digest,) = digests(room)
    assert isinstance(digest.content, DigestFacts)
    assert digest.content.lines[0].owner.key == TECHNICAL


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, case: desk.casework.prioritise(case, Priority.URGENT, by=ANN),
        lambda desk, case: desk.casework.escalate(case, "the press", by=ANN),
        lambda desk, case: desk.casework.assign(case, to=BEN, by=ANN),
    ],
)
def test_whatever_makes_it_one_of_its_own_gives_it_a_card(
    desk: TestDesk, office: Office, room: Room, change
):
    case = storm(desk, office)[7]
    change(desk, case)
    office.settle()
    assert room.of(card_of(case))[0].thread == digests(room)[0].ts


def test_what_is_to_be_said_in_its_thread_stands_below_its_digest_and_names_it(
    desk: TestDesk, office: Office, room: Room
):
    case = desk.post("hello", conversation="t")
    storm(desk, office)
    (digest,) = digests(room)
    desk.post("hello??", conversation="t")
    office.settle()
    card, note = room.standing[-2:]
    assert (card.key, card.thread, note.thread) == (card_of(case), digest.ts, digest.ts)
    assert isinstance(note.content, NoteFacts)
    assert note.content.is_shared


def test_what_waits_with_something_below_it_is_no_line(desk: TestDesk, office: Office, room: Room):
    case = desk.post("hello", conversation="t")
    desk.post("hello??", conversation="t")
    storm(desk, office)
    assert case not in all_listed(room)
    assert room.of(card_of(case))


def test_a_closed_line_says_so_and_has_no_card(desk: TestDesk, office: Office, room: Room):
    cases = storm(desk, office)
    desk.closings.no_reply(cases[0], by=ANN)
    office.pass_time("31s", every="10s")
    assert room.of(card_of(cases[0])) == []
    (digest,) = digests(room)
    assert isinstance(digest.content, DigestFacts)
    assert digest.content.lines[0].case.closing


def test_queue_and_find_and_claim_know_digested_cases(desk: TestDesk, office: Office, room: Room):
    with desk.work() as work:
        work.tx.setup.put("workspace", {"url": "https://northwind.slack.com/"})
    cases = storm(desk, office)
    (digest,) = digests(room)
    queue = desk.boards.queue(desk.case(cases[0]).department, by=ANN)
    assert {line.case.id for line in queue.lines} == set(cases)
    assert queue.lines[0].link
    assert digest.ts.replace(".", "") in queue.lines[0].link
    assert desk.boards.find("words:post is:unclaimed", by=ANN).lines


# How it ends


def test_it_ends_after_a_minute_of_calm_and_a_line_says_so_once(
    desk: TestDesk, office: Office, room: Room
):
    cases = storm(desk, office)
    desk.casework.claim(cases[0], by=ANN)
    desk.closings.solve(cases[0], "found", by=ANN)
    office.pass_time(f"{ENDS_AFTER.seconds}s", every="5s")
    (over,) = [one for one in room.standing if one.key.startswith("note:storm:")]
    assert isinstance(over.content, NoteFacts)
    assert over.content.args == {"say": "storm_over", "listed": 20, "digests": 1, "open": 19}
    later = [desk.post("calm again") for _ in range(5)]
    office.pass_time("2m", every="5s")
    assert len([one for one in room.standing if one.key.startswith("note:storm:")]) == 1
    assert all(room.of(card_of(case)) for case in later)


def are_on(room: Room) -> list[bool]:
    """What each digest says of its storm, the oldest first."""
    contents = [digest.content for digest in digests(room)]
    return [content.is_on for content in contents if isinstance(content, DigestFacts)]


def test_once_it_is_over_its_digests_say_so_the_newest_first(
    desk: TestDesk, office: Office, room: Room
):
    for _ in range(3):
        storm(desk, office)
    while not [key for key in room.stands() if key.startswith("note:storm:")]:
        assert are_on(room) == [True] * 3
        office.pass_time("1s")
    office.pass_time("2s")
    assert are_on(room) == [True, True, False]
    office.pass_time(f"{2 * REDRAWN_EVERY.seconds}s", every="5s")
    assert are_on(room) == [False] * 3


def test_one_that_people_did_not_want_is_not_drawn_at_the_end(
    desk: TestDesk, office: Office, room: Room
):
    storm(desk, office)
    (digest,) = digests(room)
    unwanted = office.message(digest.key)
    with desk.work() as work:
        work.tx.outbox.move(unwanted, MessageState.DEAD, why="not wanted")
    office.pass_time("3m", every="5s")
    assert [key for key in room.stands() if key.startswith("note:storm:")]
    assert office.message(digest.key).state is MessageState.DEAD
    assert digest.edits == 0


def test_it_does_not_end_while_posts_come_faster_than_slack_takes_cards(
    desk: TestDesk, office: Office, room: Room
):
    storm(desk, office)
    for _ in range(90):
        desk.post()
        desk.post()
        office.pass_time("1s")
    with desk.reading() as tx:
        assert list(tx.storms.all()) == ["department:service"]
    assert [key for key in room.stands() if key.startswith("card:")] == []


def test_it_survives_a_restart(desk: TestDesk, office: Office, room: Room):
    storm(desk, office)
    office.restart()
    later = [desk.post() for _ in range(3)]
    office.pass_time("8s")
    assert listed(digests(room)[1]) == later


# People and Slack


def test_a_deleted_digest_comes_back(desk: TestDesk, office: Office, room: Room):
    cases = storm(desk, office)
    room.delete(digests(room)[0].key)
    desk.closings.no_reply(cases[0], by=ANN)
    office.pass_time("40s", every="5s")
    assert all_listed(room) == cases


def test_one_that_people_do_not_want_stays_away_and_its_cases_are_claimable(
    desk: TestDesk, office: Office, room: Room
):
    cases = storm(desk, office)
    key = digests(room)[0].key
    for case in cases[:5]:
        room.delete(key)
        desk.closings.no_reply(case, by=ANN)
        office.pass_time("40s", every="5s")
    assert office.message(key).state is MessageState.DEAD
    desk.casework.claim(cases[9], by=ANN)
    office.settle()
    assert room.of(card_of(cases[9]))[0].thread is None


def test_one_that_slack_refuses_gives_each_case_a_card(desk: TestDesk, office: Office, room: Room):
    cases = [desk.post(f"post {number}") for number in range(20)]
    office.settle()
    room.faults = [Fault(Refused("invalid_blocks"))]
    office.pass_time("8s")
    assert sorted(room.stands()) == [card_of(case) for case in cases]


@pytest.mark.parametrize("crash", [CRASH_BEFORE, CRASH_AFTER])
def test_a_crash_while_it_is_said_ends_with_one_digest(
    desk: TestDesk, office: Office, room: Room, crash: Fault
):
    cases = [desk.post(f"post {number}") for number in range(20)]
    office.settle()
    room.faults = [crash]
    desk.pass_time(f"{GATHERS_FOR.seconds}s")
    office.crash()
    office.pass_time("60s")
    assert all_listed(room) == cases


def test_a_storm_before_a_closed_channel_is_told_when_it_opens(
    desk: TestDesk, office: Office, room: Room
):
    cases = [desk.post(f"post {number}") for number in range(20)]
    office.settle()
    room.archived = {SERVICE_CHANNEL}
    office.pass_time("8s")
    assert digests(room) == []
    room.archived.clear()
    with desk.work() as work:
        known = work.tx.people.channel_at("department:service")
        assert known is not None
        open_place(work, known)
    office.settle()
    assert all_listed(room) == cases
