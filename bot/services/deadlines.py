"""What the terms in force make of a case's promises: deadlines, and the timers that watch them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.case import Case
from bot.domain.ids import CLOCK, CaseId
from bot.domain.promises import PromiseRun
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.domain.timeline import Event, What
from bot.services.kernel import Work
from bot.store.timers import Timer

RESPONSES = (Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE)


@dataclass(frozen=True)
class Armed:
    """A run with its deadline, and the timers that watch it."""

    run: PromiseRun
    timers: tuple[Timer, ...] = ()


def armed(work: Work, run: PromiseRun, *, warned_until: datetime | None = None) -> Armed:
    """A warning that was due by `warned_until` has been given; a breach is told once."""
    due = run.deadline(work.setup.shown(run.department).calendar, work.at)
    if due is None or run.breached_at:
        return Armed(replace(run, due_at=due.at if due else None))
    timers = [Timer(run.case, f"{run.name}:breach", due.at)]
    if warned_until is None or due.warn_at > warned_until:
        timers.append(Timer(run.case, f"{run.name}:warn", due.warn_at))
    return Armed(replace(run, due_at=due.at), tuple(timers))


def keep(work: Work, clocks: Sequence[Armed]) -> None:
    work.tx.promises.put_all(one.run for one in clocks)
    # Steps of a breach climb on: only an answer or an acknowledgement stops them.
    work.tx.timers.drop_all(
        Timer(one.run.case, f"{one.run.name}:{what}", work.at)
        for one in clocks
        for what in ("warn", "breach")
    )
    work.tx.timers.set_all(timer for one in clocks for timer in one.timers)


def promised(
    work: Work, case: Case, promises: Iterable[Promise], since: datetime
) -> Iterator[PromiseRun]:
    """Those of these promises for which the case's department has a target."""
    terms = work.setup.terms(case.department, case.priority)
    for promise in promises:
        if run := PromiseRun.begun(case.id, promise, terms, case.department, since):
            yield run


def set_anew(work: Work, case: Case, *, has_moved: bool = False) -> None:
    """Another department or priority has other targets; the customer's clock goes on running.

    A case that has moved keeps the earlier of its running deadline and its new department's own.
    """
    running = work.tx.promises.running(case.id)
    fitted = [(run, _earliest(work, case, run, has_moved=has_moved)) for run in running]
    anew = list(_anew(work, case, fitted, work.at))
    keep(work, anew)
    work.tx.timeline.add_all(_moved(work, case, running, anew))


def set_all_anew(work: Work, cases: Iterable[Case], since: datetime) -> list[Case]:
    """Under terms that are others since then, each from its own start; whose deadlines moved."""
    cases = list(cases)
    running = _running(work, cases)
    to_come = work.tx.timers.names_of(list(running))
    set_: list[Armed] = []
    events: list[Event] = []
    for case in cases:
        # Whose warning is not to come has been warned, and is not warned of the past again.
        warned = [r for r in running[case.id] if f"{r.name}:warn" not in to_come[case.id]]
        fitted = [(run, _earliest(work, case, run)) for run in running[case.id]]
        anew = list(_anew(work, case, fitted, since, warned))
        set_ += anew
        events += _moved(work, case, running[case.id], anew)
    keep(work, set_)
    work.tx.timeline.add_all(events)
    moved = {event.case for event in events}
    return [case for case in cases if case.id in moved]


def _running(work: Work, cases: Iterable[Case]) -> dict[CaseId, list[PromiseRun]]:
    running: dict[CaseId, list[PromiseRun]] = {case.id: [] for case in cases}
    for run in work.tx.promises.running_of(list(running), list(Promise)):
        running[run.case].append(run)
    return running


def _anew(
    work: Work,
    case: Case,
    fitted: Sequence[tuple[PromiseRun, PromiseRun | None]],
    since: datetime,
    warned: Collection[PromiseRun] = (),
) -> Iterator[Armed]:
    """Each run with what is to take its place, None where nothing of the kind is promised now.

    A promise that was broken stays as it was told; what is promised only now counts since.
    """
    for run, under in fitted:
        if run.breached_at:
            continue
        if under is None:
            yield Armed(replace(run, stopped_at=since))
        else:
            yield armed(work, under, warned_until=since if run in warned else None)
    owed = _owed(work, case, {run.promise for run, _ in fitted})
    for run in promised(work, case, owed, since):
        yield armed(work, run.pause(since) if _waits(case, run) else run)


def _earliest(
    work: Work, case: Case, run: PromiseRun, *, has_moved: bool = False
) -> PromiseRun | None:
    """Of the terms of its department, and those that came along: no move makes a promise later."""
    setup, priority = work.setup, case.priority
    own = run.under(setup.terms(case.department, priority), case.department)
    if has_moved or run.department not in setup.departments:
        fitting = [own, run]
    elif run.department != case.department:
        fitting = [own, run.under(setup.terms(run.department, priority), run.department)]
    else:
        fitting = [own]
    return min(filter(None, fitting), key=lambda one: _falls_due(work, one), default=None)


def _falls_due(work: Work, run: PromiseRun) -> datetime:
    """As if it went on from now where it waits for the customer."""
    calendar = work.setup.shown(run.department).calendar
    due = run.resume(work.at).deadline(calendar, work.at)
    assert due is not None  # only a pause has no end
    return due.at


def _moved(
    work: Work, case: Case, before: Iterable[PromiseRun], after: Iterable[Armed]
) -> list[Event]:
    """The deadlines that are others now, for the timeline."""
    due_before = {run.name: run.due_at for run in before}
    return [
        Event(
            case.id, work.at, What.PROMISE, CLOCK,
            {"promise": run.promise, "target": str(run.target), "department": run.department},
        )
        for run in (one.run for one in after)
        if run.is_running and (run.name, run.due_at) not in due_before.items()
    ]  # fmt: skip


def _owed(work: Work, case: Case, running: Collection[Promise]) -> Iterator[Promise]:
    """What a customer may expect of this case and no clock is counting."""
    if case.waiting_since is None and not any(promise in running for promise in RESPONSES):
        replies = work.tx.replies.of_case(case.id)
        is_sent = any(reply.state is ReplyState.SENT for reply in replies)
        is_answered = is_sent or case.outside is not None
        yield Promise.NEXT_RESPONSE if is_answered else Promise.FIRST_RESPONSE
    if Promise.RESOLUTION not in running:
        yield Promise.RESOLUTION


def _waits(case: Case, run: PromiseRun) -> bool:
    """An answer is out, so the solution waits for the customer."""
    return case.waiting_since is not None and run.promise is Promise.RESOLUTION
