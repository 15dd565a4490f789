"""A desk ends when it is told to, whichever of its threads is told."""

import subprocess
import sys

TOLD_ASIDE = """
import signal, threading
from bot.commands.run import told_to_end, wait_for

ended = told_to_end()
aside = threading.Timer(0.2, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
aside.start()
wait_for(ended)
print("ended")
"""


def test_a_signal_that_another_thread_takes_ends_it_too():
    desk = [sys.executable, "-c", TOLD_ASIDE]
    result = subprocess.run(desk, capture_output=True, text=True, timeout=30, check=True)
    assert result.stdout == "ended\n"
