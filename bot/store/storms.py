"""Storms that are on, and what Slack has asked the desk to be silent about: both outlive it."""

from datetime import datetime

from bot.domain.ids import ChannelId
from bot.domain.outbox import Silence
from bot.domain.storm import Storm
from bot.store.database import Database
from bot.store.times import moment, moment_or_none, stamp, stamp_or_none


class Storms:
    def __init__(self, db: Database):
        self._db = db

    def all(self) -> dict[str, Storm]:
        """By place."""
        rows = self._db.rows("select * from storms order by place")
        return {
            row["place"]: Storm(
                row["place"],
                moment(row["began_at"]),
                moment_or_none(row["calm_since"]),
                row["cards"],
                row["digests"],
            )
            for row in rows
        }

    def put(self, storm: Storm) -> None:
        self._db.run(
            """insert into storms (place, began_at, calm_since, cards, digests)
               values (:place, :began, :calm, :cards, :digests)
               on conflict (place) do update set calm_since = excluded.calm_since,
                   cards = excluded.cards, digests = excluded.digests""",
            {
                "place": storm.place,
                "began": stamp(storm.began_at),
                "calm": stamp_or_none(storm.calm_since),
                "cards": storm.cards,
                "digests": storm.digests,
            },
        )

    def end(self, storm: Storm) -> None:
        self._db.run("delete from storms where place = :place", {"place": storm.place})


class Silences:
    def __init__(self, db: Database):
        self._db = db

    def keep(self, silence: Silence, now: datetime) -> None:
        """What is over by now is forgotten."""
        self._db.run("delete from silences where until <= :now", {"now": stamp(now)})
        self._db.run(
            """insert into silences (is_update, channel, until)
               values (:is_update, :channel, :until)
               on conflict (is_update, channel) do update set until = excluded.until""",
            {
                "is_update": int(silence.is_update),
                "channel": silence.channel,
                "until": stamp(silence.until),
            },
        )

    def after(self, now: datetime) -> list[Silence]:
        rows = self._db.rows(
            "select * from silences where until > :now order by until", {"now": stamp(now)}
        )
        return [
            Silence(bool(row["is_update"]), ChannelId(row["channel"]), moment(row["until"]))
            for row in rows
        ]
