"""What waits in the outbox, seen from its heads: the first of each place, lane and method."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.effects import Kind, Lane
from bot.domain.ids import CaseId, ChannelId
from bot.domain.outbox import Message
from bot.domain.storm import REDRAWN_EVERY, Waiting
from bot.store.database import Database, Row, listed, numbered
from bot.store.messages import message_from_row
from bot.store.times import stamp

# Each is the condition of a partial index, to the letter.
_POSTS = "state = 'queued' and ts is null and waits = 0"
_CHANGES = "state = 'queued' and ts is not null"


class Queue:
    def __init__(self, db: Database):
        self._db = db

    def heads(self, now: datetime) -> list[Message]:
        """Of every place the first due of each lane, new ones and changes apart."""
        found = [
            row
            for those in (_POSTS, _CHANGES)
            for row in self._db.rows(_HEADS.format(those=those), {"now": stamp(now)})
        ]
        return [message_from_row(row) for row in found]

    def next_to(self, head: Message, now: datetime) -> Message | None:
        """Who is first there, now that this one is not."""
        rows = self._db.rows(
            _FIRST.format(those=_CHANGES if head.ts else _POSTS),
            {"place": head.place, "lane": int(head.lane), "now": stamp(now)},
        )
        return message_from_row(rows[0]) if rows else None

    def waiting(self) -> list[Waiting]:
        """Where cards wait to be said for the first time, and what is said before the last."""
        rows = self._db.rows(
            f"""select place, count(*) as messages,
                    sum(case when lane = {Lane.CARD} then 1 else 0 end) as cards
                from outbox where {_POSTS} and lane in ({Lane.URGENT}, {Lane.CARD})
                group by place order by place"""
        )
        return [Waiting(row["place"], row["messages"], row["cards"]) for row in rows]

    def cards(self, place: str, now: datetime, *, limit: int) -> list[Message]:
        """That were never said and are nobody's line, the oldest first."""
        rows = self._db.rows(
            f"""select * from outbox
                where {_POSTS} and place = :place and lane = {Lane.CARD} and due_at <= :now
                    and kind = '{Kind.CARD}' and within is null
                order by due_at, created_at, key limit :limit""",
            {"place": place, "now": stamp(now), "limit": limit},
        )
        return [message_from_row(row) for row in rows]

    def with_something_below(self, messages: Collection[Message]) -> set[str]:
        """The keys of those that others wait to hang under."""
        marks = numbered("k", (message.key for message in messages))
        rows = self._db.rows(
            f"""select distinct thread from outbox
                where thread in ({listed(marks)})""",
            marks,
        )
        return {row["thread"] for row in rows}

    def changes_at(self, spots: Collection[tuple[ChannelId, str]], now: datetime) -> list[Message]:
        """Which of the messages that stand there are to be said anew, the most urgent first."""
        found = [
            message_from_row(row)
            for channel in {channel for channel, _ in spots}
            for row in self._changes_in(
                channel, [ts for where, ts in spots if where == channel], now
            )
        ]
        return sorted(found, key=lambda message: (message.lane, message.due_at, message.key))

    def _changes_in(self, channel: ChannelId, stamps: list[str], now: datetime) -> list[Row]:
        marks = numbered("t", stamps)
        return self._db.rows(
            f"""select * from outbox
                where channel = :channel and ts in ({listed(marks)})
                    and {_CHANGES} and due_at <= :now""",
            {"channel": channel, "now": stamp(now), **marks},
        )

    def bundle(self, messages: Iterable[Message], key: str) -> None:
        """From now on the message of that key says them."""
        self._db.run_many(
            "update outbox set state = 'bundled', within = :within where key = :key",
            [{"key": message.key, "within": key} for message in messages],
        )

    def leave(self, card: str, *, at: datetime) -> None:
        """A line of a digest becomes a card of its own, below the digest while that stands."""
        self._db.run(LEAVE, {"key": card, "at": stamp(at)})

    def scatter(self, digest: str, *, at: datetime) -> None:
        """Nothing will list them: each is said by itself."""
        self._db.run(
            f"""update outbox set state = case when state = 'bundled' then 'queued' else state end,
                    lane = case when lane < {Lane.CARD} then lane else {Lane.UPDATE} end,
                    due_at = :at, within = null, thread = null, waits = 0
                where within = :key and kind = '{Kind.CARD}' and ts is null""",
            {"key": digest, "at": stamp(at)},
        )

    def redraw(self, place: str, since: datetime, *, at: datetime) -> None:
        """The digests of a storm, once it is over: one after the other, the newest first.

        One that people do not want stays away; one that is drawn anew anyway, is.
        """
        rows = self._db.rows(
            f"""select key from outbox where kind = '{Kind.DIGEST}' and place = :place
                    and created_at >= :since and state in ('shown', 'sending')
                order by created_at desc, key""",
            {"place": place, "since": stamp(since)},
        )
        self._db.run_many(
            f"""update outbox set wanted = wanted + 1, lane = {Lane.NOTE}, due_at = :at,
                    state = case when state = 'shown' then 'queued' else state end
                where key = :key""",
            [
                {"key": row["key"], "at": stamp(at + rank * REDRAWN_EVERY)}
                for rank, row in enumerate(rows)
            ],
        )

    def listed(self, place: str, since: datetime) -> list[CaseId]:
        """The cases that the digests of a storm list."""
        rows = self._db.rows(
            """select distinct case_id from outbox where within in (select key from outbox
                   where kind = 'digest' and place = :place and created_at >= :since)""",
            {"place": place, "since": stamp(since)},
        )
        return [CaseId(row["case_id"]) for row in rows]


# One step of an index for each place, and one more for each of its lanes.
_HEADS = (
    """
with recursive places(place) as (
    select (select min(place) from outbox where {those})
    union all
    select (select min(beyond.place) from outbox beyond
            where {those} and beyond.place > places.place)
    from places where places.place is not null)
select * from outbox where key in (
    select (select head.key from outbox head
            where {those} and head.place = places.place and head.lane = lanes.lane
                and head.due_at <= :now
            order by head.due_at, head.created_at, head.key limit 1)
    from places cross join ("""
    + " union all ".join(f"select {lane} as lane" for lane in map(int, Lane))
    + """) lanes
    where places.place is not null)"""
)
_FIRST = """
select * from outbox
where {those} and place = :place and lane = :lane and due_at <= :now
order by due_at, created_at, key limit 1"""
# It is no longer announced for the first time, so it goes behind those that are.
LEAVE = f"""
update outbox set state = 'queued', due_at = :at,
    lane = case when lane < {Lane.CARD} then lane else {Lane.UPDATE} end,
    thread = (select digest.key from outbox digest
        where digest.key = outbox.within and digest.state <> 'dead'),
    waits = case when exists (select 1 from outbox digest where digest.key = outbox.within
        and digest.state <> 'dead' and digest.ts is null) then 1 else 0 end
where key = :key and state = 'bundled' and kind = '{Kind.CARD}'"""
