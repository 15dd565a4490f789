"""Who asked to be let into an incident, and what was decided about it."""

import json
from datetime import datetime

from bot.domain.ids import CaseId, IncidentId, MemberId
from bot.domain.incident import Severity
from bot.domain.incident_facts import Admission
from bot.store.database import Database, Row
from bot.store.times import moment, moment_or_none, stamp


class Admissions:
    def __init__(self, db: Database):
        self._db = db

    def add(self, asked: Admission) -> Admission:
        rows = self._db.rows(
            """insert into admissions (incident_id, member, severity, cases, asked_at, is_in,
                   told)
               values (:incident, :member, :severity, :cases, :at, 0, '[]') returning *""",
            {
                "incident": asked.incident,
                "member": asked.member,
                "severity": int(asked.severity),
                "cases": json.dumps(asked.cases),
                "at": stamp(asked.asked_at),
            },
        )
        return _admission(rows[0])

    def save(self, asked: Admission) -> None:
        """They asked once more, or somebody else is asked about them."""
        self._db.run(
            """update admissions set severity = :severity, cases = :cases, told = :told
               where id = :id""",
            {
                "id": asked.id,
                "severity": int(asked.severity),
                "cases": json.dumps(asked.cases),
                "told": json.dumps(asked.told),
            },
        )

    def decide(self, number: int, *, is_in: bool, by: MemberId, at: datetime) -> bool:
        """False where it was decided before."""
        sql = """update admissions set is_in = :is_in, decided_by = :by, decided_at = :at
                 where id = :id and decided_at is null"""
        found = {"id": number, "is_in": int(is_in), "by": by, "at": stamp(at)}
        return self._db.run(sql, found) == 1

    def get(self, number: int) -> Admission | None:
        rows = self._db.rows("select * from admissions where id = :id", {"id": number})
        return _admission(rows[0]) if rows else None

    def of(self, incident: IncidentId) -> list[Admission]:
        sql = "select * from admissions where incident_id = :id order by id"
        return [_admission(row) for row in self._db.rows(sql, {"id": incident})]


def _admission(row: Row) -> Admission:
    return Admission(
        int(row["id"]),
        IncidentId(row["incident_id"]),
        MemberId(row["member"]),
        Severity(row["severity"]),
        moment(row["asked_at"]),
        tuple(CaseId(one) for one in json.loads(row["cases"])),
        MemberId(row["decided_by"]) if row["decided_by"] else None,
        moment_or_none(row["decided_at"]),
        bool(row["is_in"]),
        tuple(json.loads(row["told"])),
    )
