"""How many there are of what, for the metrics; each count runs over a partial index."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.effects import Lane
from bot.store.database import Database


@dataclass(frozen=True)
class Counts:
    """Open work of this moment; `outbox` and `replies` by the states that are not final."""

    open_cases: int
    unclaimed: int
    breached: int
    timers: int
    outbox: Mapping[str, int]
    replies: Mapping[str, int]
    lanes: Mapping[str, int]  # messages that wait, by who speaks first
    storms: int
    set_aside: int


class Counting:
    def __init__(self, db: Database):
        self._db = db

    def now(self) -> Counts:
        return Counts(
            open_cases=self.open_cases(),
            unclaimed=self._number(
                "select count(*) as n from cases where closed_at is null and assignee is null"
            ),
            breached=self._number(
                """select count(*) as n from promises
                   where stopped_at is null and breached_at is not null"""
            ),
            timers=self._number("select count(*) as n from timers"),
            outbox=self._by_state("outbox", "shown"),
            replies=self._by_state("replies", "sent"),
            lanes=self._by_lane(),
            storms=self._number("select count(*) as n from storms"),
            set_aside=self._number("select count(*) as n from set_aside"),
        )

    def open_cases(self) -> int:
        return self._number("select count(*) as n from cases where closed_at is null")

    def _number(self, sql: str) -> int:
        return int(self._db.rows(sql)[0]["n"])

    def _by_lane(self) -> dict[str, int]:
        rows = self._db.rows(
            "select lane, count(*) as n from outbox where state = 'queued' group by lane"
        )
        found = {row["lane"]: row["n"] for row in rows}
        return {lane.name.lower(): found.get(lane, 0) for lane in Lane}

    def _by_state(self, table: str, final: str) -> dict[str, int]:
        rows = self._db.rows(
            f"select state, count(*) as n from {table} where state <> :final group by state",
            {"final": final},
        )
        return {row["state"]: row["n"] for row in rows}
