"""A database that is named on the command line, without a password that others could read there."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click

from bot.domain.errors import StoreUnavailable
from bot.store.engines import asks_for_password, known_as, open_to_read, sqlite_file, with_password
from config.dotenv_file import read_dotenv
from config.values import Secret, has_password, store_url

ENV = "env:"
_UNSEEN = (
    "leave it out and type it when you are asked, put it into ~/.pgpass, or write the URL into .env"
    " and its name here: env:NAME"
)
Ask = Callable[[str], str]


def given_url(written: str, name: str) -> str:
    """The URL, or what `env:NAME` says; refuses a password that is typed."""
    text = _of_environment(written.removeprefix(ENV), name) if is_named(written) else written
    try:
        url = store_url(text)
    except ValueError as fault:
        raise click.BadParameter(f"it {fault}", param_hint=name) from None
    if not is_named(written) and isinstance(url, Secret) and has_password(url):
        raise click.BadParameter(
            "it has a password in it, which everybody on this machine can read while the command"
            f" runs, and your shell keeps; {_UNSEEN}",
            param_hint=name,
        )
    return url


def is_named(written: str) -> bool:
    return written.startswith(ENV)


def entered(url: str) -> str:
    """The same with a password that was asked for, where the server wants one and none is given."""
    if sqlite_file(url) or not _is_shut(url):
        return url
    if not sys.stdin.isatty():
        raise StoreUnavailable(f"it asks for a password; {_UNSEEN}")
    return with_password(
        url, click.prompt(f"Password for {known_as(url)}", hide_input=True, err=True)
    )


def _is_shut(url: str) -> bool:
    with closing(open_to_read(url)) as database:
        try:
            database.applied()
        except StoreUnavailable as why:
            return asks_for_password(why)
    return False


def _of_environment(wanted: str, name: str) -> str:
    known = {**read_dotenv(Path(".env"), (), []), **os.environ}
    if text := known.get(wanted, "").strip():
        return text
    raise click.BadParameter(
        f"{wanted} is set neither in .env nor in the environment; write {wanted}=postgresql://…"
        " into .env",
        param_hint=name,
    )
