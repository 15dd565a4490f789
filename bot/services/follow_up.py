"""Acknowledged, and then nothing: who said so is called once more, then the ladder goes on.

An answer or a close ends it. It ends by itself too: an acknowledgement makes one reminder, and no
step of the ladder is taken twice for a matter.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.effects import Kind
from bot.domain.ids import CaseId
from bot.services.calls import Call, calls_of
from bot.services.kernel import Work
from bot.store.timers import Timer

FOLLOWS_WITHIN = timedelta(minutes=30)
REMIND, STEP_UP, GO_ON = "again", "up", "on"
_TIMER = re.compile(rf"(.+):({REMIND}|{STEP_UP}|{GO_ON}):(\d+)")


@dataclass(frozen=True)
class FollowUp:
    """What is due about a matter, and the step of the ladder that would be next."""

    matter: str
    what: str
    step: int

    @classmethod
    def read(cls, timer: Timer) -> "FollowUp | None":
        found = _TIMER.fullmatch(timer.name)
        return cls(found[1], found[2], int(found[3])) if found else None

    def then(self, case: CaseId, what: str, work: Work, wait: timedelta) -> Timer:
        return _timer(case, FollowUp(self.matter, what, self.step), work, wait)


def look_again(work: Work, calls: list[Call]) -> None:
    """At each matter that was acknowledged just now, if nothing comes of it."""
    steps: dict[tuple[CaseId, str], int] = {}
    for one in calls:
        taken = int(one.step) + 1 if one.step.isdigit() else 1
        of = (one.case.id, one.matter)
        steps[of] = max(steps.get(of, 1), taken)
    work.tx.timers.set_all(
        _timer(case, FollowUp(matter, REMIND, step), work) for (case, matter), step in steps.items()
    )


def newest_call(work: Work, case: CaseId, matter: str) -> Call | None:
    """About this matter, while there is something to be done about it."""
    pings = work.tx.outbox.of_case(case, Kind.PING)
    calls = [one for one in calls_of(work, pings) if one.matter == matter]
    return calls[-1] if calls and not calls[-1].settled else None


def _timer(case: CaseId, due: FollowUp, work: Work, wait: timedelta = FOLLOWS_WITHIN) -> Timer:
    return Timer(case, f"{due.matter}:{due.what}:{due.step}", work.at + wait)
