"""The clocks of one case: started, paused, stopped, set anew with what happens to it."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.clock import start_clock
from bot.domain.ids import CLOCK
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.domain.timeline import What
from bot.services.kernel import Work
from bot.store.timers import Timer

RESPONSES = (Promise.FIRST_RESPONSE, Promise.NEXT_RESPONSE)
HANGING = "hanging"
HANGS_AFTER = timedelta(hours=72)  # product.md, "Clocks": raises its own alarm


def start(work: Work, case: Case, *promises: Promise) -> None:
    """From this moment the customer has been promised so much."""
    terms = work.setup.terms(case.department, case.priority)
    calendar = work.department_of(case).calendar
    for promise in promises:
        clock = start_clock(terms, promise, work.at, calendar)
        if clock:
            business = terms.business or bool(clock.target.business_days)
            _arm(
                work,
                case,
                PromiseRun(
                    case.id, promise, work.at, case.department, clock.target, business, clock.warn
                ),
            )


def hang(work: Work, case: Case) -> None:
    """The customer waits for a word: after three days without one an alarm of its own."""
    work.tx.timers.set_all([Timer(case.id, HANGING, work.at + HANGS_AFTER)])


def heard(work: Work, case: Case) -> None:
    """The customer wrote again: an answer is owed, and the solution's clock goes on."""
    running = work.tx.promises.running(case.id)
    for run in running:
        if run.promise is Promise.RESOLUTION:
            _arm(work, case, run.resume(work.at))
    if not any(run.promise in RESPONSES for run in running):
        start(work, case, Promise.NEXT_RESPONSE)
        hang(work, case)


def answered(work: Work, case: Case) -> None:
    """An answer was delivered: the response is given, the solution waits for the customer."""
    for run in work.tx.promises.running(case.id):
        if run.promise in RESPONSES:
            _stop(work, run)
        else:
            work.tx.timers.drop(case.id, f"{run.name}:")
            _arm(work, case, run.pause(work.at))
    work.tx.timers.drop(case.id, HANGING)


def closed(work: Work, case: Case) -> None:
    for run in work.tx.promises.running(case.id):
        _stop(work, run)
    work.tx.timers.drop(case.id, "")


def resumed(work: Work, case: Case, closed_at: datetime) -> None:
    """A closing is taken back: the clocks it stopped go on as if it had never been."""
    for run in work.tx.promises.of_case(case.id):
        if run.stopped_at == closed_at:
            _arm(work, case, replace(run, stopped_at=None))
    hang(work, case)


def set_anew(work: Work, case: Case) -> None:
    """Another department or priority has other targets; the customer's clock goes on running."""
    terms = work.setup.terms(case.department, case.priority)
    for run in work.tx.promises.running(case.id):
        under = run.under(terms, case.department)
        if under is None:
            _stop(work, run)
        elif under != run:
            _arm(work, case, under)
            work.record(
                case.id, What.PROMISE, CLOCK,
                promise=run.promise, target=str(under.target), department=case.department,
            )  # fmt: skip


def _arm(work: Work, case: Case, run: PromiseRun) -> None:
    """Keeps the run with its deadline, and sets the timers that watch it."""
    due = run.deadline(work.setup.department(run.department).calendar, work.at)
    work.tx.promises.put_all([replace(run, due_at=due.at if due else None)])
    # Steps of a breach climb on: only an answer or an acknowledgement stops them.
    work.tx.timers.drop(case.id, f"{run.name}:warn")
    work.tx.timers.drop(case.id, f"{run.name}:breach")
    if due and not run.breached_at:
        work.tx.timers.set_all(
            [
                Timer(case.id, f"{run.name}:warn", due.warn_at),
                Timer(case.id, f"{run.name}:breach", due.at),
            ]
        )


def _stop(work: Work, run: PromiseRun) -> None:
    work.tx.promises.put_all([replace(run, stopped_at=work.at)])
    work.tx.timers.drop(run.case, f"{run.name}:")
