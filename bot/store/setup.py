"""The set-up in force, one JSON document an area, and every change of it with its undo."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.ids import MemberId
from bot.store.database import Database, Row
from bot.store.revision import grow
from bot.store.times import from_json, moment, moment_or_none, stamp, to_json


@dataclass(frozen=True)
class Change:
    """Who changed what, and what it was before."""

    id: int
    at: datetime
    by: MemberId
    area: str
    what: str
    before: Any
    after: Any
    undone_by: MemberId | None = None
    undone_at: datetime | None = None


class SetupDocuments:
    def __init__(self, db: Database):
        self._db = db

    def get(self, area: str) -> Any | None:
        rows = self._db.rows("select document from setup where area = :area", {"area": area})
        return from_json(rows[0]["document"]) if rows else None

    def text(self, area: str) -> str | None:
        """As it stands, for telling quickly whether it has changed."""
        rows = self._db.rows("select document from setup where area = :area", {"area": area})
        return str(rows[0]["document"]) if rows else None

    def put(self, area: str, document: object) -> None:
        grow(self._db)
        self._db.run(
            """insert into setup (area, document) values (:area, :document)
               on conflict (area) do update set document = excluded.document""",
            {"area": area, "document": to_json(document)},
        )

    def change(self, area: str, document: object, *, by: MemberId, what: str, at: datetime) -> int:
        """Puts it in force and keeps what was before; the number undoes it."""
        before = self.text(area)
        self.put(area, document)
        rows = self._db.rows(
            """insert into changes (at, actor, area, what, before, after)
               values (:at, :by, :area, :what, :before, :after) returning id""",
            {
                "at": stamp(at),
                "by": by,
                "area": area,
                "what": what,
                "before": before,
                "after": to_json(document),
            },
        )
        return int(rows[0]["id"])

    def changes(self, *, limit: int = 20, before: int | None = None) -> list[Change]:
        """The newest first; those before that one."""
        rows = self._db.rows(
            "select * from changes where id < :before order by id desc limit :n",
            {"n": limit, "before": before or 1 << 60},
        )
        return [_change(row) for row in rows]

    def count_before(self, change: int) -> int:
        sql = "select count(*) as n from changes where id < :id"
        return int(self._db.rows(sql, {"id": change})[0]["n"])

    def get_change(self, number: int) -> Change | None:
        rows = self._db.rows("select * from changes where id = :id", {"id": number})
        return _change(rows[0]) if rows else None

    def mark_undone(self, number: int, *, by: MemberId, at: datetime) -> None:
        self._db.run(
            "update changes set undone_by = :by, undone_at = :at where id = :id",
            {"id": number, "by": by, "at": stamp(at)},
        )


def _change(row: Row) -> Change:
    return Change(
        row["id"],
        moment(row["at"]),
        MemberId(row["actor"]),
        row["area"],
        row["what"],
        from_json(row["before"]) if row["before"] is not None else None,
        from_json(row["after"]),
        MemberId(row["undone_by"]) if row["undone_by"] else None,
        moment_or_none(row["undone_at"]),
    )
