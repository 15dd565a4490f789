"""How far a change of terms has come with the cases that were open when it was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.post import Priority
from bot.store.cases import case_from_row
from bot.store.database import Database
from bot.store.times import moment, stamp

Holders = tuple[DepartmentKey, Priority]  # whose cases have the same terms


@dataclass(frozen=True)
class Recount:
    """Terms that are others since a moment; counted up to the case `last`, in order of opening."""

    department: DepartmentKey
    priority: Priority
    since: datetime
    last: tuple[datetime, CaseId]

    def awaits(self, case: Case) -> bool:
        """Whether it has still to come to this case."""
        if (case.department, case.priority) != (self.department, self.priority):
            return False
        return case.opened_at <= self.since and (case.opened_at, case.id) > self.last


class Recounts:
    def __init__(self, db: Database):
        self._db = db

    def begin(self, holders: Iterable[Holders], *, since: datetime) -> None:
        """From the oldest open case on, whatever an earlier change had come to."""
        self._db.run_many(
            """insert into recounts (department, priority, since)
               values (:department, :priority, :since)
               on conflict (department, priority) do update
               set since = excluded.since, opened_at = 0, case_id = 0""",
            [
                {"department": department, "priority": priority, "since": stamp(since)}
                for department, priority in holders
            ],
        )

    def all(self) -> list[Recount]:
        rows = self._db.rows("select * from recounts order by since, department, priority")
        return [
            Recount(
                DepartmentKey(row["department"]),
                Priority(row["priority"]),
                moment(row["since"]),
                (moment(row["opened_at"]), CaseId(row["case_id"])),
            )
            for row in rows
        ]

    def page(self, recount: Recount, *, limit: int) -> list[Case]:
        """The next of its cases that are open, the oldest first."""
        opened_at, case = recount.last
        rows = self._db.rows(
            """select * from cases where department = :department and priority = :priority
                   and closed_at is null and opened_at between :opened_at and :since
                   and (opened_at > :opened_at or id > :case)
               order by opened_at, id limit :limit""",
            {
                "department": recount.department,
                "priority": recount.priority,
                "opened_at": stamp(opened_at),
                "case": case,
                "since": stamp(recount.since),
                "limit": limit,
            },
        )
        return [case_from_row(row) for row in rows]

    def come_to(self, recount: Recount, case: Case) -> None:
        """Everything up to this case has been counted."""
        self._db.run(
            """update recounts set opened_at = :opened_at, case_id = :case
               where department = :department and priority = :priority""",
            {
                "department": recount.department,
                "priority": recount.priority,
                "opened_at": stamp(case.opened_at),
                "case": case.id,
            },
        )

    def end(self, recount: Recount) -> None:
        self._db.run(
            "delete from recounts where department = :department and priority = :priority",
            {"department": recount.department, "priority": recount.priority},
        )
