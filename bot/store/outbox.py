"""The outbox: every Slack message the desk owns, with the revision wanted and the one shown."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Delivered, Message, MessageState
from bot.domain.storm import REDRAWN_AFTER
from bot.store.database import READ_TOGETHER, Database, listed, numbered
from bot.store.messages import ONCE, REDRAW_WHAT_SAYS_IT, REVISE, effect_row, message_from_row
from bot.store.queue import LEAVE
from bot.store.times import stamp


class Outbox:
    def __init__(self, db: Database):
        self._db = db

    def add(self, *effects: Effect, at: datetime) -> None:
        self.add_all(effects, at=at)

    def add_all(self, effects: Iterable[Effect], *, at: datetime) -> None:
        """A new key is queued; a known one wants a further revision, where the effect revises."""
        rows = [effect_row(effect, stamp(at)) for effect in effects]
        revised = [row for row in rows if row["revise"]]
        said_once = [row for row in rows if not row["revise"]]
        self._db.run_many(REVISE, revised)
        later = stamp(at + REDRAWN_AFTER)
        self._db.run_many(REDRAW_WHAT_SAYS_IT, [row | {"later": later} for row in revised])
        self._db.run_many(ONCE, said_once)
        # Whatever hangs under a card needs one to hang under.
        above = [{"key": row["thread"], "at": row["at"]} for row in said_once if row["thread"]]
        self._db.run_many(LEAVE, above)

    def get(self, key: str) -> Message | None:
        rows = self._db.rows("select * from outbox where key = :key", {"key": key})
        return message_from_row(rows[0]) if rows else None

    def among(self, keys: Sequence[str]) -> list[Message]:
        """Those of these keys that there are, in their order."""
        found: dict[str, Message] = {}
        for start in range(0, len(keys), READ_TOGETHER):
            marks = numbered("k", keys[start : start + READ_TOGETHER])
            rows = self._db.rows(f"select * from outbox where key in ({listed(marks)})", marks)
            found |= {row["key"]: message_from_row(row) for row in rows}
        return [found[key] for key in keys if key in found]

    def at_message(self, channel: ChannelId, ts: str) -> Message | None:
        """Which of ours stands there: the case of a thread, for instance."""
        rows = self._db.rows(
            "select * from outbox where channel = :channel and ts = :ts",
            {"channel": channel, "ts": ts},
        )
        return message_from_row(rows[0]) if rows else None

    def of_case(self, case: CaseId, kind: Kind, *, after: datetime | None = None) -> list[Message]:
        """Those of one kind, the oldest first; with `after` only the later ones."""
        rows = self._db.rows(
            """select * from outbox where case_id = :case and kind = :kind and created_at > :after
               order by created_at, key""",
            {"case": case, "kind": kind, "after": stamp(after) if after else -1},
        )
        return [message_from_row(row) for row in rows]

    def of_cases(self, cases: Collection[CaseId], kind: Kind) -> list[Message]:
        marks = numbered("c", cases)
        rows = self._db.rows(
            f"""select * from outbox where case_id in ({listed(marks)}) and kind = :kind
                order by created_at, key""",
            {"kind": kind, **marks},
        )
        return [message_from_row(row) for row in rows]

    def waiting(self, kind: Kind, place: str, *, limit: int) -> list[Message]:
        """Of one kind, at one place, never shown and free to be said: the oldest first."""
        rows = self._db.rows(
            """select * from outbox where state = 'queued' and ts is null and waits = 0
                   and place = :place and kind = :kind order by created_at, key limit :limit""",
            {"kind": kind, "place": place, "limit": limit},
        )
        return [message_from_row(row) for row in rows]

    def in_state(self, *states: MessageState, limit: int = 200) -> list[Message]:
        marks = numbered("s", states)
        rows = self._db.rows(
            f"""select * from outbox
                where state <> 'shown' and state in ({listed(marks)})
                order by due_at, key limit :limit""",
            {**marks, "limit": limit},
        )
        return [message_from_row(row) for row in rows]

    def not_taken(
        self, state: MessageState, *, limit: int, since: datetime | None = None
    ) -> list[Message]:
        """Of open cases, and due `since` then where they are about none: the oldest first."""
        rows = self._db.rows(
            """select outbox.* from outbox left join cases on cases.id = outbox.case_id
               where outbox.state <> 'shown' and outbox.state = :state and cases.closed_at is null
                   and (outbox.case_id is not null or outbox.due_at >= :since)
               order by outbox.due_at, outbox.key limit :limit""",
            {"state": state, "since": stamp(since) if since else 0, "limit": limit},
        )
        return [message_from_row(row) for row in rows]

    def start(self, messages: Iterable[Message], *, attempt: str, at: datetime) -> None:
        """Recorded before the first byte leaves; only the delivery loop calls it."""
        self._db.run_many(
            """update outbox set state = 'sending', tries = tries + 1, attempt = :attempt,
                   started_at = :at where key = :key and state = 'queued'""",
            [{"key": message.key, "attempt": attempt, "at": stamp(at)} for message in messages],
        )

    def is_tried(self, message: Message) -> bool:
        """Whether this very attempt is still under way."""
        rows = self._db.rows(
            """select 1 from outbox
               where key = :key and state = 'sending' and attempt = :attempt""",
            {"key": message.key, "attempt": message.attempt},
        )
        return bool(rows)

    def shown(self, message: Message, answer: Delivered) -> None:
        """The revision that was drawn stands; a newer one wanted meanwhile is queued again."""
        self._db.run(
            f"""update outbox set shown = :shown, ts = :ts, channel = :channel, tries = 0,
                   error = null,
                   lane = case when wanted > :shown then {_LANE_OF_CHANGES} else lane end,
                   state = case when wanted > :shown then 'queued' else 'shown' end
               where key = :key""",
            {
                "key": message.key,
                "shown": message.wanted,
                "ts": answer.id,
                "channel": answer.channel or message.channel,
            },
        )
        if message.ts is None:
            self._let_hang(message)

    def adopt(self, message: Message, answer: Delivered) -> None:
        """It was found; which revision it shows nobody knows, so it is drawn once more."""
        self._db.run(
            f"""update outbox set ts = :ts, channel = :channel, tries = 0, looks = 0,
                   error = null, shown = wanted - 1, lane = {_LANE_OF_CHANGES}, state = 'queued'
               where key = :key""",
            {"key": message.key, "ts": answer.id, "channel": answer.channel or message.channel},
        )
        self._let_hang(message)

    def looked(self, message: Message, *, due: datetime) -> None:
        """Not found yet, or one could not look: again at `due`."""
        self._db.run(
            "update outbox set looks = looks + 1, due_at = :due where key = :key",
            {"key": message.key, "due": stamp(due)},
        )

    def move(
        self, message: Message, to: MessageState, *, why: str, due: datetime | None = None
    ) -> None:
        """Not shown: what state it is in now, why, and when it is looked at again."""
        self._db.run(
            """update outbox set state = :state, error = :why, due_at = :due, looks = 0
               where key = :key""",
            {
                "key": message.key,
                "state": to,
                "why": why,
                "due": stamp(due or message.due_at),
            },
        )

    def forget_place(self, message: Message, *, at: datetime) -> None:
        """Its message is gone from Slack: the next delivery posts it anew."""
        self._db.run(
            """update outbox set ts = null, shown = 0, reposts = reposts + 1, state = 'queued',
                   due_at = :at,
                   waits = case when exists (select 1 from outbox above
                       where above.key = outbox.thread and above.ts is null) then 1 else 0 end
               where key = :key""",
            {"key": message.key, "at": stamp(at)},
        )
        below = "update outbox set waits = 1 where thread = :key and ts is null"
        self._db.run(below, {"key": message.key})

    def revive(self, place: str, *, at: datetime) -> int:
        """What was parked for a place is queued again."""
        return self._db.run(
            """update outbox set state = 'queued', due_at = :at, tries = 0
               where state <> 'shown' and state = 'parked' and place = :place""",
            {"place": place, "at": stamp(at)},
        )

    def is_parked(self, place: str) -> bool:
        """Whether something waits for this place to take messages again."""
        sql = "select 1 from outbox where state = 'parked' and place = :place limit 1"
        return bool(self._db.rows(sql, {"place": place}))

    def _let_hang(self, message: Message) -> None:
        """It stands: what hangs under it may be said."""
        below = "update outbox set waits = 0 where thread = :key and waits = 1"
        self._db.run(below, {"key": message.key})


_LANE_OF_CHANGES = f"""case when lane <= {Lane.URGENT} then lane
    when kind = '{Kind.DIGEST}' then {Lane.NOTE} else {Lane.UPDATE} end"""
