"""The outbox: every Slack message the desk owns, with the revision wanted and the one shown."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.effects import Effect, Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Delivered, Line, Message, MessageState
from bot.store.database import Database, Row, numbered
from bot.store.times import from_json, moment, moment_or_none, stamp, to_json


class Outbox:
    def __init__(self, db: Database):
        self._db = db

    def add(self, *effects: Effect, at: datetime) -> None:
        self.add_all(effects, at=at)

    def add_all(self, effects: Iterable[Effect], *, at: datetime) -> None:
        """A new key is queued; a known one wants a further revision, where the effect revises."""
        now = stamp(at)
        rows = [_effect_row(effect, now) for effect in effects]
        self._db.run_many(_REVISE, [row for row in rows if row["revise"]])
        self._db.run_many(_ONCE, [row for row in rows if not row["revise"]])

    def get(self, key: str) -> Message | None:
        rows = self._db.rows("select * from outbox where key = :key", {"key": key})
        return _from_row(rows[0]) if rows else None

    def at_message(self, channel: ChannelId, ts: str) -> Message | None:
        """Which of ours stands there: the case of a thread, for instance."""
        rows = self._db.rows(
            "select * from outbox where channel = :channel and ts = :ts",
            {"channel": channel, "ts": ts},
        )
        return _from_row(rows[0]) if rows else None

    def of_case(self, case: CaseId, kind: Kind) -> list[Message]:
        rows = self._db.rows(
            "select * from outbox where case_id = :case and kind = :kind order by created_at, key",
            {"case": case, "kind": kind},
        )
        return [_from_row(row) for row in rows]

    def due(self, now: datetime, *, without: Collection[Line] = (), limit: int) -> list[Message]:
        """What may be said now, pings first; the lines in `without` have to wait."""
        silent, marks = _without(without)
        rows = self._db.rows(
            f"""select outbox.* from outbox
                where state = 'queued' and due_at <= :now {silent}
                    and (thread is null or exists (select 1 from outbox parent
                        where parent.key = outbox.thread and parent.ts is not null))
                order by lane, due_at, created_at, key limit :limit""",
            {"now": stamp(now), "limit": limit, **marks},
        )
        return [_from_row(row) for row in rows]

    def waiting(self, kind: Kind, place: str, *, limit: int) -> list[Message]:
        """Queued messages of one kind that were never shown, the oldest first."""
        rows = self._db.rows(
            """select * from outbox where state = 'queued' and kind = :kind and place = :place
                   and shown = 0 order by created_at, key limit :limit""",
            {"kind": kind, "place": place, "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def in_state(self, *states: MessageState, limit: int = 200) -> list[Message]:
        marks = numbered("s", states)
        rows = self._db.rows(
            f"""select * from outbox
                where state <> 'shown' and state in ({", ".join(f":{mark}" for mark in marks)})
                order by due_at, key limit :limit""",
            {**marks, "limit": limit},
        )
        return [_from_row(row) for row in rows]

    def next_at(self) -> datetime | None:
        """When the next queued message may be said."""
        row = self._db.rows("select min(due_at) as at from outbox where state = 'queued'")[0]
        return moment_or_none(row["at"])

    def backlog(self) -> int:
        row = self._db.rows("select count(*) as waiting from outbox where state = 'queued'")[0]
        return int(row["waiting"])

    def start(self, messages: Iterable[Message], *, attempt: str, at: datetime) -> None:
        """Recorded before the first byte leaves; only the delivery loop calls it."""
        self._db.run_many(
            """update outbox set state = 'sending', tries = tries + 1, attempt = :attempt,
                   started_at = :at where key = :key and state = 'queued'""",
            [{"key": message.key, "attempt": attempt, "at": stamp(at)} for message in messages],
        )

    def shown(self, message: Message, answer: Delivered) -> None:
        """The revision that was drawn stands; a newer one wanted meanwhile is queued again."""
        self._db.run(
            """update outbox set shown = :shown, ts = :ts, channel = :channel, tries = 0,
                   error = null,
                   state = case when wanted > :shown then 'queued' else 'shown' end
               where key = :key""",
            {
                "key": message.key,
                "shown": message.wanted,
                "ts": answer.id,
                "channel": answer.channel or message.channel,
            },
        )

    def adopt(self, message: Message, answer: Delivered) -> None:
        """It was found; which revision it shows nobody knows, so it is drawn once more."""
        self._db.run(
            """update outbox set ts = :ts, channel = :channel, tries = 0, looks = 0,
                   error = null, shown = wanted - 1, state = 'queued' where key = :key""",
            {"key": message.key, "ts": answer.id, "channel": answer.channel or message.channel},
        )

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

    def bundle(self, messages: Iterable[Message], key: str) -> None:
        """From now on the message of that key says them."""
        self._db.run_many(
            "update outbox set state = 'bundled', within = :within where key = :key",
            [{"key": message.key, "within": key} for message in messages],
        )

    def forget_place(self, message: Message, *, at: datetime) -> None:
        """Its message is gone from Slack: the next delivery posts it anew."""
        self._db.run(
            """update outbox set ts = null, shown = 0, reposts = reposts + 1, state = 'queued',
                   due_at = :at where key = :key""",
            {"key": message.key, "at": stamp(at)},
        )

    def revive(self, place: str, *, at: datetime) -> int:
        """What was parked for a place is queued again."""
        return self._db.run(
            """update outbox set state = 'queued', due_at = :at, tries = 0
               where state <> 'shown' and state = 'parked' and place = :place""",
            {"place": place, "at": stamp(at)},
        )


def _without(lines: Collection[Line]) -> tuple[str, dict[str, object]]:
    """The condition that leaves these lines out, and its values."""
    marks: dict[str, object] = {}
    texts = []
    for number, line in enumerate(lines):
        marks |= {
            f"place{number}": line.place,
            f"update{number}": int(line.is_update),
            f"ping{number}": int(line.is_ping),
        }
        texts.append(
            f"""and not (place = :place{number}
                and case when ts is null then 0 else 1 end = :update{number}
                and case when lane = 0 then 1 else 0 end = :ping{number})"""
        )
    return " ".join(texts), marks


# Just after the desk went back in time, what it says for the first time may stand already.
_INSERT = """
insert into outbox (key, kind, place, thread, lane, case_id, args, wanted, shown, state, due_at,
    tries, created_at, started_at, looks)
select :key, :kind, :place, :thread, :lane, :case, :args, 1, 0,
    case when backup is null then 'queued' else 'unknown' end, :due, 0, :at, backup,
    case when backup is null then 0 else 2 end
from (select max(backup_at) as backup from epochs where looks_until > :at) as epoch where true
on conflict (key) """
# An update of what already stands has its own lane, except where it is about a ping.
_REVISE = f"""{_INSERT} do update set wanted = outbox.wanted + 1, args = excluded.args,
    lane = case when outbox.shown = 0 and excluded.lane < outbox.lane then excluded.lane
                when outbox.shown = 0 then outbox.lane
                when outbox.lane = {Lane.PING} then {Lane.PING} else {Lane.UPDATE} end,
    due_at = case when outbox.state in ('shown', 'dead') then excluded.due_at
                  else outbox.due_at end,
    state = case when outbox.state in ('shown', 'dead') then 'queued' else outbox.state end"""
_ONCE = f"{_INSERT} do nothing"


def _effect_row(effect: Effect, now: int) -> dict[str, object]:
    return {
        "key": effect.key,
        "kind": effect.kind,
        "place": effect.place,
        "thread": effect.thread,
        "lane": int(effect.lane),
        "case": effect.case,
        "args": to_json(effect.args),
        "due": stamp(effect.not_before) if effect.not_before else now,
        "at": now,
        "revise": effect.revise,
    }


def _from_row(row: Row) -> Message:
    return Message(
        key=row["key"],
        kind=Kind(row["kind"]),
        place=row["place"],
        thread=row["thread"],
        lane=Lane(row["lane"]),
        case=CaseId(row["case_id"]) if row["case_id"] else None,
        args=from_json(row["args"]),
        wanted=row["wanted"],
        shown=row["shown"],
        state=MessageState(row["state"]),
        due_at=moment(row["due_at"]),
        tries=row["tries"],
        created_at=moment(row["created_at"]),
        started_at=moment_or_none(row["started_at"]),
        attempt=row["attempt"],
        channel=ChannelId(row["channel"]) if row["channel"] else None,
        ts=row["ts"],
        error=row["error"],
        looks=row["looks"],
        reposts=row["reposts"],
        within=row["within"],
    )
