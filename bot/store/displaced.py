"""Cases that triage looks after while their department, or its channel, is gone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.case import Case
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.store.cases import case_from_row
from bot.store.database import Database, listed, numbered
from bot.store.times import stamp


@dataclass(frozen=True)
class Origin:
    """Where a case was, and who had it."""

    department: DepartmentKey
    assignee: MemberId | None


class Displaced:
    def __init__(self, db: Database):
        self._db = db

    def put(self, case: CaseId, origin: Origin, at: datetime) -> None:
        self._db.run(
            """insert into displaced values (:case, :department, :assignee, :at)
               on conflict (case_id) do update set department = excluded.department,
                   assignee = excluded.assignee, at = excluded.at""",
            {
                "case": case,
                "department": origin.department,
                "assignee": origin.assignee,
                "at": stamp(at),
            },
        )

    def get(self, case: CaseId) -> Origin | None:
        rows = self._db.rows("select * from displaced where case_id = :case", {"case": case})
        if not rows:
            return None
        assignee = rows[0]["assignee"]
        return Origin(
            DepartmentKey(rows[0]["department"]), MemberId(assignee) if assignee else None
        )

    def end(self, case: CaseId) -> None:
        self._db.run("delete from displaced where case_id = :case", {"case": case})

    def departments(self) -> list[DepartmentKey]:
        """Those that cases were taken from."""
        rows = self._db.rows("select distinct department from displaced order by department")
        return [DepartmentKey(row["department"]) for row in rows]

    def of(self, departments: Collection[DepartmentKey], *, limit: int) -> list[CaseId]:
        """Cases that were these departments', the oldest first."""
        marks = numbered("d", departments)
        rows = self._db.rows(
            f"""select case_id from displaced where department in ({listed(marks)})
                order by case_id limit :limit""",
            {**marks, "limit": limit},
        )
        return [CaseId(row["case_id"]) for row in rows]

    def holders(self) -> list[DepartmentKey]:
        """Departments that have open cases, whether they exist or not."""
        rows = self._db.rows(
            "select distinct department from cases where closed_at is null order by department"
        )
        return [DepartmentKey(row["department"]) for row in rows]

    def open_count(self, department: DepartmentKey) -> int:
        """Open cases there, whoever has them."""
        rows = self._db.rows(
            """select count(*) as n from cases
               where department = :department and closed_at is null""",
            {"department": department},
        )
        return int(rows[0]["n"])

    def open_asks(self, department: DepartmentKey) -> int:
        """Asks of that department in open cases of others, not done yet."""
        rows = self._db.rows(
            """select count(*) as n from asks join cases on cases.id = asks.case_id
               where asks.department = :department and asks.done_at is null
                   and cases.department <> asks.department and cases.closed_at is null""",
            {"department": department},
        )
        return int(rows[0]["n"])

    def open_in(
        self, departments: Collection[DepartmentKey], *, limit: int, free_only: bool
    ) -> list[Case]:
        """The open cases there, the oldest first; `free_only` those that nobody has."""
        marks = numbered("d", departments)
        free = "and assignee is null and hand_off is null" if free_only else ""
        rows = self._db.rows(
            f"""select * from cases where department in ({listed(marks)})
                and closed_at is null {free} order by id limit :limit""",
            {**marks, "limit": limit},
        )
        return [case_from_row(row) for row in rows]
