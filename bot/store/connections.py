"""Connections to PostgreSQL, kept while nobody needs them and lent to one thread at a time.

Each is opened by the thread that wants it: so the reason why there is none reaches whoever asked,
and the first to ask after an outage has one, with no timer in between.
"""

import threading
from collections.abc import Callable

import psycopg

from bot.domain.errors import StoreUnavailable
from bot.store.database import PATIENCE, Row

Connection = psycopg.Connection[Row]


class Connections:
    def __init__(self, connect: Callable[[], Connection], *, most: int):
        self._connect = connect
        self._idle: list[Connection] = []
        self._free = threading.BoundedSemaphore(most)
        self._is_closed = False

    def lend(self, first: bytes) -> Connection:
        """One on which `first` was just executed; it has to be given back."""
        if not self._free.acquire(timeout=PATIENCE):
            raise StoreUnavailable("all connections to the database are in use")
        try:
            return self._with(first)
        except BaseException:
            self._free.release()
            raise

    def give_back(self, connection: Connection) -> None:
        """What it was in the middle of is lost."""
        try:
            self._lay_down(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        self._is_closed = True
        while self._idle:
            self._idle.pop().close()

    def _with(self, first: bytes) -> Connection:
        while connection := self._lying_idle():
            try:
                connection.execute(first)
            except psycopg.Error:
                self._lay_down(connection)
                if not connection.closed:
                    raise
            else:
                return connection  # the others were ended by the server, unseen
        connection = self._connect()
        try:
            connection.execute(first)
        except BaseException:
            self._lay_down(connection)
            raise
        return connection

    def _lying_idle(self) -> Connection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _lay_down(self, connection: Connection) -> None:
        try:
            if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
                connection.execute(b"rollback")
        except psycopg.Error:
            connection.close()
        if connection.closed or self._is_closed:
            connection.close()
        else:
            self._idle.append(connection)
