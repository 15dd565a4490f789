"""*I answered there*: somebody says that they answered a customer outside the desk."""

from bot.domain.case import Case, OutsideAnswer
from bot.domain.errors import NothingToChange
from bot.domain.ids import CaseId, MemberId
from bot.services import ours
from bot.services.kernel import Kernel
from bot.services.outside import answered_outside, take_back


class Elsewhere:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def answered(self, number: CaseId, url: str | None, *, by: MemberId) -> Case:
        """The response is given at the press; an answer that waits here gets a second look."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            case.must_be_open()
            if not case.is_our_turn:
                raise NothingToChange("the customer was answered already")
            case = answered_outside(work, case, OutsideAnswer(work.at, by, url=url))
            ours.hold_waiting(work, case, by)
            return case

    def take_back(self, number: CaseId, *, by: MemberId) -> Case:
        """It was another case, or not sent after all: the clocks go on as if nothing had been."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            if case.outside is None:
                raise NothingToChange("no answer from outside the desk was recorded")
            return take_back(work, case, by=by)
