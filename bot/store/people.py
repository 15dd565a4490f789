"""The desk's own record of who is who and who is where."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.department import Person
from bot.domain.ids import ChannelId, MemberId
from bot.store.database import Database, Row
from bot.store.revision import grow


@dataclass(frozen=True)
class KnownChannel:
    """Where a place (`department:service`, `rapid-response`) is in Slack; `fault` why it is not.

    `wished` is the name it was found by, `was` the id it had until the desk lost sight of it;
    `offer` is a channel that an admin has to let it use first, because of `doubt`.
    """

    place: str
    name: str
    channel: ChannelId | None
    is_private: bool
    is_archived: bool = False
    fault: str | None = None
    wished: str | None = None
    was: ChannelId | None = None
    is_shared: bool = False  # with another company
    offer: ChannelId | None = None
    doubt: str | None = None


class People:
    def __init__(self, db: Database):
        self._db = db

    def put(self, people: Iterable[Person]) -> None:
        grow(self._db)
        self._db.run_many(
            """insert into people (id, name, email, is_admin, is_outside, is_gone, time_zone)
               values (:id, :name, :email, :is_admin, :is_outside, :is_gone, :time_zone)
               on conflict (id) do update set name = excluded.name, email = excluded.email,
                   is_admin = excluded.is_admin, is_outside = excluded.is_outside,
                   is_gone = excluded.is_gone, time_zone = excluded.time_zone""",
            [
                {
                    "id": person.id,
                    "name": person.name,
                    "email": person.email.casefold(),
                    "is_admin": int(person.is_admin),
                    "is_outside": int(person.is_outside),
                    "is_gone": int(person.is_gone),
                    "time_zone": person.time_zone,
                }
                for person in people
            ],
        )

    def get(self, member: MemberId) -> Person | None:
        rows = self._db.rows("select * from people where id = :id", {"id": member})
        return _person(rows[0]) if rows else None

    def all(self) -> dict[MemberId, Person]:
        people = map(_person, self._db.rows("select * from people"))
        return {one.id: one for one in people}

    def by_email(self, email: str) -> Person | None:
        rows = self._db.rows(
            "select * from people where email = :email and is_gone = 0", {"email": email.casefold()}
        )
        return _person(rows[0]) if rows else None

    def by_name(self, name: str) -> list[Person]:
        """Everybody here whose name, or its first word, is this, however it is written."""
        rows = self._db.rows("select * from people where is_gone = 0")
        wanted = name.casefold()
        people = [_person(row) for row in rows]
        return [p for p in people if wanted in _called(p)]

    def admins(self) -> list[Person]:
        """The admins and owners of the workspace; an admin of another company's is none."""
        where = "where is_admin = 1 and is_outside = 0 and is_gone = 0"
        rows = self._db.rows(f"select * from people {where} order by id")
        return [_person(row) for row in rows]

    # Channels and who is in them

    def channels(self) -> list[KnownChannel]:
        return [_channel(row) for row in self._db.rows("select * from channels order by place")]

    def channel_at(self, place: str) -> KnownChannel | None:
        rows = self._db.rows("select * from channels where place = :place", {"place": place})
        return _channel(rows[0]) if rows else None

    def place_of(self, channel: ChannelId) -> str | None:
        rows = self._db.rows("select place from channels where channel = :c", {"c": channel})
        return str(rows[0]["place"]) if rows else None

    def put_channel(self, known: KnownChannel) -> None:
        grow(self._db)
        self._db.run(
            """insert into channels (place, name, channel, is_private, is_archived, fault, wished,
                   was, is_shared, offer, doubt)
               values (:place, :name, :channel, :private, :archived, :fault, :wished, :was,
                   :shared, :offer, :doubt)
               on conflict (place) do update set name = excluded.name, channel = excluded.channel,
                   is_private = excluded.is_private, is_archived = excluded.is_archived,
                   fault = excluded.fault, wished = excluded.wished, was = excluded.was,
                   is_shared = excluded.is_shared, offer = excluded.offer,
                   doubt = excluded.doubt""",
            {
                "place": known.place,
                "name": known.name,
                "channel": known.channel,
                "private": int(known.is_private),
                "archived": int(known.is_archived),
                "fault": known.fault,
                "wished": known.wished,
                "was": known.was,
                "shared": int(known.is_shared),
                "offer": known.offer,
                "doubt": known.doubt,
            },
        )

    def members(self, channel: ChannelId) -> list[MemberId]:
        rows = self._db.rows(
            "select member from members where channel = :channel order by member",
            {"channel": channel},
        )
        return [MemberId(row["member"]) for row in rows]

    def is_in(self, channel: ChannelId, member: MemberId) -> bool:
        return bool(
            self._db.rows(
                "select 1 from members where channel = :channel and member = :member",
                {"channel": channel, "member": member},
            )
        )

    def channels_of(self, member: MemberId) -> list[ChannelId]:
        rows = self._db.rows("select channel from members where member = :m", {"m": member})
        return [ChannelId(row["channel"]) for row in rows]

    def joined(self, channel: ChannelId, members: Iterable[MemberId]) -> None:
        grow(self._db)
        self._db.run_many(
            """insert into members (channel, member) values (:channel, :member)
               on conflict (channel, member) do nothing""",
            [{"channel": channel, "member": member} for member in members],
        )

    def left(self, channel: ChannelId, members: Iterable[MemberId]) -> None:
        grow(self._db)
        self._db.run_many(
            "delete from members where channel = :channel and member = :member",
            [{"channel": channel, "member": member} for member in members],
        )


def _called(person: Person) -> set[str]:
    name = person.name.casefold()
    return {name, name.split(" ")[0], name.replace(" ", "."), person.email.split("@")[0]}


def _person(row: Row) -> Person:
    return Person(
        MemberId(row["id"]),
        row["name"],
        row["email"],
        bool(row["is_admin"]),
        bool(row["is_outside"]),
        bool(row["is_gone"]),
        row["time_zone"],
    )


def _channel(row: Row) -> KnownChannel:
    return KnownChannel(
        row["place"],
        row["name"],
        ChannelId(row["channel"]) if row["channel"] else None,
        bool(row["is_private"]),
        bool(row["is_archived"]),
        row["fault"],
        row["wished"],
        ChannelId(row["was"]) if row["was"] else None,
        bool(row["is_shared"]),
        ChannelId(row["offer"]) if row["offer"] else None,
        row["doubt"],
    )
