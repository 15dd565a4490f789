"""What comes twice from Slack has an effect once."""

from threading import Thread

from bot.services.once import Once
from tests.desk import TestDesk


def test_the_second_time_is_not_the_first(desk: TestDesk):
    once = Once(desk.kernel)
    assert once.first("V1")
    assert not once.first("V1")
    assert once.first("V2")


def test_it_is_remembered_longer_than_anybody_repeats_and_then_forgotten(desk: TestDesk):
    once = Once(desk.kernel)
    once.first("V1")
    desk.pass_time("7d")
    assert once.forget() == 0
    assert not once.first("V1")
    desk.pass_time("2d")
    assert once.forget() == 1
    assert once.first("V1")


def test_of_many_at_once_one_is_first(desk: TestDesk):
    once, firsts = Once(desk.kernel), list[bool]()
    threads = [Thread(target=lambda: firsts.append(once.first("V1"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(firsts) == [False] * 15 + [True]
