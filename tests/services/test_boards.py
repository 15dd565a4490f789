"""What people ask to see, and that nobody sees another department's customers."""

from collections.abc import Iterator

import pytest

from bot.domain.errors import BadQuery, NoCaseHere, NoSuchCase, NotMember
from bot.domain.ids import CaseId, ChannelId, MemberId
from bot.domain.outbox import Refused, Unknown
from bot.domain.post import Visibility
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services import boards, case_search
from tests.company import ANN, BEN, BOB, CEM, DORA, EVE, SALES, SERVICE, SUE, TECHNICAL, TOM
from tests.desk import TestDesk
from tests.room import Fault, Office, office_of


@pytest.fixture
def office(desk: TestDesk) -> Iterator[Office]:
    with office_of(desk) as office:
        yield office


def found(desk: TestDesk, query: str, by: MemberId = ANN) -> list[CaseId]:
    return [line.case.id for line in desk.boards.find(query, by=by).lines]


# Queues


def test_the_queue_is_what_nobody_has_the_oldest_deadline_first(desk: TestDesk):
    late = desk.post("late")
    desk.pass_time("5m")
    taken, later = desk.post("taken"), desk.post("later")
    desk.casework.claim(taken, by=ANN)
    desk.target(priority="urgent", first_response="1m")
    desk.rules({"department": "service", "when": "words:bomb", "priority": "urgent"})
    urgent = desk.post("a bomb")
    board = desk.boards.queue(SERVICE, by=BEN)
    assert [line.case.id for line in board.lines] == [urgent, late, later]
    assert (board.total_open, board.free) == (4, 3)
    due = board.lines[0].due
    assert due
    assert due.promise is Promise.FIRST_RESPONSE


def test_a_queue_is_for_its_members(desk: TestDesk):
    with pytest.raises(NotMember):
        desk.boards.queue(SERVICE, by=TOM)


def test_mine_is_what_i_hold_and_what_is_offered_to_me(desk: TestDesk):
    held, offered, other = desk.post("a"), desk.post("b"), desk.post("c")
    desk.casework.claim(held, by=ANN)
    desk.casework.claim(other, by=BEN)
    desk.hand_offs.to_person(offered, ANN, "please", by=BEN)
    board = desk.boards.mine(by=ANN)
    assert [line.case.id for line in board.lines] == [held]
    assert [line.case.id for line in board.offered] == [offered]
    assert desk.boards.mine(by=BOB).lines == ()


def test_whoever_holds_more_than_a_list_shows_has_all_of_them_counted(desk: TestDesk):
    cases = [desk.post(f"bag {n}") for n in range(boards.LONGEST_LIST + 3)]
    for case in cases:
        desk.casework.claim(case, by=ANN)
    desk.closings.solve(cases[0], "found", by=ANN)
    board = desk.boards.mine(by=ANN)
    assert [line.case.id for line in board.lines] == cases[1 : boards.LONGEST_LIST + 1]
    assert board.held == len(cases) - 1
    assert found(desk, "is:mine is:open")[:2] == [cases[-1], cases[-2]]


def test_where_a_person_works(desk: TestDesk):
    assert [one.key for one in desk.boards.departments_of(SUE)] == ["sales", "marketing"]
    assert desk.boards.departments_of(BOB) == ()


# Finding


def test_everything_that_fits_is_found_the_newest_first(desk: TestDesk):
    first, second = desk.post("my bag is lost"), desk.post("a lost hat")
    desk.post("all is well")
    assert found(desk, "words:lost") == [second, first]
    assert found(desk, "lost -hat") == [first]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("words:refund", True),
        ("words:voucher", False),
        ("lang:nl", True),
        ("lang:de", False),
        ("network:bluesky", True),
        ("author:@jane", True),
        ("author:@joe", False),
        ("account:@northwind", True),
        ("visibility:private", True),
        ("location:leeds", True),
        ("priority:normal", True),
        ("priority:>=high", False),
        ("is:open", True),
        ("is:solved", False),
        ("is:claimed", True),
        ("is:unclaimed", False),
        ("is:mine", True),
        ("is:snoozed", False),
        ("is:waiting", False),
        ("is:breached", False),
        ("is:held", False),
        ("-is:held is:mine refund", True),
        ("followers:>1", False),
    ],
)
def test_every_condition_finds_what_it_names(desk: TestDesk, query: str, fits: bool):
    case = desk.post(
        "I want a refund", source="bluesky", account="@northwind", language="nl",
        visibility=Visibility.PRIVATE, location="Leeds, UK",
    )  # fmt: skip
    desk.casework.claim(case, by=ANN)
    assert found(desk, query) == ([case] if fits else [])


def test_the_states_of_a_case_are_found(desk: TestDesk):
    waiting, held, solved, late = (desk.post(text) for text in ("a", "b", "c", "d"))
    desk.answer(waiting)
    desk.put("outgoing", "hold")
    desk.answer(held)
    desk.closings.no_reply(solved, by=ANN)
    desk.pass_and_watch("2h", every="30m")
    assert found(desk, "is:waiting") == [waiting]
    assert found(desk, "is:held") == [held]
    assert found(desk, "is:solved") == [solved]
    assert found(desk, "is:breached") == [late, held]
    assert found(desk, "is:open,solved") == [late, solved, held, waiting]


def test_a_word_in_a_state_is_not_a_state(desk: TestDesk):
    case = desk.post("I am waiting")
    assert found(desk, "words:waiting") == [case]


@pytest.mark.parametrize("query", ["sentiment:angry", "nonsense:1", "is:nonsense", "words:"])
def test_what_cannot_be_found_is_refused_with_a_reason(desk: TestDesk, query: str):
    with pytest.raises(BadQuery):
        desk.boards.find(query, by=ANN)


def test_nobody_finds_the_words_of_another_departments_customers(desk: TestDesk):
    desk.post("the app fails")
    sold = desk.post("I want to buy")
    assert found(desk, "words:app,buy", by=ANN) == []
    assert found(desk, "words:app,buy", by=SUE) == [sold]
    assert found(desk, "words:app,buy", by=BOB) == []


def test_a_long_list_says_that_there_is_more(desk: TestDesk):
    cases = [desk.post(f"bag {n}") for n in range(boards.LONGEST_LIST + 1)]
    board = desk.boards.find("bag", by=ANN)
    assert board.more
    assert [line.case.id for line in board.lines] == cases[:0:-1]
    assert not desk.boards.find("bag -0", by=ANN).more


def test_a_search_of_open_cases_reads_no_closed_ones(desk: TestDesk):
    for n in range(3):
        desk.closings.no_reply(desk.post(f"bag {n}"), by=ANN)
    with desk.kernel.look() as work:
        search = case_search.CaseSearch(work, boards.parse("is:unclaimed"), ANN)
        assert list(search.cases()) == []
        assert search._looked_at == 0


# Closing many


def test_what_close_would_close_is_shown_first(desk: TestDesk):
    mine, free, others = desk.post("spam a"), desk.post("spam b"), desk.post("spam c")
    done = desk.post("spam d")
    desk.casework.claim(mine, by=ANN)
    desk.casework.claim(others, by=BEN)
    desk.closings.no_reply(done, by=ANN)
    board = desk.boards.closable("spam", by=ANN)
    assert [line.case.id for line in board.lines] == [free, mine]
    assert all(desk.case(number).is_open for number in (mine, free, others))


def test_a_case_with_another_newer_word_is_not_offered_for_closing(desk: TestDesk):
    kind = desk.post("thanks for the lovely flight", id="p")
    other = desk.post("a lovely crew")
    desk.post("where is my bag??", in_reply_to="p")

    board = desk.boards.closable("lovely", by=ANN)

    assert [line.case.id for line in board.lines] == [other]
    assert board.others == 1
    assert [line.case.id for line in desk.boards.find("lovely", by=ANN).lines] == [other, kind]


def test_what_was_answered_need_not_be_searched_for_again(desk: TestDesk):
    case = desk.post("where is my bag?", id="p")
    desk.answer(case)
    desk.pass_time("1m")
    desk.post("lovely, it is here", in_reply_to="p")

    board = desk.boards.closable("lovely", by=ANN)

    assert [line.case.id for line in board.lines] == [case]
    assert board.lines[0].newest.text == "lovely, it is here"


# One case whole


def test_a_case_is_shown_whole_to_its_department_and_those_that_follow(desk: TestDesk):
    case = desk.post("I want to buy ten")
    board = desk.boards.case(case, by=SUE)
    assert [post.text for post in board.posts] == ["I want to buy ten"]
    assert board.events[0].what is What.OPENED
    with pytest.raises(NotMember):
        desk.boards.case(case, by=ANN)
    with pytest.raises(NoSuchCase):
        desk.boards.case(CaseId(99), by=ANN)


def test_a_message_tells_its_case(desk: TestDesk, office: Office):
    case = desk.post()
    office.settle()
    card = office.room.standing[0]
    assert desk.boards.case_at(card.channel, card.ts) == case
    with pytest.raises(NoCaseHere):
        desk.boards.case_at(ChannelId("C-SERVICE"), "0.1")


def test_the_receipt_counts_every_stretch(desk: TestDesk):
    case = desk.post()
    desk.pass_time("20m")
    desk.answer(case)
    desk.pass_time("1h")
    board = desk.boards.receipt(case, by=ANN)
    receipts = {run.promise: receipt for run, receipt in board.runs}
    first, resolution = receipts[Promise.FIRST_RESPONSE], receipts[Promise.RESOLUTION]
    assert first.total.total_seconds() == 20 * 60 + 10
    assert first.verdict.startswith("kept")
    assert [(one.counted, one.why) for one in resolution.lines][-1] == (
        False, "waiting for the customer",
    )  # fmt: skip
    with pytest.raises(NotMember):
        desk.boards.receipt(case, by=TOM)


# Forms


def test_escalate_names_whom_it_disturbs(desk: TestDesk):
    form = desk.boards.escalation(desk.post(), by=ANN)
    assert (form.lead, form.on_duty) == (DORA, (CEM,))


def test_a_case_can_be_handed_to_every_other_queue(desk: TestDesk):
    form = desk.boards.hand_off_choice(desk.post(), by=ANN)
    keys = [one.key for one in form.departments]
    assert SERVICE not in keys
    assert {SALES, TECHNICAL} <= set(keys)
    assert "legal" not in keys


# What could not be said


def test_replies_in_doubt_are_listed_to_those_who_work_there(desk: TestDesk):
    desk.network.answers += [Unknown("timeout"), Refused("no")]
    unknown, refused = desk.answer(desk.post()), desk.answer(desk.post())
    listed = [one.reply.key for one in desk.boards.dead_letters(by=BEN) if one.reply]
    assert sorted(listed) == sorted([unknown.key, refused.key])
    assert desk.boards.dead_letters(by=TOM) == ()
    with pytest.raises(NotMember):
        desk.boards.dead_letters(by=BOB)


def test_messages_that_were_refused_are_listed_to_admins(desk: TestDesk, office: Office):
    desk.post()
    office.room.faults = [Fault(Refused("msg_too_long"))]
    office.settle()
    assert len(desk.boards.dead_letters(by=EVE)) == 1
    assert desk.boards.dead_letters(by=ANN) == ()
