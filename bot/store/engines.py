"""Which engine a `DATABASE_URL` names: the one place where a database is opened."""

import os
from contextlib import suppress
from pathlib import Path

from psycopg import OperationalError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bot.store.database import Database
from bot.store.postgres import PostgresDatabase
from bot.store.sqlite import SqliteDatabase

SQLITE = "sqlite:///"


def open_database(url: str, *, durable: bool = True) -> Database:
    """Not `durable`: what was written last may be lost with the machine, never with the process."""
    path = sqlite_file(url)
    if path is None:
        return PostgresDatabase(url, durable=durable)
    make_folder(path.parent)
    make_private(path)
    _take_along(url, path)
    return SqliteDatabase(path, synchronous="FULL" if durable else "OFF")


def open_to_read(url: str) -> Database:
    """A file is opened so that not a byte of it changes; it has to be there."""
    path = sqlite_file(url)
    return SqliteDatabase(path, read_only=True) if path else PostgresDatabase(url)


def sqlite_file(url: str) -> Path | None:
    """Where the desk's one file is; None where it has none. What stands beside it stands there.

    SQLite follows a link too: its journal is beside the file that the link leads to.
    """
    path = named_file(url)
    return path.resolve() if path and path.is_symlink() else path


def named_file(url: str) -> Path | None:
    """The same as an operator wrote it."""
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def _take_along(url: str, path: Path) -> None:
    """What an earlier program has kept beside the link belongs beside the file."""
    beside, there = Path(f"{named_file(url)}.pulse"), Path(f"{path}.pulse")
    if beside != there and beside.exists() and not there.exists():
        beside.replace(there)


def known_as(url: str) -> str:
    """Where it is, as an operator wrote it; neither user nor password."""
    if path := sqlite_file(url):
        return str(path)
    written = conninfo_to_dict(url)
    host = written.get("host") or written.get("hostaddr") or "this machine"
    port = f":{written['port']}" if written.get("port") else ""
    if service := written.get("service"):
        return f"service {service}"
    return f"{written.get('dbname')} at {host}{port}"


def asks_for_password(why: BaseException | None) -> bool:
    """Whether a server was found, and none was given to it, in the URL, ~/.pgpass or a service."""
    while why is not None and not isinstance(why, OperationalError):
        why = why.__cause__ or why.__context__
    return why is not None and why.pgconn is not None and why.pgconn.needs_password


def with_password(url: str, password: str) -> str:
    return make_conninfo(url, password=password)


def make_folder(folder: Path) -> None:
    """A new one is its owner's alone; who may look into one that is there is not for us to say."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def make_private(path: Path) -> None:
    """A new file has customers' words in it; SQLite gives its mode to those beside it.

    One that is there is not even opened: closing it again would drop SQLite's own locks on it.
    """
    with suppress(OSError):  # it is there, or cannot be made, as SQLite will say
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
