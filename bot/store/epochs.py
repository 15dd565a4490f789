"""The epochs of this database, and whether another one has begun."""

import math
from datetime import datetime, timedelta

from bot.domain.effects import Lane
from bot.domain.epoch import Cause, Epoch
from bot.store.database import Database, Row
from bot.store.lineage import A_GREAT_MANY
from bot.store.times import moment, moment_or_none, stamp

LOOKED_FOR = timedelta(minutes=1)  # what was due before is said within it, and may stand already
MONTH = timedelta(days=30)
STILL_TOLD = timedelta(days=7)  # of a closed case; it may have been reopened since


class Epochs:
    def __init__(self, db: Database):
        self._db = db

    def newest(self) -> Epoch | None:
        """None while the first one lasts."""
        rows = self._db.rows("select * from epochs order by number desc limit 1")
        return _from_row(rows[0]) if rows else None

    def lost(self) -> int:
        """How many transactions this database may have lost; 0 where it has not gone back."""
        return self._db.lineage.lost()

    def is_marked(self) -> bool:
        return self._db.lineage.is_marked()

    def mark(self) -> None:
        """What stands beside the database is true of it now."""
        self._db.lineage.mark()

    def given_at_most(self, *, since: datetime, at: datetime) -> int:
        """Case numbers of a time that nobody can count: ten times as many as in the month before.

        Numbers that are skipped cost nothing, and one that is given twice is somebody else's case.
        """
        month = {"from": stamp(since - MONTH), "to": stamp(since)}
        [row] = self._db.rows(
            "select count(*) as n from cases where opened_at between :from and :to", month
        )
        given = 10 * int(row["n"]) * ((at - since) / MONTH)
        return max(A_GREAT_MANY, math.ceil(given))

    def begin(self, cause: Cause, *, backup_at: datetime, at: datetime, skip: int) -> Epoch:
        """`skip` numbers of every kind may have been given since, and are given to nobody again."""
        newest = self.newest()
        number = newest.number + 1 if newest else 2
        self._db.run(
            """insert into epochs (number, cause, backup_at, begun_at, looks_until)
               values (:number, :cause, :backup, :at, :until)""",
            {
                "number": number,
                "cause": cause,
                "backup": stamp(backup_at),
                "at": stamp(at),
                "until": stamp(at + LOOKED_FOR),
            },
        )
        self._skip(skip, at)
        self.mark()
        return Epoch(number, cause, backup_at, at)

    def _skip(self, cases: int, at: datetime) -> None:
        """What was given since is in buttons, in keys of messages, and in what processes know.

        One transaction gives a case one number, and of what nobody reads many. The holder of a task
        has to begin anew: what it remembers is of the time that is gone.
        """
        by = {"by": max(cases, A_GREAT_MANY) if cases else 0, "recent": stamp(at - STILL_TOLD)}
        self._db.run("update counters set value = value + :by where name = 'case'", {"by": cases})
        self._db.run("update counters set value = value + :by where name = 'revision'", by)
        self._db.run(
            """update cases set version = version + :by
               where closed_at is null or closed_at > :recent""",
            by,
        )
        self._db.run("update leases set fence = fence + :by", by)
        self._db.lineage.skip_ids(int(by["by"]))

    def doubt(self, *, since: datetime, at: datetime) -> None:
        """What was said after `since` is forgotten: new messages may stand, old ones say more.

        A message that is looked for has no attempt that anybody knows of, so none bounds the look.
        """
        times = {"since": stamp(since), "at": stamp(at), "recent": stamp(at - STILL_TOLD)}
        self._db.run(
            """update outbox set state = 'unknown', attempt = null, looks = 2, due_at = :at,
                   started_at = coalesce(started_at, :since)
               where ts is null and state in ('queued', 'sending', 'unknown')""",
            times,
        )
        self._db.run(
            f"""update outbox set state = 'queued', wanted = wanted + 1, due_at = :at,
                   lane = case when lane = {Lane.PING} then lane else {Lane.UPDATE} end
               where ts is not null and state in ('shown', 'sending') and kind <> 'note'
                   and (case_id is null or case_id in (select id from cases
                       where closed_at is null or closed_at > :recent))""",
            times,
        )
        # The channel of an incident may stand, too: it is looked for before it is opened.
        self._db.run("update rooms set asked = 1 where channel is null")

    def release(self, at: datetime) -> None:
        """Somebody who may has said that public replies may go out again."""
        self._db.run(
            "update epochs set released_at = :at where released_at is null", {"at": stamp(at)}
        )


def _from_row(row: Row) -> Epoch:
    return Epoch(
        row["number"],
        Cause(row["cause"]),
        moment(row["backup_at"]),
        moment(row["begun_at"]),
        moment_or_none(row["released_at"]),
    )
