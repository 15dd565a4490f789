"""Being called is a right over one case: to look, claim and answer, until it is closed."""

import pytest

from bot.domain.errors import NotMember, NotResponder
from bot.domain.ids import CaseId, MemberId
from bot.domain.reply import ReplyState
from bot.services.hand_offs import give_up_cases
from tests.company import ANN, BEN, BOB, CEM, DORA, GIL, SALES, SERVICE, SUE, TOM, email_of
from tests.desk import TestDesk


@pytest.fixture
def case(desk: TestDesk) -> CaseId:
    """Of service; Cem of rapid response and Sue of sales, who is not there, are called for it."""
    desk.rota({"person": email_of(CEM)}, {"person": email_of(SUE)})
    number = desk.post("my bag is gone")
    desk.pass_time("1h", sweep=True)
    return number


def may(desk: TestDesk, case: CaseId, by: MemberId) -> bool:
    try:
        desk.boards.case(case, by=by)
    except NotMember:
        return False
    return True


def test_who_was_called_by_name_sees_the_case_claims_and_answers_it(desk: TestDesk, case: CaseId):
    assert desk.boards.case(case, by=SUE).posts[0].text == "my bag is gone"
    desk.casework.claim(case, by=SUE)
    reply = desk.answer(case, by=SUE)
    assert reply.state is ReplyState.SENT
    desk.closings.solve(case, "found", by=SUE)


def test_so_does_anybody_of_rapid_response_and_nobody_else(desk: TestDesk, case: CaseId):
    assert may(desk, case, CEM)
    assert not may(desk, case, TOM)
    assert not may(desk, case, BOB)
    with pytest.raises(NotMember):
        desk.casework.claim(case, by=TOM)


def test_nobody_of_rapid_response_sees_a_case_that_nobody_was_called_for(desk: TestDesk):
    assert not may(desk, desk.post(), CEM)


def test_a_call_to_the_whole_channel_names_nobody(desk: TestDesk):
    desk.rota()
    desk.joined("rapid-response", GIL)
    number = desk.post("the app is gone")
    desk.pass_time("1h", sweep=True)
    assert may(desk, number, CEM)  # is of rapid response
    assert not may(desk, number, GIL)  # a guest, whom nobody named
    assert not may(desk, number, SUE)


def test_a_guest_counts_when_they_are_named(desk: TestDesk):
    desk.rota({"person": GIL})
    desk.joined("rapid-response", GIL)
    number = desk.post("the app is gone")
    desk.pass_time("1h", sweep=True)
    assert may(desk, number, GIL)
    desk.casework.claim(number, by=GIL)


def test_it_ends_when_the_case_is_closed(desk: TestDesk, case: CaseId):
    desk.closings.no_reply(case, by=ANN)
    assert not may(desk, case, SUE)
    desk.pass_time("2h")
    desk.closings.reopen(case, by=ANN)
    assert not may(desk, case, SUE)


def test_a_closing_that_is_taken_back_has_never_been(desk: TestDesk, case: CaseId):
    desk.closings.no_reply(case, by=ANN)
    desk.pass_time("5m")
    desk.closings.reopen(case, by=ANN)
    assert may(desk, case, SUE)


def test_what_they_have_taken_stays_theirs_when_they_leave_a_channel(desk: TestDesk, case: CaseId):
    desk.casework.claim(case, by=SUE)
    desk.left("sales", SUE)
    with desk.work() as work:
        give_up_cases(work, SUE)
    assert desk.case(case).assignee == SUE
    desk.casework.release(case, by=SUE)


def test_they_pass_on_nothing_that_others_have(desk: TestDesk, case: CaseId):
    for refused in (
        lambda: desk.closings.no_reply(case, by=SUE),
        lambda: desk.hand_offs.to_department(case, SERVICE, "yours", by=SUE),
        lambda: desk.casework.assign(case, to=BEN, by=SUE),
    ):
        with pytest.raises(NotMember):
            refused()


def test_a_lead_who_was_told_by_name_may_look_though_they_sit_elsewhere(desk: TestDesk):
    desk.left("service", DORA)
    number = desk.post()
    assert not may(desk, number, DORA)
    desk.casework.tell_lead(number, "please look", by=ANN)
    assert may(desk, number, DORA)


def test_the_queue_of_what_is_late_has_what_somebody_was_called_for(desk: TestDesk, case: CaseId):
    other = desk.post("the app is gone", by="@other")
    assert [one.case.id for one in desk.watch.late(by=SUE).lines] == [case]
    desk.pass_time("70m", sweep=True)
    assert {one.case.id for one in desk.watch.late(by=CEM).lines} == {case, other}
    assert desk.boards.queue(SERVICE, by=ANN).called == 0
    with pytest.raises(NotResponder):
        desk.watch.late(by=TOM)


def test_a_queue_says_what_its_reader_is_called_for_elsewhere(desk: TestDesk, case: CaseId):
    assert desk.boards.queue(SALES, by=SUE).called == 1
