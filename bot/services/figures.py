"""The figures of a period: its cases are read in pages, each told as its plain history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.figure_boards import BehindBoard
from bot.domain.history import TOLD, History, history
from bot.domain.ids import DepartmentKey, MemberId
from bot.domain.kpi import KPIS, behind
from bot.domain.report import Period, Report, Tally
from bot.services.case_lines import lines_of
from bot.services.kernel import Kernel, Work

PAGE = 500
LISTED = 40
MOST_LOOKED_AT = 5000  # cases behind one figure, the ones to look at first


@dataclass(frozen=True)
class Asked:
    """A figure that somebody wants to see behind."""

    name: str
    department: DepartmentKey | None
    period: Period


class Figures:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def report(self, period: Period, department: DepartmentKey | None = None) -> Report:
        """For the operator; the cases that are, or ended as, this department's."""
        with self._kernel.look() as work:
            if department:
                work.setup.department(department)
            return made(work, Tally(period, department))

    def since(self, length: timedelta, *, by: MemberId) -> Report:
        """The whole journey of the last days, for whoever belongs to the desk."""
        with self._kernel.look() as work:
            work.standing(by).must_belong_somewhere(work.setup)
            until = work.at.replace(microsecond=0)
            return made(work, Tally(Period(until - length, until)))

    def behind(self, asked: Asked, *, by: MemberId) -> BehindBoard:
        """The cases of a figure, the one to look at first on top, where the asker works."""
        with self._kernel.look() as work:
            rights = work.standing(by)
            rights.must_belong_somewhere(work.setup)
            kpi = KPIS[asked.name]
            told = _about(histories(work, asked.period), asked.department)
            since = asked.period.since
            found = [one for each in told if (one := behind(kpi, each, since)) is not None]
            found.sort(key=lambda one: (one.rank, one.case))
            cases = work.tx.cases.among([one.case for one in found[:MOST_LOOKED_AT]])
            first = [cases[one.case] for one in found[:MOST_LOOKED_AT]]
            mine = [case for case in first if case.department in rights.works_in]
            lines = lines_of(work, mine[:LISTED])
            return BehindBoard(kpi, asked.department, lines, len(mine), len(found), work.at)


def made(work: Work, tally: Tally) -> Report:
    """What the cases of its period come to."""
    for told in histories(work, tally.period):
        tally.add(told)
    return tally.report()


def histories(work: Work, period: Period) -> Iterator[History]:
    """Of the cases opened in it and those open when it ended, as things stood then."""
    calendars = {key: one.calendar for key, one in work.setup.departments.items()}
    numbers = work.tx.periods.cases(period.since, period.until)
    for start in range(0, len(numbers), PAGE):
        page = numbers[start : start + PAGE]
        events = work.tx.timeline.of_cases(page, TOLD)
        promises = work.tx.promises.of_cases(page)
        for case in page:
            yield history(events[case], promises.get(case, ()), period.until, calendars)


def _about(told: Iterator[History], department: DepartmentKey | None) -> Iterator[History]:
    """All, or what one department had of them."""
    if department is None:
        return told
    return (one.held_by(department) for one in told if department in one.departments)
