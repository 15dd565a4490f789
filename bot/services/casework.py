"""What the members of a department do with a case, except answering it and handing it off."""

from datetime import timedelta

from bot.domain import effects
from bot.domain.ask import Ask
from bot.domain.blank import must_say
from bot.domain.case import Case
from bot.domain.department import Department
from bot.domain.durations import Duration, must_be_within_a_year
from bot.domain.errors import (
    AlreadyClaimed,
    HandOffIsPending,
    NoAskOpen,
    NothingToChange,
    NotInDepartment,
)
from bot.domain.hours import ALWAYS
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.post import Priority
from bot.domain.timeline import What
from bot.services import alerts, arrivals, clocks
from bot.services.deadlines import set_anew
from bot.services.escalating import ring
from bot.services.hand_offs import LAPSE, taken
from bot.services.kernel import Kernel, Work
from bot.services.telling import changed_hands, tell, tell_channel
from bot.store.timers import Timer

SNOOZE = "snooze"
CALLED_AGAIN_AFTER = timedelta(minutes=10)


class Casework:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def claim(self, number: CaseId, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            return claim(work, number, by)

    def release(self, number: CaseId, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            case = work.case(number)
            work.must_have_or_lead(case, by)
            released = work.keep(case.release(), What.RELEASED, by)
            changed_hands(work, case, released, by)
            alerts.await_somebody(work, released)
            return released

    def assign(self, number: CaseId, *, to: MemberId, by: MemberId) -> Case:
        """To a colleague of the same department; another one gets a hand-off."""
        with self._kernel.work() as work:
            case = work.case(number)
            department = work.department_of(case)
            work.member_of(case, by)
            if case.department not in work.standing(to).works_in:
                raise NotInDepartment(to, department.name, department.channel)
            before, assigned = case, case.assign(to, work.at)
            case = work.keep(assigned, What.ASSIGNED, by, to=to, was=before.assignee)
            taken(work, case)
            changed_hands(work, before, case, by)
            return case

    def snooze(self, number: CaseId, length: Duration, *, by: MemberId) -> Case:
        """Out of the queue for a while; no promise to the customer waits for it."""
        must_be_within_a_year(length)
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            calendar = work.department_of(case).calendar if length.business_days else ALWAYS
            until = calendar.add(work.at, length)  # a day is 24 hours, whoever is there
            work.tx.timers.set_all([Timer(case.id, SNOOZE, until)])
            return work.keep(case.snooze(until), What.SNOOZED, by, until=until.isoformat())

    def prioritise(self, number: CaseId, priority: Priority, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            case = work.keep(
                case.prioritise(priority), What.PRIORITY, by, to=priority, was=case.priority
            )
            set_anew(work, case)
            alerts.arrived(work, case)
            if priority is Priority.URGENT:
                tell(work, case, "raised", [case.assignee], by=by)
            return case

    def route(self, number: CaseId, to: DepartmentKey, *, by: MemberId) -> Case:
        """Triage decides, and the decision is kept for the router to learn from."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            work.setup.queue(to)
            moved = _move(work, case, case.route(to, f"<@{by}> decided"), by)
            changed_hands(work, case, moved, by)
            return moved

    def take_over(self, number: CaseId, department: DepartmentKey, *, by: MemberId) -> Case:
        """A following department makes it its own, while nobody has it."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.standing(by).must_work_in(work.setup.queue(department))
            if department not in {ask.department for ask in work.asks(case)}:
                raise NoAskOpen(work.setup.shown(department).name)
            if case.hand_off and not _stands_in(work, case, department):
                raise HandOffIsPending(case.hand_off.person)
            if case.assignee and case.assignee != by:
                raise AlreadyClaimed(case.assignee)
            moved = case.route(department, f"<@{by}> took it over")
            work.tx.asks.put(Ask(case.id, case.department, ""))
            _off_its_way(work, moved)
            work.keep(moved, What.ROUTED, by, left=case.department,
                      to=moved.department, was=case.department)  # fmt: skip
            clocks.moved(work, case, moved)
            return work.keep(moved.claim(by, work.at), What.CLAIMED, by)

    def also(
        self, number: CaseId, to: DepartmentKey, ask: str, *, by: MemberId
    ) -> tuple[Ask, Department]:
        """Another department follows the case, with its own part."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            words = _ask_for(work, case, to, ask)
            wanted = Ask(number, to, words, asked_by=by, asked_at=work.at)
            has_card = work.tx.outbox.get(effects.card_key(number, to)) is not None
            work.tx.asks.put(wanted)
            case = work.keep(case.touched(), What.FOLLOWED, by, department=to, ask=ask)
            if has_card:  # an edited card tells nobody
                tell_channel(work, case, "asked_more", to, by=by, ask=ask)
            return wanted, work.setup.queue(to)

    def take_ask_back(
        self, number: CaseId, department: DepartmentKey, *, by: MemberId
    ) -> Department:
        """The department is asked no longer; its card says so."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            if not work.tx.asks.take_back(number, department, work.at):
                raise NoAskOpen(work.setup.shown(department).name)
            work.keep(
                case.touched(), What.ASK_TAKEN_BACK, by, left=department, department=department
            )
            return work.setup.shown(department)

    def done(self, number: CaseId, department: DepartmentKey, *, by: MemberId) -> Case:
        """A following department has done its part."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.standing(by).must_work_in(work.setup.department(department))
            follows = department in {ask.department for ask in work.asks(case)}
            if not follows or not work.tx.asks.done(number, department, by, work.at):
                raise NoAskOpen(work.setup.shown(department).name)
            return work.keep(case.touched(), What.ASK_DONE, by, department=department)

    def escalate(self, number: CaseId, reason: str, *, by: MemberId) -> Case:
        """Rapid response is called at once, by name where somebody is on duty."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.around(case, by)
            must_say(reason)
            _not_called_just_now(work, case)
            case = work.keep(case.escalate(reason), What.ESCALATED, by, reason=reason)
            ring(work, case, by)
            return case

    def tell_lead(self, number: CaseId, reason: str, *, by: MemberId) -> MemberId:
        """The first rung: the lead of the case's department, in a direct message."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.around(case, by)
            must_say(reason)
            department = work.department_of(case)
            lead = work.lead_for(department, by)
            if lead is None:
                raise NothingToChange(_no_lead(work, department, by))
            _not_told_just_now(work, case, {"reason": reason, "to": lead}, by)
            case = work.keep(case.escalate(reason), What.ESCALATED, by, reason=reason, to=lead)
            tell(work, case, "escalated", [lead], by=by, reason=reason)
            arrivals.ask_cover(work, case)
            return lead


def _no_lead(work: Work, department: Department, by: MemberId) -> str:
    if by in work.leads_of(department):
        return f"you lead {department.name} yourself. Call rapid response instead"
    return f"{department.name} has no lead yet. Call rapid response instead"


def _ask_for(work: Work, case: Case, to: DepartmentKey, ask: str) -> str:
    """Beside what it is asked already; the same again would say nothing new."""
    case.must_be_open()
    name = work.setup.queue(to).name
    if to == case.department:
        raise NothingToChange(f"{name} has the case itself")
    asked = next((one.ask for one in work.asks(case) if one.department == to and one.is_open), "")
    if ask in asked.split("; "):
        raise NothingToChange(f"{name} is asked that already")
    return f"{asked}; {ask}" if asked else ask


def _not_called_just_now(work: Work, case: Case) -> None:
    """A call that nobody has acknowledged yet rings still; a second one would only be noise."""
    for ping in work.tx.outbox.of_case(case.id, effects.Kind.PING):
        matter = str(ping.args["matter"])
        is_recent = work.at - ping.created_at < CALLED_AGAIN_AFTER
        if matter.startswith("escalated:") and is_recent:
            minutes = int((work.at - ping.created_at).total_seconds() // 60)
            raise NothingToChange(f"rapid response was called {minutes} min ago")


def _not_told_just_now(work: Work, case: Case, told: dict[str, str], by: MemberId) -> None:
    """The same form, sent again because nobody acknowledged it, tells the lead nothing new."""
    for event in work.tx.timeline.of_case(case.id):
        is_recent = work.at - event.at < CALLED_AGAIN_AFTER
        if event.what is What.ESCALATED and event.by == by and event.data == told and is_recent:
            raise NothingToChange(f"<@{told['to']}> was told just now")


def claim(work: Work, number: CaseId, by: MemberId) -> Case:
    """The first wins; the second is told who was first."""
    case = work.case(number)
    work.may_take(case, by)
    claimed = case.claim(by, work.at)
    return claimed if claimed is case else work.keep(claimed, What.CLAIMED, by)


def _move(work: Work, before: Case, moved: Case, by: MemberId) -> Case:
    """Into another department: its own targets, its own card, the old one a line."""
    _off_its_way(work, moved)
    return arrivals.move(work, before, moved, What.ROUTED, by)


def _off_its_way(work: Work, moved: Case) -> None:
    """It follows where it is now no longer, and nobody has to answer an offer."""
    work.tx.asks.drop(moved.id, moved.department)
    work.tx.timers.drop(moved.id, LAPSE)


def _stands_in(work: Work, case: Case, department: DepartmentKey) -> bool:
    """The cover takes over what a closed department cannot answer, also while it is offered."""
    cover = work.setup.cover_of(case.department, work.at)
    return cover is not None and cover.key == department
