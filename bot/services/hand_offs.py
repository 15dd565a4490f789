"""A hand-off is a contract: with an ask, accepted or returned within minutes, never a throw."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain import effects
from bot.domain.blank import must_say
from bot.domain.case import Case, HandOff
from bot.domain.department import Department
from bot.domain.durations import Duration
from bot.domain.errors import NotAssignee, NotInDepartment
from bot.domain.ids import CLOCK, CaseId, DepartmentKey, MemberId
from bot.domain.timeline import What
from bot.services.deadlines import set_anew
from bot.services.kernel import Kernel, Work
from bot.services.placing import placed
from bot.store.timers import Timer

ANSWER_WITHIN = Duration(timedelta(minutes=15))  # in the receiver's hours; then it bounces
LAPSE = "hand_off"


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
            key = f"offer:{case.id}:{case.version}"
            words = {"say": "hand_off_offer", "by": by, "ask": ask}
            work.tell(effects.tell(key, f"person:{to}", words, case.id))
            return case

    def accept(self, number: CaseId, *, by: MemberId) -> Case:
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            case = work.keep(case.accept(by, work.at), What.ACCEPTED, by)
            taken(work, case)
            return case

    def give_back(self, number: CaseId, *, by: MemberId, why: str = "") -> Case:
        """Not ours: the sender gets it again with the reason."""
        with self._kernel.work() as work:
            case = work.case(number)
            work.member_of(case, by)
            offer = case.hand_off
            if offer and offer.person and offer.person != by:
                raise NotAssignee(offer.person)
            return _back(work, case, What.RETURNED, by, why)


def taken(work: Work, case: Case) -> None:
    """The offer is answered: whoever has the case now follows it no longer."""
    work.tx.timers.drop(case.id, LAPSE)
    work.tx.asks.drop(case.id, case.department)


def give_up_cases(work: Work, member: MemberId) -> None:
    """What somebody holds where they no longer work goes back to its queue; offers lapse."""
    works_in = work.standing(member).works_in
    for case in work.tx.cases.of_member(member, limit=10_000):
        if case.department not in works_in:
            work.keep(case.release(), What.RELEASED, CLOCK, why="left", was=member)
            work.note(case, f"left:{case.version}", say="left_queue", person=member)
    for case in work.tx.cases.offered_to(member):
        if case.department not in works_in:
            lapse(work, case)


def lapse(work: Work, case: Case) -> Case:
    """Nobody answered the offer: it bounces to the sender, and the receiver's lead hears of it."""
    offer, receiver = case.hand_off, work.department_of(case)
    if offer is None:
        return case
    case = _back(work, case, What.BOUNCED, CLOCK, "nobody answered")
    lead = work.lead_of(receiver)
    for person in dict.fromkeys([offer.sender, *([lead] if lead else [])]):
        key = f"lapsed:{case.id}:{case.version}:{person}"
        words = {"say": "lapsed", "department": receiver.key, "sender": offer.sender}
        work.tell(effects.tell(key, f"person:{person}", words, case.id))
    return case


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
    case = work.keep(
        case.pass_to(to.key, contract), What.HANDED_OFF, offer.by,
        left=left, to=to.key, was=left, person=offer.person, ask=offer.ask,
    )  # fmt: skip
    work.tx.timers.set_all([Timer(case.id, LAPSE, contract.due)])
    set_anew(work, case)
    work.note(
        case, f"handed:{case.version}", say="handed_off", by=offer.by, ask=offer.ask, origin=left
    )
    return case


def _says(ask: str, need: str) -> bool:
    return need.casefold() in ask.casefold()


def _back(work: Work, case: Case, what: What, by: MemberId, why: str) -> Case:
    offer, left = case.hand_off, case.department
    sender = work.if_there(offer.sender, offer.origin) if offer else None
    back = placed(work, case.give_back(sender, work.at))
    case = work.keep(back, what, by, left=left, to=back.department, why=why)
    work.tx.timers.drop(case.id, LAPSE)
    if not offer or case.department == offer.origin:  # in triage's hands its clock stays as it is
        set_anew(work, case)
    work.note(case, f"returned:{case.version}", say="returned", by=by, why=why, origin=left)
    return case


def _where(work: Work, case: Case, person: MemberId) -> Department:
    works_in = work.standing(person).works_in
    if case.department in works_in:
        return work.department_of(case)
    for key, department in work.setup.queues.items():
        if key in works_in:
            return department
    department = work.department_of(case)
    raise NotInDepartment(person, department.name, department.channel)
