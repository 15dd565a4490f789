"""Loops and attempts: what comes first, what ends them, what is only a delay."""

import gc
import logging
import threading
from datetime import timedelta

import pytest

from bot.domain.errors import SlackUnavailable, StoreUnavailable, TermOver
from bot.jobs import Attempts, Clock, Job, Loop, told
from bot.wiring import machine_time

SOON = 60.0  # seconds; a test that waits for so long has failed


def thread_named(name: str) -> threading.Thread:
    [found] = [one for one in threading.enumerate() if one.name == name]
    return found


def test_what_comes_first_is_tried_until_it_succeeds_and_no_step_is_done_before(
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.WARNING)  # whatever a story before has set
    order: list[str] = []
    stepped = threading.Event()

    def first() -> None:
        order.append("first")
        if len(order) == 1:
            raise StoreUnavailable("away")

    def step() -> int:
        order.append("step")
        stepped.set()
        return 0

    loop = Loop("first-things", step, first=first)
    loop.start()
    assert stepped.wait(SOON)
    loop.stop()
    assert order[:3] == ["first", "first", "step"]
    assert [record.message for record in caplog.records] == ["loop has to wait"]


def test_a_loop_ends_with_its_term():
    begins = threading.Event()

    def step() -> int:
        begins.wait(SOON)
        raise TermOver("delivery")

    Loop("replaced", step).start()
    thread = thread_named("replaced")
    begins.set()
    thread.join(SOON)
    assert not thread.is_alive()


def test_an_attempt_is_made_when_its_time_has_come():
    looks: list[bool] = []
    made = threading.Event()

    def may() -> bool:
        looks.append(len(looks) == 1)
        return looks[-1]

    attempts = Attempts("in-time", made.set, lambda _: None, may=may)
    attempts.start()
    assert made.wait(SOON)
    attempts.stop()
    assert looks == [False, True]


def test_an_attempt_is_made_as_soon_as_somebody_says_that_it_may():
    known, asked, made = threading.Event(), threading.Event(), threading.Event()

    def may() -> bool:
        asked.set()
        return known.is_set()

    attempts = Attempts("in-time", made.set, lambda _: None, may=may)
    attempts.SOON = timedelta(hours=1)
    attempts.start()
    assert asked.wait(SOON)
    known.set()
    attempts.nudge()
    assert made.wait(SOON)
    attempts.stop()


def test_an_attempt_that_waits_for_its_time_ends_at_once():
    asked = threading.Event()
    attempts = Attempts("never", lambda: None, lambda _: None, may=lambda: asked.set() or False)
    attempts.SOON = timedelta(hours=1)
    attempts.start()
    assert asked.wait(SOON)
    thread = thread_named("never")
    attempts.stop()
    assert not thread.is_alive()


def test_a_clock_may_be_stopped_before_it_runs_and_twice():
    clock = Clock([Job("nothing", lambda: None, timedelta(hours=1))], machine_time)
    clock.stop()
    clock.start()
    clock.stop()
    clock.stop()


def test_a_clock_that_starts_leaves_the_memory_of_its_process_alone():
    frozen = gc.get_freeze_count()
    clock = Clock([Job("nothing", lambda: None, timedelta(hours=1))], machine_time)
    clock.start()
    clock.stop()
    assert gc.get_freeze_count() == frozen


def test_not_everything_on_the_way_to_slack_is_slack():
    assert (
        told(StoreUnavailable("it does not answer")) == "waits for the database: it does not answer"
    )
    assert told(SlackUnavailable("invalid_auth")) == "Slack: invalid_auth"
    assert told(KeyError("x")) == "failed by itself, see the log: KeyError"
