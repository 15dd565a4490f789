"""Which case goes on in which, and what went along: so that it can be taken apart again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId
from bot.domain.post import Priority
from bot.store.database import Database
from bot.store.times import moment, stamp


@dataclass(frozen=True)
class Merge:
    """`into` as it was before; `at` is the moment both clocks tell it by."""

    case: CaseId
    into: CaseId
    at: datetime
    priority: Priority
    escalated: str


class Merges:
    def __init__(self, db: Database):
        self._db = db

    def keep(self, merge: Merge) -> None:
        """With every word that the case holds now, its own and of those merged into it."""
        row = {
            "case": merge.case, "into": merge.into, "at": stamp(merge.at),
            "priority": merge.priority, "escalated": merge.escalated,
        }  # fmt: skip
        self._db.run(
            """insert into merges (case_id, into_case, at, priority, escalated)
               values (:case, :into, :at, :priority, :escalated)""",
            row,
        )
        self._db.run(
            """insert into merged_posts (case_id, post)
               select case_id, key from posts where case_id = :case""",
            {"case": merge.case},
        )

    def of(self, case: CaseId) -> Merge | None:
        """None where it was merged by a version that kept nothing of it."""
        rows = self._db.rows("select * from merges where case_id = :case", {"case": case})
        if not rows:
            return None
        row = rows[0]
        return Merge(
            case, CaseId(row["into_case"]), moment(row["at"]),
            Priority(row["priority"]), row["escalated"],
        )  # fmt: skip

    def take_back(self, merge: Merge) -> None:
        """Its words are its own again, wherever they are by now."""
        params = {"case": merge.case}
        self._db.run(
            """update posts set case_id = :case
               where key in (select post from merged_posts where case_id = :case)""",
            params,
        )
        # What went further with the other case goes no longer with that one. What had come to this
        # one before can be split from it still.
        further = self.of(merge.into)
        while further:
            self._db.run(
                """delete from merged_posts where case_id = :further
                   and post in (select post from merged_posts where case_id = :case)""",
                {**params, "further": further.case},
            )
            further = self.of(further.into)
        self._db.run("delete from merged_posts where case_id = :case", params)
        self._db.run("delete from merges where case_id = :case", params)
