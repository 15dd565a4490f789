"""Which cases a channel is to be called for, and when it was called last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.effects import Kind
from bot.domain.ids import CaseId
from bot.domain.outbox import Message
from bot.store.database import Database, Row
from bot.store.messages import message_from_row
from bot.store.times import moment, moment_or_none, stamp


class Why(StrEnum):
    NEW = "new"  # it is urgent
    WAITS = "waits"  # nobody took it: a line that alerts nobody yet
    UNTAKEN = "untaken"  # nobody took it


@dataclass(frozen=True)
class Alert:
    case: CaseId
    place: str
    why: Why
    due_at: datetime
    said_at: datetime | None = None


class Alerts:
    def __init__(self, db: Database):
        self._db = db

    def add(self, alerts: Iterable[Alert]) -> None:
        self._db.run_many(
            """insert into alerts (case_id, place, why, due_at)
               values (:case, :place, :why, :due) on conflict do nothing""",
            [_as_row(alert) for alert in alerts],
        )

    def due(self, place: str, now: datetime, *, quiet_only: bool) -> list[Alert]:
        """What it is to be called for by now, the longest waiting first."""
        which = f"and why = '{Why.WAITS}'" if quiet_only else ""
        rows = self._db.rows(
            f"""select * from alerts where said_at is null and place = :place and due_at <= :now
               {which} order by due_at, case_id""",
            {"place": place, "now": stamp(now)},
        )
        return [_from_row(row) for row in rows]

    def is_waiting(self, alert: Alert) -> bool:
        """It was neither said nor dropped."""
        rows = self._db.rows(
            """select 1 from alerts where said_at is null and case_id = :case and place = :place
               and why = :why""",
            {"case": alert.case, "place": alert.place, "why": alert.why},
        )
        return bool(rows)

    def last_said(self, place: str) -> datetime | None:
        """When everybody there was called last."""
        [row] = self._db.rows(
            f"""select max(said_at) as at from alerts
                where said_at is not null and place = :place and why <> '{Why.WAITS}'""",
            {"place": place},
        )
        return moment_or_none(row["at"])

    def said(self, alerts: Iterable[Alert], message: str, *, at: datetime) -> None:
        self._db.run_many(
            """update alerts set said_at = :at, message = :message where case_id = :case
                   and place = :place and why = :why and due_at = :due""",
            [{**_as_row(alert), "message": message, "at": stamp(at)} for alert in alerts],
        )

    def is_said_by(self, message: str) -> bool:
        return bool(self._db.rows("select 1 from alerts where message = :key", {"key": message}))

    def calls_of(self, case: CaseId) -> list[Message]:
        """The lines in channels that name the case; one drawn into a card is none."""
        rows = self._db.rows(
            f"""select * from outbox where kind = '{Kind.ALERT}' and key in (
                    select message from alerts where case_id = :case and message is not null)""",
            {"case": case},
        )
        return [message_from_row(row) for row in rows]

    def drop(self, alerts: Iterable[Alert]) -> None:
        self._db.run_many(
            """delete from alerts where said_at is null and case_id = :case
                   and place = :place and why = :why and due_at = :due""",
            [_as_row(alert) for alert in alerts],
        )

    def forget(self, case: CaseId) -> None:
        """Nothing is to be called for any more; what was said stays."""
        self._db.run("delete from alerts where case_id = :case and said_at is null", {"case": case})


def _as_row(alert: Alert) -> dict[str, object]:
    return {
        "case": alert.case,
        "place": alert.place,
        "why": alert.why,
        "due": stamp(alert.due_at),
    }


def _from_row(row: Row) -> Alert:
    return Alert(
        CaseId(row["case_id"]),
        row["place"],
        Why(row["why"]),
        moment(row["due_at"]),
        moment_or_none(row["said_at"]),
    )
