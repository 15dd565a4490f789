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
    work.tx.timers.set_all(
        _timer(one.case.id, FollowUp(one.matter, REMIND, _next_step(one, calls)), work)
        for one in calls
    )


def newest_call(work: Work, case: CaseId, matter: str) -> Call | None:
    """About this matter, while there is something to be done about it."""
    pings = work.tx.outbox.of_case(case, Kind.PING)
    calls = [one for one in calls_of(work, pings) if one.matter == matter]
    return calls[-1] if calls and not calls[-1].settled else None


def _next_step(call: Call, calls: list[Call]) -> int:
    same = [one for one in calls if (one.case.id, one.matter) == (call.case.id, call.matter)]
    return 1 + max((int(one.step) for one in same if one.step.isdigit()), default=0)


def _timer(case: CaseId, due: FollowUp, work: Work, wait: timedelta = FOLLOWS_WITHIN) -> Timer:
    return Timer(case, f"{due.matter}:{due.what}:{due.step}", work.at + wait)
