"""*Escalate*: who is called by it."""

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.ids import CLOCK, MemberId
from bot.domain.timeline import What
from bot.services import late_list
from bot.services.kernel import Work


def ring(work: Work, case: Case, by: MemberId) -> None:
    """Rapid response is called at once, by name where somebody is on duty."""
    on_duty = work.called_for(by)
    matter = f"escalated:{case.version}"
    ping = effects.ping(case.id, matter, "now", on_duty, f"<@{by}> escalated it")
    late_list.call(work, [ping], at_once=True)
    work.record(case.id, What.PINGED, CLOCK, matter=matter, people=list(on_duty))
