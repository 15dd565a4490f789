"""Cases whose department, or its channel, is gone: triage looks after them until it is back.

Their clocks are left as they are. What was displaced is remembered, so that an undo, or the
department added once more, brings each back to where it was and to who had it.
"""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.ids import DESK, CaseId, DepartmentKey
from bot.domain.timeline import What
from bot.services import alerts
from bot.services.apart import Apart, Named
from bot.services.kernel import Kernel, Work
from bot.services.pace import Pace
from bot.services.telling import tell
from bot.store.displaced import Origin

PAGE = 200  # cases in one transaction at most
SOME = 20  # with the change itself
PLACING = "placing"


class Placing:
    """Looks only after the set-up or the roster has changed, and once after a start."""

    def __init__(self, kernel: Kernel):
        self._kernel = kernel
        self._seen = -1
        self._placed = Apart(kernel, PLACING, _named, _settle_all, Pace(kernel.steady, PAGE))

    def is_due(self, work: Work) -> bool:
        if work.revision != self._seen and not to_place(work, limit=1):
            self._seen = work.revision
        return work.revision != self._seen

    def look(self) -> None:
        with self._kernel.look() as work:
            if not self.is_due(work):
                return
            revision, waiting = work.revision, _waiting(work)
            page = [case for case in to_place(work) if str(case) not in waiting]
        done = set[CaseId]()
        while page := page[: self._placed.pace.size]:
            self._placed.do(page)
            done.update(page)
            with self._kernel.look() as work:
                waiting = _waiting(work)
                page = [c for c in to_place(work) if c not in done and str(c) not in waiting]
        self._seen = revision


def why_gone(work: Work, key: DepartmentKey) -> str:
    """Why a department looks after no case now; empty where it does."""
    if gone := work.setup.why_gone(key):
        return gone
    known = work.tx.people.channel_at(f"department:{key}")
    if known is None or known.fault is None or key == work.setup.fallback:
        return ""
    spare = work.tx.people.channel_at(f"department:{work.setup.fallback}")
    if spare is None or spare.fault:
        return ""  # there it could be seen no better
    return f"{work.setup.shown(key).channel} takes no messages ({known.fault})"


def placed(work: Work, case: Case) -> Case:
    """The case where somebody looks after it; for whoever is about to keep it in a department."""
    why = work.setup.why_gone(case.department)
    return _displaced(work, case, why) if why else case


def remember_origin(work: Work, case: Case, origin: DepartmentKey) -> None:
    """A new case that went to triage although it is another department's."""
    work.tx.displaced.put(case.id, Origin(origin, None), work.at)


def to_place(work: Work, limit: int = PAGE) -> list[CaseId]:
    """Open cases of departments that are gone, and those whose department is back."""
    holders = [key for key in work.tx.displaced.holders() if why_gone(work, key)]
    gone = [key for key in holders if work.setup.why_gone(key)]
    mute = [key for key in holders if key not in gone]
    back = [key for key in work.tx.displaced.departments() if not why_gone(work, key)]
    cases = [
        *work.tx.displaced.open_in(gone, limit=limit, free_only=False),
        *work.tx.displaced.open_in(mute, limit=limit, free_only=True),
    ]
    numbers = [*(case.id for case in cases), *work.tx.displaced.of(back, limit=limit)]
    return list(dict.fromkeys(numbers))[:limit]


def settle(work: Work, case: Case) -> None:
    """To triage, or back."""
    origin = work.tx.displaced.get(case.id)
    if origin and not why_gone(work, origin.department):
        _bring_back(work, case, origin)
        return
    why = why_gone(work, case.department)
    has_hold = case.assignee or case.hand_off
    if not case.is_open or not why or (has_hold and not work.setup.why_gone(case.department)):
        return
    moved = _displaced(work, case, why)
    _keep(work, moved, case, why)
    if case.assignee and not moved.assignee:
        tell(work, moved, "displaced", [case.assignee], why=why)


def settle_some(work: Work) -> None:
    """What a change of the set-up has just displaced or brought back; the sweep does the rest."""
    _settle_all(work, to_place(work, limit=SOME))


def _settle_all(work: Work, numbers: Sequence[CaseId]) -> None:
    for case in work.tx.cases.among(numbers).values():
        settle(work, case)


def _bring_back(work: Work, case: Case, origin: Origin) -> None:
    """Unless somebody has placed, closed or claimed it meanwhile who works elsewhere."""
    work.tx.displaced.end(case.id)
    if not case.is_open or case.department != work.setup.fallback:
        return
    holder = case.assignee or (None if case.hand_off else origin.assignee)
    works = holder is not None and origin.department in work.standing(holder).works_in
    if case.assignee and not works:
        return
    why = f"{work.setup.shown(origin.department).name} is back"
    back = case.displace(origin.department, why, holder if works else None)
    _keep(work, back, case, why)


def _displaced(work: Work, case: Case, why: str) -> Case:
    work.tx.displaced.put(case.id, Origin(case.department, case.assignee), work.at)
    to, holder = work.setup.fallback, case.assignee
    stays = holder if holder and to in work.standing(holder).works_in else None
    return case.displace(to, f"{case.why}, but {why}" if case.why else why, stays)


def _keep(work: Work, moved: Case, case: Case, why: str) -> None:
    left, to = case.department, moved.department
    case = work.keep(moved, What.ROUTED, DESK, left=left, to=to, was=left, why=why)
    alerts.arrived(work, case)


def _waiting(work: Work) -> set[str]:
    return work.tx.set_aside.waiting(PLACING, work.at, work.revision)


def _named(case: CaseId) -> Named:
    return Named(str(case), case)
