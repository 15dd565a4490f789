"""The desk's time as a running process has last told it: one row, for who starts later."""

from datetime import datetime, timedelta

from bot.domain.steady import Told
from bot.store.database import Database
from bot.store.times import moment, stamp

_MILLISECOND = timedelta(milliseconds=1)


class Clock:
    def __init__(self, db: Database):
        self._db = db

    def told(self) -> Told | None:
        rows = self._db.rows("select * from clock")
        if not rows:
            return None
        row = rows[0]
        return Told(
            moment(row["at"]),
            moment(row["wall"]),
            moment(row["since"]),
            row["machine"],
            row["steady"] * _MILLISECOND,
        )

    def tell(self, told: Told) -> None:
        self._db.run(
            """insert into clock (id, at, wall, since, machine, steady)
               values (1, :at, :wall, :since, :machine, :steady)
               on conflict (id) do update set at = excluded.at, wall = excluded.wall,
                   since = excluded.since, machine = excluded.machine, steady = excluded.steady""",
            {
                "at": stamp(told.at),
                "wall": stamp(told.wall),
                "since": stamp(told.since),
                "machine": told.machine,
                "steady": told.steady // _MILLISECOND,
            },
        )

    def wall(self) -> datetime | None:
        """What the server's clock shows, for the processes of several machines; a file has none."""
        return self._db.wall()
