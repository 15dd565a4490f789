"""`check` on the database: whether it is there, new enough, and takes what the desk writes."""

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.domain.errors import StoreIsNewer, StoreUnavailable
from bot.store import trial
from bot.store.engines import open_database, sqlite_file
from bot.store.pooling import Pooling, pooling_of

_ELSEWHERE = "name a file in a folder of the desk's own, like sqlite:///data/desk.db"
_POOLED = {
    Pooling.TRANSACTION: (
        "DATABASE_URL leads through a pooler in transaction mode. The desk works with it; it asks"
        " for news four times a second there, instead of being told at once"
    ),
    Pooling.SESSION: (
        "DATABASE_URL leads through a pooler in session mode. Each process of the desk keeps up to"
        " nine of its connections; in transaction mode it needs fewer"
    ),
}
_OF_POOLERS = {  # what they say, and what to do
    "statement pooling": "set pool_mode = transaction for this database in the pooler",
    "startup parameter": "take that parameter out of DATABASE_URL; the pooler does not pass it on",
    "query_wait_timeout": "give the pooler more connections: default_pool_size",
}
_OF_THE_SYSTEM = ("/proc", "/sys", "/dev", "/boot", "/run")


def database_faults(url: str) -> Iterator[str]:
    """At most one; nothing is made or changed."""
    path = sqlite_file(url)
    if path is None:
        yield from _tried(url, _a_way_in(url), _its_owner(url))
    elif path.exists():
        yield from _tried(url, _ours(path.parent), _ours(path.parent))
    else:
        yield from _makeable(path.parent)


def database_notes(url: str) -> Iterator[str]:
    """What stands between the desk and its database, where it can be used."""
    if sqlite_file(url) is None:
        with suppress(StoreUnavailable):
            kind = pooling_of(url)
            yield from filter(None, [_POOLED.get(kind)])


def _tried(url: str, to_reach: str, to_write: str) -> Iterator[str]:
    with closing(open_database(url)) as db:
        try:
            trial.reach(db)
        except StoreIsNewer as newer:
            yield f"DATABASE_URL: {newer}; run that version"
            return
        except StoreUnavailable as why:
            yield f"DATABASE_URL: the database cannot be used: {why}; {_advice(why, to_reach)}"
            return
        try:
            trial.write(db)
        except StoreUnavailable as why:
            yield f"DATABASE_URL: the database takes no writing: {why}; {to_write}"


def _advice(why: StoreUnavailable, otherwise: str) -> str:
    said = str(why)
    return next((how for word, how in _OF_POOLERS.items() if word in said), otherwise)


def _makeable(folder: Path) -> Iterator[str]:
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError as why:
        how = _ours(there) if there == folder else _made(folder)
        yield f"DATABASE_URL: nothing can be made in {there}: {why.strerror}; {how}"


def _ours(folder: Path) -> str:
    """A command only for a folder within the desk's: any other holds what is not ours."""
    here = Path.cwd()
    if here == Path(here.anchor) or here not in folder.resolve().parents:
        return _ELSEWHERE
    owned = shlex.quote(str(folder))
    return f'name another file, or paste: sudo chown -R "$(id -un)" {owned}'


def _made(folder: Path) -> str:
    """A new folder of the desk's own changes nothing else; the system's own trees take none."""
    if any(folder.resolve().is_relative_to(tree) for tree in _OF_THE_SYSTEM):
        return _ELSEWHERE
    new = shlex.quote(str(folder))
    return f'name another file, or paste: sudo install -d -m 700 -o "$(id -un)" {new}'


def _a_way_in(url: str) -> str:
    user, database = _named(url)
    return (
        "see that the server runs there and lets this user in. For a new one paste:"
        f" sudo -u postgres createuser --pwprompt {user} && sudo -u postgres createdb"
        f" --owner {user} --encoding UTF8 --template template0 {database}"
    )


def _its_owner(url: str) -> str:
    user, database = _named(url)
    return (
        "name a server that is no copy of another, or paste: sudo -u postgres psql -c"
        f""" 'alter database "{database}" owner to "{user}"'"""
    )


def _named(url: str) -> tuple[str, str]:
    """User and database, as a shell takes them; the password stays where it is."""
    parts = urlsplit(url)
    user, database = parts.username or "samepage", parts.path.removeprefix("/") or "samepage"
    return shlex.quote(unquote(user)), shlex.quote(unquote(database))
