"""What comes twice from Slack has an effect once."""

from threading import Thread

import pytest

from bot.domain.errors import AlreadyClaimed, SubmittedAlready
from bot.domain.timeline import What
from bot.services.casework import Casework
from bot.services.once import Once
from bot.services.questions import Questions
from tests.company import ANN, BEN
from tests.desk import TestDesk


def test_the_second_time_is_refused(desk: TestDesk):
    once, case = Once(desk.kernel), desk.post()
    assert not once.knows("V1")
    Casework(once.acting("V1")).claim(case, by=ANN)
    assert once.knows("V1")
    with pytest.raises(SubmittedAlready):
        Casework(once.acting("V1")).release(case, by=ANN)
    Casework(once.acting("V2")).release(case, by=ANN)


def test_what_was_refused_has_had_no_effect_until_it_is_kept(desk: TestDesk):
    once, case = Once(desk.kernel), desk.post()
    desk.casework.claim(case, by=BEN)
    with pytest.raises(AlreadyClaimed):
        Casework(once.acting("V1")).claim(case, by=ANN)
    assert not once.knows("V1")
    once.keep("V1")
    once.keep("V1")
    assert once.knows("V1")


def test_who_hears_it_while_it_is_being_answered_leaves_it(desk: TestDesk):
    once = Once(desk.kernel)
    with once.turn("V1") as first, once.turn("V1") as second, once.turn("V2") as other:
        assert (first, second, other) == (True, False, True)
        once.keep("V1")
    with once.turn("V1") as again, once.turn("V2") as failed_before:
        assert (again, failed_before) == (False, True)


def test_it_is_remembered_longer_than_anybody_repeats_and_then_forgotten(desk: TestDesk):
    once = Once(desk.kernel)
    once.keep("V1")
    desk.pass_time("7d")
    assert once.forget() == 0
    assert once.knows("V1")
    desk.pass_time("2d")
    assert once.forget() == 1
    assert not once.knows("V1")


def test_of_many_at_once_one_is_first(desk: TestDesk):
    once, case = Once(desk.kernel), desk.post()
    refused = list[int]()

    def ask(number: int) -> None:
        try:
            Questions(once.acting("V1")).ask_person(case, BEN, f"number {number}?", by=ANN)
        except SubmittedAlready:
            refused.append(number)

    threads = [Thread(target=ask, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 15
    assert desk.whats(case).count(What.ASKED) == 1
