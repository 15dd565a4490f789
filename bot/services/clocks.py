"""The clocks of one case: started, paused, stopped by what happens to it."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.case import Case
from bot.domain.ids import CaseId
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.services import anew
from bot.services.deadlines import RESPONSES, armed, keep, promised, set_all_anew, set_anew
from bot.services.kernel import Work
from bot.services.warned import say_what_became
from bot.store.timers import Timer

HANGING = "hanging"
HANGS_AFTER = timedelta(hours=72)  # then it raises an alarm of its own


def start(work: Work, case: Case, *promises: Promise) -> None:
    """From this moment the customer has been promised so much."""
    keep(work, [armed(work, run) for run in promised(work, case, promises, work.at)])


def moved(work: Work, before: Case, case: Case) -> None:
    """Another department has it: the earlier of its running deadline and their own holds."""
    anew.catch_up(work, [before])
    set_anew(work, case, has_moved=True)


def hang(work: Work, case: Case, since: datetime | None = None) -> None:
    """The customer waits for a word: after three days without one an alarm of its own."""
    work.tx.timers.set_all([Timer(case.id, HANGING, (since or work.at) + HANGS_AFTER)])


def heard(work: Work, case: Case) -> None:
    """The customer wrote again: an answer is owed, and the solution's clock goes on."""
    anew.catch_up(work, [case])
    running = work.tx.promises.running(case.id)
    for run in running:
        if run.paused_at:
            keep(work, [armed(work, run.resume(work.at), warned_until=run.paused_at)])
    if not any(run.promise in RESPONSES for run in running):
        start(work, case, Promise.NEXT_RESPONSE)
    if case.waiting_since:
        hang(work, case)


def answered(work: Work, case: Case) -> None:
    """An answer was delivered: the response is given, the solution waits for the customer."""
    anew.catch_up(work, [case])
    for run in work.tx.promises.running(case.id):
        if run.promise in RESPONSES:
            stop(work, run)
        else:
            work.tx.timers.drop(case.id, f"{run.name}:")
            keep(work, [armed(work, run.pause(work.at))])
            say_what_became(work, [run])
    work.tx.timers.drop(case.id, HANGING)


def responded(work: Work, case: Case) -> bool:
    """An answer was given outside the desk, and no more; False where no response was owed."""
    anew.catch_up(work, [case])
    owed = [run for run in work.tx.promises.running(case.id) if run.promise in RESPONSES]
    for run in owed:
        stop(work, run)
    work.tx.timers.drop(case.id, HANGING)
    return bool(owed)


def not_begun_again(work: Work, case: Case) -> None:
    """An older response is owed after all: the one that was promised since is not counted."""
    for run in work.tx.promises.running(case.id):
        if run.promise in RESPONSES:
            stop(work, run)


def closed(work: Work, case: Case) -> None:
    anew.catch_up(work, [case])
    for run in work.tx.promises.running(case.id):
        stop(work, run)
    work.tx.timers.drop(case.id, "")


def stopped_by(work: Work, case: CaseId, closed_at: datetime) -> list[PromiseRun]:
    """The clocks that a closing has stopped, and no answer of the same instant."""
    runs = [run for run in work.tx.promises.of_case(case) if run.stopped_at == closed_at]
    answered = any(run.paused_at for run in runs)
    stopped = [run for run in runs if not (answered and run.promise in RESPONSES)]
    return [replace(run, stopped_at=None) for run in stopped]


def responses_stopped_by(work: Work, case: CaseId, at: datetime) -> list[PromiseRun]:
    """The clocks that an answer of this instant has stopped."""
    runs = work.tx.promises.of_case(case)
    stopped = [run for run in runs if run.stopped_at == at and run.promise in RESPONSES]
    return [replace(run, stopped_at=None) for run in stopped]


def resumed(work: Work, case: Case, runs: list[PromiseRun], closed_at: datetime) -> None:
    """A closing is taken back: the clocks it stopped go on as if it had never been."""
    for run in runs:
        keep(work, [armed(work, run, warned_until=closed_at)])
        _climb_on(work, run, closed_at)
    say_what_became(work, runs)
    owed = next((run.started_at for run in runs if run.promise in RESPONSES), None)
    if owed and owed + HANGS_AFTER > closed_at:
        hang(work, case, since=owed)
    set_all_anew(work, [case], since=work.at)  # other terms have not come to it while it was closed


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


def stop(work: Work, run: PromiseRun) -> None:
    work.tx.promises.put_all([replace(run, stopped_at=work.at)])
    say_what_became(work, [run])
    work.tx.timers.drop(run.case, f"{run.name}:")
