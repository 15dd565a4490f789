"""Two cases of one matter: merged where one customer wrote both, else linked."""

from bot.domain.errors import NothingToChange
from bot.domain.ids import CaseId, MemberId
from bot.domain.timeline import What
from bot.services.kernel import Kernel, Work


class Merging:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def link(self, number: CaseId, other: CaseId, *, by: MemberId) -> None:
        """Each names the other; nothing else changes."""
        with self._kernel.work() as work:
            _may_link(work, number, other, by)
            link(work, number, other, by)

    def unlink(self, number: CaseId, other: CaseId, *, by: MemberId) -> None:
        with self._kernel.work() as work:
            _may_link(work, number, other, by)
            if not work.tx.case_links.remove(number, other):
                raise NothingToChange(f"#{number} and #{other} are not linked")
            for case, to in ((number, other), (other, number)):
                work.keep(work.case(case).touched(), What.CASE_UNLINKED, by, other=to)


def link(work: Work, number: CaseId, other: CaseId, by: MemberId) -> None:
    """Raises NothingToChange where they are linked already."""
    if not work.tx.case_links.add(number, other, by=by, at=work.at):
        raise NothingToChange(f"#{number} and #{other} are linked already")
    for case, to in ((number, other), (other, number)):
        work.keep(work.case(case).touched(), What.CASE_LINKED, by, other=to)


def _may_link(work: Work, number: CaseId, other: CaseId, by: MemberId) -> None:
    if number == other:
        raise NothingToChange("a case is linked to another one")
    work.around(work.case(number), by)
    work.around(work.case(other), by)
