"""What members do with a case: the first wins, the second is told, others are refused."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.errors import (
    AlreadyClaimed,
    BotError,
    CaseIsSolved,
    HandOffIsPending,
    NoAskOpen,
    NoQueue,
    NoSuchDepartment,
    NotAssignee,
    NothingToChange,
    NotInDepartment,
    NotMember,
)
from bot.domain.ids import DepartmentKey, MemberId
from bot.domain.timeline import What
from tests.company import (
    ANN,
    BEN,
    BOB,
    CEM,
    DORA,
    EVE,
    GIL,
    MARKETING,
    SALES,
    SERVICE,
    SUE,
    TECHNICAL,
    TOM,
    TRIAGE,
)  # fmt: skip
from tests.desk import TestDesk


def test_the_first_to_claim_has_it_and_the_second_is_told_who(desk: TestDesk) -> None:
    number = desk.post()
    assert desk.casework.claim(number, by=ANN).assignee == ANN

    with pytest.raises(AlreadyClaimed, match=ANN):
        desk.casework.claim(number, by=BEN)

    assert desk.whats(number) == [What.OPENED, What.CLAIMED]


def test_claiming_twice_is_harmless_and_leaves_no_second_entry(desk: TestDesk) -> None:
    number = desk.post()
    first = desk.casework.claim(number, by=ANN)

    assert desk.casework.claim(number, by=ANN) == first
    assert desk.whats(number) == [What.OPENED, What.CLAIMED]


def test_of_200_threads_that_claim_one_case_one_wins(desk: TestDesk) -> None:
    number = desk.post()
    crowd = [MemberId(f"U{n}") for n in range(200)]
    desk.joined("service", *crowd)

    def claim(member: MemberId) -> bool:
        try:
            return bool(desk.casework.claim(number, by=member))
        except AlreadyClaimed:
            return False

    with ThreadPoolExecutor(50) as pool:
        wins = list(pool.map(claim, crowd))

    assert sum(wins) == 1
    assert desk.case(number).assignee == crowd[wins.index(True)]
    assert desk.whats(number) == [What.OPENED, What.CLAIMED]


@pytest.mark.parametrize("stranger", [TOM, BOB, CEM, EVE, GIL])
def test_who_is_not_of_the_department_may_not_claim(desk: TestDesk, stranger: MemberId) -> None:
    """Not even an admin; and a guest only where they are named."""
    number = desk.post()

    with pytest.raises(NotMember):
        desk.casework.claim(number, by=stranger)


def test_the_record_decides_at_the_moment_of_the_act(desk: TestDesk) -> None:
    number = desk.post()
    desk.left("service", ANN)

    with pytest.raises(NotMember):
        desk.casework.claim(number, by=ANN)


def test_a_solved_case_cannot_be_claimed(desk: TestDesk) -> None:
    number = desk.post()
    desk.closings.no_reply(number, by=ANN)

    with pytest.raises(CaseIsSolved):
        desk.casework.claim(number, by=BEN)


def test_the_assignee_or_the_lead_releases_and_nobody_else(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)

    with pytest.raises(NotAssignee):
        desk.casework.release(number, by=BEN)
    assert desk.casework.release(number, by=DORA).assignee is None
    with pytest.raises(NothingToChange):
        desk.casework.release(number, by=ANN)


def test_an_assigned_colleague_is_told_and_an_outsider_is_refused(desk: TestDesk) -> None:
    number = desk.post()

    assert desk.casework.assign(number, to=BEN, by=ANN).assignee == BEN

    assert desk.notes(number) == ["assigned"]
    with pytest.raises(NotInDepartment):
        desk.casework.assign(number, to=TOM, by=ANN)


def test_who_assigns_a_case_to_themselves_is_told_nothing(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.assign(number, to=ANN, by=ANN)

    assert desk.notes(number) == []


# Triage, followers and moves


def test_triage_decides_with_one_press_and_every_card_says_where_it_is(desk: TestDesk) -> None:
    number = desk.post("a mystery")
    desk.casework.claim(number, by=EVE)

    case = desk.casework.route(number, SERVICE, by=EVE)

    assert (case.department, case.assignee) == (SERVICE, None)
    assert desk.whats(number)[-1] is What.ROUTED
    assert desk.cards(number) == {TRIAGE, SERVICE}


def test_after_two_moves_the_first_card_is_drawn_anew_as_well(desk: TestDesk) -> None:
    number = desk.post("a mystery")
    desk.casework.route(number, SERVICE, by=EVE)
    before = desk.outbox(f"card:{number}:triage")

    desk.casework.route(number, TECHNICAL, by=ANN)

    after = desk.outbox(f"card:{number}:triage")
    assert before is not None
    assert after is not None
    assert after.wanted > before.wanted


@pytest.mark.parametrize(("nowhere", "refusal"), [("legal", NoQueue), ("typo", NoSuchDepartment)])
def test_a_case_goes_only_where_there_is_a_queue(
    desk: TestDesk, nowhere: str, refusal: type[BotError]
) -> None:
    number = desk.post("a mystery")

    with pytest.raises(refusal):
        desk.casework.route(number, DepartmentKey(nowhere), by=EVE)


def test_a_follower_takes_over_what_nobody_has(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")

    case = desk.casework.take_over(number, MARKETING, by=SUE)

    assert (case.department, case.assignee) == (MARKETING, SUE)
    assert desk.whats(number) == [What.OPENED, What.ROUTED, What.CLAIMED]
    with desk.reading() as tx:
        assert [ask.department for ask in tx.asks.of_case(number)] == [SALES]


def test_a_department_that_does_not_follow_cannot_take_over(desk: TestDesk) -> None:
    number = desk.post()

    with pytest.raises(NoAskOpen):
        desk.casework.take_over(number, TECHNICAL, by=TOM)


def test_a_follower_leaves_a_case_to_who_has_it_or_was_offered_it(desk: TestDesk) -> None:
    desk.joined("marketing", TOM)
    number = desk.post("I would buy ten")
    desk.casework.claim(number, by=SUE)

    with pytest.raises(AlreadyClaimed, match=SUE):
        desk.casework.take_over(number, MARKETING, by=TOM)
    desk.hand_offs.to_department(number, SERVICE, "yours?", by=SUE)
    with pytest.raises(HandOffIsPending):
        desk.casework.take_over(number, MARKETING, by=TOM)


def test_a_following_department_does_its_part_once(desk: TestDesk) -> None:
    number = desk.post("I would buy ten")

    desk.casework.done(number, MARKETING, by=SUE)

    assert desk.whats(number)[-1] is What.ASK_DONE
    with pytest.raises(NoAskOpen):
        desk.casework.done(number, MARKETING, by=SUE)


def test_a_second_call_within_ten_minutes_is_noise_and_refused(desk):
    case = desk.post("My bag is lost")
    desk.casework.escalate(case, "she cries", by=ANN)
    with pytest.raises(NothingToChange, match="called"):
        desk.casework.escalate(case, "she cries still", by=ANN)
    desk.pass_time("11m")
    desk.casework.escalate(case, "nobody came", by=ANN)
