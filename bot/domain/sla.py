"""What customers are promised: the targets, and whom a breach disturbs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal, TypeVar

from bot.domain.durations import Duration, hours
from bot.domain.escalation import DEFAULT_STEPS, EscalationPolicy, check_steps
from bot.domain.ids import DepartmentKey
from bot.domain.post import Priority

EVERY: Final = "*"
WARN_PERCENT = 75

T = TypeVar("T")


class Promise(StrEnum):
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


@dataclass(frozen=True)
class Target:
    """One table of sla.toml; what it leaves None, a broader target says."""

    department: DepartmentKey | Literal["*"] = EVERY
    priority: Priority | Literal["*"] = EVERY
    first_response: Duration | None = None
    next_response: Duration | None = None
    resolution: Duration | None = None
    warn: int | None = None  # percent of the promised time
    business: bool | None = None  # counted in the department's hours, or round the clock

    def __post_init__(self) -> None:
        if self.warn is not None and not 1 <= self.warn <= 99:
            raise ValueError(f"A warning comes at 1% to 99% of the time, not at {self.warn}%")

    def duration(self, promise: Promise) -> Duration | None:
        return {
            Promise.FIRST_RESPONSE: self.first_response,
            Promise.NEXT_RESPONSE: self.next_response,
            Promise.RESOLUTION: self.resolution,
        }[promise]

    def fits(self, department: DepartmentKey, priority: Priority) -> bool:
        return self.department in (EVERY, department) and self.priority in (EVERY, priority)

    def promising(self, promise: Promise, duration: Duration) -> "Target":
        match promise:
            case Promise.FIRST_RESPONSE:
                return replace(self, first_response=duration)
            case Promise.NEXT_RESPONSE:
                return replace(self, next_response=duration)
            case Promise.RESOLUTION:
                return replace(self, resolution=duration)

    @property
    def key(self) -> tuple[str, str]:
        return (self.department, self.priority)

    @property
    def precision(self) -> tuple[bool, bool]:
        return (self.department != EVERY, self.priority != EVERY)


@dataclass(frozen=True)
class Terms:
    """What holds for one case, after every target that fits it was asked."""

    durations: Mapping[Promise, Duration]
    warn: int = WARN_PERCENT
    business: bool = True


@dataclass(frozen=True)
class Policy:
    """All targets, and whom a breach disturbs."""

    targets: tuple[Target, ...] = ()
    escalation: EscalationPolicy = DEFAULT_STEPS

    def __post_init__(self) -> None:
        check_steps(self.escalation)
        for key, count in Counter(target.key for target in self.targets).items():
            if count > 1:
                raise ValueError(f"{count} targets are for department {key[0]}, priority {key[1]}")

    def fitting(self, department: DepartmentKey, priority: Priority) -> list[Target]:
        """The most precise first: department and priority, department, priority, all."""
        fitting = (target for target in self.targets if target.fits(department, priority))
        return sorted(fitting, key=lambda target: target.precision, reverse=True)

    def target_for(self, department: DepartmentKey, priority: Priority) -> Terms:
        """Each term as the most precise target that names it has it."""
        fitting = self.fitting(department, priority)
        durations = {p: _first(target.duration(p) for target in fitting) for p in Promise}
        warn = _first(target.warn for target in fitting)
        business = _first(target.business for target in fitting)
        return Terms(
            {promise: duration for promise, duration in durations.items() if duration is not None},
            WARN_PERCENT if warn is None else warn,
            True if business is None else business,
        )

    def set(
        self,
        department: DepartmentKey | Literal["*"],
        promise: Promise,
        duration: Duration,
        *,
        priority: Priority | None = None,
        business: bool | None = None,
    ) -> "Policy":
        """The policy with that promise; `business` None leaves the hours as they are."""
        fresh = Target(department, EVERY if priority is None else priority)
        target = self._by_key.get(fresh.key, fresh).promising(promise, duration)
        return self._with(target if business is None else replace(target, business=business))

    def warn(self, percent: int) -> "Policy":
        """The policy that warns at `percent` of every promise, whatever single targets said."""
        silent = replace(self, targets=tuple(replace(t, warn=None) for t in self.targets))
        broadest = silent._by_key.get(Target().key, Target())
        return silent._with(replace(broadest, warn=percent))

    @property
    def _by_key(self) -> dict[tuple[str, str], Target]:
        return {target.key: target for target in self.targets}

    def _with(self, target: Target) -> "Policy":
        return replace(self, targets=tuple((self._by_key | {target.key: target}).values()))


DEFAULT = Policy(
    (Target(EVERY, EVERY, hours(1), hours(2), hours(24), warn=WARN_PERCENT, business=True),)
)


def parse_percent(text: str) -> int:
    """`75%` or `75`; ValueError for anything else."""
    digits = text.strip().removesuffix("%").rstrip()
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits) <= 99):
        raise ValueError(f"“{text}” is no percentage from 1% to 99%")
    return int(digits)


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
