"""A stand-by that lacks the last commits takes over under a desk that runs: no number comes twice.

Nobody starts anything anew here: the first thing that is written finds out.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.domain.errors import NoSuchCase, TermOver
from bot.domain.ids import CaseId
from bot.domain.leases import CALLS_END, Task
from bot.domain.post import Author, Post
from bot.services.terms import Process, Term, Terms
from bot.services.timekeeping import GivenTime
from bot.store.engines import open_database
from bot.store.store import Store
from bot.wiring import Services, build_services
from config.settings import load_settings
from tests.backups import back_up, has_started, restore
from tests.company import ANN, MONDAY
from tests.desk import TestDesk
from tests.proof.cases import NOON, lay_down


@pytest.fixture
def desk(database_url: str) -> Iterator[TestDesk]:
    with has_started(database_url) as desk:
        yield desk


@pytest.fixture
def taken_over(desk: TestDesk) -> Iterator[Callable[[Callable[[], None]], Services]]:
    """What a stand-by lacks is done after the copy is made; a desk is on the copy then."""
    with ExitStack() as until_the_end:

        def take_over(lacks: Callable[[], None]) -> Services:
            copy = back_up(desk)
            lacks()
            after = restore(desk, copy)
            after.close()
            store = Store(open_database(after.url, durable=False))
            until_the_end.callback(store.close)
            settings = load_settings({"DATABASE_URL": after.url}, None)
            return build_services(settings, store, GivenTime(lambda: desk.now))

        yield take_over


def posted(services: Services, id: str) -> CaseId:
    receipt = services.intake.receive(Post("x", id, "where is my bag?", Author(f"@{id}")), None)
    assert receipt.case is not None
    return receipt.case


TakenOver = Callable[[Callable[[], None]], Services]


def test_the_first_post_after_it_gets_a_number_that_no_lost_case_had(
    desk: TestDesk, taken_over: TakenOver
) -> None:
    lost: list[CaseId] = []
    after = taken_over(lambda: lost.extend(desk.post() for _ in range(3)))

    assert posted(after, "new") > max(lost)
    assert after.epochs.waits() is not None


def test_a_button_of_a_lost_case_finds_none(desk: TestDesk, taken_over: TakenOver) -> None:
    lost: list[CaseId] = []
    after = taken_over(lambda: lost.append(desk.post()))
    posted(after, "new")

    with pytest.raises(NoSuchCase):
        after.casework.claim(lost[0], by=ANN)


def test_a_click_before_any_post_begins_the_epoch_too(
    desk: TestDesk, taken_over: TakenOver
) -> None:
    lost: list[CaseId] = []
    after = taken_over(lambda: lost.append(desk.post()))

    with pytest.raises(NoSuchCase):
        after.casework.claim(lost[0], by=ANN)
    assert after.epochs.waits() is not None


def test_a_change_of_a_case_gets_no_number_that_a_lost_one_had(
    desk: TestDesk, taken_over: TakenOver
) -> None:
    case = desk.post()
    after = taken_over(lambda: desk.casework.claim(case, by=ANN))
    with desk.reading() as tx:
        before = tx.cases.get(case).version

    with after.kernel.work() as work:
        assert work.case(case).version > before + 1


def test_what_was_found_out_of_the_set_up_that_is_gone_counts_no_more(
    desk: TestDesk, taken_over: TakenOver
) -> None:
    after = taken_over(lambda: desk.put("admins", ["UANN"]))
    with desk.reading() as tx:
        before = tx.revision.now()

    with after.kernel.work() as work:
        assert work.revision > before + 1


@dataclass
class Chair:
    term: Term
    left: bool = False

    def is_well(self) -> bool:
        return True

    def stop(self) -> None: ...

    def leave(self) -> None:
        self.left = True


@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "one of several"])
def test_whoever_holds_a_task_begins_anew(desk: TestDesk, is_alone: bool) -> None:
    sat: list[Chair] = []

    def sit(term: Term) -> Chair:
        sat.append(Chair(term))
        return sat[-1]

    process = Process("host:1:a", is_alone)
    terms = Terms(desk.store, process, {Task.DELIVERY: sit}, lambda: MONDAY, lambda: 1000.0)
    terms.turn()

    desk.epochs.restored()
    with pytest.raises(TermOver), desk.store.transaction() as tx:
        sat[0].term.guard(tx)
    terms.turn()

    assert [chair.left for chair in sat] == [True, False]
    # What the term before has asked of Slack may still be on its way there.
    assert sat[1].term.settles_in == CALLS_END


def test_where_nobody_can_count_what_is_lost_a_busy_month_is_allowed_for(
    empty_url: str,
) -> None:
    with closing(open_database(empty_url, durable=False)) as database:
        store = Store(database)
        store.migrate()
        lay_down(database, 2000)
        with store.reading() as tx:
            a_day = NOON + timedelta(days=1)
            given = tx.epochs.given_at_most(since=a_day, at=a_day + timedelta(days=90))

    assert given == 60_000
