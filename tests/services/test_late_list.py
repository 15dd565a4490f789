"""What is late stands in one live list, one line a case, whatever it has climbed to."""

from collections import Counter
from collections.abc import Iterator

import pytest

from bot.domain.durations import parse_duration
from bot.domain.effects import Kind
from bot.domain.errors import CallIsOver
from bot.domain.facts import BundleFacts, MovedFacts
from bot.domain.ids import CaseId
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, CEM, DORA, SUE, TOM, channel_of
from tests.desk import TestDesk
from tests.room import CRASH_AFTER, CRASH_BEFORE, NOT_SENT, Office, Room, Standing, office_of

RAPID = channel_of("rapid-response")
AN_HOUR = "61m"


@pytest.fixture
def office(staffed: TestDesk) -> Iterator[Office]:
    """All of the rota sit in rapid response, and so does the lead."""
    staffed.joined("rapid-response", TOM, SUE, DORA)
    with office_of(staffed) as office:
        yield office


def live(room: Room, place: str = RAPID) -> list[Standing]:
    return [
        one
        for one in room.standing
        if one.channel == place and isinstance(one.content, BundleFacts)
    ]


def lines(room: Room, place: str = RAPID) -> Counter[CaseId]:
    """In how many live lines each case that is late stands."""
    facts = [one.content for one in live(room, place)]
    return Counter(
        line.case.id
        for one in facts
        if isinstance(one, BundleFacts)
        for line in one.pings
        if not line.settled
    )


def the_list(room: Room, place: str = RAPID) -> BundleFacts:
    [facts] = [one.content for one in live(room, place)]
    assert isinstance(facts, BundleFacts)
    return facts


def go_on(office: Office, length: str, every: str = "1m") -> None:
    """The clock and the delivery run, and nobody acts."""
    end = office.desk.now + parse_duration(length).elapsed
    while office.desk.now < end:
        office.desk.pass_time(every, sweep=True)
        office.settle()


def matter(desk: TestDesk, case: CaseId) -> str:
    return desk.clocks(case)[Promise.FIRST_RESPONSE].name


def test_a_case_that_climbs_is_one_line_however_often_somebody_is_called(office: Office):
    cases = [office.desk.post(by=f"@c{n}") for n in range(3)]
    go_on(office, "2h")
    assert lines(office.room) == dict.fromkeys(cases, 1)
    facts = the_list(office.room)
    assert (facts.late, facts.waiting) == (3, 3)
    assert {line.times for line in facts.pings} == {4}
    assert facts.called == (DORA,)


def test_a_list_is_left_to_be_read_for_its_lines_not_for_every_call_in_it(office: Office):
    climbing = office.desk.post()
    go_on(office, "30m")
    office.desk.pass_time("3s")
    other = office.desk.post(by="@late")
    office.desk.pass_time("57s")
    go_on(office, "59m")
    assert lines(office.room) == {climbing: 1}  # it was called for four times, just now the last

    office.desk.pass_time("3s", sweep=True)
    office.settle()

    assert lines(office.room) == {climbing: 1, other: 1}


def test_the_list_before_is_one_grey_line_that_says_whom_it_called(office: Office):
    office.desk.post()
    go_on(office, "75m")
    grey = [one.content for one in office.room.standing if isinstance(one.content, MovedFacts)]
    assert [(one.called, one.cases) for one in grey] == [((CEM,), 1)]
    assert the_list(office.room).called == (TOM,)


def test_after_a_stop_of_hours_the_newest_step_alone_calls(office: Office):
    case = office.desk.post()
    office.desk.pass_time("1h", sweep=True)
    office.settle()
    office.desk.pass_time("5h", sweep=True)
    office.restart()
    office.settle()
    assert lines(office.room) == {case: 1}
    assert the_list(office.room).called == (DORA,)
    assert len(office.room.stands(RAPID)) == 2
    told = office.desk.whats(case)
    assert (told.count(What.PINGED), told.count(What.NOT_CALLED)) == (4, 2)


def test_what_fell_due_while_slack_was_away_is_one_list_of_the_newest_steps(office: Office):
    cases = [office.desk.post(by=f"@c{n}") for n in range(3)]
    office.settle()
    office.room.faults = [NOT_SENT] * 1000
    go_on(office, "2h")
    office.room.faults, office.room.said = [], []
    office.pass_time("3m", every="10s")
    posted = [key for how, key in office.room.said if how == "post" and "bundle" in key]
    assert len(posted) == 1
    assert lines(office.room) == dict.fromkeys(cases, 1)
    assert the_list(office.room).called == (DORA,)
    whys = [
        event.data["why"]
        for event in office.desk.timeline(cases[0])
        if event.what is What.NOT_CALLED
    ]
    assert set(whys) == {"a later step was due before it could be said"}


@pytest.mark.parametrize("crash", [CRASH_BEFORE, CRASH_AFTER])
def test_nobody_is_called_twice_for_a_step_by_an_end_in_the_middle(office: Office, crash):
    cases = [office.desk.post(by=f"@c{n}") for n in range(3)]
    office.settle()
    office.desk.pass_time("1h", sweep=True)
    office.room.faults = [crash]
    office.crash()
    office.pass_time("2m", every="10s")
    assert len(live(office.room)) == 1
    assert lines(office.room) == dict.fromkeys(cases, 1)
    assert len(office.room.stands(RAPID)) == 1


def test_what_is_answered_says_so_and_is_no_line_of_the_next_list(office: Office):
    answered, late = office.desk.post(by="@a"), office.desk.post(by="@b")
    go_on(office, AN_HOUR)
    office.desk.answer(answered)
    office.settle()
    assert [line.settled for line in the_list(office.room).pings] == ["", "answered"]
    go_on(office, "10m")
    assert [line.case.id for line in the_list(office.room).pings] == [late]


def test_a_claim_shows_in_the_list(office: Office):
    case = office.desk.post()
    go_on(office, AN_HOUR)
    office.desk.casework.claim(case, by=ANN)
    office.settle()
    [line] = the_list(office.room).pings
    assert line.case.assignee == ANN


def test_what_was_settled_before_it_could_be_said_calls_nobody(office: Office):
    case = office.desk.post()
    office.settle()
    office.desk.pass_time("1h", sweep=True)
    office.desk.answer(case)
    office.settle()
    assert office.room.stands(RAPID) == []
    assert office.desk.whats(case).count(What.NOT_CALLED) == 1


def test_the_button_of_an_older_list_acts_on_what_it_named(office: Office):
    named = [office.desk.post(by=f"@c{n}") for n in range(2)]
    go_on(office, AN_HOUR)
    older = live(office.room)[0].key
    later = office.desk.post(by="@later")
    office.desk.casework.escalate(later, "the press", by=ANN)
    office.settle()
    assert lines(office.room) == dict.fromkeys([*named, later], 1)
    assert office.desk.watch.acknowledge_all(older, by=CEM) == 2
    office.settle()
    said = {line.case.id: line.acknowledged_by for line in the_list(office.room).pings}
    assert said == {named[0]: CEM, named[1]: CEM, later: None}


def test_the_button_of_a_case_that_was_answered_says_that_it_is_over(office: Office):
    case = office.desk.post()
    go_on(office, AN_HOUR)
    office.desk.answer(case)
    with pytest.raises(CallIsOver, match="answered"):
        office.desk.watch.acknowledge(case, matter(office.desk, case), by=CEM)


def test_one_press_on_its_line_acknowledges_all_that_a_case_was_called_for(office: Office):
    case = office.desk.post()
    office.desk.casework.escalate(case, "the press", by=ANN)
    go_on(office, AN_HOUR)
    office.desk.watch.acknowledge(case, matter(office.desk, case), by=CEM)
    go_on(office, "15m")
    [line] = the_list(office.room).pings
    assert line.acknowledged_by == CEM
    assert office.desk.whats(case).count(What.ACKNOWLEDGED) == 2


def test_steps_of_many_cases_within_a_moment_share_a_message(office: Office):
    for number in range(30):
        office.desk.post(by=f"@c{number}")
        office.desk.pass_time("2s")
    office.settle()
    go_on(office, AN_HOUR, every="1s")
    posts = [key for how, key in office.room.said if how == "post" and "bundle" in key]
    assert len(posts) < 12
    assert lines(office.room) == dict.fromkeys(range(1001, 1031), 1)


def test_a_storm_and_thirty_hours_with_nobody_acting_are_one_list(office: Office):
    office.desk.target(department="service", resolution="20h")
    cases = [office.desk.post(by=f"@c{number}") for number in range(120)]
    office.settle()
    go_on(office, "30h", every="10m")
    facts = the_list(office.room)
    assert facts.late == facts.waiting == len(cases)
    assert len(facts.pings) + facts.rest == len(cases)
    assert max(lines(office.room).values()) == 1
    assert office.desk.watch.acknowledge_all(facts.key, by=CEM) == len(cases)
    office.settle()
    assert the_list(office.room).waiting == 0


# Where somebody is called who is not in the channel


def test_who_is_not_there_is_told_directly_in_a_list_of_their_own(office: Office):
    office.desk.left("rapid-response", DORA)
    cases = [office.desk.post(by=f"@c{n}") for n in range(3)]
    go_on(office, "2h")
    assert lines(office.room, DORA) == dict.fromkeys(cases, 1)
    assert len(office.room.stands(DORA)) == 1
    assert not office.room.stands(TOM)


def test_who_was_called_by_name_acknowledges_from_wherever_they_are(office: Office):
    office.desk.left("rapid-response", DORA)
    case = office.desk.post()
    go_on(office, "2h")
    direct = the_list(office.room, DORA)
    assert office.desk.watch.acknowledge_all(direct.key, by=DORA) == 1
    office.settle()
    for place in (RAPID, DORA):
        [line] = the_list(office.room, place).pings
        assert line.acknowledged_by == DORA
    assert office.desk.whats(case).count(What.ACKNOWLEDGED) == 1
    assert {one.kind for one in office.desk.messages(case, Kind.PING)} == {Kind.PING}


def test_a_message_of_an_older_program_shrinks_when_the_list_has_its_line(office: Office):
    """Such pings stood by themselves, and were no line of anything."""
    case = office.desk.post()
    office.settle()
    go_on(office, AN_HOUR)
    standing = live(office.room)[0]
    with office.desk.work() as work:
        [ping] = [one for one in work.tx.outbox.of_case(case, Kind.PING) if one.within]
        alone = {"key": ping.key, "ts": standing.ts, "channel": RAPID, "late": standing.key}
    office.desk.db.run(
        """update outbox set state = 'shown', within = null, ts = :ts, channel = :channel
           where key = :key""",
        alone,
    )
    office.desk.db.run("delete from outbox where key = :late", alone)
    go_on(office, "15m")
    old, new = [one.content for one in office.room.standing if one.channel == RAPID]
    assert isinstance(old, MovedFacts)
    assert isinstance(new, BundleFacts)
    assert lines(office.room) == {case: 1}
