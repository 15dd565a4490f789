"""The channels of incidents, how far the desk has come with each, and who is asked in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ChannelId, IncidentId, MemberId
from bot.domain.incident_facts import Guest
from bot.store.database import Database, Row
from bot.store.times import moment, stamp


@dataclass(frozen=True)
class Room:
    """`asked`: Slack was asked for a channel of this name, and nobody heard the answer."""

    incident: IncidentId
    name: str
    channel: ChannelId | None
    wanted: int
    done: int
    due_at: datetime
    tries: int
    asked: bool
    pinned: str | None
    topic: str
    fault: str | None


class Rooms:
    def __init__(self, db: Database):
        self._db = db

    def add(self, incident: IncidentId, name: str, *, at: datetime) -> None:
        self._db.run(
            """insert into rooms (incident_id, name, wanted, done, due_at, tries, asked, topic)
               values (:id, :name, 1, 0, :at, 0, 0, '')""",
            {"id": incident, "name": name, "at": stamp(at)},
        )

    def get(self, incident: IncidentId) -> Room | None:
        rows = self._db.rows("select * from rooms where incident_id = :id", {"id": incident})
        return _room(rows[0]) if rows else None

    def holder(self, channel: ChannelId) -> IncidentId | None:
        """Whose room that channel is."""
        sql = "select incident_id from rooms where channel = :channel"
        rows = self._db.rows(sql, {"channel": channel})
        return IncidentId(rows[0]["incident_id"]) if rows else None

    def due(self, now: datetime) -> Room | None:
        """One in which something is to be done: opened, filled, named, or its card pinned."""
        rows = self._db.rows(
            """select rooms.* from rooms
               left join outbox on outbox.key = 'facts:' || rooms.incident_id
               where rooms.due_at <= :now and (rooms.done < rooms.wanted
                   or (rooms.channel is not null and outbox.ts is not null
                       and outbox.ts <> coalesce(rooms.pinned, '')))
               order by rooms.due_at, rooms.incident_id limit 1""",
            {"now": stamp(now)},
        )
        return _room(rows[0]) if rows else None

    def want(self, incident: IncidentId, *, at: datetime) -> None:
        """Something about it has changed that Slack should know."""
        self._db.run(
            """update rooms set wanted = wanted + 1, tries = 0, due_at = :at
               where incident_id = :id""",
            {"id": incident, "at": stamp(at)},
        )

    def asking(self, room: Room, name: str) -> None:
        """Recorded before Slack is asked for a channel of that name."""
        self._db.run(
            "update rooms set asked = 1, name = :name where incident_id = :id",
            {"id": room.incident, "name": name},
        )

    def opened(self, room: Room, channel: ChannelId, name: str) -> None:
        self._db.run(
            """update rooms set channel = :channel, name = :name, asked = 0, fault = null
               where incident_id = :id""",
            {"id": room.incident, "channel": channel, "name": name},
        )

    def not_named(self, room: Room, name: str) -> None:
        """The name was taken by another: next time this one."""
        self._db.run(
            "update rooms set name = :name, asked = 0 where incident_id = :id",
            {"id": room.incident, "name": name},
        )

    def settled(self, room: Room, *, topic: str, pinned: str | None) -> None:
        """As far as was wanted when the work began."""
        self._db.run(
            """update rooms set done = :done, tries = 0, topic = :topic, pinned = :pinned,
                   fault = null where incident_id = :id""",
            {"id": room.incident, "done": room.wanted, "topic": topic, "pinned": pinned},
        )

    def failed(self, room: Room, why: str, *, due: datetime) -> None:
        self._db.run(
            """update rooms set fault = :why, tries = tries + 1, due_at = :due
               where incident_id = :id""",
            {"id": room.incident, "why": why, "due": stamp(due)},
        )

    def given_up(self, room: Room, why: str) -> None:
        """Nothing more is tried until something is wanted anew."""
        self._db.run(
            """update rooms set fault = :why, done = wanted, tries = 0 where incident_id = :id""",
            {"id": room.incident, "why": why},
        )

    # Who is asked in

    def ask_in(self, incident: IncidentId, members: Iterable[MemberId]) -> None:
        """Once each; who could not be let in is tried once more."""
        self._db.run_many(
            """insert into guests (incident_id, member, is_in) values (:id, :member, 0)
               on conflict (incident_id, member) do update set fault = null""",
            [{"id": incident, "member": member} for member in members],
        )

    def guests(self, incident: IncidentId) -> list[Guest]:
        sql = "select * from guests where incident_id = :id order by member"
        return [
            Guest(MemberId(row["member"]), bool(row["is_in"]), row["fault"])
            for row in self._db.rows(sql, {"id": incident})
        ]

    def let_in(self, incident: IncidentId, guests: Iterable[Guest]) -> None:
        """What came of asking them."""
        self._db.run_many(
            """update guests set is_in = :is_in, fault = :fault
               where incident_id = :id and member = :member""",
            [
                {"id": incident, "member": one.member, "is_in": int(one.is_in), "fault": one.fault}
                for one in guests
            ],
        )


def _room(row: Row) -> Room:
    return Room(
        IncidentId(row["incident_id"]),
        row["name"],
        ChannelId(row["channel"]) if row["channel"] else None,
        row["wanted"],
        row["done"],
        moment(row["due_at"]),
        row["tries"],
        bool(row["asked"]),
        row["pinned"],
        row["topic"],
        row["fault"],
    )
