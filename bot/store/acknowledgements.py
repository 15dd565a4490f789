"""Who has said *I have it* to a ping, and so stopped its climbing."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.ids import CaseId, MemberId
from bot.store.database import Database, listed, numbered
from bot.store.times import moment, stamp

Acknowledgement = tuple[MemberId, datetime]


class Acknowledgements:
    """`matter` is what was pinged about: one run of a promise, an escalation, hanging."""

    def __init__(self, db: Database):
        self._db = db

    def add(self, case: CaseId, matter: str, *, by: MemberId, at: datetime) -> bool:
        """False where somebody was first."""
        params = {"case": case, "matter": matter, "by": by, "at": stamp(at)}
        return self._db.run(_ADD, params) == 1

    def add_all(self, matters: Iterable[tuple[CaseId, str]], *, by: MemberId, at: datetime) -> None:
        """Who was first stays named."""
        self._db.run_many(
            _ADD,
            [
                {"case": case, "matter": matter, "by": by, "at": stamp(at)}
                for case, matter in matters
            ],
        )

    def get(self, case: CaseId, matter: str) -> Acknowledgement | None:
        rows = self._db.rows(
            "select member, at from acknowledgements where case_id = :case and matter = :matter",
            {"case": case, "matter": matter},
        )
        return (MemberId(rows[0]["member"]), moment(rows[0]["at"])) if rows else None

    def of_cases(self, cases: Collection[CaseId]) -> dict[tuple[CaseId, str], Acknowledgement]:
        """What of these cases was acknowledged, by whom and when."""
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select case_id, matter, member, at from acknowledgements
                where case_id in ({listed(marks)})""",
            marks,
        )
        return {
            (CaseId(row["case_id"]), str(row["matter"])): (
                MemberId(row["member"]),
                moment(row["at"]),
            )
            for row in rows
        }

    def take_back(self, case: CaseId, matter: str) -> None:
        """Nothing followed: somebody else is asked."""
        self._db.run(
            "delete from acknowledgements where case_id = :case and matter = :matter",
            {"case": case, "matter": matter},
        )


_ADD = """
insert into acknowledgements (case_id, matter, member, at)
values (:case, :matter, :by, :at) on conflict (case_id, matter) do nothing"""
