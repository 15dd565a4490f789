"""What a command says, where the file it is sent to may be on a disk that is full."""

import errno
import os
import re
import sys
from contextlib import suppress

import click

from bot.views.terminal import visible

_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^\s]*@")  # of an address
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """As it is for a file or another program; a terminal gets nothing that it would obey."""
    stream = sys.stderr if err else sys.stdout
    click.echo(visible(text) if stream.isatty() else text, err=err, nl=nl)


def say_if_possible(text: str) -> None:
    """For what is good to know: no desk ends because nobody can be told that it runs."""
    try:
        say(text)
    except OSError:
        forget_what_waits()


def without_password(text: str) -> str:
    return _PASSWORD.sub(r"\1…@", text)


def is_for_want_of_room(error: OSError) -> bool:
    return error.errno in _NO_ROOM


def no_room(error: OSError) -> str:
    what = f"{error.filename} cannot be written" if error.filename else "The output is incomplete"
    return f"{what}: {error.strerror}. Free some space, and run the same command again."


def forget_what_waits() -> None:
    """What could not be written waits in its stream, and would be a second fault at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
