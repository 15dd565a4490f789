"""Whom a breach disturbs and when: ordered steps, each pinged once, until an acknowledgement."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.durations import Duration, minutes
from bot.domain.ids import DepartmentKey

MOST_STEPS = 10  # the cap: no promise of a case ever pings more often than this


class PingKind(StrEnum):
    ON_CALL = "on-call"
    SECOND = "second"  # who is on call at the second level
    TEAM = "team"
    LEAD = "lead"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Ping:
    """Whom a step calls; a lead without a department is the lead of the case's own one."""

    kind: PingKind
    department: DepartmentKey | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.department}" if self.department else str(self.kind)


@dataclass(frozen=True)
class EscalationStep:
    """`after` is counted from the breach, by night and at weekends too: a rota never closes."""

    after: Duration
    ping: Ping

    def __post_init__(self) -> None:
        if self.after.business_days:
            raise ValueError(f"{self.after} counts business days; a step comes after elapsed time")

    def fires_at(self, breached_at: datetime) -> datetime:
        return breached_at + self.after.elapsed


EscalationPolicy = tuple[EscalationStep, ...]

# Ten minutes are time to find a phone and read a case; after thirty the lead answers for it.
DEFAULT_STEPS: EscalationPolicy = (
    EscalationStep(minutes(0), Ping(PingKind.ON_CALL)),
    EscalationStep(minutes(10), Ping(PingKind.SECOND)),
    EscalationStep(minutes(20), Ping(PingKind.TEAM)),
    EscalationStep(minutes(30), Ping(PingKind.LEAD)),
)


_PINGS = "on-call, second, team, lead, lead:DEPARTMENT, channel"


def parse_ping(text: str) -> Ping:
    """`on-call`, `second`, `team`, `lead`, `lead:sales` or `channel`; or ValueError."""
    kind, colon, department = (part.strip() for part in text.casefold().partition(":"))
    if colon and kind == PingKind.LEAD and department:
        return Ping(PingKind.LEAD, DepartmentKey(department))
    if not colon and kind in list(PingKind):
        return Ping(PingKind(kind))
    raise ValueError(f"“{text}” is nobody to ping; there are {_PINGS}")


def check_steps(policy: EscalationPolicy) -> None:
    """ValueError where the steps are too many, or out of order."""
    if len(policy) > MOST_STEPS:
        raise ValueError(f"{len(policy)} escalation steps are more than {MOST_STEPS}")
    if [step.after.elapsed for step in policy] != sorted(step.after.elapsed for step in policy):
        raise ValueError("The escalation steps are not in the order in which they are taken")


def next_step(policy: EscalationPolicy, step_index: int) -> EscalationStep | None:
    """The step after `step_index` of them have been taken; none after the last."""
    return policy[step_index] if step_index < min(len(policy), MOST_STEPS) else None
