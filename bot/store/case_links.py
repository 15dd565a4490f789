"""Cases that belong together and stay two: each has its own customer, clock and answer."""

from datetime import datetime

from bot.domain.ids import CaseId, MemberId
from bot.store.database import Database
from bot.store.times import stamp


class CaseLinks:
    def __init__(self, db: Database):
        self._db = db

    def add(self, one: CaseId, other: CaseId, *, by: MemberId, at: datetime) -> bool:
        """False where they are linked already, in whichever order."""
        return (
            self._db.run(
                """insert into case_links (case_id, other, by_member, at)
                   values (:one, :other, :by, :at) on conflict do nothing""",
                {**_pair(one, other), "by": by, "at": stamp(at)},
            )
            == 1
        )

    def remove(self, one: CaseId, other: CaseId) -> bool:
        """False where they were not linked."""
        sql = "delete from case_links where case_id = :one and other = :other"
        return self._db.run(sql, _pair(one, other)) == 1

    def of(self, case: CaseId) -> list[CaseId]:
        """The oldest first."""
        rows = self._db.rows(
            """select other as linked from case_links where case_id = :case
               union select case_id from case_links where other = :case order by linked""",
            {"case": case},
        )
        return [CaseId(row["linked"]) for row in rows]


def _pair(one: CaseId, other: CaseId) -> dict[str, object]:
    first, second = sorted((one, other))
    return {"one": first, "other": second}
