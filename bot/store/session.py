"""One connection to PostgreSQL, which may lead through a pooler, as hosted servers mostly do.

A pooler in transaction mode gives each transaction another session of the server. So nothing is
set, prepared or listened for that would outlive a transaction. Who is connected directly prepares
what comes again, which halves the time of a statement. A pooler is known by the number that it
names for a session: the server's own is another.
"""

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from bot.domain.errors import StoreUnavailable
from bot.store.database import PATIENCE, Row, refuse_old

OLDEST = 13
PREPARED_AFTER = 5  # times that a statement came
ANSWERS_WITHIN = 35.0  # seconds; the server itself ends a statement after thirty

# A server that is gone, or a process that sleeps in the middle of a transaction, holds up nobody
# for longer than this; who wrote the URL may know better about the first four.
_NETWORK = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 20,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "application_name": "samepage",
}
# In each transaction anew: what is set for a session stays in a pooler, for whoever comes next.
LIMITS = f"""
set local lock_timeout = {int(PATIENCE * 1000)};
set local statement_timeout = '30s';
set local idle_in_transaction_session_timeout = '5s'"""

_WHAT_IT_IS = b"""select pg_backend_pid() as session,
    cast(current_setting('server_version_num') as int) as version,
    current_setting('server_encoding') as encoding"""

# Not the program's faults: a right or a table is missing, or a pooler mixes up sessions.
_OF_THE_DATABASE = (
    errors.InsufficientPrivilege,
    errors.InvalidSchemaName,
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.DuplicateTable,
    errors.WrongObjectType,
    errors.InvalidSqlStatementName,
    errors.DuplicatePreparedStatement,
)

T = TypeVar("T")


class Session(psycopg.Connection[Row]):
    """`patience`: how long it waits for an answer, since a server that is frozen gives none."""

    patience = ANSWERS_WITHIN
    is_pooled = False

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if timeout is None and self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # a late answer would be taken for that to the next question
                raise psycopg.OperationalError("it does not answer") from None
            raise


def connect(url: str) -> Session:
    """Raises StoreUnavailable where there is no server, or none that a desk can use."""
    network: dict[str, Any] = {
        name: value for name, value in _NETWORK.items() if f"{name}=" not in url
    }
    try:
        with as_our_error():
            session = Session.connect(
                url, autocommit=True, row_factory=dict_row, prepare_threshold=None,
                client_encoding="utf8", **network,
            )  # fmt: skip
    except psycopg.ProgrammingError:  # it quotes the URL, which has a password in it
        raise StoreUnavailable("DATABASE_URL is not one that PostgreSQL understands") from None
    try:
        with as_our_error():
            _look_at(session)
    except BaseException:
        session.close()
        raise
    return session


def _look_at(session: Session) -> None:
    session.patience = PATIENCE
    [is_] = session.execute(_WHAT_IT_IS).fetchall()
    session.patience = ANSWERS_WITHIN
    refuse_old("PostgreSQL", (is_["version"] // 10_000,), (OLDEST,))
    if is_["encoding"] != "UTF8":
        raise StoreUnavailable(
            "it cannot hold every language; create it with: createdb --encoding UTF8 …"
        )
    session.is_pooled = is_["session"] != session.info.backend_pid
    if not session.is_pooled:
        session.prepare_threshold = PREPARED_AFTER


@contextmanager
def as_our_error() -> Iterator[None]:
    try:
        yield
    except _OF_THE_DATABASE as error:
        raise StoreUnavailable(_reason(error)) from None
    except (psycopg.IntegrityError, psycopg.DataError, psycopg.ProgrammingError) as error:
        # The whole text would show the row at fault, and with it a customer's words.
        raise type(error)(_reason(error)) from None
    except psycopg.Error as error:
        raise StoreUnavailable(_reason(error)) from None


def _reason(error: psycopg.Error) -> str:
    """What PostgreSQL says in one line; libpq never repeats a password."""
    return textwrap.shorten(error.diag.message_primary or str(error), 300, placeholder="…")
