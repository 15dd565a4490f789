"""The clocks of one case: started, paused, stopped, set anew with what happens to it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.case import Case
from bot.domain.ids import CLOCK, CaseId
from bot.domain.promises import PromiseRun
from bot.domain.reply import ReplyState
from bot.domain.sla import Promise
from bot.domain.timeline import Event, What
from bot.services.kernel import Work
from bot.services.setup import Setup
from bot.store.timers import Timer

RESPONSES = (Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE)
HANGING = "hanging"
HANGS_AFTER = timedelta(hours=72)  # product.md, "Clocks": raises its own alarm


@dataclass(frozen=True)
class Armed:
    """A run with its deadline, and the timers that watch it."""

    run: PromiseRun
    timers: tuple[Timer, ...] = ()


def start(work: Work, case: Case, *promises: Promise) -> None:
    """From this moment the customer has been promised so much."""
    _keep(work, [_armed(work, run) for run in _promised(work, case, promises)])


def hang(work: Work, case: Case, since: datetime | None = None) -> None:
    """The customer waits for a word: after three days without one an alarm of its own."""
    work.tx.timers.set_all([Timer(case.id, HANGING, (since or work.at) + HANGS_AFTER)])


def heard(work: Work, case: Case) -> None:
    """The customer wrote again: an answer is owed, and the solution's clock goes on."""
    running = work.tx.promises.running(case.id)
    for run in running:
        if run.paused_at:
            _keep(work, [_armed(work, run.resume(work.at), warned_until=run.paused_at)])
    if not any(run.promise in RESPONSES for run in running):
        start(work, case, Promise.NEXT_RESPONSE)
    if case.waiting_since:
        hang(work, case)


def answered(work: Work, case: Case) -> None:
    """An answer was delivered: the response is given, the solution waits for the customer."""
    for run in work.tx.promises.running(case.id):
        if run.promise in RESPONSES:
            _stop(work, run)
        else:
            work.tx.timers.drop(case.id, f"{run.name}:")
            _keep(work, [_armed(work, run.pause(work.at))])
    work.tx.timers.drop(case.id, HANGING)


def closed(work: Work, case: Case) -> None:
    for run in work.tx.promises.running(case.id):
        _stop(work, run)
    work.tx.timers.drop(case.id, "")


def stopped_by(work: Work, case: CaseId, closed_at: datetime) -> list[PromiseRun]:
    """The clocks that a closing has stopped, and no answer of the same instant."""
    runs = [run for run in work.tx.promises.of_case(case) if run.stopped_at == closed_at]
    answered = any(run.paused_at for run in runs)
    stopped = [run for run in runs if not (answered and run.promise in RESPONSES)]
    return [replace(run, stopped_at=None) for run in stopped]


def resumed(work: Work, case: Case, runs: list[PromiseRun], closed_at: datetime) -> None:
    """A closing is taken back: the clocks it stopped go on as if it had never been."""
    for run in runs:
        _keep(work, [_armed(work, run, warned_until=closed_at)])
        _climb_on(work, run, closed_at)
    owed = next((run.started_at for run in runs if run.promise in RESPONSES), None)
    if owed and owed + HANGS_AFTER > closed_at:
        hang(work, case, since=owed)


def set_anew(work: Work, case: Case) -> None:
    """Another department or priority has other targets; the customer's clock goes on running."""
    set_all_anew(work, [case])


def set_all_anew(work: Work, cases: Iterable[Case], before: Setup | None = None) -> list[Case]:
    """Each promise from its own start; those whose deadlines have moved.

    `before` is the set-up that was changed: who was warned by it has been warned.
    """
    cases = list(cases)
    running: dict[CaseId, list[PromiseRun]] = {case.id: [] for case in cases}
    for run in work.tx.promises.running_of(list(running), list(Promise)):
        running[run.case].append(run)
    set_: list[Armed] = []
    events: list[Event] = []
    for case in cases:
        anew = list(_anew(work, case, running[case.id], before))
        set_ += anew
        events += _moved(work, case, running[case.id], anew)
    _keep(work, set_)
    work.tx.timeline.add_all(events)
    moved = {event.case for event in events}
    return [case for case in cases if case.id in moved]


def _anew(
    work: Work, case: Case, running: Sequence[PromiseRun], before: Setup | None
) -> Iterator[Armed]:
    """A promise that was broken stays as it was told; what is promised only now counts from now."""
    terms = work.setup.terms(case.department, case.priority)
    for run in running:
        if run.breached_at:
            continue
        under = run.under(terms, case.department)
        if under is None:
            yield Armed(replace(run, stopped_at=work.at))
        elif before and _is_warned(run, before, work.at):
            yield _armed(work, under, warned_until=work.at)
        else:
            yield _armed(work, under)
    for run in _promised(work, case, _owed(work, case, {run.promise for run in running})):
        yield _armed(work, run.pause(work.at) if _waits(case, run) else run)


def _is_warned(run: PromiseRun, setup: Setup, at: datetime) -> bool:
    due = run.deadline(setup.department(run.department).calendar, at)
    return due is not None and due.is_warned(at)


def _armed(work: Work, run: PromiseRun, *, warned_until: datetime | None = None) -> Armed:
    """A warning that was due by `warned_until` has been given; a breach is told once."""
    due = run.deadline(work.setup.department(run.department).calendar, work.at)
    if due is None or run.breached_at:
        return Armed(replace(run, due_at=due.at if due else None))
    timers = [Timer(run.case, f"{run.name}:breach", due.at)]
    if warned_until is None or due.warn_at > warned_until:
        timers.append(Timer(run.case, f"{run.name}:warn", due.warn_at))
    return Armed(replace(run, due_at=due.at), tuple(timers))


def _keep(work: Work, clocks: Sequence[Armed]) -> None:
    work.tx.promises.put_all(one.run for one in clocks)
    # Steps of a breach climb on: only an answer or an acknowledgement stops them.
    work.tx.timers.drop_all(
        Timer(one.run.case, f"{one.run.name}:{what}", work.at)
        for one in clocks
        for what in ("warn", "breach")
    )
    work.tx.timers.set_all(timer for one in clocks for timer in one.timers)


def _moved(
    work: Work, case: Case, before: Iterable[PromiseRun], after: Iterable[Armed]
) -> list[Event]:
    """The deadlines that are others now, for the timeline."""
    due_before = {run.name: run.due_at for run in before}
    return [
        Event(
            case.id, work.at, What.PROMISE, CLOCK,
            {"promise": run.promise, "target": str(run.target), "department": case.department},
        )
        for run in (one.run for one in after)
        if run.is_running and (run.name, run.due_at) not in due_before.items()
    ]  # fmt: skip


def _promised(work: Work, case: Case, promises: Iterable[Promise]) -> Iterator[PromiseRun]:
    """Those of these promises for which the case's department has a target."""
    terms = work.setup.terms(case.department, case.priority)
    for promise in promises:
        if run := PromiseRun.begun(case.id, promise, terms, case.department, work.at):
            yield run


def _owed(work: Work, case: Case, running: Collection[Promise]) -> Iterator[Promise]:
    """What a customer may expect of this case and no clock is counting."""
    if case.waiting_since is None and not any(promise in running for promise in RESPONSES):
        replies = work.tx.replies.of_case(case.id)
        is_answered = any(reply.state is ReplyState.SENT for reply in replies)
        yield Promise.NEXT_RESPONSE if is_answered else Promise.FIRST_RESPONSE
    if Promise.RESOLUTION not in running:
        yield Promise.RESOLUTION


def _waits(case: Case, run: PromiseRun) -> bool:
    """An answer is out, so the solution waits for the customer."""
    return case.waiting_since is not None and run.promise is Promise.RESOLUTION


def _climb_on(work: Work, run: PromiseRun, closed_at: datetime) -> None:
    """The step that a breach would have climbed to next."""
    if run.breached_at is None or work.tx.acknowledgements.get(run.case, run.name):
        return
    steps = work.setup.policy.escalation
    fire_at = ((index, step.fires_at(run.breached_at)) for index, step in enumerate(steps))
    to_come = ((index, at) for index, at in fire_at if at > closed_at)
    work.tx.timers.set_all(
        Timer(run.case, f"{run.name}:step:{index}", at) for index, at in islice(to_come, 1)
    )


def _stop(work: Work, run: PromiseRun) -> None:
    work.tx.promises.put_all([replace(run, stopped_at=work.at)])
    work.tx.timers.drop(run.case, f"{run.name}:")
