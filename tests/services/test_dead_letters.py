"""What could not be said, or may have been: listed to who can do something about it."""

from collections.abc import Iterator

import pytest

from bot.domain import effects
from bot.domain.boards import MOST_DEAD_LETTERS, DeadLetter
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import MessageState, Refused, Unknown
from bot.domain.reply import ReplyState
from bot.services.dead_letters import KEPT_FOR
from bot.services.home import Home
from bot.services.places import open_place
from tests.company import ANN, BEN, BOB, EVE, SERVICE, TOM
from tests.desk import TestDesk
from tests.room import Fault, Office, office_of

TOO_LONG = Fault(Refused("msg_too_long"))
NOT_TO_BE_DRAWN = {"say": "reply_held", "reply": "no such reply"}


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def listed(desk: TestDesk, by: MemberId = EVE) -> tuple[DeadLetter, ...]:
    return Home(desk.kernel, desk.boards, desk.administration).board(by=by).stuck


def states(desk: TestDesk, by: MemberId = EVE) -> list[str]:
    letters = [one.reply or one.message for one in listed(desk, by)]
    return [str(one.state) for one in letters if one]


def cases(desk: TestDesk, by: MemberId = EVE) -> list[CaseId | None]:
    letters = [one.reply or one.message for one in listed(desk, by)]
    return [one.case for one in letters if one]


def a_card_is_refused(desk: TestDesk, office: Office) -> CaseId:
    office.settle()
    case = desk.post(by="@joe")  # one more post of its author would draw the card anew
    office.room.faults = [TOO_LONG]
    office.settle()
    return case


def test_the_home_tab_has_replies_in_doubt_with_the_post_that_they_answer(desk: TestDesk):
    case = desk.post()
    desk.network.answers.append(Unknown("timeout"))
    reply = desk.answer(case)
    (letter,) = listed(desk, ANN)
    assert letter.reply == reply
    assert letter.post
    assert letter.post.author.handle == "@jane"
    assert letter.since == reply.started_at
    assert listed(desk, TOM) == listed(desk, BOB) == ()


def test_an_admin_sees_every_departments_replies_and_the_desks_messages(
    desk: TestDesk, office: Office
):
    a_card_is_refused(desk, office)
    desk.network.answers.append(Refused("no"))
    desk.answer(desk.post())
    assert states(desk, EVE) == [ReplyState.REJECTED, MessageState.DEAD]
    assert states(desk, ANN) == [ReplyState.REJECTED]


def test_what_may_be_public_comes_first_and_what_only_waits_comes_last(
    desk: TestDesk, office: Office
):
    desk.put("outgoing", "hold")
    desk.answer(desk.post())
    desk.put("outgoing", "on")
    a_card_is_refused(desk, office)
    desk.network.answers += [Refused("no"), Unknown("timeout")]
    desk.answer(desk.post())
    desk.answer(desk.post())
    assert states(desk) == [
        ReplyState.UNKNOWN, ReplyState.REJECTED, MessageState.DEAD, ReplyState.HELD,
    ]  # fmt: skip


def test_a_message_says_in_whose_channel_it_is_to_stand_and_since_when(
    desk: TestDesk, office: Office
):
    refused_at = desk.now
    a_card_is_refused(desk, office)
    desk.pass_time("10m")
    (letter,) = listed(desk)
    assert letter.department
    assert letter.department.key == SERVICE
    assert letter.since == refused_at


def test_what_waits_for_its_channel_is_listed_until_the_channel_is_back(
    desk: TestDesk, office: Office
):
    case = desk.post()
    office.room.archived = {"C-SERVICE"}
    office.settle()
    assert case in cases(desk)
    assert MessageState.PARKED in states(desk)
    office.room.archived = set()
    with desk.work() as work:
        known = work.tx.people.channel_at("department:service")
        assert known
        open_place(work, known)
    office.settle()
    assert case not in cases(desk)


def test_what_its_case_has_outlived_needs_nobody(desk: TestDesk, office: Office):
    case = desk.post()
    office.settle()
    office.room.archived = {ANN}  # her account takes no direct messages
    desk.casework.assign(case, to=ANN, by=BEN)
    office.settle()
    assert cases(desk) == [case]
    desk.pass_time("30d")
    assert cases(desk) == [case]
    desk.closings.no_reply(case, by=ANN)
    assert cases(desk) == []


def test_what_is_about_no_case_is_listed_for_a_week(desk: TestDesk, office: Office):
    with desk.work() as work:
        work.tell(effects.tell("odd", "rapid-response", NOT_TO_BE_DRAWN))
    office.settle()
    assert cases(desk) == [None]
    desk.now += KEPT_FOR
    assert cases(desk) == [None]
    desk.pass_time("1s")
    assert cases(desk) == []


def test_of_very_many_only_the_first_are_read(desk: TestDesk, office: Office):
    with desk.work() as work:
        for number in range(MOST_DEAD_LETTERS + 5):
            work.tell(effects.tell(f"odd:{number}", "rapid-response", NOT_TO_BE_DRAWN))
    office.settle()
    assert len(listed(desk)) == MOST_DEAD_LETTERS


def test_replies_of_other_departments_do_not_crowd_out_ones_own(desk: TestDesk):
    desk.put("outgoing", "hold")
    for number in range(MOST_DEAD_LETTERS):
        desk.answer(desk.post(f"refund {number}"))
    own = desk.post("the app fails")
    desk.answer(own, by=TOM)
    assert cases(desk, TOM) == [own]
