"""Which cases a period is about, by its two moments; nothing beyond them is read."""

from datetime import datetime

from bot.domain.ids import CaseId
from bot.store.database import Database
from bot.store.times import moment_or_none, stamp


class Periods:
    def __init__(self, db: Database):
        self._db = db

    def cases(self, since: datetime, until: datetime) -> list[CaseId]:
        """Those opened in it, and the older ones that were open when it ended.

        `+` keeps the engine from looking through all that is older than the period, and so does
        sorting here: asked for an order it reads every case there is.
        """
        rows = self._db.rows(
            """select id from cases where opened_at >= :since and opened_at < :until
               union all select id from cases where closed_at is null and +opened_at < :since
               union all select id from cases where closed_at >= :until and +opened_at < :since""",
            {"since": stamp(since), "until": stamp(until)},
        )
        return sorted(CaseId(row["id"]) for row in rows)

    def first_opening(self) -> datetime | None:
        """Since when there are cases at all."""
        return moment_or_none(self._db.rows("select min(opened_at) as at from cases")[0]["at"])
