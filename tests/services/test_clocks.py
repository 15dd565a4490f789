"""What customers are promised, through a case's life: started, paused, stopped, set anew."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Unknown
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, CEM, NINE_TO_FIVE, TECHNICAL
from tests.desk import TestDesk

AT_NIGHT = {"sat": ["20:00-24:00"], "sun": ["00:00-06:00"]}
FIRST, NEXT, RESOLUTION = Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE, Promise.RESOLUTION


def test_a_new_case_promises_an_answer_and_a_solution(desk: TestDesk) -> None:
    number = desk.post()

    clocks = desk.clocks(number)
    assert clocks[FIRST].due_at == desk.now + timedelta(hours=1)
    assert clocks[RESOLUTION].due_at == desk.now + timedelta(days=1)
    assert desk.timers(number)["hanging"] == desk.now + timedelta(hours=72)


def test_clocks_start_when_the_post_is_stored_not_when_it_was_written(desk: TestDesk) -> None:
    number = desk.post(created_at=desk.now - timedelta(hours=5))

    assert desk.clocks(number)[FIRST].started_at == desk.now


def test_a_delivered_answer_stops_the_response_and_pauses_the_solution(desk: TestDesk) -> None:
    number = desk.post()
    desk.answer(number)

    assert desk.running(number) == {RESOLUTION}
    assert desk.clocks(number)[RESOLUTION].due_at is None
    assert desk.timers(number) == {}
    assert desk.case(number).waiting_since == desk.now


def test_neither_a_claim_nor_a_draft_nor_a_lost_reply_stops_the_clock(desk: TestDesk) -> None:
    number = desk.post()
    desk.replies.draft(number, by=ANN)
    desk.network.answers = [Unknown("the line went dead")]

    desk.answer(number)

    assert desk.running(number) == {FIRST, RESOLUTION}
    assert desk.case(number).waiting_since is None
    desk.pass_time("1h", sweep=True)
    assert desk.pings(number) == [("on-call", [CEM])]


def test_the_customer_s_next_word_owes_an_answer_and_lets_the_solution_go_on(
    desk: TestDesk,
) -> None:
    number = desk.post(conversation="t")
    due = desk.clocks(number)[RESOLUTION].due_at
    desk.answer(number)
    desk.pass_time("3h")

    desk.post("still not here", conversation="t")

    clocks = desk.clocks(number)
    assert due is not None
    assert clocks[RESOLUTION].due_at == due + timedelta(hours=3)
    assert clocks[NEXT].due_at == desk.now + timedelta(hours=2)
    assert desk.timers(number)["hanging"] == desk.now + timedelta(hours=72)


def test_a_second_word_moves_no_deadline_and_no_alarm(desk: TestDesk) -> None:
    number = desk.post(conversation="t")
    before = (desk.clocks(number), desk.timers(number))
    desk.pass_time("30m")

    desk.post("anybody?", conversation="t")

    assert (desk.clocks(number), desk.timers(number)) == before


def test_a_warned_case_is_not_warned_again_for_every_word(desk: TestDesk) -> None:
    number = desk.post(conversation="t")
    desk.pass_time("50m", sweep=True)
    warned = desk.whats(number).count(What.WARNED)

    desk.post("anybody?", conversation="t")
    desk.watch.sweep()

    assert desk.whats(number).count(What.WARNED) == warned == 1


def test_a_department_that_promises_nothing_is_still_watched_for_72_hours(desk: TestDesk) -> None:
    sla = desk.document("sla")
    desk.put("sla", {**sla, "target": [{"department": "sales", "first_response": "1h"}]})
    number = desk.post(conversation="t")
    opened = desk.now

    assert desk.clocks(number) == {}
    desk.pass_time("1d")
    desk.post("anybody?", conversation="t")
    assert desk.timers(number) == {"hanging": opened + timedelta(hours=72)}


# Hours


def test_business_targets_are_counted_in_the_department_s_hours(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE)
    desk.pass_time("7h30m")  # 16:30

    number = desk.post()

    assert desk.clocks(number)[FIRST].due_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def test_targets_of_always_are_counted_round_the_clock(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE)
    desk.target(department="service", hours="always")
    desk.pass_time("7h30m")

    assert desk.clocks(desk.post())[FIRST].due_at == datetime(2026, 3, 2, 17, 30, tzinfo=UTC)


def test_another_department_s_closing_hours_stretch_no_promise_that_runs(
    desk: TestDesk,
) -> None:
    desk.department("technical", hours=NINE_TO_FIVE)
    desk.pass_time("7h30m")
    number = desk.post()
    started = desk.now
    desk.pass_time("5m")

    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)

    run = desk.clocks(number)[FIRST]
    assert run.started_at == started
    assert run.due_at == started + timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "opened", "due"),
    [
        # An hour from 01:30 is an hour, on the night without a 02:30 and on that with two.
        (AT_NIGHT, "2026-03-29T00:30+00:00", "2026-03-29T01:30+00:00"),
        (AT_NIGHT, "2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"),
        # The office opens at nine on the wall, whichever offset that is.
        (NINE_TO_FIVE, "2026-03-27T15:30+00:00", "2026-03-30T07:30+00:00"),
        (NINE_TO_FIVE, "2026-10-23T14:30+00:00", "2026-10-26T08:30+00:00"),
    ],
)
def test_nights_on_which_clocks_jump_lose_and_gain_nothing(
    desk: TestDesk, hours: Mapping[str, list[str]], opened: str, due: str
) -> None:
    desk.department("service", time_zone="Europe/Amsterdam", hours=hours)
    desk.now = datetime.fromisoformat(opened)

    number = desk.post()

    assert desk.clocks(number)[FIRST].due_at == datetime.fromisoformat(due)


def test_a_business_day_ends_at_the_same_time_of_the_next_open_day(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE, time_zone="Europe/Amsterdam")
    desk.target(department="service", resolution="1bd")
    desk.now = datetime(2026, 3, 27, 14, 0, tzinfo=UTC)  # a Friday before the clocks jump

    due = desk.clocks(desk.post())[RESOLUTION].due_at

    assert due == datetime(2026, 3, 30, 13, 0, tzinfo=UTC)


def test_a_pause_is_opened_once_and_closed_once(desk: TestDesk) -> None:
    run: PromiseRun = desk.clocks(desk.post())[RESOLUTION]
    later = desk.now + timedelta(hours=1)

    assert run.resume(later) == run
    paused = run.pause(desk.now)
    assert paused.pause(later) == paused
    assert paused.resume(later).paused_at is None
