"""The part that watches: promises and reminders by the clock, and who is where in Slack."""

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.domain.leases import Task
from bot.domain.ports import Now
from bot.jobs import Attempts, Clock, Job, told
from bot.parts.at_work import AtWork
from bot.services.epochs import Epochs
from bot.services.incident_clock import IncidentClock
from bot.services.once import Once
from bot.services.roster import Roster
from bot.services.rota_watch import RotaWatch
from bot.services.terms import Begin, Term
from bot.services.user_group import UserGroup
from bot.services.watch import Watch
from bot.slack.line import SlackLine
from bot.slack.user_groups import SlackUserGroups
from bot.wiring import Services

SWEEP = "sweep"
STILL_FOR = timedelta(seconds=15)  # a clock that has not swept for so long does not work

log = logging.getLogger(__name__)


class Clockwork:
    def __init__(self, services: Services, line: SlackLine, now: Now):
        self._services = services
        self._line = line
        self._now = now
        self._fault: str | None = None

    def tasks(self) -> dict[Task, Begin]:
        return {Task.CLOCK: self._watch, Task.ROSTER: self._keep_roster}

    def fault(self) -> str | None:
        """Why it is not known who is where in Slack, or None."""
        return self._fault

    def _watch(self, term: Term) -> AtWork:
        kernel = self._services.kernel.under(term.guard)
        clock = Clock(
            [
                self._sweep(Watch(kernel)),
                Job("epoch", Epochs(kernel).look, timedelta(seconds=5)),
                Job("rota", RotaWatch(kernel).say_holes, timedelta(minutes=5)),
                Job("forget", Once(kernel).forget, timedelta(hours=6)),
                Job("incidents", IncidentClock(kernel).remind, timedelta(seconds=5)),
            ],
            self._now,
        )
        began = self._now()

        def is_well() -> bool:
            return self._now() - (clock.last_beat(SWEEP) or began) <= STILL_FOR

        return AtWork((clock,), self._services.nudges, wellness=is_well).start()

    def _sweep(self, watch: Watch) -> Job:
        def sweep() -> None:
            due = watch.next_at()
            if due is not None and due <= self._now():
                self._services.metrics.swept((self._now() - due).total_seconds())
                watch.sweep()

        return Job(SWEEP, sweep, timedelta(milliseconds=500), watch.next_at)

    def _keep_roster(self, term: Term) -> AtWork:
        kernel = self._services.kernel.under(term.guard)
        client = self._line.client(term.must_be_on)
        roster = Roster(kernel, self._line.directory(client))
        groups = UserGroup(kernel, SlackUserGroups(client))
        rota = RotaWatch(kernel)

        def read_once() -> None:
            roster.sweep()
            self._fault = None
            rota.say_holes()

        self._fault = "Slack was not reached yet"
        first = Attempts("roster", read_once, self._not_reached)
        clock = Clock(
            [
                Job("roster", self._when_reached(roster.sweep), timedelta(minutes=10)),
                Job("user-group", self._when_reached(groups.keep), timedelta(seconds=30)),
            ],
            self._now,
        )
        return AtWork((first, clock), self._services.nudges).start()

    def _when_reached(self, act: Callable[[], object]) -> Callable[[], None]:
        def unless_away() -> None:
            if self._fault is None:
                act()

        return unless_away

    def _not_reached(self, error: Exception) -> None:
        self._fault = told(error)
        log.warning("slack not reached", extra={"why": self._fault})
