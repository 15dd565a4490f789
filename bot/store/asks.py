"""Asks of following departments, and questions to colleagues."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.ask import Ask, Question
from bot.domain.case import Case, Outcome
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.store.database import Database, Row, listed, numbered
from bot.store.times import moment, moment_or_none, stamp, stamp_or_none


class Asks:
    def __init__(self, db: Database):
        self._db = db

    def put(self, ask: Ask) -> None:
        """A department follows a case, or follows it with a new ask."""
        self._db.run(_PUT, _as_row(ask))

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

    def take_back(self, case: CaseId, department: DepartmentKey, at: datetime) -> bool:
        """False where there is none that is open."""
        changed = self._db.run(
            """update asks set taken_back_at = :at where case_id = :case
               and department = :department and done_at is null and taken_back_at is null""",
            {"case": case, "department": department, "at": stamp(at)},
        )
        return changed == 1

    def follow(self, case: Case) -> None:
        """A case was closed or reopened: which asks of it still want something?"""
        closing = case.closing
        is_solved = closing is not None and closing.outcome is Outcome.SOLVED
        self._db.run_many(
            """update asks set moot = :moot
               where case_id = :case and department = :department""",
            [
                {
                    "case": case.id,
                    "department": ask.department,
                    "moot": int(not case.is_open and not (is_solved and ask.outlives_its_case)),
                }
                for ask in self.of_case(case.id)
            ],
        )

    def waiting(self, departments: Collection[DepartmentKey], *, limit: int) -> list[Ask]:
        """What these departments are asked, in the queue's order of its cases."""
        marks = numbered("d", departments)
        rows = self._db.rows(
            f"""select asks.* from asks join cases on cases.id = asks.case_id
                where asks.department in ({listed(marks)}) and {_WAITING}
                order by case priority when 'urgent' then 0 when 'high' then 1 else 2 end,
                    asks.case_id limit :limit""",
            {**marks, "limit": limit},
        )
        return [_ask(row) for row in rows]

    def count_waiting(self, departments: Collection[DepartmentKey]) -> int:
        marks = numbered("d", departments)
        rows = self._db.rows(
            f"""select count(*) as n from asks join cases on cases.id = asks.case_id
                where asks.department in ({listed(marks)}) and {_WAITING}""",
            marks,
        )
        return int(rows[0]["n"])

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

    def add_to_question(self, number: int, question: str) -> None:
        """More is asked before anybody has answered."""
        self._db.run(
            """update questions set question = question || :more
               where id = :id and answered_at is null""",
            {"id": number, "more": f"\n{question}"},
        )

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


# Who is offered the case is asked again when it comes back.
_WAITING = """asks.done_at is null and asks.taken_back_at is null and asks.moot = 0
    and asks.department <> cases.department"""
_COLUMNS = (
    "case_id", "department", "ask", "done_by", "done_at", "asked_by", "asked_at", "taken_back_at",
    "is_cover", "moot",
)  # fmt: skip
_PUT = f"""insert into asks ({", ".join(_COLUMNS)})
    values ({", ".join(f":{column}" for column in _COLUMNS)})
    on conflict (case_id, department)
    do update set {", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[2:])}"""


def _as_row(ask: Ask) -> dict[str, object]:
    return {
        "case_id": ask.case,
        "department": ask.department,
        "ask": ask.ask,
        "done_by": ask.done_by,
        "done_at": stamp_or_none(ask.done_at),
        "asked_by": ask.asked_by,
        "asked_at": stamp_or_none(ask.asked_at),
        "taken_back_at": stamp_or_none(ask.taken_back_at),
        "is_cover": int(ask.is_cover),
        "moot": 0,
    }


def _ask(row: Row) -> Ask:
    return Ask(
        CaseId(row["case_id"]),
        DepartmentKey(row["department"]),
        row["ask"],
        MemberId(row["done_by"]) if row["done_by"] else None,
        moment_or_none(row["done_at"]),
        MemberId(row["asked_by"]) if row["asked_by"] else None,
        moment_or_none(row["asked_at"]),
        moment_or_none(row["taken_back_at"]),
        bool(row["is_cover"]),
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
