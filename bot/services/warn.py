"""Who is warned that a promise will soon be broken: in the thread of the case's card, by name.

Its assignee, else the leads of the department, and those of its cover while it is closed. Where
there is no lead to name, Slack shows the line in the channel too, and calls nobody.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from bot.domain import effects
from bot.domain.case import Case
from bot.domain.effects import Effect, Kind
from bot.domain.ids import CaseId, DepartmentKey, MemberId
from bot.domain.outbox import Message
from bot.domain.promises import PromiseRun
from bot.services.kernel import Work


def warnings_of(work: Work, soon: Sequence[tuple[Case, PromiseRun]]) -> Iterator[Effect]:
    """Of many cases at once; whoever is not in the channel hears of it directly as well."""
    found = work.tx.outbox.of_cases({case.id for case, _ in soon}, Kind.CARD)
    cards = {card.key: card for card in found}
    present = cache(work.members_in)
    leads = cache(lambda key: work.leads_of(work.setup.shown(key)))
    for case, run in soon:
        owner = _owner(work, case)
        for key in [case.department] if owner else _departments(work, case):
            readers = [owner] if owner else leads(key)
            thread = _thread(cards.get(effects.card_key(case.id, key)))
            told = effects.warning(run, key, owner=owner, thread=thread)
            yield told if readers else effects.aloud(told)
            for reader in readers:
                if reader not in present(key):
                    yield effects.warn_directly(run, reader)


def directly(work: Work, warned: Message) -> list[Effect]:
    """The same for each of its readers, where the channel takes nothing."""
    assert warned.case is not None  # a warning is about a case
    case, run = work.case(warned.case), run_of(work, warned)
    if run is None:
        return []
    return [effects.warn_directly(run, one) for one in readers_of(work, case, warned)]


def run_of(work: Work, warned: Message) -> PromiseRun | None:
    """The promise that it is about."""
    runs = work.tx.promises.of_case(CaseId(warned.case or 0))
    return next((run for run in runs if run.name == warned.args.get("matter")), None)


def readers_of(work: Work, case: Case, warned: Message) -> list[MemberId]:
    """Whom it mentions, by the newest state."""
    kind, _, name = warned.place.partition(":")
    if kind == "person":
        return [MemberId(name)]
    owner = _owner(work, case)
    return [owner] if owner else work.leads_of(work.setup.shown(DepartmentKey(name)))


def _owner(work: Work, case: Case) -> MemberId | None:
    return case.assignee if case.assignee and not work.is_gone(case.assignee) else None


def _departments(work: Work, case: Case) -> list[DepartmentKey]:
    cover = work.setup.cover_of(case.department, work.at)
    return list(dict.fromkeys([case.department, *([cover.key] if cover else [])]))


def _thread(card: Message | None) -> str | None:
    """The card where it stands, or the digest that lists it; without one a line of the channel."""
    return (card.key if card.ts else card.within) if card else None
