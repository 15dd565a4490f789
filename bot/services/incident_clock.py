"""The clock of incidents: a room that has not heard how it stands asks for it, but not for ever."""

from datetime import timedelta

from bot.domain import effects
from bot.domain.ids import CLOCK
from bot.domain.incident import Incident
from bot.domain.incident_facts import Entry, Happened
from bot.services.incident_people import refresh
from bot.services.kernel import Kernel, Work

GRACE = timedelta(minutes=5)  # the lead alone is asked first
MOST = 6  # three times the lead and three times the room; then it is quiet until somebody speaks


class IncidentClock:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def remind(self) -> int:
        """Every update that is due is asked for; how many."""
        with self._kernel.look() as work:
            if not work.tx.incidents.due(work.at):
                return 0
        with self._kernel.work() as work:
            due = work.tx.incidents.due(work.at)
            for incident in due:
                _remind(work, incident)
            return len(due)


def _remind(work: Work, incident: Incident) -> None:
    if incident.lead and incident.reminded % 2 == 0:
        _ask(work, incident, f"person:{incident.lead}", GRACE)
        return
    if not incident.lead and incident.reminded % 2 == 0:
        incident = incident.reminded_once_more(incident.update_due)  # nobody to ask alone
    _ask(work, incident, "", incident.severity.update_every - GRACE)


def _ask(work: Work, incident: Incident, place: str, wait: timedelta) -> None:
    is_last = incident.reminded + 1 >= MOST
    asked = incident.reminded_once_more(None if is_last else work.at + wait)
    work.tx.incidents.save(asked)
    text = "the room" if not place else f"<@{incident.lead}>"
    work.tx.incidents.record(Entry(incident.id, work.at, Happened.REMINDED, CLOCK, text))
    since = incident.updated_at or incident.declared_at
    key = f"due:{int(since.timestamp())}:{asked.reminded}"
    word = effects.incident_word(key, incident.id, "update_due", place, last=is_last)
    work.tell(word)
    refresh(work, asked)
