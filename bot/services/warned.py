"""What became of a warning: it came true, it went away, or it is still to be heeded."""

from collections.abc import Collection

from bot.domain.case import Case
from bot.domain.effects import Kind
from bot.domain.facts import WarningFacts, WarningsFacts
from bot.domain.outbox import Message
from bot.domain.promises import PromiseRun
from bot.services.kernel import Work
from bot.services.links import card_link
from bot.services.warn import readers_of, run_of


def warning_content(work: Work, message: Message) -> WarningFacts:
    assert message.case is not None  # a warning is about a case
    case = work.case(message.case)
    run = run_of(work, message)
    assert run is not None  # and about a promise of it
    return WarningFacts(
        case=case,
        post=work.first_post(case).post,
        department=work.department_of(case),
        run=run,
        to=tuple(readers_of(work, case, message)),
        now=work.at,
        link=card_link(work, case),
        became=_became(work, case, run),
    )


def warnings_content(work: Work, message: Message) -> WarningsFacts:
    return WarningsFacts(tuple(warning_content(work, one) for one in _lines(work, message)))


def came_to_nothing(work: Work, message: Message) -> bool:
    """Over before it could be said; the breach, or nothing at all, says it better."""
    found = (
        (work.tx.cases.find(one.case), run_of(work, one))
        for one in _lines(work, message)
        if one.case
    )
    return all(case is None or run is None or _became(work, case, run) for case, run in found)


def say_what_became(work: Work, runs: Collection[PromiseRun]) -> None:
    """Warnings that stand are drawn anew, in the past tense or back in the present one."""
    matters = {(run.case, run.name) for run in runs}
    found = work.tx.outbox.of_cases({run.case for run in runs}, Kind.WARNING)
    work.tell(*(one.again() for one in found if (one.case, one.args["matter"]) in matters))


def _became(work: Work, case: Case, run: PromiseRun) -> str:
    """ "" while it is still to come."""
    if run.stopped_at:
        is_closed = case.closing and case.closing.at == run.stopped_at
        return str(case.closing.outcome) if case.closing and is_closed else "answered"
    if run.breached_at or (run.due_at and run.due_at <= work.at):
        return "missed"
    return "waiting for the customer" if run.paused_at else ""


def _lines(work: Work, message: Message) -> list[Message]:
    if message.kind is Kind.WARNING:
        return [message]
    found = (work.tx.outbox.get(key) for key in message.said_together)
    return [one for one in found if one]
