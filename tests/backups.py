"""A copy of a desk's database, put back later: what was said since is remembered outside only."""

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from bot.services.sending import Sending
from bot.store.engines import sqlite_file
from tests.desk import TestDesk


@dataclass(frozen=True)
class Backup:
    """`url` names the copy; in PostgreSQL it is the one that is run after a restore."""

    url: str


@contextmanager
def has_started(url: str) -> Iterator[TestDesk]:
    """A desk that has looked once, so what stands beside its database stands there."""
    desk = TestDesk(url)
    desk.epochs.look()
    yield desk
    desk.close()


def back_up(desk: TestDesk) -> Backup:
    """As `sqlite3 desk.db ".backup …"` and `createdb --template` make them."""
    desk.close()
    file = sqlite_file(desk.url)
    return Backup(_copy_of_file(file) if file else _copy_of_database(desk.url))


def restore(desk: TestDesk, backup: Backup) -> TestDesk:
    """The process has ended; another one finds the copy where the database was."""
    desk.close()
    file, copy = sqlite_file(desk.url), sqlite_file(backup.url)
    gc.collect()  # the connections of threads that have ended are open until then
    if file and copy:
        put_back(copy, file)
    url = desk.url if file else backup.url
    return _same_world(desk, TestDesk(url, now=desk.now))


def put_back(copy: Path, file: Path) -> None:
    """The journal of a file belongs to that file alone; the pulse stays as it was."""
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    shutil.copyfile(copy, file)


def copy_file(file: Path, copy: Path) -> None:
    """While others write, too."""
    source, target = sqlite3.connect(file), sqlite3.connect(copy)
    source.backup(target)
    target.close()
    source.close()


def _copy_of_file(file: Path) -> str:
    copy = file.with_name(f"{uuid4().hex}.backup")
    copy_file(file, copy)
    return f"sqlite:///{copy}"


def _copy_of_database(url: str) -> str:
    parts, name = urlsplit(url), f"copy_{uuid4().hex[:8]}"
    server = urlunsplit(parts._replace(path="/postgres"))
    original = parts.path.removeprefix("/")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'create database "{name}" template "{original}"'.encode())
    return urlunsplit(parts._replace(path=f"/{name}"))


def _same_world(before: TestDesk, after: TestDesk) -> TestDesk:
    """The network remembers, and no key is given twice."""
    after.network, after._keys, after._posts = before.network, before._keys, before._posts
    after.sending = Sending(after.kernel, {"": after.network})
    return after
