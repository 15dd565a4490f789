"""Who was called about what: pings as rows of the outbox, and the lists of which they are lines."""

from collections.abc import Collection, Iterable

from bot.domain.effects import Kind
from bot.domain.ids import CaseId, MemberId
from bot.domain.outbox import Message
from bot.store.database import READ_TOGETHER, Database, Row, listed, numbered
from bot.store.messages import message_from_row

_PING = f"kind = '{Kind.PING}'"  # to the letter of a partial index
_UNSAID = "state = 'queued' and ts is null"


class Calls:
    def __init__(self, db: Database):
        self._db = db

    def waiting(self, place: str) -> list[Message]:
        """Never said at this place, and free to be: the oldest first."""
        return self._found(
            f"""select * from outbox where {_PING} and {_UNSAID} and waits = 0 and place = :place
                order by created_at, key""",
            {"place": place},
        )

    def standing(self, place: str) -> list[Message]:
        """Of open cases, said at this place: lines of a list, or messages of an older program."""
        return self._found(
            f"""select outbox.* from cases join outbox on outbox.case_id = cases.id
                where cases.closed_at is null and outbox.{_PING} and outbox.place = :place
                    and (outbox.state = 'bundled' or outbox.ts is not null)
                order by outbox.created_at, outbox.key""",
            {"place": place},
        )

    def of_cases(self, cases: Collection[CaseId]) -> list[Message]:
        marks = numbered("c", cases)
        return self._found(
            f"""select * from outbox where {_PING} and case_id in ({listed(marks)})
                order by created_at, key""",
            marks,
        )

    def naming(self, member: MemberId) -> list[CaseId]:
        """The open cases about which this person was called by name."""
        rows = self._db.rows(
            f"""select distinct cases.id from cases join outbox on outbox.case_id = cases.id
                where cases.closed_at is null and outbox.{_PING} and outbox.args like :named
                order by cases.id""",
            {"named": f'%"{member}"%'},
        )
        return [CaseId(row["id"]) for row in rows]

    def unsaid_lists(self, place: str) -> list[Message]:
        return self._found(
            f"""select * from outbox where kind = '{Kind.BUNDLE}' and {_UNSAID} and place = :place
                order by created_at, key""",
            {"place": place},
        )

    def newest_list(self, place: str) -> Message | None:
        """The last that was said, or was begun to be."""
        found = self._found(
            f"""select * from outbox where kind = '{Kind.BUNDLE}' and place = :place
                    and started_at is not null
                order by created_at desc, key desc limit 1""",
            {"place": place},
        )
        return found[0] if found else None

    def lists_of(self, *cases: CaseId) -> list[Message]:
        """In which one of these cases has a line."""
        found: dict[str, Message] = {}
        for start in range(0, len(cases), READ_TOGETHER):
            marks = numbered("c", cases[start : start + READ_TOGETHER])
            lists = self._found(
                f"""select * from outbox where kind = '{Kind.BUNDLE}' and key in (
                        select line.within from outbox line where line.case_id in ({listed(marks)})
                        and line.{_PING} and line.within is not null)""",
                marks,
            )
            found |= {one.key: one for one in lists}
        return list(found.values())

    def lines_of(self, key: str) -> list[Message]:
        """What stands in this list."""
        return self._found(
            f"select * from outbox where {_PING} and within = :key order by created_at, key",
            {"key": key},
        )

    def put(self, pings: Iterable[Message], key: str | None) -> None:
        """From now on lines of that list; of none where the next one takes them up."""
        self._db.run_many(
            """update outbox set within = :within,
                   state = case when ts is null then 'bundled' else state end where key = :key""",
            [{"key": ping.key, "within": key} for ping in pings],
        )

    def clear(self, lists: Iterable[str]) -> None:
        """Nothing stands in these any more."""
        self._db.run_many(
            f"update outbox set within = null where {_PING} and within = :within",
            [{"within": key} for key in lists],
        )

    def drop(self, messages: Iterable[Message]) -> None:
        """Never said, and never to be."""
        self._db.run_many(
            f"delete from outbox where key = :key and ts is null and kind in ({_DROPPED})",
            [{"key": message.key} for message in messages],
        )

    def _found(self, sql: str, params: dict[str, object]) -> list[Message]:
        rows: list[Row] = self._db.rows(sql, params)
        return [message_from_row(row) for row in rows]


_DROPPED = ", ".join(f"'{kind}'" for kind in (Kind.PING, Kind.BUNDLE, Kind.WARNING, Kind.WARNINGS))
