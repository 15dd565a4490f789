"""Asks of following departments, and questions to colleagues."""

from datetime import datetime

from bot.domain.ask import Ask, Question
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.store.database import Database, Row
from bot.store.times import moment, moment_or_none, stamp


class Asks:
    def __init__(self, db: Database):
        self._db = db

    def put(self, ask: Ask) -> None:
        """A department follows a case, or follows it with a new ask."""
        self._db.run(
            """insert into asks (case_id, department, ask) values (:case, :department, :ask)
               on conflict (case_id, department)
               do update set ask = excluded.ask, done_by = null, done_at = null""",
            {"case": ask.case, "department": ask.department, "ask": ask.ask},
        )

    def done(self, case: CaseId, department: DepartmentKey, by: MemberId, at: datetime) -> bool:
        """False where it was done already, or there is none."""
        return (
            self._db.run(
                """update asks set done_by = :by, done_at = :at
               where case_id = :case and department = :department and done_at is null""",
                {"case": case, "department": department, "by": by, "at": stamp(at)},
            )
            == 1
        )

    def drop(self, case: CaseId, department: DepartmentKey) -> None:
        """The department owns the case now, so it follows no longer."""
        self._db.run(
            "delete from asks where case_id = :case and department = :department",
            {"case": case, "department": department},
        )

    def of_case(self, case: CaseId) -> list[Ask]:
        sql = "select * from asks where case_id = :case order by department"
        return [_ask(row) for row in self._db.rows(sql, {"case": case})]

    def question(
        self, case: CaseId, *, asker: MemberId, place: str, question: str, at: datetime
    ) -> Question:
        rows = self._db.rows(
            """insert into questions (case_id, asker, place, question, asked_at)
               values (:case, :asker, :place, :question, :at) returning *""",
            {
                "case": case,
                "asker": asker,
                "place": place,
                "question": question,
                "at": stamp(at),
            },
        )
        return _question(rows[0])

    def get_question(self, number: int) -> Question | None:
        rows = self._db.rows("select * from questions where id = :id", {"id": number})
        return _question(rows[0]) if rows else None

    def answer(self, number: int, answer: str, *, by: MemberId, at: datetime) -> bool:
        """False where somebody has answered before."""
        return (
            self._db.run(
                """update questions set answer = :answer, answered_by = :by, answered_at = :at
               where id = :id and answered_at is null""",
                {"id": number, "answer": answer, "by": by, "at": stamp(at)},
            )
            == 1
        )

    def questions(self, case: CaseId) -> list[Question]:
        sql = "select * from questions where case_id = :case order by id"
        return [_question(row) for row in self._db.rows(sql, {"case": case})]


def _ask(row: Row) -> Ask:
    return Ask(
        CaseId(row["case_id"]),
        DepartmentKey(row["department"]),
        row["ask"],
        MemberId(row["done_by"]) if row["done_by"] else None,
        moment_or_none(row["done_at"]),
    )


def _question(row: Row) -> Question:
    return Question(
        row["id"],
        CaseId(row["case_id"]),
        MemberId(row["asker"]),
        row["place"],
        row["question"],
        moment(row["asked_at"]),
        row["answer"],
        MemberId(row["answered_by"]) if row["answered_by"] else None,
        moment_or_none(row["answered_at"]),
    )
