"""The home tab: what is mine, what is stuck, my queues, today's figures, what is missing."""

import statistics
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.boards import QueueBoard, Step
from bot.domain.figure_boards import Compared, HomeBoard, Today
from bot.domain.ids import MemberId
from bot.domain.local_time import instant, known_zone
from bot.domain.report import Period, Report, Tally
from bot.services.administration import Administration
from bot.services.boards import Boards
from bot.services.figures import made
from bot.services.kernel import Kernel, Work

SHOWN = (
    "first_response_time", "resolution_time", "within_promise", "open", "unanswered_72h",
)  # fmt: skip
WEEKS = 4
ENOUGH = 3  # of these weeks have to have something
REMEMBERED = 64


class Home:
    def __init__(self, kernel: Kernel, boards: Boards, administration: Administration):
        self._kernel = kernel
        self._boards = boards
        self._administration = administration
        self._reports: dict[tuple[int, Period], Report] = {}

    def board(self, *, by: MemberId) -> HomeBoard:
        with self._kernel.look() as work:
            rights = work.standing(by)
            zone = known_zone(rights.person.time_zone if rights.person else "UTC")
            belongs = rights.is_admin or bool(rights.works_in)
            knows = belongs or rights.is_responder
            today = self._today(work, zone) if belongs else None
        return HomeBoard(
            self._boards.mine(by=by),
            tuple(self._queues(by)),
            today,
            self._steps(by) if rights.is_admin else None,
            work.at,
            self._boards.dead_letters(by=by) if belongs else (),
            self._administration.outgoing(by=by) if knows else None,
        )

    def _queues(self, by: MemberId) -> Iterator[QueueBoard]:
        for department in self._boards.departments_of(by):
            yield self._boards.queue(department.key, by=by)

    def _steps(self, by: MemberId) -> tuple[Step, ...]:
        return self._administration.setup_steps(by=by)

    def _today(self, work: Work, zone: ZoneInfo) -> Today:
        """Since the person's midnight, against the same hours of the last four weeks' weekday."""
        until = work.at.replace(second=0, microsecond=0)  # so that many people share the counting
        today = _day(until, zone, weeks_ago=0)
        now = self._report(work, today)
        quarter = until - timedelta(minutes=until.minute % 15)  # so that the past is counted seldom
        before = [self._report(work, _day(quarter, zone, weeks_ago=n + 1)) for n in range(WEEKS)]
        opening = work.tx.periods.first_opening()
        lived = [one for one in before if opening and opening <= one.period.since]
        return Today(
            today, tuple(Compared(now.figure(name), _usual(lived, name)) for name in SHOWN)
        )

    def _report(self, work: Work, period: Period) -> Report:
        key = (work.revision, period)
        known = self._reports.get(key)
        if known is None:
            if len(self._reports) >= REMEMBERED:
                self._reports.clear()
            known = self._reports[key] = made(work, Tally(period, names=SHOWN))
        return known


def _day(until: datetime, zone: ZoneInfo, *, weeks_ago: int) -> Period:
    """From midnight to this time of day, by the person's own clock."""
    local = until.astimezone(zone)
    day = local.date() - timedelta(weeks=weeks_ago)
    end = instant(datetime.combine(day, local.time(), zone)) if weeks_ago else until
    return Period(instant(datetime.combine(day, time.min, zone)), end)


def _usual(before: list[Report], name: str) -> float | None:
    values = [one.figure(name).value for one in before]
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) >= ENOUGH else None
