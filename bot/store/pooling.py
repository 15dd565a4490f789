"""Whether a pooler stands before a server, and for how long it lends its connections."""

from enum import StrEnum

from bot.store.session import Session, connect

_TRIES = 5  # others may be given the connection meanwhile


class Pooling(StrEnum):
    NONE = "none"
    SESSION = "session"  # as long as somebody is connected
    TRANSACTION = "transaction"  # for each transaction another


def pooling_of(url: str) -> Pooling:
    """Raises StoreUnavailable; one that is busy with others may pass for the safer kind."""
    with connect(url) as first, connect(url) as second:
        if not first.is_pooled:
            return Pooling.NONE
        shared = any(_server_s(first) == _server_s(second) for _ in range(_TRIES))
        return Pooling.TRANSACTION if shared else Pooling.SESSION


def _server_s(session: Session) -> int:
    """The number of the server's own session behind it, in a transaction that is over."""
    [row] = session.execute("select pg_backend_pid() as pid").fetchall()
    return int(row["pid"])
