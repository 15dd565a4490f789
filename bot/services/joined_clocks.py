"""Two cases of one customer become one: of their deadlines the earlier ones go on."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Effect, Kind
from bot.domain.promises import PromiseRun
from bot.domain.sla import Promise
from bot.services import anew, clocks
from bot.services.calls import calls_of, newest_of_each
from bot.services.deadlines import RESPONSES
from bot.services.kernel import Work
from bot.store.timers import Timer

_KINDS: tuple[Collection[Promise], ...] = (RESPONSES, (Promise.RESOLUTION,))
_NEVER = datetime.max.replace(tzinfo=UTC)


def join(work: Work, case: Case, target: Case) -> list[Effect]:
    """`target` takes over the clocks of `case` that run out first, and the calls about them.

    The clocks of `case` are left to its closing, and tell after a split how they were.
    """
    anew.catch_up(work, [case, target])
    theirs, own = (work.tx.promises.running(one.id) for one in (case, target))
    taken = {run.name for run in _taken(work, theirs, own, target)}
    _hang(work, case, target)
    if case.is_our_turn:
        clocks.heard(work, target)
    return list(_calls(work, case, target, taken))


def part(work: Work, case: Case, target: Case, merged_at: datetime) -> None:
    """`target` gives back what it took over, and its own clocks go on from where they were."""
    names = {run.name for run in work.tx.promises.of_case(case.id)}
    given = [run for run in work.tx.promises.running(target.id) if run.name in names]
    work.tx.promises.drop(given)
    for run in given:
        work.tx.timers.drop(target.id, f"{run.name}:")
    clocks.resumed(work, target, clocks.stopped_by(work, target.id, merged_at), merged_at)


def _taken(
    work: Work, theirs: list[PromiseRun], own: list[PromiseRun], target: Case
) -> Iterator[PromiseRun]:
    for kind in _KINDS:
        run = next((one for one in theirs if one.promise in kind), None)
        mine = next((one for one in own if one.promise in kind), None)
        if run and (mine is None or _due(run) < _due(mine)):
            if mine and mine.name != run.name:
                clocks.stop(work, mine)
            _take(work, run, target)
            yield run


def _due(run: PromiseRun) -> datetime:
    return run.due_at or _NEVER


def _take(work: Work, run: PromiseRun, target: Case) -> None:
    """With its timers, so that an escalation goes on, or rests where somebody acknowledged it."""
    work.tx.promises.put_all([replace(run, case=target.id)])
    timers = work.tx.timers.of_case(run.case)
    work.tx.timers.set_all(
        replace(timer, case=target.id) for timer in timers if timer.name.startswith(f"{run.name}:")
    )
    if said := work.tx.acknowledgements.get(run.case, run.name):
        work.tx.acknowledgements.add(target.id, run.name, by=said[0], at=said[1])


def _hang(work: Work, case: Case, target: Case) -> None:
    """The one who has waited longer for a word."""
    both = [*work.tx.timers.of_case(case.id), *work.tx.timers.of_case(target.id)]
    due = [timer.due_at for timer in both if timer.name == clocks.HANGING]
    if due:
        work.tx.timers.set_all([Timer(target.id, clocks.HANGING, min(due))])


def _calls(work: Work, case: Case, target: Case, taken: Collection[str]) -> Iterator[Effect]:
    """Whoever is called for it and has not answered yet is called for the other case."""
    pings = work.tx.outbox.of_case(case.id, Kind.PING)
    for call in newest_of_each(calls_of(work, pings)):
        if call.is_waiting and (call.run is None or call.matter in taken):
            why = str(call.ping.args.get("why", ""))
            yield effects.ping(target.id, call.matter, call.step, call.people, why)
