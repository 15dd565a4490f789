"""Leases: one row a task, with the number of its holder."""

from datetime import datetime

from bot.domain.leases import Lease, Task
from bot.store.database import Database
from bot.store.times import moment, stamp


class Leases:
    def __init__(self, db: Database):
        self._db = db

    def all(self) -> dict[Task, Lease]:
        rows = self._db.rows("select * from leases")
        leases = (
            Lease(Task(row["task"]), row["holder"], row["fence"], moment(row["renewed_at"]))
            for row in rows
        )
        return {lease.task: lease for lease in leases}

    def take(self, task: Task, holder: str, *, known: Lease | None, at: datetime) -> int | None:
        """The new holder's fence; None where the lease is not any more what was known of it."""
        rows = self._db.rows(
            """insert into leases (task, holder, fence, renewed_at) values (:task, :holder, 1, :at)
               on conflict (task) do update set holder = excluded.holder,
                   fence = leases.fence + 1, renewed_at = excluded.renewed_at
               where leases.fence = :fence and leases.renewed_at = :renewed
               returning fence""",
            {
                "task": task,
                "holder": holder,
                "at": stamp(at),
                "fence": known.fence if known else 0,
                "renewed": stamp(known.renewed_at) if known else 0,
            },
        )
        return int(rows[0]["fence"]) if rows else None

    def renew(self, task: Task, fence: int, *, at: datetime) -> bool:
        """Different each time, however the holder's clock is set meanwhile."""
        return self._changes(
            """update leases
               set renewed_at = case when :at > renewed_at then :at else renewed_at + 1 end
               where task = :task and fence = :fence and holder <> ''""",
            {"task": task, "fence": fence, "at": stamp(at)},
        )

    def release(self, task: Task, fence: int) -> bool:
        return self._changes(
            "update leases set holder = '' where task = :task and fence = :fence",
            {"task": task, "fence": fence},
        )

    def confirm(self, task: Task, fence: int) -> bool:
        """Whether it is still the holder's, and stays so until this transaction has ended.

        The row is written, so that on every engine whoever takes it over has to wait.
        """
        return self._changes(
            """update leases set fence = fence
               where task = :task and fence = :fence and holder <> ''""",
            {"task": task, "fence": fence},
        )

    def _changes(self, sql: str, params: dict[str, object]) -> bool:
        return self._db.run(sql, params) == 1
