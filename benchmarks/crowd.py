"""A crowd of cases: some that came in by the door, copied with all their rows in SQL."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from benchmarks.desks import a_post, open_desk
from bot.domain.ids import CaseId
from bot.domain.ports import Now
from bot.store.times import stamp
from bot.wiring import machine_time

TIMERS_OF_A_CASE = 5  # warning and breach of two promises, and the alarm after three days
SPREAD = 3_600_000  # milliseconds over which the copies' moments lie, as cases come in over time

# Of each table what differs from row to row; everything else is as the desk wrote it.
_COPIES: Mapping[str, Mapping[str, str]] = {
    "posts": {
        "key": "'x:' || n",
        "id": "n",
        "author": "'x:' || n",
        "case_id": "n",
        "root": "'x:' || n",
    },
    "cases": {"id": "n", "post": "'x:' || n", "customer": "'x:' || n"},
    "conversation_keys": {
        "key": "case key when root then 'x:' || n else 'x:r' || n end",  # of the post, of an answer
        "root": "'x:' || n",
    },
    "promises": {"case_id": "n", "due_at": f"due_at + n * 7919 % {SPREAD}"},
    "timers": {"case_id": "n", "due_at": f"due_at + n * 7919 % {SPREAD}"},
    "events": {"id": "null", "case_id": "n"},
    "replies": {"key": "'r' || n", "case_id": "n", "post": "'x:' || n", "remote_id": "'r' || n"},
    "outbox": {
        "key": "replace(key, ':' || case_id || ':', ':' || n || ':')",
        "case_id": "n",
        "ts": "'1700000000.' || printf('%06d', n)",
    },
}
# How the rows of the case are known where no `case_id` names it.
_OF_THE_CASE: Mapping[str, str] = {
    "cases": "id = {case}",
    "conversation_keys": "root in (select root from posts where case_id = {case})",
}
# A past case's moments lie before those of the next one, as far as the pace says.
_MOMENTS = frozenset({
    "stored_at", "opened_at", "claimed_at", "closed_at", "started_at", "due_at", "stopped_at", "at",
    "created_at", "send_at", "sent_at",
})  # fmt: skip
_SHOWN = """
    update outbox set state = 'shown', shown = wanted, channel = 'C0SERVICE', ts = '1'
    where case_id = ?"""
_FIRST_RESPONSE = "name like 'first_response:%'"


def gather(place: Path, cases: int, now: Now = machine_time) -> range:
    """The numbers of so many open cases, their cards standing, in a desk made for them."""
    receipt = open_desk(place, now).intake.receive(a_post("first"))
    assert receipt.case is not None  # it was addressed to us
    return multiply(place, receipt.case, cases)


def multiply(place: Path, case: CaseId, cases: int, *, apart: int = 0) -> range:
    """So many of the newest case, itself included; between two past ones lie `apart` ms."""
    first, last = case + 1, case + cases - 1
    with _by_hand(place) as connection:
        connection.execute(_SHOWN, (case,))
        for table, differing in _COPIES.items():
            connection.execute(
                _copying(connection, table, differing),
                {"first": first, "last": last, "apart": apart},
            )
        connection.execute("update counters set value = ? where name = 'case'", (last,))
    return range(case, last + 1)


def let_fall_due(place: Path, moments: Mapping[CaseId, datetime]) -> None:
    """The first response of each of these cases is owed at its moment; its warning is history."""
    rows = [{"case": case, "at": stamp(at)} for case, at in moments.items()]
    with _by_hand(place) as connection:
        for statement in (
            f"delete from timers where case_id = :case and {_FIRST_RESPONSE}"
            " and name like '%:warn'",
            f"update timers set due_at = :at where case_id = :case and {_FIRST_RESPONSE}",
            "update promises set due_at = :at where case_id = :case and promise = 'first_response'",
        ):
            connection.executemany(statement, rows)


@contextmanager
def _by_hand(place: Path) -> Iterator[sqlite3.Connection]:
    """Beside the desk; what is set up so need not survive a power cut."""
    with closing(sqlite3.connect(place / "desk.db", timeout=60)) as connection, connection:
        connection.execute("pragma synchronous=off")
        connection.execute("pragma cache_size=-1000000")  # so that a million rows stay in memory
        yield connection


def _copying(connection: sqlite3.Connection, table: str, differing: Mapping[str, str]) -> str:
    columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    values = ", ".join(
        differing.get(column, f"{table}.{column}") + _shifted(column) for column in columns
    )
    belongs = _OF_THE_CASE.get(table, "case_id = {case}").format(case=":first - 1")
    return f"""
        with recursive numbers(n) as
            (select :first union all select n + 1 from numbers where n < :last)
        insert into {table} ({", ".join(columns)})
        select {values} from numbers, {table} where {belongs}"""


def _shifted(column: str) -> str:
    return " - (:last - n) * :apart" if column in _MOMENTS else ""
