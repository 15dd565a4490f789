"""Which database this is, and whether it is older than what stands beside it.

A copy that was put back knows nothing of what was said since, so something outside has to. Beside a
file of SQLite stands its pulse, a number that grows with every transaction. A server knows which
system it is, on which timeline, and when the tables were made: a dump brings none of it along.
"""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

A_GREAT_MANY = 10_000  # transactions that may be lost, where nobody can count them

_DIGITS = 20
_TOO_LARGE = 2**62  # for a column of any database
_PLACE = """(select system_identifier from pg_control_system()) || ':'
    || (select oid from pg_database where datname = current_database())"""
_MARK = f"""{_PLACE} || ':' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
    || ':' || cast(to_regclass('lineage') as oid)"""

# A pooler keeps the sessions of a desk that has ended; each process that runs looks at its leases
# four times a second.
_STIRRING = "and state_change > clock_timestamp() - interval '3 seconds'"


class Asked(Protocol):
    """The engine, as far as it is needed here."""

    def rows(
        self, sql: str, params: Mapping[str, object] | None = None
    ) -> Sequence[Mapping[str, Any]]: ...

    def run(self, sql: str, params: Mapping[str, object] | None = None) -> int: ...


class Lineage(Protocol):
    def place(self) -> str:
        """Unlike that of any other database; no password is in it."""

    def others(self) -> int:
        """How many sessions of desks there are beside this one."""

    def beat(self) -> None:
        """In every transaction that writes."""

    def kept(self) -> None:
        """After it was committed."""

    def lost(self) -> int:
        """How many transactions this copy may be behind; 0 where it is the newest."""

    def is_marked(self) -> bool:
        """False before the first `mark`, where one is needed."""

    def mark(self) -> None:
        """From now on this is the newest."""

    def skip_ids(self, number: int) -> None:
        """So many of each kind may have been given already, beyond what is known."""


class FileLineage:
    """The pulse stands in the file and, once it is committed, beside it."""

    def __init__(self, db: Asked, path: Path):
        self._db = db
        self._path = path
        self._beside = Path(f"{path}.pulse")
        self._mine = threading.local()

    def place(self) -> str:
        return f"sqlite:{self._path.resolve()}"

    def others(self) -> int:
        """A lock keeps them out."""
        return 0

    def beat(self) -> None:
        """That of an older copy stands still until somebody has looked."""
        pulse = self._pulse()
        self._mine.pulse = None
        if not self._behind(pulse):
            self._mine.pulse = abs(pulse) + 1
            self._set(self._mine.pulse)

    def kept(self) -> None:
        """A pulse behind the truth is harmless, so a full disk may keep it from being written."""
        if self._mine.pulse is None or self._mine.pulse <= (self._seen() or 0):
            return
        with suppress(OSError):
            file = os.open(self._beside, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.pwrite(file, f"{self._mine.pulse:0{_DIGITS}}".encode(), 0)
                os.ftruncate(file, _DIGITS)  # of whatever else stood there nothing is left
            finally:
                os.close(file)

    def lost(self) -> int:
        return self._behind(self._pulse())

    def is_marked(self) -> bool:
        """The first beat has done it."""
        return True

    def mark(self) -> None:
        """Negative until it beats, at the end of this transaction: nothing is compared with it."""
        self._set(-max(self._pulse(), self._seen() or 0))

    def skip_ids(self, number: int) -> None:
        params = {"number": number}
        self._db.run("update sqlite_sequence set seq = seq + :number", params)
        self._db.run(
            """insert into sqlite_sequence (name, seq) select name, :number from sqlite_master
               where type = 'table' and sql like '%autoincrement%'
                   and name not in (select name from sqlite_sequence)""",
            params,
        )

    def _behind(self, pulse: int) -> int:
        if pulse <= 0:
            return 0
        beside = self._seen()
        return A_GREAT_MANY if beside is None else max(beside - pulse, 0)

    def _pulse(self) -> int:
        rows = self._db.rows("select value from counters where name = 'pulse'")
        return int(rows[0]["value"]) if rows else 0

    def _set(self, pulse: int) -> None:
        self._db.run("update counters set value = :n where name = 'pulse'", {"n": pulse})

    def _seen(self) -> int | None:
        """None where no file says it, or what it says is no number of ours."""
        try:
            seen = int(self._beside.read_text())
        except (OSError, ValueError):
            return None
        return seen if 0 <= seen < _TOO_LARGE else None


class ServerLineage:
    """The server's own marks, beside those that the database remembers."""

    def __init__(self, db: Asked, is_pooled: Callable[[], bool]):
        self._db = db
        self._is_pooled = is_pooled

    def place(self) -> str:
        return f"postgresql:{self._db.rows(f'select {_PLACE} as place')[0]['place']}"

    def others(self) -> int:
        rows = self._db.rows(
            f"""select count(*) as n from pg_stat_activity where datname = current_database()
               and application_name = 'samepage' and pid <> pg_backend_pid()
               {_STIRRING if self._is_pooled() else ""}"""
        )
        return int(rows[0]["n"])

    def beat(self) -> None:
        """The server's marks change by themselves."""

    def kept(self) -> None:
        """Nothing stands beside it that we would write."""

    def lost(self) -> int:
        rows = self._db.rows(f"select mark, {_MARK} as now from lineage")
        return A_GREAT_MANY if any(row["mark"] != row["now"] for row in rows) else 0

    def is_marked(self) -> bool:
        return bool(self._db.rows("select mark from lineage"))

    def mark(self) -> None:
        self._db.run("delete from lineage")
        self._db.run(f"insert into lineage (mark) select {_MARK}")

    def skip_ids(self, number: int) -> None:
        for row in self._db.rows(
            "select table_name from information_schema.columns "
            "where table_schema = current_schema() and is_identity = 'YES'"
        ):
            table = row["table_name"]
            self._db.run(
                f"""select setval(pg_get_serial_sequence(:table, 'id'), :number + 1
                    + coalesce((select max(id) from {table}), 0), false)""",
                {"table": table, "number": number},
            )
