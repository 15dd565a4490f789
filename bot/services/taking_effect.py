"""What follows at once from a change of the set-up: for people, replies, and promises given."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.errors import Broken, NothingToChange
from bot.domain.hours import BusinessHours
from bot.domain.ids import TRIAGE, DepartmentKey, MemberId
from bot.domain.post import Priority
from bot.domain.reply import Outgoing
from bot.domain.sla import Terms
from bot.services import anew, answering, brake, epochs, placing
from bot.services.hand_offs import give_up_cases
from bot.services.kernel import Kernel, Work
from bot.store.recounts import Holders


def take_effect(kernel: Kernel, before: Work, by: MemberId, why: str = "") -> None:
    """Of what this transaction has changed; raises Broken or a refusal, which keeps nothing."""
    now = replace(before, setup=kernel.setups.parse(before.tx))
    _must_work(before, now)
    if now.setup.outgoing is not before.setup.outgoing:
        brake.switched(now, now.setup.outgoing, by, why)
        answering.hold_waiting(now, _switched(now.setup.outgoing), by)
        epochs.switched(now)
    for member in _unnamed(before, now):
        give_up_cases(now, member)
    anew.begin(now, _others(before, now))
    placing.settle_some(now)


def _must_work(before: Work, now: Work) -> None:
    """Raises Broken for what was sound before; triage stays, for it takes what has no place."""
    known = {_where(fault) for fault in before.setup.faults}
    faults = [fault for fault in now.setup.faults if _where(fault) not in known]
    if faults:
        raise Broken(faults)
    if TRIAGE in before.setup.queues and TRIAGE not in now.setup.queues:
        why = "posts that no rule matches and cases of removed departments go there"
        raise NothingToChange(f"{before.setup.queues[TRIAGE].name} cannot be removed: {why}")


def _where(fault: str) -> str:
    """Of which file, table and key it is; its words may name departments that have changed."""
    return ": ".join(fault.split(": ")[:3])


def _switched(to: Outgoing) -> str:
    if to is Outgoing.ON:
        return "the switch was moved while it waited"
    is_hold = to is Outgoing.HOLD
    return "public replies were put on hold" if is_hold else "public replies were switched off"


def _unnamed(before: Work, now: Work) -> set[MemberId]:
    """Who has lost a name by this change, and maybe the right to what they hold."""
    return {
        member
        for key, people in before.setup.named.items()
        for member in people
        if member not in now.setup.named_in(key)
    }


def _others(before: Work, now: Work) -> Iterator[Holders]:
    """Whose targets, hours or holidays are others now."""
    for key in before.setup.queues.keys() & now.setup.queues.keys():
        for priority in Priority:
            if _terms(before, key, priority) != _terms(now, key, priority):
                yield key, priority


def _terms(work: Work, key: DepartmentKey, priority: Priority) -> tuple[Terms, BusinessHours]:
    return work.setup.terms(key, priority), work.setup.department(key).calendar
