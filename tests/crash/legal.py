"""The legal ways of a case and of a reply, told again independently of the code that makes them."""

from collections.abc import Iterable
from itertools import pairwise

from bot.domain.timeline import Event, What

REPLY_MAY_BECOME = {
    None: {"undo", "held"},
    "undo": {"sending", "held", "dropped"},
    "held": {"undo", "dropped"},
    "sending": {"sent", "rejected", "undo", "unknown"},
    "unknown": {"sent", "undo", "dropped"},
    "rejected": {"dropped"},
}
ENDS_HAND_OFF = {What.ACCEPTED, What.RETURNED, What.BOUNCED}
ONCE = {What.OPENED, What.ACKNOWLEDGED}


def faults_of_timeline(case: int, events: list[Event]) -> Iterable[str]:
    if not events or events[0].what is not What.OPENED:
        yield f"#{case} does not begin with its opening"
    yield from _of_times(case, events)
    yield from _of_moves(case, events)
    yield from _of_replies(case, events)
    yield from _of_pings(case, events)


def _of_times(case: int, events: list[Event]) -> Iterable[str]:
    yield from (f"#{case}: {b.what} is before {a.what}" for a, b in pairwise(events) if b.at < a.at)
    for what in ONCE:
        count = sum(event.what is what for event in events)
        if count > 1:
            yield f"#{case} was {what} {count} times"


def _of_moves(case: int, events: list[Event]) -> Iterable[str]:
    """Who has it, whether it is offered, whether it is open: each entry must be able to follow."""
    has_owner = is_offered = False
    is_open = True
    for event in events:
        what = event.what
        may = {
            What.CLAIMED: is_open and not has_owner and not is_offered,
            What.RELEASED: is_open and has_owner,
            What.HANDED_OFF: is_open and not is_offered,
            What.ACCEPTED: is_offered, What.RETURNED: is_offered, What.BOUNCED: is_offered,
            What.CLOSED: is_open, What.REOPENED: not is_open,
        }.get(what, True)  # fmt: skip
        if not may:
            yield f"#{case}: {what} cannot follow what was before"
        has_owner = what in {What.CLAIMED, What.ACCEPTED, What.ASSIGNED} or (
            has_owner and what not in {What.RELEASED, What.HANDED_OFF}
        )
        if what in {What.RETURNED, What.BOUNCED}:
            has_owner = True  # the sender is on duty in these stories
        is_offered = what is What.HANDED_OFF or (is_offered and what not in ENDS_HAND_OFF)
        is_open = what is What.REOPENED or (is_open and what is not What.CLOSED)


def _of_replies(case: int, events: list[Event]) -> Iterable[str]:
    states: dict[object, str] = {}
    for event in events:
        key = event.data.get("reply")
        if event.what is not What.REPLY or key is None:
            continue
        before, after = states.get(key), str(event.data["state"])
        if after not in REPLY_MAY_BECOME.get(before, set()):
            yield f"#{case}: a reply went from {before} to {after}"
        states[key] = after


def _of_pings(case: int, events: list[Event]) -> Iterable[str]:
    """Each step of a promise once, and none after its acknowledgement."""
    pinged: set[tuple[object, object]] = set()
    is_acknowledged = False
    for event in events:
        is_acknowledged = is_acknowledged or event.what is What.ACKNOWLEDGED
        if event.what is not What.PINGED:
            continue
        step = event.data.get("promise") or event.data.get("matter"), event.data.get("step")
        if step in pinged:
            yield f"#{case} was pinged twice for {step}"
        if is_acknowledged:
            yield f"#{case} was pinged after it was acknowledged"
        pinged.add(step)
