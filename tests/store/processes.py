"""What a second process does to a desk's database, in stories of two of them."""

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime

from bot.store.engines import open_database
from bot.store.store import Store

WRITES = 60
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def migrate(url: str) -> None:
    database = open_database(url, durable=False)
    Store(database).migrate()
    database.close()


def number_cases(url: str) -> None:
    """Reads and then writes, the order in which a careless lock fails."""
    database = open_database(url, durable=False)
    store = Store(database)
    for _ in range(WRITES):
        with store.transaction() as tx:
            number = tx.cases.next_id()
            assert tx.seen.first(f"case:{number}", NOON)
    database.close()


def both(work: Callable[[str], None], url: str) -> list[int | None]:
    """Two processes at once; their exit codes."""
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=work, args=(url,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    return [process.exitcode for process in processes]
