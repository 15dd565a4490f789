"""What a call to a channel shows: each case as it is when the line is said."""

from bot.domain.case import Case
from bot.domain.facts import AlertFacts, AlertLine
from bot.domain.ids import CaseId, DepartmentKey
from bot.domain.outbox import Message
from bot.services.kernel import Work
from bot.services.links import card_link
from bot.store.alerts import Why

MOST_LINES = 10  # more than that nobody reads; the queue has them all


def alert_content(work: Work, message: Message) -> AlertFacts:
    department = DepartmentKey(message.place.partition(":")[2])
    listed, whys = message.args["cases"], message.args["whys"]
    assert isinstance(listed, list)
    assert isinstance(whys, list)
    numbers = [CaseId(number) for number in listed]
    return AlertFacts(
        work.setup.shown(department),
        tuple(_line(work, number, department) for number in numbers[:MOST_LINES]),
        len(numbers),
        is_loud=Why.WAITS not in whys,
        is_new=set(whys) == {Why.NEW},
        now=work.at,
    )


def _is_asked(work: Work, case: Case, department: DepartmentKey) -> bool:
    cover = work.setup.cover_of(case.department, work.at)
    return department in (case.department, cover.key if cover else None)


def is_alerting(work: Work, message: Message) -> bool:
    """A card calls once, as it is posted, and only while nobody has its case."""
    if message.ts or message.reposts or message.case is None:
        return False
    case = work.case(message.case)
    return case.is_open and not case.assignee and work.tx.alerts.is_said_by(message.key)


def _line(work: Work, number: CaseId, department: DepartmentKey) -> AlertLine:
    case = work.case(number)
    is_free = case.is_open and not case.assignee and case.waiting_since is None
    return AlertLine(
        case,
        work.first_post(case).post,
        case.opened_at,
        waits=is_free and _is_asked(work, case, department),
        due=work.tx.promises.next_due(case.id),
        link=card_link(work, case),
    )
