"""An urgent case calls its channel, and so does one that nobody takes, but seldom."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.domain.durations import parse_duration
from bot.domain.effects import Kind, card_key
from bot.domain.facts import AlertFacts, CardFacts
from bot.domain.ids import CaseId
from bot.domain.outbox import Delivered, Message, MessageState
from bot.domain.post import Priority
from bot.services.contents import content_of
from tests.company import ANN, BEN, EVE, MARKETING, NINE_TO_FIVE, SERVICE, TECHNICAL, TOM
from tests.desk import TestDesk

HIGH, NORMAL, URGENT = Priority.HIGH, Priority.NORMAL, Priority.URGENT


def is_alerting(desk: TestDesk, number: CaseId, key: str = SERVICE) -> bool:
    """Whether the card, posted now, would call everybody in the channel."""
    with desk.work() as work:
        card = work.tx.outbox.get(card_key(number, key))  # type: ignore[arg-type]
        assert card is not None
        drawn = content_of(work, card)
    assert isinstance(drawn, CardFacts)
    return drawn.is_alerting


def stands(desk: TestDesk, number: CaseId, key: str = SERVICE) -> None:
    """The card has been posted."""
    with desk.store.transaction() as tx:
        card = tx.outbox.get(card_key(number, key))  # type: ignore[arg-type]
        assert card is not None
        tx.outbox.shown(card, Delivered(f"ts{number}"))


def lines(desk: TestDesk, key: str = SERVICE) -> list[AlertFacts]:
    """What was said to the channel, the oldest first."""
    with desk.work() as work:
        queued = work.tx.outbox.in_state(MessageState.QUEUED, limit=1000)
        calls = [one for one in queued if one.kind is Kind.ALERT and one.place.endswith(key)]
        drawn = [content_of(work, one) for one in sorted(calls, key=_age)]
    assert all(isinstance(one, AlertFacts) for one in drawn)
    return drawn  # type: ignore[return-value]


def _age(message: Message) -> tuple[object, str]:
    return message.created_at, message.key


def cases(facts: AlertFacts) -> list[int]:
    return [line.case.id for line in facts.lines]


# A new case


@pytest.mark.parametrize("priority", [Priority.LOW, NORMAL, HIGH])
def test_a_new_case_that_is_not_urgent_calls_nobody(desk: TestDesk, priority: Priority) -> None:
    assert not is_alerting(desk, desk.post(priority=priority))
    assert lines(desk) == []


def test_an_urgent_one_calls_the_channel_as_its_card_is_posted(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    assert is_alerting(desk, number)
    assert lines(desk) == []


def test_a_card_that_stands_calls_nobody_by_being_changed(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    stands(desk, number)
    assert not is_alerting(desk, number)


def test_a_change_before_the_first_posting_loses_no_call(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT, conversation="talk")
    desk.receive(desk.a_post("hello?", conversation="talk"))
    assert is_alerting(desk, number)


def test_who_claims_it_before_its_card_is_posted_spares_the_others(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    desk.casework.claim(number, by=ANN)
    assert not is_alerting(desk, number)


def test_more_within_five_minutes_are_counted_in_one_line(desk: TestDesk) -> None:
    first = desk.post(priority=URGENT, by="@one")
    stands(desk, first)
    desk.casework.claim(first, by=ANN)
    more = []
    for author in ("@two", "@three", "@four"):
        desk.pass_time("1m", sweep=True)
        more.append(desk.post(priority=URGENT, by=author))
        assert not is_alerting(desk, more[-1])
    desk.pass_time("119s", sweep=True)
    assert lines(desk) == []

    desk.pass_time("1s", sweep=True)

    (line,) = lines(desk)
    assert (cases(line), line.total, line.is_loud, line.is_new) == (more, 3, True, True)


def test_another_channel_is_called_for_itself(desk: TestDesk) -> None:
    here, there = desk.post(priority=URGENT), desk.post("the app", priority=URGENT, by="@joe")
    assert is_alerting(desk, here)
    assert is_alerting(desk, there, TECHNICAL)


def test_what_was_taken_meanwhile_is_not_called_for(desk: TestDesk) -> None:
    desk.casework.claim(desk.post(priority=URGENT, by="@one"), by=ANN)
    desk.pass_time("1m")
    second = desk.post(priority=URGENT, by="@two")
    desk.casework.claim(second, by=BEN)
    desk.pass_and_watch("10m")
    assert lines(desk) == []


# Nobody takes it


def test_an_urgent_case_that_nobody_takes_is_called_for_once_more(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    stands(desk, number)
    desk.pass_time("4m", sweep=True)
    assert lines(desk) == []

    desk.pass_and_watch("55m")

    (line,) = lines(desk)
    assert (cases(line), line.is_loud, line.is_new) == ([number], True, False)


def test_a_high_one_is_a_line_after_15_minutes_and_a_call_after_30(desk: TestDesk) -> None:
    number = desk.post(priority=HIGH)
    stands(desk, number)
    desk.pass_and_watch("14m")
    assert lines(desk) == []
    desk.pass_and_watch("1m")
    assert [(cases(one), one.is_loud) for one in lines(desk)] == [([number], False)]
    desk.pass_and_watch("45m")
    assert [one.is_loud for one in lines(desk)] == [False, True]


@pytest.mark.parametrize("priority", [Priority.LOW, NORMAL])
def test_others_wait_for_their_warning(desk: TestDesk, priority: Priority) -> None:
    desk.post(priority=priority)
    desk.pass_and_watch("40m")
    assert lines(desk) == []


@pytest.mark.parametrize("what", ["claim", "answer", "close", "snooze"])
def test_who_does_something_about_it_stops_it(desk: TestDesk, what: str) -> None:
    number = desk.post(priority=HIGH)
    if what == "claim":
        desk.casework.claim(number, by=ANN)
    elif what == "answer":
        desk.answer(number)
        desk.casework.release(number, by=ANN)
    elif what == "close":
        desk.closings.no_reply(number, by=ANN)
    else:
        desk.casework.snooze(number, parse_duration("4h"), by=ANN)
    desk.pass_and_watch("40m")
    assert lines(desk) == []


def test_many_that_nobody_takes_share_a_line(desk: TestDesk) -> None:
    numbers = [desk.post(priority=HIGH, by=f"@{n}") for n in range(30)]
    desk.pass_time("31m", sweep=True)
    quiet, loud = lines(desk)
    assert (quiet.total, loud.total) == (30, 30)
    assert cases(loud) == numbers[:10]


def test_a_line_of_a_digest_is_called_for_by_nobody(desk: TestDesk) -> None:
    number = desk.post(priority=HIGH)
    with desk.store.transaction() as tx:
        card = tx.outbox.get(card_key(number, SERVICE))
        assert card is not None
        tx.queue.bundle([card], "digest:1")
    desk.pass_and_watch("40m")
    assert lines(desk) == []


def test_a_channel_is_called_no_more_than_once_in_five_minutes_whatever_happens(
    desk: TestDesk,
) -> None:
    called_at = []
    for minute in range(40):
        author = f"@{minute}"
        number = desk.post(priority=URGENT if minute % 3 else HIGH, by=author)
        if is_alerting(desk, number):
            called_at.append(desk.now)
        stands(desk, number)
        before = len([one for one in lines(desk) if one.is_loud])
        desk.pass_time("1m", sweep=True)
        if len([one for one in lines(desk) if one.is_loud]) > before:
            called_at.append(desk.now)
    gaps = [later - sooner for sooner, later in pairwise(called_at)]
    assert min(gaps) >= timedelta(minutes=5)
    assert len(called_at) >= 6


# The same case, elsewhere or later


def test_a_case_that_becomes_urgent_is_a_line_for_its_card_stands(desk: TestDesk) -> None:
    number = desk.post()
    stands(desk, number)
    desk.casework.prioritise(number, URGENT, by=ANN)
    (line,) = lines(desk)
    assert (cases(line), line.is_loud) == ([number], True)


def test_one_that_somebody_has_becomes_urgent_and_calls_only_them(desk: TestDesk) -> None:
    number = desk.post()
    desk.casework.claim(number, by=ANN)
    desk.casework.prioritise(number, URGENT, by=BEN)
    desk.pass_and_watch("40m")
    assert lines(desk) == []


def test_one_that_is_urgent_no_longer_is_not_called_for(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    desk.casework.prioritise(number, NORMAL, by=ANN)
    desk.pass_and_watch("40m")
    assert lines(desk) == []


def test_an_urgent_case_calls_the_department_it_is_passed_to(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    assert is_alerting(desk, number, TECHNICAL)
    desk.pass_and_watch("6m")
    assert [cases(one) for one in lines(desk, TECHNICAL)] == [[number]]
    assert lines(desk) == []


def test_a_button_of_triage_is_a_new_case_there(desk: TestDesk) -> None:
    number = desk.post("a mystery", priority=URGENT)
    desk.casework.route(number, MARKETING, by=EVE)
    assert is_alerting(desk, number, MARKETING)


def test_one_that_comes_back_is_a_line_since_its_card_stands(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    stands(desk, number)
    desk.hand_offs.to_department(number, TECHNICAL, "yours?", by=ANN)
    desk.left("service", ANN)
    desk.pass_time("6m")
    desk.hand_offs.give_back(number, by=TOM, why="no")
    assert [cases(one) for one in lines(desk)] == [[number]]


def test_an_urgent_case_that_nobody_takes_is_called_for_where_it_is_merged(desk: TestDesk) -> None:
    first = desk.post("my bag", conversation="a")
    stands(desk, first)
    urgent = desk.post("my bag again", conversation="b", priority=URGENT)
    stands(desk, urgent)
    desk.merging.merge(urgent, first, by=ANN)

    desk.pass_time("5m", sweep=True)
    assert [cases(said) for said in lines(desk)] == [[first]]

    desk.merging.split(urgent, by=ANN)
    desk.pass_time("5m", sweep=True)
    assert [cases(said) for said in lines(desk)] == [[first], [urgent]]


def test_a_case_that_is_put_back_waits_anew(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT)
    stands(desk, number)
    desk.casework.claim(number, by=ANN)
    desk.pass_and_watch("20m")
    desk.casework.release(number, by=ANN)
    assert lines(desk) == []
    desk.pass_and_watch("5m")
    assert [cases(one) for one in lines(desk)] == [[number]]


def test_an_urgent_case_that_reopens_to_nobody_calls(desk: TestDesk) -> None:
    number = desk.post(priority=URGENT, conversation="talk")
    stands(desk, number)
    desk.answer(number)
    desk.closings.solve(number, "", by=ANN)
    desk.left("service", ANN)
    desk.pass_time("1h")
    desk.receive(desk.a_post("it is lost again", conversation="talk"))
    assert [cases(one) for one in lines(desk)] == [[number]]


def test_a_follower_s_card_calls_nobody(desk: TestDesk) -> None:
    number = desk.post("I would buy ten", priority=URGENT)
    assert not is_alerting(desk, number, MARKETING)


def test_where_a_department_is_closed_its_cover_is_called_too(desk: TestDesk) -> None:
    desk.department("service", hours=NINE_TO_FIVE, cover="technical")
    desk.pass_time("10h")
    number = desk.post(priority=URGENT)
    assert is_alerting(desk, number)
    assert is_alerting(desk, number, TECHNICAL)
    stands(desk, number)
    stands(desk, number, TECHNICAL)
    desk.pass_and_watch("6m")
    assert [cases(one) for one in lines(desk, TECHNICAL)] == [[number]]
