"""The clocks of every case: running, paused, stopped, breached."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from bot.domain.clock import Pause
from bot.domain.durations import parse_duration
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import from_json, moment, moment_or_none, stamp, stamp_or_none, to_json


class Promises:
    def __init__(self, db: Database):
        self._db = db

    def put_all(self, runs: Iterable[PromiseRun]) -> None:
        self._db.run_many(_PUT, [_as_row(run) for run in runs])

    def of_case(self, case: CaseId) -> list[PromiseRun]:
        rows = self._db.rows(
            "select * from promises where case_id = :case order by started_at, promise",
            {"case": case},
        )
        return [_from_row(row) for row in rows]

    def of_cases(self, cases: Collection[CaseId]) -> dict[CaseId, list[PromiseRun]]:
        numbers = numbered("c", cases)
        rows = self._db.rows(
            f"""select * from promises
                where case_id in ({listed(numbers)})
                order by case_id, started_at, promise""",
            numbers,
        )
        return {
            case: [_from_row(row) for row in runs]
            for case, runs in groupby(rows, key=lambda row: CaseId(row["case_id"]))
        }

    def running(self, case: CaseId) -> list[PromiseRun]:
        return [run for run in self.of_case(case) if run.is_running]

    def running_of(self, cases: Collection[CaseId], promises: Collection[str]) -> list[PromiseRun]:
        """The running clocks of these promises of these cases."""
        numbers, kinds = numbered("c", cases), numbered("p", promises)
        rows = self._db.rows(
            f"""select * from promises where stopped_at is null
                    and case_id in ({listed(numbers)})
                    and promise in ({listed(kinds)})""",
            {**numbers, **kinds},
        )
        return [_from_row(row) for row in rows]

    def drop(self, runs: Iterable[PromiseRun]) -> None:
        """As if they had never been promised."""
        self._db.run_many(
            """delete from promises
               where case_id = :case and promise = :promise and started_at = :started_at""",
            [
                {"case": run.case, "promise": run.promise, "started_at": stamp(run.started_at)}
                for run in runs
            ],
        )

    def breach_all(self, runs: Iterable[PromiseRun], at: datetime) -> None:
        """Broken promises stay on record, also when they are kept late."""
        self._db.run_many(
            """update promises set breached_at = :at
               where case_id = :case and promise = :promise and started_at = :started_at""",
            [
                {
                    "at": stamp(at),
                    "case": run.case,
                    "promise": run.promise,
                    "started_at": stamp(run.started_at),
                }
                for run in runs
            ],
        )

    def started_since(self, since: datetime, *, limit: int) -> list[PromiseRun]:
        rows = self._db.rows(
            """select * from promises where started_at >= :since
               order by started_at desc limit :limit""",
            {"since": stamp(since), "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def next_due(self, case: CaseId) -> PromiseRun | None:
        """The clock that runs out first."""
        due = [run for run in self.running(case) if run.due_at]
        return min(due, key=_due, default=None)


def _due(run: PromiseRun) -> datetime:
    return run.due_at or run.started_at


_PUT = """
insert into promises (case_id, promise, started_at, department, target, business, warn, due_at,
    stopped_at, pauses, breached_at)
values (:case, :promise, :started_at, :department, :target, :business, :warn, :due_at,
    :stopped_at, :pauses, :breached_at)
on conflict (case_id, promise, started_at) do update set department = excluded.department,
    target = excluded.target, business = excluded.business, warn = excluded.warn,
    due_at = excluded.due_at, stopped_at = excluded.stopped_at, pauses = excluded.pauses,
    breached_at = excluded.breached_at"""


def _as_row(run: PromiseRun) -> dict[str, object]:
    return {
        "case": run.case,
        "promise": run.promise,
        "started_at": stamp(run.started_at),
        "department": run.department,
        "target": str(run.target),
        "business": int(run.business),
        "warn": run.warn,
        "due_at": stamp_or_none(run.due_at),
        "stopped_at": stamp_or_none(run.stopped_at),
        "pauses": to_json([(stamp(p.start), stamp_or_none(p.end)) for p in run.pauses]),
        "breached_at": stamp_or_none(run.breached_at),
    }


_target = lru_cache(parse_duration)  # there are only a few different ones


@lru_cache
def _pauses(text: str) -> tuple[Pause, ...]:
    return tuple(Pause(moment(start), moment_or_none(end)) for start, end in from_json(text))


def _from_row(row: Row) -> PromiseRun:
    return PromiseRun(
        case=CaseId(row["case_id"]),
        promise=Promise(row["promise"]),
        started_at=moment(row["started_at"]),
        department=DepartmentKey(row["department"]),
        target=_target(row["target"]),
        business=bool(row["business"]),
        warn=row["warn"],
        pauses=_pauses(row["pauses"]),
        due_at=moment_or_none(row["due_at"]),
        stopped_at=moment_or_none(row["stopped_at"]),
        breached_at=moment_or_none(row["breached_at"]),
    )
