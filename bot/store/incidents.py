"""Incidents, the cases they are about, and what happened in them."""

from datetime import datetime

from bot.domain.errors import NoSuchIncident
from bot.domain.ids import CaseId, ChannelId, IncidentId, MemberId
from bot.domain.incident import Incident, Severity
from bot.domain.incident_facts import Entry, Happened
from bot.store.database import Database, Row
from bot.store.times import moment, moment_or_none, stamp, stamp_or_none

_SELECT = """select incidents.*, rooms.channel from incidents
             left join rooms on rooms.incident_id = incidents.id"""


class Incidents:
    def __init__(self, db: Database):
        self._db = db

    def add(self, incident: Incident, wish: str) -> Incident:
        """`wish` is what makes two declarations one; one open incident each."""
        rows = self._db.rows(
            """insert into incidents (title, wish, name, severity, declared_by, declared_at, lead,
                   last_update, update_due, reminded, summary)
               values (:title, :wish, :name, :severity, :declared_by, :declared_at, :lead,
                   :last_update, :update_due, 0, '') returning id""",
            {"wish": wish, **_row(incident)},
        )
        return self.get(IncidentId(rows[0]["id"]))

    def save(self, incident: Incident) -> None:
        self._db.run(
            """update incidents set name = :name, severity = :severity, lead = :lead,
                   voice = :voice, scribe = :scribe, last_update = :last_update,
                   updated_by = :updated_by, updated_at = :updated_at, update_due = :update_due,
                   reminded = :reminded, stood_down_by = :stood_down_by,
                   stood_down_at = :stood_down_at, summary = :summary where id = :id""",
            {"id": incident.id, **_row(incident)},
        )

    def get(self, number: IncidentId) -> Incident:
        rows = self._db.rows(f"{_SELECT} where incidents.id = :id", {"id": number})
        if not rows:
            raise NoSuchIncident(number)
        return _incident(rows[0])

    def wished(self, wish: str) -> Incident | None:
        """The open one that was declared so."""
        where = "where wish = :wish and stood_down_at is null"
        rows = self._db.rows(f"{_SELECT} {where}", {"wish": wish})
        return _incident(rows[0]) if rows else None

    def names_like(self, name: str) -> set[str]:
        """The names of channels, wanted or taken, that begin so."""
        sql = "select name from incidents where substr(name, 1, :length) = :name"
        rows = self._db.rows(sql, {"name": name, "length": len(name)})
        return {row["name"] for row in rows}

    def at(self, channel: ChannelId) -> Incident | None:
        rows = self._db.rows(f"{_SELECT} where rooms.channel = :channel", {"channel": channel})
        return _incident(rows[0]) if rows else None

    def open(self) -> list[Incident]:
        where = "where stood_down_at is null order by severity, incidents.id"
        return [_incident(row) for row in self._db.rows(f"{_SELECT} {where}")]

    def count(self) -> int:
        return int(self._db.rows("select count(*) as n from incidents")[0]["n"])

    def declared_by(self, member: MemberId, *, after: datetime) -> int:
        sql = "select count(*) as n from incidents where declared_by = :by and declared_at > :after"
        return int(self._db.rows(sql, {"by": member, "after": stamp(after)})[0]["n"])

    def over(self, *, limit: int) -> list[Incident]:
        where = "where stood_down_at is not null order by stood_down_at desc limit :n"
        return [_incident(row) for row in self._db.rows(f"{_SELECT} {where}", {"n": limit})]

    def due(self, now: datetime) -> list[IncidentId]:
        """Those whose room is owed an update by now; only numbers, which can always be read."""
        sql = "select id from incidents where update_due <= :now order by update_due, id"
        return [IncidentId(row["id"]) for row in self._db.rows(sql, {"now": stamp(now)})]

    # Cases

    def link(self, case: CaseId, incident: IncidentId, *, by: MemberId, at: datetime) -> None:
        self._db.run(
            """insert into incident_cases (case_id, incident_id, by_member, at)
               values (:case, :incident, :by, :at)
               on conflict (case_id) do update set incident_id = excluded.incident_id,
                   by_member = excluded.by_member, at = excluded.at""",
            {"case": case, "incident": incident, "by": by, "at": stamp(at)},
        )

    def of_case(self, case: CaseId) -> Incident | None:
        """The last one it was linked to, open or over."""
        join = "join incident_cases on incident_cases.incident_id = incidents.id"
        where = "where incident_cases.case_id = :case"
        rows = self._db.rows(f"{_SELECT} {join} {where}", {"case": case})
        return _incident(rows[0]) if rows else None

    def cases(self, incident: IncidentId) -> list[CaseId]:
        sql = "select case_id from incident_cases where incident_id = :id order by case_id"
        return [CaseId(row["case_id"]) for row in self._db.rows(sql, {"id": incident})]

    # Timeline

    def record(self, entry: Entry) -> bool:
        """False where that message is in it already."""
        sql = """insert into incident_entries (incident_id, at, what, actor, text, message)
                 values (:incident, :at, :what, :by, :text, :message) on conflict do nothing"""
        return self._db.run(sql, _entry_row(entry)) == 1

    def entries(self, incident: IncidentId) -> list[Entry]:
        """In the order in which they happened: a message counts from when it was said."""
        sql = "select * from incident_entries where incident_id = :id order by at, id"
        return [_entry(row) for row in self._db.rows(sql, {"id": incident})]

    def unread(self, *, limit: int) -> list[Entry]:
        """Picked messages whose words Slack has still to be asked for."""
        sql = "select * from incident_entries where text is null order by id limit :limit"
        return [_entry(row) for row in self._db.rows(sql, {"limit": limit})]

    def read(self, entry: Entry, text: str) -> None:
        self._db.run(
            """update incident_entries set text = :text
               where incident_id = :incident and message = :message""",
            {"text": text, "incident": entry.incident, "message": entry.message},
        )


def _row(incident: Incident) -> dict[str, object]:
    return {
        "title": incident.title,
        "name": incident.name,
        "severity": int(incident.severity),
        "declared_by": incident.declared_by,
        "declared_at": stamp(incident.declared_at),
        "lead": incident.lead,
        "voice": incident.voice,
        "scribe": incident.scribe,
        "last_update": incident.last_update,
        "updated_by": incident.updated_by,
        "updated_at": stamp_or_none(incident.updated_at),
        "update_due": stamp_or_none(incident.update_due),
        "reminded": incident.reminded,
        "stood_down_by": incident.stood_down_by,
        "stood_down_at": stamp_or_none(incident.stood_down_at),
        "summary": incident.summary,
    }


def _incident(row: Row) -> Incident:
    return Incident(
        id=IncidentId(row["id"]),
        title=row["title"],
        name=row["name"],
        severity=Severity(row["severity"]),
        declared_by=MemberId(row["declared_by"]),
        declared_at=moment(row["declared_at"]),
        lead=_member(row["lead"]),
        voice=_member(row["voice"]),
        scribe=_member(row["scribe"]),
        channel=ChannelId(row["channel"]) if row["channel"] else None,
        last_update=row["last_update"],
        updated_by=_member(row["updated_by"]),
        updated_at=moment_or_none(row["updated_at"]),
        update_due=moment_or_none(row["update_due"]),
        reminded=row["reminded"],
        stood_down_by=_member(row["stood_down_by"]),
        stood_down_at=moment_or_none(row["stood_down_at"]),
        summary=row["summary"],
    )


def _entry_row(entry: Entry) -> dict[str, object]:
    return {
        "incident": entry.incident,
        "at": stamp(entry.at),
        "what": entry.what,
        "by": entry.by,
        "text": entry.text,
        "message": entry.message,
    }


def _entry(row: Row) -> Entry:
    return Entry(
        IncidentId(row["incident_id"]),
        moment(row["at"]),
        Happened(row["what"]),
        MemberId(row["actor"]),
        row["text"],
        row["message"],
    )


def _member(value: str | None) -> MemberId | None:
    return MemberId(value) if value else None
