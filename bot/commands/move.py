"""`move FROM_URL TO_URL`: a desk copied to another database, checked, and put in force there."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import click

from bot.commands.given_url import entered, given_url
from bot.commands.opening import read_settings
from bot.commands.output import say
from bot.domain.errors import (
    CopyDiffers,
    HalfMoved,
    MoveStopped,
    NoDeskThere,
    NotReached,
    SameDatabase,
    SourceInUse,
    StoreIsNewer,
    StoreUnavailable,
    TargetNotEmpty,
)
from bot.store.database import Database, refuse_newer
from bot.store.engines import known_as, open_database, open_to_read, sqlite_file
from bot.store.moving import Copy, Moving
from bot.store.schema import MIGRATIONS
from bot.store.single_run import mark_moved, only_run, unmark_moved
from bot.store.store import Store
from bot.store.tables import Table
from bot.wiring import build_services
from config.settings import Settings


@click.command()
@click.argument("from_url")
@click.argument("to_url")
def move(from_url: str, to_url: str) -> None:
    """Copy a desk to another database: sqlite:///PATH or postgresql://…, either way.

    Stop the desk first. Interrupted, it goes on where it was when it is called again.
    A password is never typed here: it is asked for, or read from ~/.pgpass, or from .env, where a
    URL may be written and named as env:NAME.
    """
    old, new = given_url(from_url, "FROM_URL"), given_url(to_url, "TO_URL")
    settings = read_settings()
    old, new = _entered(old, "FROM_URL"), _entered(new, "TO_URL")
    with _opened(old, new) as (source, target):
        copy = _prepared(source, target)
        with _resumable():
            copy.begin()
            if Moving(target).checked() is None:
                _copy_on(copy)
                _check(copy, target)
            mark_moved(old, _there(new, target))
            _must_be_as_checked(copy, target)
            _put_in_force(settings, target)
            unmark_moved(new)
    _say_what_is_left(old)


def _entered(url: str, name: str) -> str:
    try:
        return entered(url)
    except StoreUnavailable as why:
        raise NotReached(name, str(why)) from None


@contextmanager
def _opened(old: str, new: str) -> Iterator[tuple[Database, Database]]:
    """Both, with nobody else at them; files stay locked until the end."""
    file = sqlite_file(old)
    if file and not file.exists():
        raise NoDeskThere
    with ExitStack() as ends:
        source = ends.enter_context(_reached("FROM_URL", lambda: open_to_read(old)))
        target = ends.enter_context(_reached("TO_URL", lambda: open_database(new)))
        if source.lineage.place() == target.lineage.place():
            raise SameDatabase
        ends.enter_context(only_run(old))
        ends.enter_context(only_run(new))
        if source.lineage.others():
            raise SourceInUse
        yield source, target


@contextmanager
def _reached(name: str, opened: Callable[[], Database]) -> Iterator[Database]:
    try:
        database = opened()
        database.applied()
    except (StoreUnavailable, OSError) as why:
        raise NotReached(name, str(why)) from None
    with closing(database):
        yield database


@contextmanager
def _resumable() -> Iterator[None]:
    try:
        yield
    except StoreIsNewer:
        raise
    except StoreUnavailable as why:
        raise MoveStopped(str(why)) from None
    except OSError as why:  # the mark beside the old file
        raise MoveStopped(f"{why.filename}: {why.strerror}") from None


def _prepared(source: Database, target: Database) -> Copy:
    """Raises what forbids the move, with nothing written anywhere."""
    if not source.applied():
        raise NoDeskThere
    refuse_newer(source.applied(), MIGRATIONS)
    if half := Moving(source).source():
        raise HalfMoved(half)
    begun = Moving(target).source()
    if begun and begun != source.lineage.place():
        raise HalfMoved(begun)
    if not begun and target.tables():
        raise TargetNotEmpty(target.tables())
    return Copy(source, target, MIGRATIONS)


def _copy_on(copy: Copy) -> None:
    with click.progressbar(length=copy.rows(), label="Rows", file=sys.stderr) as bar:
        bar.update(copy.copied())
        for rows in copy.pages():
            bar.update(rows)


def _check(copy: Copy, target: Database) -> None:
    """Every table is said with the count and the hash that both sides have."""
    hashes, differing = {}, []
    for table in _shown(copy, "Check"):
        there, here = copy.there(table), copy.here(table)
        hashes[table.name] = there.value
        differing += [] if there == here else [table.name]
        verdict = "equal" if there == here else f"DIFFERS: {here.rows} rows  {here.value}"
        say(f"{table.name:<18}{there.rows:>10} rows  {there.value}  {verdict}")
    if differing:
        raise CopyDiffers(differing)
    with target.writing():
        Moving(target).check(hashes)


def _must_be_as_checked(copy: Copy, target: Database) -> None:
    """From the check to the mark, or to the next attempt, somebody may have run the old desk."""
    hashes = Moving(target).checked()
    assert hashes is not None  # all was equal
    tables = _shown(copy, "Check again")
    changed = [table.name for table in tables if copy.there(table).value != hashes[table.name]]
    if changed:
        raise CopyDiffers(changed)


def _shown(copy: Copy, label: str) -> Iterator[Table]:
    with click.progressbar(copy.tables, label=label, file=sys.stderr) as bar:
        yield from bar


def _there(url: str, target: Database) -> str:
    """As people know it, and unlike any other."""
    return f"{known_as(url)} ({target.lineage.place()})"


def _put_in_force(settings: Settings, target: Database) -> None:
    """The newest tables, the index of words, and an epoch of its own."""
    store = Store(target)
    with store.transaction() as tx:
        tx.words.index_anew()
    store.migrate()
    epoch = build_services(settings, store).epochs.moved()
    say(f"All is equal. Public replies wait: {epoch.why}.")


def _say_what_is_left(old: str) -> None:
    say("Set DATABASE_URL to the new database, and run the desk there. An admin says")
    say("/desk outgoing on in Slack, when the answers of unknown outcome were looked at.")
    if sqlite_file(old):
        say("The old file refuses to run from now on.")
    else:
        say("Never run the old one again: two desks answer customers twice. In it, say:")
        say("  alter database NAME allow_connections false")
