"""Nothing unbounded in one transaction: of very many the first at once, the others by the clock."""

from datetime import timedelta
from itertools import count, pairwise
from time import process_time

import pytest

from bot.domain.conversation import Heard
from bot.domain.effects import Kind
from bot.domain.ids import CaseId, PostKey
from bot.domain.incident import Severity
from bot.domain.post import Author, Priority
from bot.domain.reply import Outgoing, ReplyState
from bot.domain.search import parse
from bot.domain.timeline import What
from bot.services import follow_up, hand_offs
from bot.services.answering import AT_ONCE as TOLD_AT_ONCE
from bot.services.calls import calls_of
from bot.services.case_search import LONGEST, READ_TOGETHER, CaseSearch
from bot.services.incident_links import AT_ONCE as DRAWN_AT_ONCE
from bot.services.pace import FIRST, HELD, Pace
from tests.company import ANN, BEN, CEM, DORA, EVE, email_of
from tests.desk import TestDesk
from tests.room import office_of

MANY = 30


class Stopwatch:
    """What one of a kind costs, in seconds."""

    def __init__(self, each: float):
        self.each, self.at = each, 0.0

    def __call__(self) -> float:
        return self.at

    def work(self, pace: Pace) -> int:
        done = pace.size
        with pace.measured(done):
            self.at += done * self.each
        return done


@pytest.mark.parametrize(("each", "fitting"), [(1 / 1024, 51), (1 / 128, 6), (0.2, 1), (0, 200)])
def test_as_many_are_done_together_as_fit_into_the_time_others_may_wait(
    each: float, fitting: int
) -> None:
    watch = Stopwatch(each)
    pace = Pace(watch, 200)
    done = [watch.work(pace) for _ in range(6)]

    assert done[0] == FIRST
    assert done[-1] == fitting
    assert all(later <= 2 * before for before, later in pairwise(done))


def test_a_kind_that_becomes_dear_is_done_one_by_one_from_then_on() -> None:
    watch = Stopwatch(0.0001)
    pace = Pace(watch, 200)
    for _ in range(5):
        watch.work(pace)
    watch.each = HELD
    watch.work(pace)

    assert watch.work(pace) == 1


def posts(desk: TestDesk, many: int = MANY) -> list[CaseId]:
    return [desk.post(by=f"@c{number}") for number in range(many)]


def test_all_that_somebody_held_goes_back_when_they_leave_the_first_of_it_at_once(
    desk: TestDesk,
) -> None:
    cases = posts(desk)
    for case in cases:
        desk.casework.claim(case, by=ANN)
    desk.left("service", ANN)
    with desk.work() as work:
        hand_offs.give_up_cases(work, ANN)

    held = [case for case in cases if desk.case(case).assignee == ANN]
    assert len(held) == MANY - hand_offs.AT_ONCE
    desk.casework.assign(held[0], to=BEN, by=DORA)  # whoever has it now keeps it
    desk.watch.sweep()
    assert [desk.case(case).assignee for case in held] == [BEN, *[None] * (len(held) - 1)]
    assert all("left_queue" in desk.notes(case) for case in cases if case != held[0])


def test_what_somebody_may_still_hold_stays_theirs_however_much_they_leave(desk: TestDesk) -> None:
    cases = posts(desk)
    for case in cases:
        desk.casework.claim(case, by=ANN)
    with desk.work() as work:
        hand_offs.give_up_cases(work, ANN)
    desk.watch.sweep()

    assert {desk.case(case).assignee for case in cases} == {ANN}


def test_the_brake_holds_all_that_waits_and_tells_every_author(desk: TestDesk) -> None:
    cases = posts(desk)
    for case in cases:
        desk.replies.submit(case, "On it", by=ANN, once=f"form{case}")
    desk.administration.set_outgoing(Outgoing.OFF, by=ANN, why="wrong prices")

    with desk.reading() as tx:
        assert {tx.replies.of_case(case)[0].state for case in cases} == {ReplyState.HELD}
    told = [case for case in cases if desk.whats(case).count(What.REPLY) == 2]
    assert len(told) == TOLD_AT_ONCE
    desk.watch.sweep()
    assert all(desk.whats(case).count(What.REPLY) == 2 for case in cases)


def test_the_cards_of_a_large_incident_are_all_drawn_anew(desk: TestDesk) -> None:
    cases = posts(desk)
    number = desk.incidents.declare("Ash cloud", Severity.SEV2, by=ANN, cases=cases).incident.id
    with office_of(desk) as office:
        office.settle(rounds=200)
        desk.incidents.stand_down(number, "It is over.", by=ANN)
        at_once = [case for case in cases if waits(desk, case)]
        assert len(at_once) == DRAWN_AT_ONCE
        desk.watch.sweep()
        assert all(waits(desk, case) for case in cases)


def waits(desk: TestDesk, case: CaseId) -> bool:
    """Its card is to be drawn anew."""
    (card,) = desk.messages(case, Kind.CARD)
    return card.wanted > card.shown


def test_a_press_for_very_many_cases_looks_at_each_once(desk: TestDesk) -> None:
    desk.rota({"person": email_of(CEM)})
    desk.joined("rapid-response", CEM)
    case = desk.post()
    desk.pass_time("61m", sweep=True)
    with desk.work() as work:
        [call] = calls_of(work, work.tx.outbox.of_case(case, Kind.PING))
        began = process_time()
        follow_up.look_again(work, [call] * 4000)
        assert process_time() - began < 1  # each was compared with each


def test_a_search_that_takes_too_long_tells_what_it_has_found_and_that_it_is_some(
    desk: TestDesk,
) -> None:
    desk.joined("service", EVE)
    posts(desk, 3 * READ_TOGETHER)
    ticks = count()
    with desk.kernel.look() as work:
        search = CaseSearch(
            work, parse("-words:nothing"), EVE, steady=lambda: next(ticks) * LONGEST / 100
        )
        board = search.board(search.cases(), 10)

    assert board.at_least
    assert 10 < len(board.lines) + board.more < 3 * READ_TOGETHER


def test_of_very_many_words_a_card_and_a_form_show_the_newest_and_count_the_others(
    desk: TestDesk,
) -> None:
    number = desk.post("I think of suicide", conversation="c")
    for word in range(150):
        desk.receive(desk.a_post(f"word {word}", id=f"w{word:03}", conversation="c"))
    form = desk.replies.draft(number, by=ANN)
    whole = desk.boards.case(number, by=ANN)

    facts = whole.card
    assert facts.latest is not None
    assert (facts.latest.text, facts.follow_ups, facts.alarm) == ("word 149", 150, "suicid")
    assert [post.text for post in whole.posts[-3:]] == ["word 147", "word 148", "word 149"]
    assert len(whole.posts) == 151
    assert (form.post.text, form.choices[-2].post.text) == ("word 149", "word 148")
    assert form.more_choices + len(form.choices) == 151


def written(desk: TestDesk, many: int, **facts: object) -> None:
    """So many posts of one conversation, each in answer to the one before."""
    number = desk.post("the first", id="w0", conversation="c", **facts)
    with desk.work() as work:
        for word in range(1, many):
            above = {"conversation": "c", "in_reply_to": f"w{word - 1}", **facts}
            post = desk.a_post("more", id=f"w{word}", **above)
            work.tx.posts.add(post, at=desk.now + timedelta(milliseconds=word), language="en")
            work.tx.conversations.place(post)
            work.tx.posts.belong(post.key, PostKey("x:w0"), Heard.WORD, number)


def test_a_post_that_comes_after_its_answers_finds_its_case_among_thousands(
    desk: TestDesk,
) -> None:
    written(desk, 2000)
    desk.pass_time("1m")
    desk.receive(desk.a_post("and this", id="z", conversation="c", in_reply_to="root"))
    began = process_time()
    case = desk.receive(desk.a_post("the root of it", id="root", conversation="c")).case

    assert case == CaseId(1001)
    assert process_time() - began < 0.2  # each word was followed up to its beginning


def test_a_handle_that_has_written_thousands_of_posts_is_known_at_once(desk: TestDesk) -> None:
    written(desk, 2000, author=Author("@jane", id="7"))
    began = process_time()
    case = desk.receive(desk.a_post("no id this time", conversation="c")).case

    assert case == CaseId(1001)
    assert process_time() - began < 0.2  # each post was compared with all the later ones


def test_an_urgent_post_costs_the_same_after_hundreds_that_nobody_was_called_for(
    desk: TestDesk,
) -> None:
    urgent = {"priority": Priority.URGENT}
    for number in range(150):
        desk.post(by=f"@u{number}", **urgent)
    began = process_time()
    for number in range(10):
        desk.post(by=f"@v{number}", **urgent)
    assert process_time() - began < 0.15  # each looked at all that wait for the next call

    desk.pass_time("6m", sweep=True)
    with desk.reading() as tx:
        assert tx.alerts.due("department:service", desk.now, quiet_only=False) == []
