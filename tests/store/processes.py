"""What a second process does to a desk's file, in stories of two of them."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.store.database import SqliteDatabase
from bot.store.store import Store

WRITES = 60
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def migrate(path: Path) -> None:
    Store(SqliteDatabase(path, synchronous="OFF")).migrate()


def number_cases(path: Path) -> None:
    """Reads and then writes, the order in which a careless lock fails."""
    store = Store(SqliteDatabase(path, synchronous="OFF"))
    for _ in range(WRITES):
        with store.transaction() as tx:
            number = tx.cases.next_id()
            assert tx.seen.first(f"case:{number}", NOON)


def both(work: Callable[[Path], None], path: Path) -> list[int | None]:
    """Two processes at once; their exit codes."""
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=work, args=(path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=30)
    return [process.exitcode for process in processes]
