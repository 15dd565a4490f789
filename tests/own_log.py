"""A command sets up the log of its process, and here the process is everybody's."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def a_log_of_its_own() -> Iterator[None]:
    """What is made of the log in here ends here."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers
