"""A case comes into another department, whoever moved it: its clocks, who hears, its cover."""

from bot.domain import effects
from bot.domain.ask import Ask
from bot.domain.case import Case
from bot.domain.ids import DepartmentKey, MemberId
from bot.domain.timeline import What
from bot.services import alerts, clocks
from bot.services.kernel import Work
from bot.services.placing import placed
from bot.services.telling import tell_channel
from bot.store.times import stamp


def move(work: Work, before: Case, moved: Case, what: What, by: MemberId, **data: object) -> Case:
    """Its own card there, the old one a line; no running promise becomes later.

    Where that department is gone triage looks after it, and its clock stays as it is.
    """
    there = placed(work, moved)
    left, to = before.department, there.department
    stands = work.tx.outbox.get(effects.card_key(moved.id, to)) is not None
    case = work.keep(there, what, by, left=left, **{"to": to, "was": left, **data})
    if to == moved.department:
        clocks.moved(work, before, case)
    if case.assignee is None:
        if stands and left != to:  # an edited card tells nobody
            offered = case.hand_off.person if case.hand_off else None
            tell_channel(work, case, "arrived", to, by=by, origin=left, person=offered)
        alerts.arrived(work, case)
        ask_cover(work, case)
    return case


def ask_cover(work: Work, case: Case) -> None:
    """Where its department is closed, another one is asked to take it over, and told by when."""
    cover = work.setup.cover_of(case.department, work.at)
    if cover is None or cover.key == case.department:
        return
    closed = work.department_of(case)
    if not any(one.department == cover.key and one.is_open for one in work.asks(case)):
        wish = f"{closed.name} is closed: take it over if it cannot wait"
        work.tx.asks.put(Ask(case.id, cover.key, wish))
        work.refresh(case)
    tell_channel(work, case, "covering", cover.key, **_until_when(work, case, closed.key))


def _until_when(work: Work, case: Case, closed: DepartmentKey) -> dict[str, object]:
    """For whom they stand in, until when, and what runs out first."""
    department, due = work.setup.department(closed), work.tx.promises.next_due(case.id)
    opens_at = department.calendar.opens_at(work.at)
    return {
        "closed": department.name,
        "opens": stamp(opens_at) if opens_at else None,
        "due": stamp(due.due_at) if due and due.due_at else None,
    }
