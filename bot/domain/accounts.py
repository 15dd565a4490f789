"""Which accounts are ours, and the doors that posts come in by: whose words are our own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from bot.domain.post import BY_HAND, Post

WEBHOOK = "webhook"  # the door that is always there


@dataclass(frozen=True)
class Budget:
    """How many paid or scarce calls may be made in a stretch of time."""

    calls: int
    per: timedelta


@dataclass(frozen=True)
class Account:
    """One of ours on a network; `secrets` are names in `.env`, by what they are for."""

    network: str
    handle: str
    server: str | None = None
    secrets: tuple[tuple[str, str], ...] = ()
    custodian: str | None = None
    every: timedelta | None = None
    budget: Budget | None = None
    searches: tuple[str, ...] = ()
    location: str | None = None


@dataclass(frozen=True)
class Door:
    """A signed way in, and the address that replies to its posts are sent to."""

    name: str
    secret: str  # its name in `.env`
    account: str | None = None  # whom replies leave as, where a post names nobody
    reply_url: str | None = field(default=None, repr=False)  # it may hold a key


@dataclass(frozen=True)
class Accounts:
    """What `networks.toml` and the settings say is ours; `doors` holds `webhook` too."""

    accounts: tuple[Account, ...] = ()
    doors: tuple[Door, ...] = ()
    missing: frozenset[str] = frozenset()  # names of secrets that `.env` does not hold

    def own(self, post: Post) -> bool:
        """Our own words: by the account written to, one of the network's, or the door's.

        What a colleague made a case of by hand is never ours: they said that it is a customer's.
        """
        if post.source == BY_HAND:
            return False
        author, here = _Name.of(post.author.handle), _server_of(post)
        return any(author.is_of(ours, here) for ours in self._ours(post))

    def of_source(self, source: str) -> tuple[Account, ...]:
        return tuple(one for one in self.accounts if one.network == source)

    def door(self, name: str) -> Door | None:
        return next((one for one in self.doors if one.name == name), None)

    def account_of_door(self, name: str | None) -> str | None:
        """Whom replies leave as where a post names nobody; without a door they go by `webhook`."""
        found = self.door(name or WEBHOOK)
        return found.account if found else None

    def location_of(self, post: Post) -> str | None:
        """The place that everything written to this account is of."""
        if not post.account:
            return None
        written, here = _Name.of(post.account), _server_of(post)
        places = (
            account.location
            for account in self.of_source(post.source)
            if account.location and written.is_of(_Name.of(account.handle, account.server), here)
        )
        return next(places, None)

    def _ours(self, post: Post) -> Iterator["_Name"]:
        for account in self.of_source(post.source):
            yield _Name.of(account.handle, account.server)
        for handle in (post.account, self.account_of_door(post.door)):
            if handle:
                yield _Name.of(handle)


@dataclass(frozen=True)
class _Name:
    """A handle as networks compare them: folded, without its @, and where it is at home."""

    name: str
    servers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, handle: str, server: str | None = None) -> "_Name":
        name, _, home = folded(handle).partition("@")
        return cls(name, _known([home, _host(server or "")]))

    def is_of(self, ours: "_Name", here: frozenset[str]) -> bool:
        """Whether this author is that account; a short handle is one of the post's own server.

        Somebody of the same name on another server is a stranger. Where nothing says which server
        a short handle is of, it is of ours: only networks without servers leave that open.
        """
        if not self.name or self.name != ours.name:
            return False
        if self.servers:
            return bool(self.servers & ours.servers)
        return not ours.servers or not here or bool(here & ours.servers)


def folded(handle: str) -> str:
    """A handle without its leading @, in small letters.

    A letter that would only fold into a Latin one is somebody's lookalike, and stays what it is.
    """
    bare = handle.strip().removeprefix("@")
    small = bare.casefold()
    return bare if small.isascii() and not bare.isascii() else small


def _server_of(post: Post) -> frozenset[str]:
    """Where a short handle in this post is at home, if the post tells: by its address, else by the
    account written to."""
    by_address = _known([_host(post.url or "")])
    return by_address or _Name.of(post.account or "").servers


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.casefold().removeprefix("www.")


def _known(servers: Iterable[str]) -> frozenset[str]:
    return frozenset(server for server in servers if server)
