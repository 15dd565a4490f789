"""The clock of incidents: a room that has not heard how it stands asks for it, but not for ever."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain import effects
from bot.domain.ids import CLOCK, IncidentId
from bot.domain.incident import Incident
from bot.domain.incident_facts import Entry, Happened
from bot.services.apart import Apart, Named
from bot.services.incident_people import refresh
from bot.services.kernel import Kernel, Work
from bot.services.pace import Pace

GRACE = timedelta(minutes=5)  # the lead alone is asked first
INCIDENT = "incident"
MOST_AT_ONCE = 50
MOST = 6  # three times the lead and three times the room; then it is quiet until somebody speaks


class IncidentClock:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel
        self._reminded = Apart(
            kernel, INCIDENT, _named, _remind_all, Pace(kernel.steady, MOST_AT_ONCE)
        )

    def remind(self) -> int:
        """Every update that is due is asked for; how many. One that fails holds up no other."""
        with self._kernel.look() as work:
            waiting = work.tx.set_aside.waiting(INCIDENT, work.at, work.revision)
            due = [one for one in work.tx.incidents.due(work.at) if str(one) not in waiting]
        at_once = self._reminded.pace.size
        for start in range(0, len(due), at_once):
            self._reminded.do(due[start : start + at_once])
        return len(due)


def _named(number: IncidentId) -> Named:
    return Named(str(number))


def _remind_all(work: Work, numbers: Sequence[IncidentId]) -> None:
    still = set(work.tx.incidents.due(work.at))
    for number in numbers:
        if number in still:
            _remind(work, work.tx.incidents.get(number))


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
