"""What goes wrong on demand: answers that fail, tokens that die, events that come twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

KINDS = frozenset({"429", "500", "500-after", "drop", "drop-after", "slow", "ok-false", "html"})


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with calls of a method, so many times."""

    kind: str
    method: str | None = None
    channel: str | None = None
    times: int = 1
    retry_after: int = 1
    seconds: float = 0.0
    error: str = "internal_error"

    def concerns(self, method: str, channel: object) -> bool:
        return self.method in (None, method) and self.channel in (None, channel)


@dataclass(frozen=True)
class EventFaults:
    """How events go astray on their way."""

    duplicate: bool = False
    drop: bool = False
    reorder: bool = False


class Faults:
    """The faults that are waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.met: list[str] = []  # the methods whose calls have failed so
        self.of_events = EventFaults()
        self.is_token_revoked = False
        self._late_acks = 0
        self._ungreeted = 0

    def add(self, kind: str, **details: object) -> None:
        """Let the next calls fail: `method`, `channel`, `times` and the kind's own details."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; there are: {', '.join(sorted(KINDS))}")
        self._waiting.append(Fault(kind, **details))  # type: ignore[arg-type]

    def take(self, method: str, channel: object) -> Fault | None:
        """The fault that hits this call, one time fewer left of it."""
        for position, fault in enumerate(self._waiting):
            if fault.concerns(method, channel):
                left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self._waiting[position : position + 1] = left
                self.met.append(method)
                return fault
        return None

    def events(self, *, duplicate: bool = False, drop: bool = False, reorder: bool = False) -> None:
        """From now on every event comes twice, never, or after the next one."""
        self.of_events = EventFaults(duplicate, drop, reorder)

    def late_acks(self, times: int = 1) -> None:
        """Let the next acknowledgements arrive too late to count."""
        self._late_acks = times

    def take_late_ack(self) -> bool:
        is_late = self._late_acks > 0
        self._late_acks -= is_late
        return is_late

    def ungreeted(self, times: int = 1) -> None:
        """Let the next connections of Socket Mode open without a hello, and bring nothing."""
        self._ungreeted = times

    def take_ungreeted(self) -> bool:
        is_ungreeted = self._ungreeted > 0
        self._ungreeted -= is_ungreeted
        return is_ungreeted

    def clear(self) -> None:
        self._waiting.clear()
        self._ungreeted = 0
        self.of_events = EventFaults()
        self._late_acks = 0
