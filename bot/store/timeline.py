"""The timeline: appended to, never changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby

from bot.domain.ids import CaseId, MemberId
from bot.domain.timeline import Event, What
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import from_json, moment, stamp, to_json

_INSERT = """insert into events (case_id, at, what, actor, data)
             values (:case, :at, :what, :by, :data)"""


class Timeline:
    def __init__(self, db: Database):
        self._db = db

    def add(self, *events: Event) -> None:
        self.add_all(events)

    def add_all(self, events: Iterable[Event]) -> None:
        self._db.run_many(
            _INSERT,
            [
                {
                    "case": event.case,
                    "at": stamp(event.at),
                    "what": event.what,
                    "by": event.by,
                    "data": to_json(event.data),
                }
                for event in events
            ],
        )

    def newest_at(self) -> datetime | None:
        rows = self._db.rows("select at from events order by id desc limit 1")
        return moment(rows[0]["at"]) if rows else None

    def of_case(self, case: CaseId) -> list[Event]:
        rows = self._db.rows(
            "select * from events where case_id = :case order by id", {"case": case}
        )
        return [_from_row(row) for row in rows]

    def of_cases(
        self, cases: Collection[CaseId], whats: Collection[What]
    ) -> dict[CaseId, list[Event]]:
        """What happened of these kinds, case by case, in order."""
        numbers, kinds = numbered("c", cases), numbered("w", whats)
        rows = self._db.rows(
            f"""select * from events
                where case_id in ({listed(numbers)})
                    and what in ({listed(kinds)})
                order by case_id, id""",
            {**numbers, **kinds},
        )
        return {
            case: [_from_row(row) for row in told]
            for case, told in groupby(rows, key=lambda row: CaseId(row["case_id"]))
        }

    def from_case(self, first: CaseId) -> list[Event]:
        """Of this case and all that came after it."""
        sql = "select * from events where case_id >= :first order by id"
        return [_from_row(row) for row in self._db.rows(sql, {"first": first})]


def _from_row(row: Row) -> Event:
    return Event(
        CaseId(row["case_id"]),
        moment(row["at"]),
        What(row["what"]),
        MemberId(row["actor"]),
        from_json(row["data"]),
    )
