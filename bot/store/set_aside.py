"""What failed when it was due and is tried again later; everything else goes on meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CaseId
from bot.store.database import Database, Row
from bot.store.times import moment, stamp


@dataclass(frozen=True)
class SetAside:
    """One thing that failed; its reference stands in the log."""

    kind: str
    name: str  # unique among its kind
    case: CaseId | None
    error: str
    reference: str
    since: datetime
    tried_at: datetime
    again_at: datetime
    tries: int
    revision: int  # of the set-up and roster under which it failed

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.name}: {self.error}, reference {self.reference}, "
            f"tried {self.tries} times since {self.since:%Y-%m-%d %H:%M} UTC, "
            f"next at {self.again_at:%Y-%m-%d %H:%M}"
        )


class SetAsides:
    def __init__(self, db: Database):
        self._db = db

    def all(self) -> list[SetAside]:
        """The longest set aside first."""
        rows = self._db.rows("select * from set_aside order by since, kind, name")
        return [_from_row(row) for row in rows]

    def get(self, kind: str, name: str) -> SetAside | None:
        rows = self._db.rows(
            "select * from set_aside where kind = :kind and name = :name",
            {"kind": kind, "name": name},
        )
        return _from_row(rows[0]) if rows else None

    def put(self, one: SetAside) -> None:
        self._db.run(
            """insert into set_aside values (:kind, :name, :case_id, :error, :reference, :since,
                   :tried_at, :again_at, :tries, :revision)
               on conflict (kind, name) do update set error = excluded.error,
                   reference = excluded.reference, tried_at = excluded.tried_at,
                   again_at = excluded.again_at, tries = excluded.tries,
                   revision = excluded.revision""",
            {
                "kind": one.kind,
                "name": one.name,
                "case_id": one.case,
                "error": one.error,
                "reference": one.reference,
                "since": stamp(one.since),
                "tried_at": stamp(one.tried_at),
                "again_at": stamp(one.again_at),
                "tries": one.tries,
                "revision": one.revision,
            },
        )

    def end(self, kind: str, names: Iterable[str]) -> None:
        """These were done, or are not to be done any more."""
        self._db.run_many(
            "delete from set_aside where kind = :kind and name = :name",
            [{"kind": kind, "name": name} for name in names],
        )

    def waiting(self, kind: str, at: datetime, revision: int) -> set[str]:
        """Those that are not to be tried yet, while the set-up is as it was."""
        rows = self._db.rows(
            """select name from set_aside
               where kind = :kind and again_at > :at and revision = :revision""",
            {"kind": kind, "at": stamp(at), "revision": revision},
        )
        return {row["name"] for row in rows}


def _from_row(row: Row) -> SetAside:
    return SetAside(
        row["kind"],
        row["name"],
        CaseId(row["case_id"]) if row["case_id"] is not None else None,
        row["error"],
        row["reference"],
        moment(row["since"]),
        moment(row["tried_at"]),
        moment(row["again_at"]),
        row["tries"],
        row["revision"],
    )
