"""How a case ends, and how an end is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.case import Outcome
from bot.domain.errors import (
    CaseIsOpen,
    CaseIsSolved,
    NotAssignee,
    NothingToChange,
    NotMember,
    ReplyIsUnderWay,
    StillUnanswered,
    WroteMeanwhile,
)
from bot.domain.ids import CaseId
from bot.domain.post import PostKind, Priority
from bot.domain.sla import Promise
from bot.domain.timeline import What
from tests.company import ANN, BEN, CEM, MARKETING, SUE, TOM
from tests.desk import TestDesk


def test_solving_stops_every_clock_and_warns_of_open_asks(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")
    desk.casework.claim(number, by=SUE)

    solved = desk.closings.solve(number, "sold", by=SUE)

    assert [ask.department for ask in solved.open_asks] == [MARKETING]
    assert solved.case.closing is not None
    assert solved.case.closing.note == "sold"
    assert desk.running(number) == set()
    assert desk.timers(number) == {}
    assert desk.whats(number)[-1] is What.CLOSED


def test_no_reply_is_one_press_on_a_free_case_or_one_s_own(desk: TestDesk) -> None:
    free, claimed = desk.post(), desk.post()
    desk.casework.claim(claimed, by=ANN)

    assert desk.closings.no_reply(free, by=BEN).closing is not None
    with pytest.raises(NotAssignee):
        desk.closings.no_reply(claimed, by=BEN)
    with pytest.raises(NotMember):
        desk.closings.no_reply(claimed, by=TOM)


def test_many_are_closed_each_for_itself(desk: TestDesk) -> None:
    mine, hers, theirs = desk.post(), desk.post(), desk.post("the app")
    desk.casework.claim(hers, by=BEN)

    closed, refused = desk.closings.no_reply_to([mine, hers, theirs, CaseId(9)], by=ANN)

    assert closed == [mine]
    assert set(refused) == {hers, theirs, 9}


@pytest.mark.parametrize("how", ["writes", "edits", "deletes"])
def test_what_a_customer_said_while_somebody_decided_is_read_first(
    desk: TestDesk, how: str
) -> None:
    first = desk.a_post("thanks", conversation="t1")
    number = desk.receive(first).case
    assert number
    desk.answer(number)
    seen_at = desk.now
    desk.pass_time("5s")
    match how:
        case "writes":
            desk.post("where is my bag??", conversation="t1")
        case "edits":
            desk.receive(replace(first, text="UPDATE: where is it?", kind=PostKind.EDIT))
        case "deletes":
            desk.receive(replace(first, kind=PostKind.DELETE))

    closed, refused = desk.closings.no_reply_to([number], by=ANN, seen_at=seen_at)
    assert (closed, list(map(type, refused.values()))) == ([], [WroteMeanwhile])
    with pytest.raises(WroteMeanwhile):
        desk.closings.solve(number, "told them", by=ANN, seen_at=seen_at)

    assert desk.closings.solve(number, "told them", by=ANN, seen_at=desk.now).case.closing


def test_a_reply_on_its_way_is_decided_before_the_end(desk: TestDesk) -> None:
    number = desk.post()
    desk.replies.submit(number, "We are on it.", by=ANN, once="f1")

    with pytest.raises(ReplyIsUnderWay):
        desk.closings.solve(number, "", by=ANN)
    with pytest.raises(ReplyIsUnderWay):
        desk.closings.mute(number, "loud", by=ANN)
    assert desk.case(desk.post()).is_open  # nor is the author muted


def test_an_end_taken_back_within_the_hour_has_never_been(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.pass_time("10m")
    before = (desk.clocks(number), desk.timers(number))
    desk.closings.no_reply(number, by=ANN)
    desk.pass_time("20m")

    case = desk.closings.reopen(number, by=BEN)

    assert case.assignee == ANN
    assert (desk.clocks(number), desk.timers(number)) == before


def test_a_deadline_that_passed_in_between_is_broken_at_once(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("40m")
    desk.closings.no_reply(number, by=ANN)
    desk.pass_time("50m", sweep=True)
    assert desk.pings(number) == []

    desk.closings.reopen(number, by=ANN)
    desk.watch.sweep()

    assert desk.pings(number) == [("on-call", [CEM])]


def test_a_warning_that_was_given_is_not_repeated(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("46m", sweep=True)
    desk.closings.no_reply(number, by=ANN)
    desk.pass_time("1m")
    desk.closings.reopen(number, by=ANN)
    desk.watch.sweep()

    assert desk.whats(number).count(What.WARNED) == 1


def test_a_climbing_breach_climbs_on_when_the_end_is_taken_back(desk: TestDesk) -> None:
    desk.rota({"person": CEM}, {"person": TOM, "level": 2})
    number = desk.post()
    desk.pass_time("1h", sweep=True)
    desk.pass_time("5m")
    desk.closings.no_reply(number, by=ANN)
    desk.pass_time("2m")

    desk.closings.reopen(number, by=ANN)
    desk.pass_time("3m", sweep=True)

    assert [why for why, _ in desk.pings(number)] == ["on-call", "second"]


def test_an_acknowledged_breach_stays_so_when_the_end_is_taken_back(desk: TestDesk) -> None:
    number = desk.post()
    desk.pass_time("1h", sweep=True)
    matter = desk.clocks(number)[Promise.FIRST_RESPONSE].name
    desk.watch.acknowledge(number, matter, by=CEM)
    desk.closings.no_reply(number, by=ANN)
    desk.closings.reopen(number, by=ANN)
    desk.pass_and_watch("40m", every="5m")

    assert [why for why, _ in desk.pings(number)] == ["on-call"]


def test_who_waited_for_the_customer_waits_again(desk: TestDesk) -> None:
    number = desk.post()
    desk.answer(number)
    waiting = desk.case(number).waiting_since
    desk.closings.solve(number, "", by=ANN)
    assert desk.case(number).waiting_since is None
    desk.pass_time("5m")

    assert desk.closings.reopen(number, by=ANN).waiting_since == waiting
    assert desk.running(number) == {Promise.RESOLUTION}
    assert desk.clocks(number)[Promise.RESOLUTION].due_at is None
    assert desk.timers(number) == {}


def test_an_alarm_for_a_hanging_case_keeps_its_moment(desk: TestDesk) -> None:
    number = desk.post()
    opened = desk.now
    desk.pass_time("5h")
    desk.closings.no_reply(number, by=ANN)
    desk.closings.reopen(number, by=ANN)

    assert desk.timers(number)["hanging"] == opened + timedelta(hours=72)


def test_an_end_taken_back_later_gives_new_promises_to_who_reopens_it(desk: TestDesk) -> None:
    number = desk.post()
    desk.closings.no_reply(number, by=ANN)
    desk.pass_time("1h1m")

    assert desk.closings.reopen(number, by=BEN).assignee == BEN
    assert desk.running(number) == {Promise.NEXT_RESPONSE, Promise.RESOLUTION}
    assert desk.clocks(number)[Promise.NEXT_RESPONSE].started_at == desk.now


def test_who_has_left_meanwhile_does_not_get_it_again(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.closings.no_reply(number, by=ANN)
    desk.left("service", ANN)

    assert desk.closings.reopen(number, by=BEN).assignee is None


def test_an_open_case_cannot_be_reopened(desk: TestDesk) -> None:
    with pytest.raises(CaseIsOpen):
        desk.closings.reopen(desk.post(), by=ANN)


def test_two_cases_of_one_matter_become_one(desk: TestDesk) -> None:
    first, second = desk.post("my bag"), desk.post("and my seat")

    desk.merging.merge(first, second, by=ANN)

    closing = desk.case(first).closing
    assert closing is not None
    assert (closing.outcome, closing.into) == (Outcome.MERGED, second)
    assert desk.timers(first) == {}
    with desk.reading() as tx:
        assert len(tx.posts.of_case(second)) == 2
    assert desk.whats(second)[-1] is What.MERGED


def test_a_merged_case_is_not_reopened_but_pointed_away_from(desk: TestDesk) -> None:
    first, second = desk.post(), desk.post()
    desk.merging.merge(first, second, by=ANN)

    with pytest.raises(CaseIsSolved) as refused:
        desk.closings.reopen(first, by=ANN)
    assert refused.value.into == second


def test_merging_needs_an_open_other_case_of_one_s_own_departments(desk: TestDesk) -> None:
    number, closed, strange = desk.post(), desk.post(), desk.post("the app")
    desk.closings.no_reply(closed, by=ANN)

    with pytest.raises(NothingToChange):
        desk.merging.merge(number, number, by=ANN)
    with pytest.raises(NothingToChange):
        desk.merging.merge(number, closed, by=ANN)
    with pytest.raises(NotMember):
        desk.merging.merge(number, strange, by=ANN)


def test_a_case_merged_into_one_that_waits_owes_an_answer_again(desk: TestDesk) -> None:
    answered, fresh = desk.post(), desk.post()
    desk.answer(answered)

    desk.merging.merge(fresh, answered, by=ANN)

    assert Promise.FIRST_RESPONSE in desk.running(answered)
    assert desk.case(answered).waiting_since is None


# Without an answer


def test_a_case_that_nobody_answered_is_solved_with_a_reason_only(desk: TestDesk) -> None:
    number = desk.post(priority=Priority.URGENT)
    desk.pass_time("2h", sweep=True)

    with pytest.raises(StillUnanswered):
        desk.closings.solve(number, " ", by=ANN)
    assert desk.case(number).is_open

    assert desk.closings.solve(number, "told him at the gate", by=ANN).case.closing


def test_who_was_answered_and_wrote_again_waits_again(desk: TestDesk) -> None:
    number = desk.post(conversation="t1")
    desk.answer(number)
    desk.post("it is still not here", conversation="t1")

    with pytest.raises(StillUnanswered):
        desk.closings.solve(number, "", by=ANN)


def test_after_an_answer_no_reason_is_needed(desk: TestDesk) -> None:
    number = desk.post()
    desk.answer(number)

    assert desk.closings.solve(number, "", by=ANN).case.closing
