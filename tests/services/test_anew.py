"""Open promises are counted anew page by page, in any order with what happens to their cases."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.durations import parse_duration
from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import anew
from bot.services.policies import SlaOrder
from bot.services.watch import Watch
from tests.company import ANN, CEM, EVE, SERVICE, TECHNICAL, TOM
from tests.desk import TestDesk

FIRST, RESOLUTION = Promise.FIRST_RESPONSE, Promise.RESOLUTION


def promise(desk: TestDesk, promise: Promise, length: str) -> None:
    """`/sla set * …`, while the clock looks elsewhere."""
    desk.policies.set_promise(SlaOrder("*", promise, parse_duration(length)), by=EVE)


def first(desk: TestDesk, number: CaseId) -> PromiseRun:
    return desk.clocks(number)[FIRST]


def slowly(desk: TestDesk) -> TestDesk:
    """A clock that counts one case at every look."""
    desk.watch = Watch(desk.kernel, page=1)
    return desk


def is_under_way(desk: TestDesk) -> bool:
    with desk.kernel.look() as work:
        return anew.is_under_way(work)


# The change itself, and the pages after it


def test_what_comes_after_the_change_has_its_terms_at_once(desk: TestDesk) -> None:
    before = desk.post()
    promise(desk, FIRST, "20m")
    after = desk.post()

    assert first(desk, after).due_at == desk.now + timedelta(minutes=20)
    assert first(desk, before).due_at == desk.now + timedelta(hours=1)
    desk.watch.sweep()
    assert first(desk, before).due_at == desk.now + timedelta(minutes=20)


def test_every_look_counts_one_page_and_a_new_process_goes_on_where_the_last_ended(
    tmp_path: Path,
) -> None:
    desk = TestDesk(tmp_path / "same.db")
    numbers = [desk.post(by=f"@a{n}") for n in range(5)]
    counted = []
    promise(desk, FIRST, "20m")

    for _ in range(3):
        desk = TestDesk(tmp_path / "same.db")  # whatever was in the memory of the last is lost
        Watch(desk.kernel, page=2).sweep()
        counted.append(sum(first(desk, one).target.elapsed.seconds == 1200 for one in numbers))

    assert counted == [2, 4, 5]
    assert not is_under_way(desk)


def test_the_clock_is_woken_at_once_until_all_are_counted(desk: TestDesk) -> None:
    desk.post()
    warn_at = desk.watch.next_at()
    desk.pass_time("5m")
    promise(desk, RESOLUTION, "2d")

    assert desk.watch.next_at() == desk.now
    desk.watch.sweep()
    assert desk.watch.next_at() == warn_at


def test_a_second_change_begins_again_with_those_that_were_counted(desk: TestDesk) -> None:
    numbers = [slowly(desk).post(by=f"@a{n}") for n in range(3)]
    promise(desk, FIRST, "20m")
    desk.watch.sweep()
    desk.watch.sweep()
    promise(desk, FIRST, "30m")
    for _ in range(5):
        desk.watch.sweep()

    assert {first(desk, one).due_at for one in numbers} == {desk.now + timedelta(minutes=30)}
    assert not is_under_way(desk)


# What is due meanwhile


def test_nothing_is_broken_by_a_deadline_that_is_later_now(desk: TestDesk) -> None:
    numbers = [slowly(desk).post(by=f"@a{n}") for n in range(4)]
    desk.pass_time("1h")
    promise(desk, FIRST, "3h")
    desk.watch.sweep()

    assert [desk.pings(one) for one in numbers] == [[]] * 4
    assert not any(What.WARNED in desk.whats(one) for one in numbers)
    desk.pass_time("2h", sweep=True)
    assert [desk.pings(one) for one in numbers] == [[("on-call", [CEM])]] * 4


def test_a_breach_that_was_told_stays_told_and_climbs_on(desk: TestDesk) -> None:
    number = slowly(desk).post()
    desk.pass_time("1h", sweep=True)
    broken = first(desk, number)
    promise(desk, FIRST, "4h")
    desk.pass_and_watch("5h", every="10m")

    assert first(desk, number) == broken
    assert desk.whats(number).count(What.BREACHED) == 1
    assert len(desk.pings(number)) > 1


def test_a_deadline_that_has_passed_by_the_new_terms_is_broken_at_the_next_look(
    desk: TestDesk,
) -> None:
    number = desk.post()
    desk.pass_time("30m")
    promise(desk, FIRST, "20m")
    desk.watch.sweep()
    desk.watch.sweep()

    assert desk.pings(number) == [("on-call", [CEM])]


def test_a_warning_that_came_due_before_the_page_is_given_once(desk: TestDesk) -> None:
    numbers = [slowly(desk).post(by=f"@a{n}") for n in range(3)]
    promise(desk, FIRST, "40m")
    desk.pass_time("31m")  # all three are to be warned by now
    for _ in range(8):
        desk.watch.sweep()

    assert [desk.whats(one).count(What.WARNED) for one in numbers] == [1, 1, 1]


# What people do meanwhile


def test_an_answer_is_measured_by_the_terms_of_its_moment(desk: TestDesk) -> None:
    number, opened = desk.post(), desk.now
    promise(desk, FIRST, "3h")
    desk.answer(number)

    assert first(desk, number).due_at == opened + timedelta(hours=3)
    assert not first(desk, number).is_running
    assert What.PROMISE in desk.whats(number)


@pytest.mark.parametrize("looks", [0, 1])
def test_a_closing_that_is_taken_back_goes_on_by_the_new_terms(desk: TestDesk, looks: int) -> None:
    number, opened = desk.post(), desk.now
    desk.closings.no_reply(number, by=ANN)
    promise(desk, FIRST, "3h")
    for _ in range(looks):
        desk.watch.sweep()
    desk.closings.reopen(number, by=ANN)

    assert first(desk, number).due_at == opened + timedelta(hours=3)


def test_what_is_promised_only_now_counts_from_the_change_on_however_late_it_is_counted(
    desk: TestDesk,
) -> None:
    sla = desk.document("sla")
    desk.put("sla", {**sla, "target": []})
    numbers = [slowly(desk).post(by=f"@a{n}") for n in range(3)]
    promise(desk, FIRST, "1h")
    changed = desk.now
    for _ in range(4):
        desk.pass_time("1m", sweep=True)

    assert {first(desk, one).started_at for one in numbers} == {changed}


def hand_over(desk: TestDesk, number: CaseId) -> None:
    """To the other department, at once accepted there; or from there to the first one."""
    there = desk.case(number).department == TECHNICAL
    giver, to, taker = (TOM, SERVICE, ANN) if there else (ANN, TECHNICAL, TOM)
    desk.hand_offs.to_department(number, to, "yours", by=giver)
    desk.hand_offs.accept(number, by=taker)
    desk.casework.release(number, by=taker)


def toggle_priority(desk: TestDesk, number: CaseId) -> None:
    case = desk.case(number)
    by = TOM if case.department == TECHNICAL else ANN
    urgent = case.priority is Priority.URGENT
    desk.casework.prioritise(number, Priority.NORMAL if urgent else Priority.URGENT, by=by)


def close_and_reopen(desk: TestDesk, number: CaseId) -> None:
    by = TOM if desk.case(number).department == TECHNICAL else ANN
    desk.closings.no_reply(number, by=by)
    desk.closings.reopen(number, by=by)


STEPS = st.one_of(
    st.sampled_from(["20m", "1h", "3h"]).map(lambda length: lambda one: one.promise(length)),
    st.sampled_from(["1m", "15m", "40m"]).map(lambda length: lambda one: one.look(length)),
    st.builds(
        lambda act, index: lambda one: act(one.desk, one.numbers[index]),
        st.sampled_from([hand_over, toggle_priority, close_and_reopen]),
        st.integers(0, 2),
    ),
)


class Story:
    """Three cases of one promise, the target in force, and the breaches that were told."""

    def __init__(self, desk: TestDesk):
        self.desk = slowly(desk)
        self.numbers = [desk.post(by=f"@a{n}") for n in range(3)]
        self.target = timedelta(hours=1)
        self.broken: dict[CaseId, PromiseRun] = {}

    def promise(self, length: str) -> None:
        promise(self.desk, FIRST, length)
        self.target = parse_duration(length).elapsed

    def look(self, length: str) -> None:
        self.desk.pass_time(length, sweep=True)
        for run in (first(self.desk, number) for number in self.numbers):
            if run.breached_at and run.case not in self.broken:
                self.broken[run.case] = run
                assert run.breached_at >= run.started_at + self.target

    def end(self) -> None:
        while is_under_way(self.desk):
            self.look("1s")
        self.look("1s")


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=9))
def test_whatever_the_order_no_breach_is_told_by_other_terms_and_all_are_counted(
    steps: list[Callable[[Story], None]],
) -> None:
    with TemporaryDirectory() as folder:
        story = Story(TestDesk(Path(folder) / "desk.db"))
        for step in steps:
            step(story)
        story.end()
        for number in story.numbers:
            run, told = first(story.desk, number), story.broken.get(number)
            assert story.desk.whats(number).count(What.BREACHED) == bool(told)
            due = told.due_at if told else run.started_at + story.target
            assert (run.due_at, bool(told)) == (due, bool(due and due <= story.desk.now))
