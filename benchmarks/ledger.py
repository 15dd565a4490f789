"""The floor of everything that must be durable: one row, one commit, nothing else."""

import sqlite3
from pathlib import Path


class Ledger:
    """A bare table as durable as the desk's: WAL, `synchronous=FULL`; used by one at a time."""

    def __init__(self, path: Path):
        self._connection = sqlite3.connect(
            path, isolation_level=None, timeout=30, check_same_thread=False
        )
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=full")
        self._connection.execute("create table if not exists kept (key text primary key, body)")

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def keep(self, row: tuple[str, bytes]) -> None:
        self._connection.execute("insert into kept values (?, ?)", row)

    def keep_all(self, rows: list[tuple[str, bytes]]) -> None:
        """All in one commit."""
        self._connection.execute("begin immediate")
        self._connection.executemany("insert into kept values (?, ?)", rows)
        self._connection.execute("commit")
