"""Connections to PostgreSQL, kept by psycopg_pool and lent to one thread at a time.

The pool connects in threads of its own and would only log why it could not: the reason is
remembered here, so that whoever waits hears it at once, and who asks later has it tried anew.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, Self

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from bot.domain.errors import StoreUnavailable
from bot.store.database import PATIENCE
from bot.store.session import Session

_LOOKS_UP = 0.05  # seconds between two looks, of who waits, whether waiting is of any use


class Connections:
    """`connect` raises StoreUnavailable where there is none to be had."""

    def __init__(self, connect: Callable[[], Session], *, most: int):
        self._connect = connect
        self._most = most
        self._failed_at, self._why = 0.0, ""
        self._pool = self._unopened()

    def lend(self, first: bytes, within: float) -> Session:
        """One on which `first` was executed within so many seconds; it has to be given back."""
        self._pool.open()
        asked = monotonic()
        while True:
            connection = self._awaited(asked)
            connection.patience = within
            try:
                connection.execute(first)
            except BaseException as error:
                self.give_back(connection)
                was_dead = isinstance(error, psycopg.Error) and connection.closed
                if not was_dead or monotonic() > asked + PATIENCE:
                    raise
            else:
                return connection  # the others were ended by the server, unseen

    def give_back(self, connection: Session) -> None:
        """What it was in the middle of is lost."""
        self._pool.putconn(connection)

    def close(self) -> None:
        """Who asks later has a new pool: the library's is opened once only."""
        closed, self._pool = self._pool, self._unopened()
        closed.close()

    def _unopened(self) -> "ConnectionPool[Session]":
        return ConnectionPool(
            connection_class=_Opened, kwargs={"by": self._remembering}, open=False,
            min_size=0, max_size=self._most, num_workers=2,
            reconnect_timeout=0,  # no back-off: somebody asks, or nobody needs one
        )  # fmt: skip

    def _awaited(self, asked: float) -> Session:
        while True:
            try:
                return self._pool.getconn(_LOOKS_UP)
            except PoolTimeout:
                if self._failed_at > asked:
                    raise StoreUnavailable(self._why) from None
                if monotonic() > asked + PATIENCE:
                    raise StoreUnavailable("no connection to it has come free") from None

    def _remembering(self) -> Session:
        try:
            return self._connect()
        except StoreUnavailable as error:
            self._why, self._failed_at = str(error), monotonic()
            raise


class _Opened(Session):
    @classmethod
    def connect(cls, *_: Any, **how: Any) -> Self:
        """The pool's way of asking for one; ours is `how["by"]`."""
        opened: Self = how["by"]()
        return opened
