"""Timers are rows; the scheduler is only the tick that looks at them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId, IncidentId, MemberId
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import moment, moment_or_none, stamp


@dataclass(frozen=True)
class Timer:
    """One moment of one case at which something is due; `name` is unique within the case."""

    case: CaseId
    name: str
    due_at: datetime


class Timers:
    def __init__(self, db: Database):
        self._db = db

    def set_all(self, timers: Iterable[Timer]) -> None:
        self._db.run_many(
            """insert into timers (case_id, name, due_at) values (:case, :name, :due)
               on conflict (case_id, name) do update set due_at = excluded.due_at""",
            [
                {"case": timer.case, "name": timer.name, "due": stamp(timer.due_at)}
                for timer in timers
            ],
        )

    def set_for_member(self, member: MemberId, name: str, due_at: datetime) -> None:
        """For every open case that somebody has."""
        self._db.run(
            """insert into timers (case_id, name, due_at)
               select id, :name, :due from cases where assignee = :member and closed_at is null
               on conflict (case_id, name) do update set due_at = excluded.due_at""",
            {"member": member, "name": name, "due": stamp(due_at)},
        )

    def set_for_waiting_replies(self, prefix: str, due_at: datetime) -> None:
        """For each answer that waits with *Undo*, named after it."""
        self._db.run(
            """insert into timers (case_id, name, due_at)
               select case_id, :prefix || key, :due from replies where state = 'undo'""",
            {"prefix": prefix, "due": stamp(due_at)},
        )

    def set_for_incident(self, incident: IncidentId, name: str, due_at: datetime) -> None:
        """For every case that is part of it."""
        self._db.run(
            """insert into timers (case_id, name, due_at)
               select case_id, :name, :due from incident_cases where incident_id = :incident
               on conflict (case_id, name) do update set due_at = excluded.due_at""",
            {"incident": incident, "name": name, "due": stamp(due_at)},
        )

    def drop_all(self, timers: Iterable[Timer]) -> None:
        self._db.run_many(
            "delete from timers where case_id = :case and name = :name",
            [{"case": timer.case, "name": timer.name} for timer in timers],
        )

    def drop_each(self, prefixes: Iterable[tuple[CaseId, str]]) -> None:
        """Of each case those whose name begins so."""
        self._db.run_many(
            "delete from timers where case_id = :case and substr(name, 1, :length) = :prefix",
            [{"case": case, "prefix": prefix, "length": len(prefix)} for case, prefix in prefixes],
        )

    def drop(self, case: CaseId, prefix: str) -> None:
        """All of a case's timers whose name begins so; "" means every one."""
        self._db.run(
            "delete from timers where case_id = :case and substr(name, 1, :length) = :prefix",
            {"case": case, "prefix": prefix, "length": len(prefix)},
        )

    def of_case(self, case: CaseId) -> list[Timer]:
        rows = self._db.rows(
            "select * from timers where case_id = :case order by due_at", {"case": case}
        )
        return [_from_row(row) for row in rows]

    def names_of(self, cases: Collection[CaseId]) -> dict[CaseId, set[str]]:
        """What is still to come for each of these cases."""
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select case_id, name from timers
                where case_id in ({listed(marks)})""",
            marks,
        )
        names: dict[CaseId, set[str]] = {case: set() for case in cases}
        for row in rows:
            names[CaseId(row["case_id"])].add(row["name"])
        return names

    def due(self, now: datetime, *, limit: int) -> list[Timer]:
        """Those whose moment has come, the longest overdue first."""
        rows = self._db.rows(
            "select * from timers where due_at <= :now order by due_at limit :limit",
            {"now": stamp(now), "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def still(self, timers: Collection[Timer]) -> list[Timer]:
        """Those of them that nobody has dropped or moved."""
        marks = numbered("c", {timer.case for timer in timers})
        rows = self._db.rows(
            f"""select * from timers
                where case_id in ({listed(marks)})""",
            marks,
        )
        found = {_from_row(row) for row in rows}
        return [timer for timer in timers if timer in found]

    def next_at(self) -> datetime | None:
        row = self._db.rows("select min(due_at) as at from timers")[0]
        return moment_or_none(row["at"])


def _from_row(row: Row) -> Timer:
    return Timer(CaseId(row["case_id"]), row["name"], moment(row["due_at"]))
