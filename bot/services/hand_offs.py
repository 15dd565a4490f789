"""A hand-off is a contract: with an ask, accepted or returned within minutes, never a throw."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.blank import must_say
from bot.domain.case import Case, HandOff
from bot.domain.department import Department
from bot.domain.durations import Duration
from bot.domain.errors import NotAssignee, NotInDepartment
from bot.domain.ids import CLOCK, CaseId, DepartmentKey, MemberId
from bot.domain.timeline import What
from bot.services import alerts, arrivals
from bot.services.kernel import Kernel, Work
from bot.services.telling import changed_hands, tell
from bot.store.timers import Timer

ANSWER_WITHIN = Duration(timedelta(minutes=15))  # in the receiver's hours; then it bounces
LAPSE = "hand_off"
LEFT = "left"  # the timer of a case whose assignee may work there no longer
AT_ONCE = 20  # cases that are given back in the transaction itself
TOO_OFTEN = 3  # returns in a day: then both leads hear of it
A_DAY = timedelta(days=1)
_RETURNS = (What.RETURNED, What.BOUNCED)


class HandOffs:
    def __init__(self, kernel: Kernel):
        self._kernel = kernel

    def to_department(self, number: CaseId, to: DepartmentKey, ask: str, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            offer = _Offer(work.setup.queue(to), None, ask, by)
            return _pass_on(work, work.case(number), offer)

    def to_person(self, number: CaseId, to: MemberId, ask: str, *, by: MemberId) -> Case:
        """In this department if they work there, else where they do."""
        with self._kernel.work() as work:
            case = work.case(number)
            case = _pass_on(work, case, _Offer(_where(work, case, to), to, ask, by))
            tell(work, case, "hand_off_offer", [to], by=by, ask=ask)
            return case

    def accept(self, number: CaseId, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            case = work.keep(case.accept(by, work.at), What.ACCEPTED, by)
            taken(work, case)
            return case

    def to_return(self, number: CaseId, *, by: MemberId) -> Case:
        """The case, for somebody who may return it: a reason is asked for first."""
        with self._kernel.look() as work:
            case = work.case(number)
            _may_return(work, case, by)
            return case

    def give_back(self, number: CaseId, *, by: MemberId, why: str = "") -> Case:
        """Not ours: the sender gets it again with the reason, and hears who returned it."""
        with self._kernel.work() as work:
            case = work.case(number)
            sender = _may_return(work, case, by)
            back = _back(work, case, What.RETURNED, by, why)
            tell(work, back, "returned", _who_can_look(work, back, sender),
                 by=by, why=why, origin=case.department)  # fmt: skip
            _tell_of_the_third(work, case, back, sender)
            return back


def taken(work: Work, case: Case) -> None:
    """The offer is answered: whoever has the case now follows it no longer."""
    work.tx.timers.drop(case.id, LAPSE)
    work.tx.asks.drop(case.id, case.department)


def give_up_cases(work: Work, member: MemberId) -> None:
    """What somebody holds where they no longer work goes back to its queue; offers lapse.

    The first ones at once; of very many the others as the clock comes to them.
    """
    held = work.tx.cases.of_member(member, limit=AT_ONCE + 1)
    for case in held[:AT_ONCE]:
        give_up(work, case, member)
    if len(held) > AT_ONCE:
        work.tx.timers.set_for_member(member, f"{LEFT}:{member}", work.at)
    works_in = work.standing(member).works_in
    offered = [one for one in work.tx.cases.offered_to(member) if one.department not in works_in]
    for case in offered[:AT_ONCE]:
        lapse(work, case)
    work.tx.timers.set_all(Timer(case.id, LAPSE, work.at) for case in offered[AT_ONCE:])


def give_up(work: Work, case: Case, member: MemberId) -> None:
    """Unless they still work there, were called for it, or it is another's by now."""
    works_there = case.department in work.standing(member).works_in
    if case.is_open and case.assignee == member and not works_there:
        if work.is_called(case, member):
            return
        case = work.keep(case.release(), What.RELEASED, CLOCK, why="left", was=member)
        alerts.arrived(work, case)
        work.note(case, f"left:{case.version}", say="left_queue", person=member)


def lapse(work: Work, case: Case) -> Case:
    """Nobody answered the offer: it bounces to the sender, and the receiver's lead hears of it."""
    offer, receiver = case.hand_off, case.department
    if offer is None:
        return case
    back = _back(work, case, What.BOUNCED, CLOCK, "nobody answered")
    to = _who_can_look(work, back, offer.sender)
    words = {"by": CLOCK, "why": "nobody answered", "origin": receiver}
    work.note(back, f"returned:{back.version}", say="returned", to=to, **words)
    lead = _lead_of(work, receiver)
    tell(work, back, "lapsed", [*to, lead], department=receiver, sender=offer.sender)
    _tell_of_the_third(work, case, back, offer.sender)
    return back


@dataclass(frozen=True)
class _Offer:
    to: Department
    person: MemberId | None
    ask: str
    by: MemberId


def _pass_on(work: Work, case: Case, offer: _Offer) -> Case:
    work.must_have_or_lead(case, offer.by)
    must_say(offer.ask)
    left, to = case.department, offer.to
    contract = HandOff(
        offer.by, left, offer.person, offer.ask, work.at,
        due=to.calendar.add(work.at, ANSWER_WITHIN),
        missing=tuple(need for need in to.handoff_needs if not _says(offer.ask, need)),
    )  # fmt: skip
    before, case = case, case.pass_to(to.key, contract)
    case = arrivals.move(
        work, before, case, What.HANDED_OFF, offer.by, person=offer.person, ask=offer.ask
    )
    work.tx.timers.set_all([Timer(case.id, LAPSE, contract.due)])
    changed_hands(work, before, case, offer.by)
    work.note(
        case, f"handed:{case.version}", say="handed_off", by=offer.by, ask=offer.ask, origin=left
    )
    return case


def _says(ask: str, need: str) -> bool:
    return need.casefold() in ask.casefold()


def _may_return(work: Work, case: Case, by: MemberId) -> MemberId:
    """Who sent it; refuses where there is nothing to return, or somebody else was asked."""
    work.member_of(case, by)
    offer = case.pending()
    if offer.person and offer.person != by:
        raise NotAssignee(offer.person)
    return offer.sender


def _back(work: Work, case: Case, what: What, by: MemberId, why: str) -> Case:
    offer = case.pending()
    sender = work.if_there(offer.sender, offer.origin)
    back = arrivals.move(work, case, case.give_back(sender, work.at), what, by, why=why)
    work.tx.timers.drop(case.id, LAPSE)
    return back


def _who_can_look(work: Work, case: Case, sender: MemberId) -> list[MemberId]:
    """The sender, while they work where the case is now."""
    return [sender] if case.department in work.standing(sender).works_in else []


def _tell_of_the_third(work: Work, offered: Case, back: Case, sender: MemberId) -> None:
    """Whoever goes on passing it to and fro needs somebody who decides."""
    returns = [
        event
        for event in work.tx.timeline.of_cases([back.id], _RETURNS).get(back.id, [])
        if work.at - event.at < A_DAY
    ]
    if returns and len(returns) % TOO_OFTEN == 0:
        leads = [_lead_of(work, key) for key in (back.department, offered.department)]
        to = [*_who_can_look(work, back, sender), *leads]
        tell(work, back, "third_return", to, times=len(returns),
             origin=offered.department, department=back.department)  # fmt: skip


def _lead_of(work: Work, key: DepartmentKey) -> MemberId | None:
    department = work.setup.departments.get(key)
    return work.lead_of(department) if department else None


def _where(work: Work, case: Case, person: MemberId) -> Department:
    works_in = work.standing(person).works_in
    if case.department in works_in:
        return work.department_of(case)
    for key, department in work.setup.queues.items():
        if key in works_in:
            return department
    department = work.department_of(case)
    raise NotInDepartment(person, department.name, department.channel)
