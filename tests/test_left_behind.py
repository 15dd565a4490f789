"""What a test leaves behind turns it red, and says what to do."""

import logging
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import left_behind
from tests.left_behind import kept_for_all, nothing_left_behind

SLEEPS = [sys.executable, "-c", "input()"]


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_behind, "PATIENCE", 0.1)


def found(left: str) -> "pytest.RaisesExc[AssertionError]":
    return pytest.raises(AssertionError, match=rf"(?s)a story left behind:.*{left}.*Close it where")


def test_a_thread_is_refused_and_named():
    going_on = threading.Event()
    thread = threading.Thread(target=going_on.wait, name="clock")
    with found("the thread clock"), nothing_left_behind("a story"):
        thread.start()
    going_on.set()
    thread.join()


def test_a_pool_is_refused():
    pool = ThreadPoolExecutor(1, "delivery")
    with found("the thread delivery_0"), nothing_left_behind("a story"):
        pool.submit(print).result()
    pool.shutdown()


def test_a_connection_is_refused():
    with found("an open file or connection, .*: socket:"), nothing_left_behind("a story"):
        line = socket.create_server(("127.0.0.1", 0))
    line.close()


def test_a_process_is_refused_unless_it_is_for_all():
    with found("the process .*input"), nothing_left_behind("a story"):
        child = subprocess.Popen(SLEEPS, stdin=subprocess.PIPE)
    child.communicate()
    with nothing_left_behind("a story"), kept_for_all():
        child = subprocess.Popen(SLEEPS, stdin=subprocess.PIPE)
    child.communicate()


def test_a_changed_environment_and_log_are_refused():
    root = logging.getLogger()
    level = root.level
    with found("HOME_OF_A_STORY as 'here'.*the root log"), nothing_left_behind("a story"):
        os.environ["HOME_OF_A_STORY"] = "here"
        root.setLevel(logging.DEBUG - 1)
    del os.environ["HOME_OF_A_STORY"]
    root.setLevel(level)


def test_what_was_closed_or_was_there_before_is_nobodys_fault():
    earlier = ThreadPoolExecutor(1)
    earlier.submit(print).result()
    with earlier, nothing_left_behind("a story"):
        pool = ThreadPoolExecutor(1)
        pool.submit(print).result()
        pool.shutdown()
        socket.create_server(("127.0.0.1", 0)).close()
